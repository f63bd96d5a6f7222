import type { Asked } from '../kernel/asked.ts';
import { isSame, letGo, noteAgain, type QuestionPart, topOf } from '../kernel/question.ts';
import { type Handler, here, type Outcome, type Turn, UserError } from '../kernel/turn.ts';
import { questions } from '../parts.ts';

/** A question of any kind: what it reads it can answer. */
type Any = QuestionPart<Asked['question']['kind'], unknown>;

const partOf = ({ question }: Asked): Any => questions[question.kind] as Any;

/** The question on top owns numbers and short answers. What it does not make out it asks once more, and then leaves alone. */
export const answerQuestion: Handler = async (turn) => {
  const { asked } = turn;
  if (!asked) return undefined;
  const part = partOf(asked);
  const reading = await part.reads(turn, asked.question);
  if (reading === 'other') return answerCovered(turn);
  if (reading !== 'unclear') return answered(part.answers(turn, asked.question, reading.answer), asked);
  const again = asked.again ? undefined : await part.again?.(turn, asked.question);
  if (again === undefined) return undefined;
  await noteAgain(turn, asked);
  const told = (await part.unclear?.(turn, asked.question)) ?? [];
  return { decision: 'clarify', topic: null, replies: [here(turn, again), ...told] };
};

/** What was asked before and is owed takes its answer for itself; what covered it is let go. */
async function answerCovered(turn: Turn): Promise<Outcome | undefined> {
  const { asked, covered } = turn;
  const at = covered.findLastIndex(({ owed }) => owed);
  const below = covered[at];
  if (!asked || asked.owed || !below || !partOf(below).claims?.(turn, below.question)) return undefined;
  for (const each of [...covered.slice(at + 1), asked]) await letGo(turn, each);
  return answerQuestion({ ...turn, asked: below, covered: covered.slice(0, at) });
}

/** Whether a message answers the question on top, where that has answers of its own ("满意", "后面那个"). */
export async function answersClearly(turn: Turn): Promise<boolean> {
  const { asked } = turn;
  if (!asked) return false;
  const part = partOf(asked);
  if (part.inSentences || part.anyWords) return false;
  const reading = await part.reads(turn, asked.question);
  return reading !== 'other' && reading !== 'unclear';
}

/** An answer that is refused is an answer: the question is over. */
async function answered(outcome: Promise<Outcome | undefined>, { question }: Asked): Promise<Outcome | undefined> {
  try {
    return await outcome;
  } catch (error) {
    if (error instanceof UserError) error.answered = question;
    throw error;
  }
}

/** Hears only what answers a question that is owed to somebody. */
export const answerOwed: Handler = async (turn) => (turn.asked?.owed ? answerQuestion(turn) : undefined);

/**
 * What is owed is put again when what covered it is settled; one that insists, whenever something else was answered. Not what was put
 * in this turn.
 */
export async function withOwedAgain(turn: Turn, outcome: Outcome): Promise<Outcome> {
  if (!['answer', 'action', 'appeal'].includes(outcome.decision)) return outcome;
  const top = await topOf(turn);
  if (!top?.owed) return outcome;
  const isTop = ({ question }: Asked) => isSame(question, top.question);
  const cameUp = turn.covered.some(isTop) || (partOf(top).insists === true && turn.asked !== undefined && isTop(turn.asked));
  const again = cameUp ? await partOf(top).again?.(turn, top.question) : undefined;
  return again === undefined ? outcome : { ...outcome, replies: [...outcome.replies, here(turn, again)] };
}
