import { type AppealState, openStates } from '../../domain/appeals/appeal.ts';
import { plusDays } from '../../domain/time/clock-time.ts';
import { oneLine } from '../../domain/words/one-line.ts';
import type { Reply } from '../kernel/message.ts';
import type { Person } from '../kernel/rows.ts';
import type { Turn } from '../kernel/turn.ts';
import { briefly, kept } from '../kernel/whole.ts';
import { howToReveal } from '../privacy/privacy.ts';
import { staffFor } from './about.ts';
import { actingIn, makeMove, summaryLine } from './moves.ts';
import type { Appeal } from './rows.ts';
import { toHandler } from './staff.ts';

/** So long after a member of staff has spoken to somebody, what they say next is said to that member. */
const talkDays = 2;

/** A talk between a resident and a member of staff, about a matter or, after /接管, about anything. */
export interface Talk {
  readonly staff: Person;
  readonly appeal: Appeal | undefined;
}

/** The talk that a /回复, /补充 or /接管 of the last two days has opened and nothing has ended. */
export async function openTalk(turn: Turn): Promise<Talk | undefined> {
  const { conversation, now, tx, person } = turn;
  if (turn.room) return undefined;
  const since = [plusDays(now, -talkDays).toISOString(), conversation.talkEndedAt ?? ''].sort().at(-1) ?? '';
  const own = await tx.find('appeals', { person: person.id, state: [...openStates, 'resolved'] });
  const [last] = own
    .flatMap((appeal) => {
      const step = appeal.history.findLast(
        ({ move, at, actor }) => (move === 'answer' || move === 'ask') && at > since && actor !== person.id,
      );
      return step ? [{ appeal, step }] : [];
    })
    .sort((a, b) => b.step.at.localeCompare(a.step.at));
  const { takenOverUntil = '', takenOverBy } = conversation;
  if (takenOverUntil > since && takenOverBy !== undefined && takenOverUntil > (last?.step.at ?? '')) {
    const staff = await staffFor(turn, takenOverBy, undefined);
    if (staff) return { staff, appeal: last?.appeal };
  }
  const staff = last && (await staffFor(turn, last.step.actor, last.appeal));
  return staff && { staff, appeal: last.appeal };
}

/** Those with whom the member of staff of this turn has an open talk. */
export async function talksOf({ tx, now, person }: Turn): Promise<string[]> {
  const since = plusDays(now, -talkDays).toISOString();
  const talkedOf: readonly AppealState[] = [...openStates, 'resolved'];
  const appeals = (await tx.mentioning('appeals', person.id)).filter(({ state }) => talkedOf.includes(state));
  const talks = new Set<string>();
  for (const { history, person: resident } of appeals) {
    const last = history.findLast(({ actor, move }) => actor === person.id && (move === 'answer' || move === 'ask'))?.at ?? '';
    const ended = last > since ? ((await tx.get('conversations', resident))?.talkEndedAt ?? '') : last;
    if (last > ended) talks.add(resident);
  }
  return [...talks];
}

/** Ends it: a clear new matter has begun, or the member of staff has given the chat back. */
export function endTalk(turn: Turn): void {
  turn.conversation.talkEndedAt = turn.now.toISOString();
}

/** Puts what was said into a matter, and tells who is to hear it. */
export async function passOn(turn: Turn, appeal: Appeal | undefined, staff: Person | undefined, said = turn.text): Promise<Reply[]> {
  const { file, kind } = turn.message;
  const text = said.trim() !== '' ? kept(turn, said) : turn.say(kind === 'sticker' ? 'about.sticker' : 'appeal.pictureStep');
  if (!appeal) {
    return staff
      ? [
          {
            to: { person: staff.id },
            text: turn.say('takeOver.said', { name: oneLine(turn.person.name), text: oneLine(text) }),
            kind: 'notice',
          },
        ]
      : [];
  }
  const seen = file === undefined ? appeal : { ...appeal, files: [...appeal.files, file] };
  const moved = await makeMove(actingIn(turn), seen, openStates.includes(appeal.state) ? 'supplement' : 'note', text);
  const notice = turn.say('about.saidStaff', {
    line: await summaryLine(moved, turn),
    text: briefly(turn.say, text, moved.id),
    number: moved.id,
    reveal: await howToReveal(turn, moved),
  });
  return staff ? [{ to: { person: staff.id }, text: notice, kind: 'notice' }] : toHandler(turn, moved, notice);
}
