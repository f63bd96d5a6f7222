import { sufferings } from '../../domain/content/knowledge.ts';
import { hasShape } from '../../domain/words/short-answer.ts';
import type { Outcome, Turn } from '../kernel/turn.ts';

/** What shorter messages (characters) name is a matter, and no story of one's own. */
const shortest = 10;
/** Danger has its own words, mourning too, and a command wants none. */
const heard: ReadonlySet<Outcome['decision']> = new Set(['answer', 'appeal', 'clarify', 'fallback']);

/** One human sentence before all else for who tells of a fall, of tears, of more than they can bear, or of coming in vain again and again. */
export function withKindWord(turn: Turn, outcome: Outcome): Outcome {
  const [first, ...rest] = outcome.replies;
  if (!first || !heard.has(outcome.decision) || turn.text.length < shortest || (turn.room && !turn.message.addressed)) return outcome;
  const text = turn.content.simplify(turn.text);
  const kind = sufferings.find((each) => hasShape(text, turn.content.talkWords.suffering[each]));
  const mourns = outcome.replies.some((reply) => reply.text.includes(turn.say('answer.condolence')));
  if (kind === undefined || mourns) return outcome;
  return { ...outcome, replies: [{ ...first, text: turn.say(`talk.${kind}`) + first.text }, ...rest] };
}
