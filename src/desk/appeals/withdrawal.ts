import { here, type Outcome, type Turn } from '../kernel/turn.ts';
import { type ActingPerson, actingIn, keep, makeMove, summaryLine } from './moves.ts';
import type { Appeal, Follower } from './rows.ts';
import { toHandler } from './staff.ts';

/** Takes an open appeal back because its reporter wants it: they are told what becomes of it, and its handler too. */
export async function takeAppealBack(turn: Turn, appeal: Appeal): Promise<Outcome> {
  const moved = await withdrawAppeal(turn, appeal);
  const told = here(turn, turn.say(moved ? 'withdraw.done' : 'withdraw.left', { number: appeal.id }));
  const notice = moved ? await toHandler(turn, moved, turn.say('withdraw.staff', { line: await summaryLine(moved, turn) })) : [];
  return { decision: 'action', topic: 'action.appeal-withdraw', replies: [told, ...notice] };
}

/**
 * Takes an open appeal back for who told of it. What others have joined stays theirs: it goes on under the first of them, in
 * their words.
 * @returns the withdrawn appeal; undefined when it goes on
 */
export async function withdrawAppeal(turn: ActingPerson, appeal: Appeal): Promise<Appeal | undefined> {
  const [heir, ...followers] = appeal.followers;
  if (!heir) return makeMove(actingIn(turn), appeal, 'withdraw');
  const what = (await wordsOf(turn, appeal, heir)) ?? turn.content.titles.get(appeal.category) ?? '';
  const { onBehalfOf: _, mayPublish: __, ...left } = appeal;
  await keep(actingIn(turn), { ...left, person: heir.person, what, followers, leftAt: turn.now.toISOString() });
  return undefined;
}

/** What somebody said who joined an appeal, or whose own was merged into it. */
async function wordsOf({ tx }: ActingPerson, appeal: Appeal, { person, merged }: Follower): Promise<string | undefined> {
  const theirs = merged === undefined ? undefined : await tx.get('appeals', merged);
  if (theirs?.person === person) return theirs.what;
  return [...(theirs?.history ?? []), ...appeal.history].find(({ actor, move }) => actor === person && move === 'follow')?.text;
}
