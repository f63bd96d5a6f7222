import { fill, type Wording } from '../../domain/content/wording.ts';
import { oneLine } from '../../domain/words/one-line.ts';
import { wellFormed } from '../../domain/words/well-formed.ts';
import type { Ids } from './ports.ts';
import type { SentenceKey, sentences } from './sentences.ts';

/** The words of a text: 'name' | 'count' of 'name count'. */
type Word<Text extends string> = Text extends `${infer First} ${infer More}` ? First | Word<More> : Text extends '' ? never : Text;
type Placeholder<K extends SentenceKey> = Word<(typeof sentences)[K]>;
type Values<K extends SentenceKey> = [Placeholder<K>] extends [never] ? [] : [values: Readonly<Record<Placeholder<K>, string | number>>];

/** The keys of sentences without placeholders. */
export type PlainKey = { [K in SentenceKey]: [Placeholder<K>] extends [never] ? K : never }[SentenceKey];

/** Says a sentence of data/wording/ by its key; the compiler checks that the values are the ones its placeholders need. */
export type Say = <K extends SentenceKey>(key: K, ...values: Values<K>) => string;

/** A `Say` over the wording as it is read now, which was checked when it was loaded; of several variants of a sentence, chance picks one. */
export function speaker(wording: () => Wording, ids: Pick<Ids, 'chance'>): Say {
  return (key, ...values) => {
    const variants = wording().get(key) ?? [];
    const sentence = variants.length > 1 ? variants[ids.chance(variants.length)] : variants[0];
    return wellFormed(fill(sentence ?? '', apart(key, values[0] ?? {})));
  };
}

/** Placeholders that hold what residents call themselves, their groups and places, and what they told of, in whatever sentence. */
const theirsEverywhere: ReadonlySet<string> = new Set(['name', 'nickname', 'room', 'place', 'what', 'reporter', 'words']);

/** Sentences to the staff whose {text} is what a resident said. */
export const theirText: ReadonlySet<SentenceKey> = new Set<SentenceKey>([
  'appeal.visit',
  'talk.stillAbout',
  'callback.withoutNumber',
  'alarm.page',
  'alarm.noAnswer',
  'alarm.pageAgain',
  'alarm.pageDirector',
  'alarm.more',
  'alarm.over',
  'alarm.worse',
  'alarm.togetherLine',
  'alarm.waiting',
  'alarm.thanks',
  'alarm.step',
  'callback.step',
  'appeal.supplementStaff',
  'similar.staff',
  'status.urgedStaff',
  'about.saidStaff',
  'about.directorStaff',
  'rating.inWords',
  'rating.wordsStaff',
  'rating.unhappyStaff',
  'rating.reopenedStaff',
  'takeOver.said',
  'record.step',
  'audit.step',
  'find.step',
  'unanswered.line',
  'unanswered.adopted',
  'report.question',
  'reveal.line',
  'knowledge.tried',
  'knowledge.clause',
  'find.none',
  'talk.unheard',
]);

/** Whether a placeholder of a sentence holds somebody's own words. */
export function isTheirs(key: SentenceKey, placeholder: string): boolean {
  return theirsEverywhere.has(placeholder) || (placeholder === 'text' && theirText.has(key));
}

/** The values of a sentence, somebody's own words set apart in one line: nothing of theirs looks like a line of ours. */
function apart(key: SentenceKey, values: Readonly<Record<string, string | number>>): Readonly<Record<string, string | number>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' && isTheirs(key, name) ? oneLine(value) : value]),
  );
}
