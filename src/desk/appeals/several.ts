import type { Understood } from '../../domain/understanding/result.ts';
import { withoutJoint } from '../../domain/understanding/take-apart.ts';
import { type Counted, countedIn } from '../../domain/words/list-items.ts';
import { hasShape } from '../../domain/words/short-answer.ts';
import { matterIn, spoken } from '../../domain/words/talk.ts';
import { placeIn } from '../kernel/places.ts';
import type { Turn } from '../kernel/turn.ts';
import { kept } from '../kernel/whole.ts';
import type { AlsoTold } from './rows.ts';

/** So sure it must be what a further part of a message is about, where the part names no place of its own. */
const clear = 0.6;
/** … and where it does, or is counted. */
const likely = 0.2;
const atMost = 5;
const countedAtMost = 9;
/** What is shorter says nothing of them. */
const leastBefore = 4;

/**
 * The matters that one message tells of, where they are clearly more than one: they are counted ("1. … 2. …", "一是…二是…"), or a further
 * one begins with 还有 or 另外, or names a place of its own. What tells more of a matter stays with it. Fewer than two: none.
 */
export function severalIn(turn: Turn): readonly AlsoTold[] {
  const counted = countedMatters(turn);
  if (counted.length > 0) return counted;
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
      matters.push({
        category: category.id,
        kind: category.kind,
        what: kept(turn, withoutJoint(text)),
        ...(place === undefined ? {} : { place }),
      });
    } else if (last) matters[matters.length - 1] = { ...last, what: kept(turn, `${last.what}${text}`) };
  }
  return matters.length >= 2 ? matters.slice(0, atMost) : [];
}

/** The matters of a message that counts them; a question among them is put to the staff. None where it counts anything else. */
export function countedMatters(turn: Turn): readonly AlsoTold[] {
  const counted = countedIn(turn.text);
  if (!counted) return [];
  const told = counted.items.slice(0, countedAtMost).map((item) => matterOf(turn, item, counted));
  const [first, ...also] = told.flatMap((each) => each ?? []);
  if (!first || also.length + 1 < told.length || [first, ...also].every(({ kind }) => kind === '咨询')) return [];
  // What is said of all of them stands in the first, without what only announces them: "…，有三件事：".
  const before = matterIn(counted.before.replace(/(?:^|[，,。；;\s])[^，,。；;\s]*[:：]$/u, ''), turn.content.talkWords);
  return [spoken(before).length < leastBefore ? first : { ...first, what: kept(turn, `${before} ${first.what}`) }, ...also];
}

/** An item as a matter of its own, at its own place or at that which stands before the first; undefined when it reports and asks nothing. */
function matterOf(turn: Turn, item: string, { before }: Counted): AlsoTold | undefined {
  const { content } = turn;
  const place = placeIn(content, item) ?? placeIn(content, before);
  const [category, kind] = categoryOf(content, content.understand(item), place !== undefined) ?? [];
  if (category === undefined || kind === undefined) return undefined;
  return {
    category,
    kind,
    what: kept(turn, matterIn(item, content.talkWords)),
    ...(place === undefined || kind === '咨询' ? {} : { place }),
  };
}

function categoryOf(
  { answers, categories }: Turn['content'],
  { questions, act }: Understood,
  placed: boolean,
): readonly [string, AlsoTold['kind']] | undefined {
  const [{ decision, topic, candidates }] = questions;
  if (decision === 'answer' && topic !== null && answers.has(topic)) return ['appeal.other', '咨询'];
  const best = candidates.find((each) => categories.has(each.topic));
  const category = best && best.score >= likely ? categories.get(best.topic) : undefined;
  if (category) return [category.id, category.kind];
  return placed || (act !== null && act.report + act.wish >= clear) ? ['appeal.other', '求助'] : undefined;
}
