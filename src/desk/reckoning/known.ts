import { z } from 'zod';
import type { ReckoningContent, TellingWords } from '../../domain/reckoning/rule.ts';
import { type Told, toldIn } from '../../domain/reckoning/told.ts';
import { spoken } from '../../domain/words/talk.ts';
import { day } from '../kernel/fields.ts';
import type { PlainKey, Say } from '../kernel/say.ts';
import type { Turn } from '../kernel/turn.ts';

const days = z.object({ from: day, to: day });
const months = z.object({ from: z.number(), to: z.number() });

/** What may have to be asked for. */
export const facts = [
  'birth',
  'month',
  'sex',
  'work',
  'monthAndWork',
  'worked',
  'pay',
  'career',
  'paid',
  'since',
  'born',
  'delivery',
  'pregnant',
  'registered',
  'issued',
  'missed',
] as const;
export const fact = z.enum(facts);
export type Fact = z.infer<typeof fact>;

/**
 * What was told so far of the case that is reckoned; each thing as closely as it was told. It lives as long as the question does, and no
 * other row holds it.
 */
export const known = z.object({
  /** What they do not know. */
  unsure: z.array(fact).exactOptional(),
  /** Of a birth, an employment's end or a wrong, a registration. */
  day: days.exactOptional(),
  /** How long they worked or paid in, in months. */
  span: months.exactOptional(),
  /** Yuan a month. */
  pay: z.number().exactOptional(),
  sex: z.enum(['man', 'woman']).exactOptional(),
  work: z.enum(['woman50', 'woman55', 'flexible']).exactOptional(),
  employed: z.literal(true).exactOptional(),
  claimed: days.exactOptional(),
  children: z.number().exactOptional(),
  birth: z.enum(['plain', 'difficult']).exactOptional(),
  miscarried: z.literal(true).exactOptional(),
  /** Months of pregnancy. */
  pregnant: z.number().exactOptional(),
  /** Years that were not paid for. */
  missed: z.number().exactOptional(),
  paidOn: days.exactOptional(),
});
export type Known = z.infer<typeof known>;
export type Days = z.infer<typeof days>;
export type Months = z.infer<typeof months>;

/** A message, taken apart for what it tells. */
export interface Hearing extends Told {
  /** In simplified characters: as it was written, and without stops and spaces. */
  readonly text: string;
  readonly said: string;
  readonly today: string;
  readonly words: TellingWords;
  /** What it was asked for, if it answers a question. */
  readonly asked?: Fact;
  readonly known: Known;
}

/** How what is reckoned is said. */
export interface Teller {
  readonly say: Say;
  readonly today: string;
  readonly content: ReckoningContent;
}

/** What can be said of a case, as far as it is known. */
export interface Reckoned {
  /** The result with its steps; empty while nothing can be said. */
  readonly body: string;
  /** What would make it exact. */
  readonly asks?: Fact;
  /** Who decides, where it is not as for others. */
  readonly decides?: PlainKey;
}

/** How one thing is heard and told. The rule itself is in domain/reckoning/. */
export interface ReckoningPart {
  /** What a message tells of it. */
  hears(hearing: Hearing): Known;
  /** Whether so much was told that it is somebody's own case. */
  isTold(known: Known): boolean;
  tells(known: Known, teller: Teller): Reckoned;
  /** Whether it is about something that is reckoned in another way. */
  passes?(hearing: Hearing): boolean;
}

/** Takes a message apart. */
export function hearingOf(turn: Turn, text: string, before: Known, today: string, asked?: Fact): Hearing {
  const { words } = turn.content.reckoning;
  const simple = turn.content.simplify(text);
  const said = spoken(simple);
  return {
    ...toldIn(simple, today, words.expected.test(said)),
    text: simple,
    said,
    today,
    words,
    known: before,
    ...(asked ? { asked } : {}),
  };
}

/** Whether something is not known to them. */
export function isUnsure({ unsure = [] }: Known, of: Fact): boolean {
  return unsure.includes(of) || (of !== 'monthAndWork' && (of === 'month' || of === 'work') && unsure.includes('monthAndWork'));
}
