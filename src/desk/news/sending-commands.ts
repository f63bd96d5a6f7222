import { plusDays, spokenDate } from '../../domain/time/clock-time.ts';
import { lastSlot } from '../../domain/time/schedule.ts';
import type { Command } from '../kernel/command.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
import { frozenSince } from '../sending/freeze.ts';
import { limitText } from '../sending/limited.ts';
import { audienceFor, begin, dropCopies } from './broadcast.ts';
import { editionId } from './edition.ts';
import { type Progress, progressOf } from './report.ts';
import type { Edition } from './rows.ts';
import { running, targetOf } from './target.ts';

/** A missed edition can be sent after all for so many days. */
const missedDays = 3;
/** What paused for so long may be out of date: it is asked about before it goes on. */
const staleDays = 2;

/** 播报 停: what is being sent pauses; when nothing is, the next edition is not sent. */
export const editionStop: Command = {
  id: 'broadcast.stop',
  role: 'worker',
  needs: [],
  open: true,
  async run(turn, { text }) {
    const sending = (await running(turn)).filter(({ pausedAt }) => pausedAt === undefined);
    if (sending.length > 0) {
      for (const edition of sending) await turn.tx.put('editions', { ...edition, pausedAt: turn.now.toISOString() });
      return [here(turn, turn.say('broadcast.paused', { titles: titlesOf(turn, sending), ...(await counted(turn, sending)) }))];
    }
    const { broadcast, slot, id, edition } = await targetOf(turn, text);
    const about = { title: broadcast.title, date: spokenDate(slot) };
    if (edition?.state === 'withheld') throw new UserError(turn.say('broadcast.withheldAlready', about));
    if (edition && ['planned', 'done', 'withdrawn'].includes(edition.state)) throw new UserError(turn.say('broadcast.sentAlready', about));
    const row: Edition = edition ?? {
      id,
      title: broadcast.title,
      text: '',
      state: 'withheld',
      sendAt: slot.toISOString(),
      plannedAt: turn.now.toISOString(),
    };
    await turn.tx.put('editions', { ...row, state: 'withheld' });
    return [here(turn, turn.say('broadcast.withheld', about))];
  },
};

/** 播报 续: goes on after a pause, sends what was missed, or takes "not this one" back. */
/** What goes on: what was paused, an edition that was missed, or else one that was held back. */
type Resumed = { readonly paused: readonly string[] } | { readonly missed: string } | { readonly held: true };

export const editionResume: Command<Resumed> = {
  id: 'broadcast.resume',
  role: 'worker',
  needs: [],
  open: true,
  async resolve(turn) {
    const waiting = await paused(turn);
    if (waiting.length > 0) return { paused: waiting.map(({ id }) => id) };
    const edition = await missed(turn);
    return edition ? { missed: edition.id } : { held: true };
  },
  async confirm(turn, _, act) {
    const waiting = 'paused' in act ? await editionsOf(turn, act.paused) : [];
    const stale = waiting.filter(({ pausedAt = '' }) => pausedAt <= plusDays(turn.now, -staleDays).toISOString());
    if (stale.length > 0) return turn.say('broadcast.staleWarning', { titles: titlesOf(turn, stale), ...(await counted(turn, stale)) });
    const [edition] = 'missed' in act ? await editionsOf(turn, [act.missed]) : [];
    if (!edition) return undefined;
    const { rooms, people } = await audienceFor(turn, edition, new Date(edition.sendAt ?? turn.now));
    return turn.say('broadcast.missedWarning', {
      title: edition.title,
      date: dayOf(edition),
      groups: rooms.length,
      people: people.length || '',
    });
  },
  async run(turn, { text }, act) {
    if ((await frozenSince(turn.tx)) !== undefined) throw new UserError(turn.say('thaw.frozen'));
    const waiting = 'paused' in act ? (await editionsOf(turn, act.paused)).filter(({ pausedAt }) => pausedAt !== undefined) : [];
    for (const { pausedAt: _, ...edition } of waiting) await turn.tx.put('editions', edition);
    if (waiting.length > 0)
      return [
        here(
          turn,
          turn.say('broadcast.resumed', {
            titles: titlesOf(turn, waiting),
            ...(await counted(turn, waiting)),
            limited: await limitText(turn),
          }),
        ),
      ];
    const [late] = 'missed' in act ? await editionsOf(turn, [act.missed]) : [];
    if (late?.state === 'skipped') {
      await begin(turn, late);
      return [here(turn, turn.say('broadcast.begun', { title: late.title, date: dayOf(late) }))];
    }
    const { broadcast, slot, edition } = await targetOf(turn, text);
    if (!('held' in act) || edition?.state !== 'withheld') throw new UserError(turn.say('broadcast.nothingStopped'));
    const about = { title: broadcast.title, date: spokenDate(slot) };
    if (edition.draftedBy !== undefined) {
      await turn.tx.put('editions', { ...edition, state: 'draft' });
      return [here(turn, turn.say('broadcast.draftAgain', about))];
    }
    await turn.tx.remove('editions', edition.id);
    return [here(turn, turn.say(broadcast.release === 'auto' ? 'broadcast.autoAgain' : 'broadcast.draftAgain', about))];
  },
};

/** 播报 撤: what was not sent yet is not. What was sent nobody can take back. */
export const editionWithdraw: Command<{ edition: string }> = {
  id: 'broadcast.withdraw',
  role: 'worker',
  needs: [],
  async resolve(turn) {
    const [edition] = await running(turn);
    if (!edition) throw new UserError(turn.say('broadcast.nothingRunning'));
    return { edition: edition.id };
  },
  async confirm(turn, _, act) {
    const [edition] = await editionsOf(turn, [act.edition]);
    if (!edition) return undefined;
    return turn.say('broadcast.withdrawWarning', { title: edition.title, date: dayOf(edition), ...(await counted(turn, [edition])) });
  },
  async run(turn, _, act) {
    const [edition] = await editionsOf(turn, [act.edition]);
    if (edition?.state !== 'planned') throw new UserError(turn.say('broadcast.nothingRunning'));
    const count = await dropCopies(turn.tx, { edition: edition.id });
    const { sent, unsure, open } = await progressOf(turn.tx, edition);
    // What nobody has read, and nobody may be reading just now, is news still.
    await turn.tx.put('editions', { ...edition, state: sent + unsure.length + open > 0 ? 'withdrawn' : 'withheld' });
    return [here(turn, turn.say('broadcast.withdrawn', { title: edition.title, count, sent }))];
  },
};

async function editionsOf({ tx }: Turn, ids: readonly string[]): Promise<Edition[]> {
  return (await Promise.all(ids.map((id) => tx.get('editions', id)))).flatMap((edition) => edition ?? []);
}

async function paused(turn: Turn): Promise<Edition[]> {
  return (await running(turn)).filter(({ pausedAt }) => pausedAt !== undefined);
}

/** An edition whose time passed unsent a short while ago, complete but for its sending. */
async function missed(turn: Turn): Promise<Edition | undefined> {
  for (const broadcast of turn.content.broadcasts.broadcasts) {
    const slot = lastSlot(broadcast.schedule, turn.now);
    const edition = slot && (await turn.tx.get('editions', editionId(broadcast, slot)));
    if (slot && edition?.state === 'skipped' && edition.text !== '' && plusDays(slot, missedDays) > turn.now) return edition;
  }
  return undefined;
}

async function counted(turn: Turn, editions: readonly Edition[]): Promise<{ sent: number; open: number }> {
  const each: Progress[] = [];
  for (const edition of editions) each.push(await progressOf(turn.tx, edition));
  return { sent: each.reduce((sum, { sent }) => sum + sent, 0), open: each.reduce((sum, { open }) => sum + open, 0) };
}

const titlesOf = (turn: Turn, editions: readonly Edition[]) =>
  editions.map((edition) => turn.say('broadcast.named', { date: dayOf(edition), title: edition.title })).join(turn.say('list.separator'));
const dayOf = ({ sendAt, plannedAt }: Edition) => spokenDate(new Date(sendAt ?? plannedAt));
