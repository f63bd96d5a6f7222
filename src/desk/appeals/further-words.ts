import { openStates } from '../../domain/appeals/appeal.ts';
import { bareWords, chosenNumber } from '../../domain/words/short-answer.ts';
import type { Question } from '../kernel/asked.ts';
import { ask, type Reading } from '../kernel/question.ts';
import type { Outcome, Turn } from '../kernel/turn.ts';
import { briefly, kept } from '../kernel/whole.ts';
import { howToReveal } from '../privacy/privacy.ts';
import { clearer, likeness, matterMeant, openMatters } from './about.ts';
import { actingIn, makeMove, summaryLine } from './moves.ts';
import { inPrivate } from './own-appeals.ts';
import type { Appeal } from './rows.ts';
import { toHandler } from './staff.ts';

/** Somebody is not content with what was done: what they say next is about that, and was promised to reach whoever did it. */
export async function hearFurther(turn: Turn, appeal: Appeal): Promise<void> {
  if (!turn.room) await ask(turn, { kind: 'furtherWords', appeal: appeal.id });
}

/** Anything but a number, a clear question or wish, or another grievance. */
export async function readFurther(turn: Turn, { appeal: number }: Question<'furtherWords'>): Promise<Reading<'words'>> {
  const appeal = await turn.tx.get('appeals', number);
  if (
    !appeal ||
    appeal.state === 'resolved' ||
    turn.message.kind !== 'text' ||
    bareWords(turn.text) === '' ||
    chosenNumber(turn.text) !== undefined
  )
    return 'other';
  const open = await openMatters(turn);
  const meant = matterMeant(turn, open);
  if (meant !== undefined && meant !== 'several' && meant.id !== number && likeness(turn, meant) > likeness(turn, appeal) + clearer)
    return 'other';
  const [{ decision, topic }] = turn.understood.questions;
  const clear = decision === 'answer' && topic !== null && topic !== appeal.category;
  return clear && !turn.content.verdicts.about.test(turn.content.simplify(turn.text)) ? 'other' : { answer: 'words' };
}

/** Into the case and to whoever handles it; it goes on being heard. */
export async function passOnFurther(turn: Turn, { appeal: number }: Question<'furtherWords'>): Promise<Outcome | undefined> {
  const appeal = await turn.tx.get('appeals', number);
  if (!appeal) return undefined;
  const text = kept(turn, turn.text);
  const moved = await makeMove(actingIn(turn), appeal, openStates.includes(appeal.state) ? 'supplement' : 'note', text);
  await hearFurther(turn, moved);
  const told = inPrivate(turn, moved.category, turn.say('rating.passedOn', { number: moved.id }));
  const notice = turn.say('appeal.supplementStaff', {
    line: await summaryLine(moved, turn),
    text: briefly(turn.say, text, moved.id),
    reveal: await howToReveal(turn, moved),
  });
  return { ...told, decision: 'appeal', replies: [...told.replies, ...(await toHandler(turn, moved, notice))] };
}
