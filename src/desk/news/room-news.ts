import type { Command } from '../kernel/command.ts';
import type { Room } from '../kernel/rows.ts';
import { may } from '../kernel/staff.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
import { dropCopies } from './broadcast.ts';
import { categoriesOf } from './items.ts';

/** 群 消息: whether a group gets the regular news, and which; said in that group, or by a director with its name. */
export const roomNews: Command = {
  id: 'room.news',
  role: 'worker',
  needs: [],
  accepts: ['text'],
  anywhere: true,
  open: true,
  async run(turn, { text }) {
    const { newsOff, newsOn, newsOnly } = turn.content.staffWords;
    const begins = (word: string, list: readonly string[]) => list.find((each) => word.startsWith(each));
    const words = text.split(/[\s、，,]+/u).filter(Boolean);
    const at = words.findIndex((word) => newsOff.includes(word) || newsOn.includes(word) || begins(word, newsOnly) !== undefined);
    const named = (at < 0 ? words : words.slice(0, at)).join(' ') || (at < 0 ? '' : words.slice(at + 1).join(' '));
    const only = at < 0 ? undefined : begins(words[at] ?? '', newsOnly);
    const room = await roomMeant(turn, only === undefined ? named : words.slice(0, at).join(' '));
    if (at < 0) return [here(turn, turn.say('roomNews.state', { name: room.name, wants: wantsOf(turn, room) }))];
    const news =
      only !== undefined
        ? wanted(turn, [(words[at] ?? '').slice(only.length), ...words.slice(at + 1)])
        : newsOff.includes(words[at] ?? '')
          ? 'off'
          : undefined;
    const { news: _, ...plain } = room;
    const changed: Room = news === undefined ? plain : { ...plain, news };
    await turn.tx.put('rooms', changed);
    if (news === 'off') await dropCopies(turn.tx, { room: room.id });
    return [here(turn, turn.say('roomNews.state', { name: room.name, wants: wantsOf(turn, changed) }))];
  },
};

async function roomMeant(turn: Turn, name: string): Promise<Room> {
  if (turn.room?.kind === 'residents') return turn.room;
  if (!may(turn.person, 'director')) throw new UserError(turn.say('roomNews.inGroup'));
  const rooms = await turn.tx.find('rooms', { kind: 'residents' });
  const fitting = rooms.filter((room) => room.name === name);
  if (fitting.length !== 1 || !fitting[0])
    throw new UserError(turn.say('roomNews.whichGroup', { names: rooms.map((room) => room.name).join(turn.say('list.separator')) }));
  return fitting[0];
}

function wanted(turn: Turn, words: readonly string[]): string[] {
  const known = categoriesOf(turn.content);
  const meant = words.filter(Boolean).map((word) => known.find((each) => each === word || (word.length >= 2 && each.includes(word))));
  if (meant.length === 0 || meant.includes(undefined))
    throw new UserError(turn.say('roomNews.whichCategories', { known: known.join(turn.say('list.separator')) }));
  return meant.filter((each) => each !== undefined);
}

function wantsOf(turn: Turn, { news }: Room): string {
  if (news === undefined) return turn.say('roomNews.all');
  return news === 'off' ? turn.say('roomNews.none') : turn.say('roomNews.only', { categories: news.join(turn.say('list.separator')) });
}
