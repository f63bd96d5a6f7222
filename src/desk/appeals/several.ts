import { hasShape } from '../../domain/words/short-answer.ts';
import { placeIn } from '../kernel/places.ts';
import type { Turn } from '../kernel/turn.ts';
import type { AlsoTold } from './rows.ts';

/** So sure it must be what a further part of a message is about, where the part names no place of its own. */
const clear = 0.6;
/** … and where it does. */
const likely = 0.2;
const atMost = 5;

/**
 * The matters that one message tells of, where they are clearly more than one: a further one begins with 还有 or 另外, or names a place of
 * its own. What tells more of a matter stays with it. Fewer than two: none.
 */
export function severalIn(turn: Turn): readonly AlsoTold[] {
  const { categories, talkWords } = turn.content;
  const matters: AlsoTold[] = [];
  for (const { text, decision, topic, candidates } of turn.understood.questions) {
    const [best] = candidates.filter((each) => categories.has(each.topic));
    const place = placeIn(turn.content, text);
    const last = matters.at(-1);
    const sure = decision === 'answer' && topic !== null && categories.has(topic) ? 1 : (best?.score ?? 0);
    const own = place !== undefined && place !== last?.place;
    const begins = last === undefined || own || (hasShape(text, talkWords.another) && best?.topic !== last.category);
    const category = best && categories.get(best.topic);
    if (category && begins && sure >= (own || last === undefined ? likely : clear)) {
      matters.push({ category: category.id, kind: category.kind, what: text.slice(0, 1000), ...(place === undefined ? {} : { place }) });
    } else if (last) matters[matters.length - 1] = { ...last, what: `${last.what}${text}`.slice(0, 1000) };
  }
  return matters.length >= 2 ? matters.slice(0, atMost) : [];
}
