import { beliefs, type Classifier, columns, trainClassifier } from './classifier.ts';
import { withoutCourtesies } from './courtesies.ts';
import { hashed, type ReadClause } from './hashed.ts';
import type { HashedTexts } from './hashed-texts.ts';
import type { Normalise } from './normalise.ts';

/** What somebody does with a message, whatever it is about. Ids are public: files of intents/ use them with `act.` before. */
export const acts = [
  'report',
  'wish',
  'question',
  'yes',
  'no',
  'correct',
  'refuse',
  'thank',
  'acknowledge',
  'complain-waiting',
  'ask-when',
  'add',
  'person',
  'call',
  'cancel',
  'chat',
] as const;
export type Act = (typeof acts)[number];

/** How much is believed in each act of a message; the sum is 1. */
export type ActBeliefs = Readonly<Record<Act, number>>;

/** What the belief is learnt from: phrasings by act, those of topics counting less than its own. */
export type ActLessons = readonly { readonly act: Act; readonly texts: readonly string[]; readonly weight: number }[];

const rounds = 4;

/** Of a letter what somebody wants stands at its beginning and its end. */
const readAtStart = 140;
const readAtEnd = 60;

/** Learns what messages do; the same lessons give the same classifier. Undefined where nothing teaches it. `numberOf` as for danger. */
export function trainActs(
  lessons: ActLessons,
  normalise: Normalise,
  numberOf: (text: string) => number,
  all: HashedTexts,
): Classifier | undefined {
  const examples = lessons.flatMap(({ act, texts, weight }) =>
    texts.map((text) => ({ text: numberOf(plainAct(normalise(text))), label: acts.indexOf(act), weight })),
  );
  return examples.length === 0 ? undefined : trainClassifier(acts, columns(examples), all, rounds);
}

/** What a message does. @param normal the normalised message */
export function readActs(normal: string, classifier: Classifier, read: ReadClause): ActBeliefs {
  const shares = beliefs(classifier, hashed(plainAct(normal), read));
  return Object.fromEntries(acts.map((act, index) => [act, shares[index] ?? 0])) as Record<Act, number>;
}

/** The act that is believed most. */
export function likeliestAct(believed: ActBeliefs): Act {
  return acts.reduce((best, act) => (believed[act] > believed[best] ? act : best), 'chat' as Act);
}

/** A text without what says nothing of what it does: courtesies around it, and which place or firm it names. */
function plainAct(text: string): string {
  const plain = withoutNames(withoutCourtesies(text));
  return plain.length <= readAtStart + readAtEnd ? plain : `${plain.slice(0, readAtStart)}。${plain.slice(-readAtEnd)}`;
}

const district = /[\p{Script=Han}a-z0]{1,6}?(市|区|县|镇|乡|街道|社区|村)(?=\p{Script=Han})/gu;
const named = /[\p{Script=Han}a-z0]{2,8}?(小区|花园|家园|公寓|苑|新村|华庭|公馆|公司|集团|学校|小学|中学|幼儿园|医院|大道|银行)/gu;

/** Names of places and firms as "some" place or firm: nobody has heard of them, and what is wrong there is the same anywhere. */
export function withoutNames(text: string): string {
  return text.replace(district, '某$1').replace(named, '某$1');
}
