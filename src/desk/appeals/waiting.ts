import { isLate } from '../../domain/appeals/appeal-clock.ts';
import { inShanghai, spokenDay, spokenTime } from '../../domain/time/clock-time.ts';
import type { Reply } from '../kernel/message.ts';
import { toDirectors } from '../kernel/staff.ts';
import type { Outcome, Turn } from '../kernel/turn.ts';
import { briefly, kept } from '../kernel/whole.ts';
import { handlerOf } from './about.ts';
import { actingIn, makeMove, summaryLine } from './moves.ts';
import { inPrivate } from './own-appeals.ts';
import type { Appeal } from './rows.ts';
import { toHandler } from './staff.ts';

/** When something is to be heard of a matter: by its clocks, in working time. */
export async function whenText(turn: Turn, appeal: Appeal): Promise<string> {
  const { firstWordAt, firstWordBy, answerBy, state } = appeal;
  const known = (at: string | undefined) => at !== undefined && turn.knows(new Date(at));
  const name = (await handlerOf(turn, appeal))?.name;
  const who = name === undefined ? turn.say('about.staff') : turn.say('about.handler', { name });
  const parts = [turn.say('when.state', { who, state: turn.say(`state.${state}`) })];
  if (state === 'waiting_resident') parts.push(turn.say('when.waitsForYou'));
  else if (isLate(appeal, turn.now) && known(answerBy)) parts.push(turn.say('when.late', { date: spokenDay(new Date(answerBy ?? '')) }));
  else {
    if (firstWordAt === undefined && known(firstWordBy) && (firstWordBy ?? '') > turn.now.toISOString())
      parts.push(turn.say('when.firstWord', { time: spokenTime(new Date(firstWordBy ?? '')) }));
    if (known(answerBy)) parts.push(turn.say('when.answer', { date: spokenDay(new Date(answerBy ?? '')) }));
  }
  return [parts.join(''), readAt(turn)].filter((line) => line !== '').join('\n');
}

/** After hours: when somebody will read it; empty while the office is open. */
export function readAt({ time, now, say }: Turn): string {
  if (time.isOpen(now) !== false) return '';
  const opens = time.nextOpening(now);
  return opens ? say('when.closed', { time: spokenTime(opens) }) : '';
}

/** 催: noted once a day, passed on every time, and answered with when. */
export async function urgeMatter(turn: Turn, appeal: Appeal, topic: string, said = turn.text): Promise<Outcome> {
  const today = inShanghai(turn.now).date;
  const again = appeal.urgedOn === today;
  const counted = again ? appeal : { ...appeal, urgedOn: today, urges: (appeal.urges ?? 0) + 1 };
  const moved = await makeMove(actingIn(turn), counted, again ? 'supplement' : 'urge', kept(turn, said));
  const line = await summaryLine(moved, turn);
  const notice = turn.say('status.urgedStaff', { line, times: moved.urges ?? 1, text: briefly(turn.say, said, moved.id) });
  const replies: Reply[] = await toHandler(turn, moved, notice);
  if (isLate(moved, turn.now)) {
    const told = new Set(replies.map(({ to }) => ('room' in to ? to.room : to.person)));
    replies.push(...(await toDirectors(turn.tx, notice)).filter(({ to }) => 'person' in to && !told.has(to.person ?? '')));
  }
  const when = await whenText(turn, moved);
  const text = turn.say(again ? 'status.urgedAlready' : 'status.urged', { number: moved.id, when });
  const outcome = inPrivate(turn, topic, text);
  return { ...outcome, replies: [...outcome.replies, ...replies] };
}
