import { beliefs, type Classifier, columns, trainClassifier } from './classifier.ts';
import { withoutCourtesies } from './courtesies.ts';
import { hashed, type ReadClause } from './hashed.ts';
import type { HashedTexts } from './hashed-texts.ts';
import { withoutNames } from './names.ts';
import { believed, type Network, type Seen } from './network.ts';
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

/** Who believes what a message does: a linear classifier, and the network in what it has seen in the message. */
export interface ActReaders {
  readonly classifier: Classifier | undefined;
  readonly network: Network;
}

/** How much the network's belief counts beside the classifier's. */
const networkShare = 0.4;

/** What a message does, as far as both its readers believe it (the mean of their logarithms); null where they have not learnt what messages do. @param normal the normalised message */
export function readActs({ classifier, network }: ActReaders, normal: string, seen: Seen, read: ReadClause): ActBeliefs | null {
  const seenShares = believed(network, 'acts', seen);
  if (!classifier || seenShares.length === 0) return null;
  const shares = beliefs(classifier, hashed(plainAct(normal), read)).map(
    (share, act) => share ** (1 - networkShare) * (seenShares[act] ?? 0) ** networkShare,
  );
  const opening = normal.length < shortestOpening ? undefined : openings.find(({ words }) => words.test(normal));
  for (const act of opening?.acts ?? []) shares[acts.indexOf(act)] = (opening?.times ?? 1) * (shares[acts.indexOf(act)] ?? 0);
  const sum = shares.reduce((all, share) => all + share, 0);
  return Object.fromEntries(acts.map((act, index) => [act, (shares[index] ?? 0) / sum])) as Record<Act, number>;
}

const before = '^(?:您?好[,，。！! ]*)?(?:我们?|本人|业主|实名|再次|紧急|强烈|现在?|特此?|联名|想|要|来)*';
/** Who writes to an office often says first what they do, whatever words follow ("投诉…", "咨询…"): so many times more is believed in that. */
const openings: readonly { readonly words: RegExp; readonly acts: readonly Act[]; readonly times: number }[] = [
  {
    times: 30,
    words: new RegExp(`${before}(?:咨询|请问|请教|询问|问一?下|问问)(?!电话|热线|台|过|了)`, 'u'),
    acts: ['question', 'ask-when'],
  },
  {
    times: 10,
    words: new RegExp(
      `${before}(?:投诉|举报|控诉|揭发|检举|反映|反应|质疑|请求|恳请|呼吁|求助|要求)(?!电话|热线|信箱|平台|渠道|方式|流程|部门|中心|窗口|处|台|员|件|不|了|过|到|给|去哪|哪|谁)`,
      'u',
    ),
    acts: ['report', 'wish', 'complain-waiting'],
  },
];
const shortestOpening = 8;

/** From here on a message is idle talk, whatever it is about. */
const surelyChat = 0.55;

/** From here on a message may ask. */
const perhapsAsks = 0.5;

/** Whether a message may ask something, whatever it is about. */
export function mayAsk({ act }: { readonly act?: ActBeliefs | null }): boolean {
  return (act?.question ?? 0) >= perhapsAsks;
}

/** Whether somebody chats, and wants nothing. */
export function isChat({ act }: { readonly act?: ActBeliefs | null }): boolean {
  return (act?.chat ?? 0) >= surelyChat;
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
