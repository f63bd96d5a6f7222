import { saidOf } from '../../domain/news/news-item.ts';
import { dateAfter, inShanghai, plusMinutes, spokenTime } from '../../domain/time/clock-time.ts';
import { isQuiet } from '../../domain/time/quiet-hours.ts';
import { type Command, maskedToAll } from '../kernel/command.ts';
import { toStaff } from '../kernel/staff.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
import { frozenSince } from '../sending/freeze.ts';
import { audienceOf, queueCopy } from './broadcast.ts';
import { urgentLines } from './followers.ts';
import type { Edition } from './rows.ts';
import { keepItem, typedItem, usualCategory } from './typed-item.ts';

/** An urgent notice is over after so many days when nothing else was said. */
const urgentDays = 3;
const latelyMinutes = 120;

/** 播报 急: a notice that cannot wait for the next edition (停水, 凝冻), to every group of residents and all who subscribed, now. */
export const urgentNotice: Command<Notice> = {
  id: 'broadcast.urgent',
  role: 'worker',
  masks: maskedToAll,
  needs: ['text'],
  resolve: async (turn, { text }) => noticeOf(turn, text),
  async confirm(turn, _, notice) {
    if ((await frozenSince(turn.tx)) !== undefined) throw new UserError(turn.say('thaw.frozen'));
    const { rooms, people } = await everybody(turn);
    if (rooms.length === 0 && people.length === 0) throw new UserError(turn.say('broadcast.nobody'));
    const { quiet } = turn.content.broadcasts;
    return turn.say('broadcast.urgentWarning', {
      again: await lately(turn),
      text: notice.text,
      groups: rooms.length,
      people: people.length > 0 ? people.length : '',
      mass: (await urgentLines(turn)).join('\n'),
      night: isQuiet(quiet, turn.now) ? turn.say('broadcast.atNight', { from: quiet.from, to: quiet.to }) : '',
    });
  },
  async run(turn, _, notice) {
    const { tx, now, say } = turn;
    const { date } = inShanghai(now);
    const expires = dateAfter(date, urgentDays);
    const item = await keepItem(turn, { expires, ...notice.item, publishedAt: now.toISOString(), urgent: true });
    const edition: Edition = {
      id: `urgent/${date}-${await tx.next('urgent')}`,
      title: say('broadcast.urgentTitle', { title: notice.item.title }),
      text: notice.text,
      state: 'planned',
      items: [item.id],
      files: item.files,
      sendAt: now.toISOString(),
      plannedAt: now.toISOString(),
      releasedBy: turn.person.id,
      urgent: true,
    };
    await tx.insert('editions', edition);
    const { rooms, people } = await everybody(turn);
    for (const { id } of rooms) await queueCopy(turn, edition, { room: id }, edition.text);
    for (const { id } of people) await queueCopy(turn, edition, { person: id }, edition.text);
    const told = say('broadcast.urgentTold', { name: turn.person.name, text: edition.text });
    return [
      here(turn, say('broadcast.urgentBegun', { groups: rooms.length, people: people.length > 0 ? people.length : '' })),
      ...(await toStaff(tx, told)),
    ];
  },
};

/** What a colleague sent out just before: two who see the water stop write the same. Empty when there is nothing. */
async function lately({ tx, now, say }: Turn): Promise<string> {
  const since = plusMinutes(now, -latelyMinutes).toISOString();
  const sent = await tx.find('editions', { id: { atLeast: 'urgent/', atMost: 'urgent/9999' }, plannedAt: { atLeast: since } });
  const last = sent.at(-1);
  if (!last) return '';
  const { name = '' } = (await tx.get('people', last.releasedBy ?? '')) ?? {};
  return say('broadcast.urgentAgain', { name, time: spokenTime(new Date(last.plannedAt)), title: last.title });
}

/** A group that wants no news is told all the same. */
async function everybody({ tx, now }: Turn) {
  const { people } = await audienceOf(tx, now, { subscribers: true });
  return { rooms: await tx.find('rooms', { kind: 'residents' }), people };
}

/** What is sent, word for word, and the item that is kept of it. */
interface Notice {
  readonly item: Parameters<typeof keepItem>[1];
  readonly text: string;
}

function noticeOf(turn: Turn, typed: string): Notice {
  const item = { category: usualCategory(turn), ...typedItem(turn, typed) };
  const text = turn.say('edition.urgent', { ...saidOf(item), community: turn.content.community.name });
  return { item, text };
}
