import type { Facet } from '../understanding/result.ts';
import type { SubsidyTerms } from './childcare-subsidy.ts';
import type { WaitingTerms } from './medical-waiting.ts';

/** What can be reckoned for a resident, in the order in which it is offered. */
export const reckonings = [
  'retirement',
  'severance',
  'annualLeave',
  'unemployment',
  'arbitration',
  'childcareSubsidy',
  'maternityLeave',
  'residencePermit',
  'permitRenewal',
  'medicalWaiting',
] as const;
export type ReckoningId = (typeof reckonings)[number];

/** When something is reckoned, under which topic, and what it rests on (data/reckoning.yaml). */
export interface ReckoningRule {
  readonly id: ReckoningId;
  readonly title: string;
  /** The topic of its answer. */
  readonly topic: string;
  /** Shapes of questions about it, over a message without stops and spaces, and of what asks for something else. */
  readonly asks: readonly RegExp[];
  readonly unless: RegExp;
  /** Whoever asks about the topic, or these sides of it, and tells what is needed is reckoned for, whatever the words. */
  readonly byTopic?: readonly Facet[];
  /** That somebody speaks of their own is not enough: what is needed has to be told. */
  readonly factsOnly: boolean;
  /** The articles by law, or the document. */
  readonly law?: Readonly<Record<string, string>>;
  readonly from?: string;
  /** yyyy-MM-dd: compared with its source on that day; not reckoned after the other. */
  readonly checkedOn: string;
  readonly reviewBy: string;
}

/** How people tell what is needed: shapes over a message without stops and spaces. */
export const tellings = [
  'own',
  'reckon',
  'unsure',
  'man',
  'woman',
  'work50',
  'work55',
  'flexible',
  'employed',
  'claimed',
  'left',
  'began',
  'paid',
  'lastTime',
  'employeeInsurance',
  'brokenFor',
  'solar',
  'unbroken',
  'notPaid',
  'paidThisYear',
  'miscarried',
  'difficult',
  'plain',
  'twins',
  'triplets',
  'children',
  'expected',
] as const;
export type TellingWords = Readonly<Record<(typeof tellings)[number], RegExp>>;

export interface ReckoningContent {
  readonly rules: Readonly<Record<ReckoningId, ReckoningRule>>;
  readonly words: TellingWords;
  readonly childcare: SubsidyTerms;
  readonly waiting: WaitingTerms;
}

/** What is longer tells a story, and is answered as one. */
const longest = 80;

/** What a message wants reckoned; several where it fits several. @param said without stops and spaces, in simplified characters */
export function askedFor(said: string, { rules }: Pick<ReckoningContent, 'rules'>): ReckoningRule[] {
  if (said.length > longest) return [];
  return reckonings.map((id) => rules[id]).filter(({ asks, unless }) => asks.some((shape) => shape.test(said)) && !unless.test(said));
}

/** Whether a message is short enough to be somebody's own case, or a letter that asks to reckon it, and asks for nothing else of the topic. */
export function mayTell(said: string, { unless }: ReckoningRule, { words }: Pick<ReckoningContent, 'words'>): boolean {
  return (said.length <= longest || words.reckon.test(said)) && !unless.test(said);
}
