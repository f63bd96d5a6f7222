import type { ActBeliefs } from './acts.ts';
import type { EmergencyKind } from './emergency.ts';

/** What one may ask about a topic by itself ("要带什么" → materials). Ids are public: content files use them. */
export const facets = ['conditions', 'materials', 'process', 'place', 'time', 'fee', 'amount', 'online', 'phone', 'basis'] as const;
export type Facet = (typeof facets)[number];

/** A topic that a message may be about; `score` in 0…1 is comparable between messages. */
export interface Candidate {
  readonly topic: string;
  readonly score: number;
}

/** One question of a message, and what the engine would do with it. */
export interface Question {
  /** The part of the message, as written. */
  readonly text: string;
  readonly decision: 'answer' | 'clarify' | 'decline';
  /** The best five topics, best first, whatever the decision; empty only for a message without words. */
  readonly candidates: readonly Candidate[];
  /** The topic to answer, when the decision is `answer`; the topic being talked about, when only a facet was asked for. */
  readonly topic: string | null;
  /** What of the topic is asked for, or of what is being talked about where no topic was understood. */
  readonly facet: Facet | null;
  /** Between what the resident is asked to choose, when the decision is `clarify`: two to four topics. */
  readonly choices: readonly string[];
  /** It asks on about what is being talked about, in words that say more than a facet ("交不起怎么办"). */
  readonly follows?: true;
}

/** Danger to life or limb that a message tells of. */
export interface Emergency {
  readonly kind: EmergencyKind;
  /** `unsure` deserves the question whether somebody is in danger now. */
  readonly certainty: 'explicit' | 'unsure';
  /** How much is believed in it, in log-odds (danger.ts, `thresholds`). */
  readonly belief: number;
}

/** What the engine makes of one message. */
export interface Understood {
  /** At least one; several when the message asks several things. */
  readonly questions: readonly [Question, ...Question[]];
  /** The clauses that ask something else beside these questions and are not surely understood, as written, without words that join them. */
  readonly unheard?: readonly string[];
  readonly emergency: Emergency | null;
  /** What it does, whatever it is about; null where that was not learnt. */
  readonly act: ActBeliefs | null;
}

/** What was said before, as far as it matters for reading the next message. */
export interface Context {
  /** The topic being talked about, if it is recent. */
  readonly topic?: string;
}

/** Reads a message. Pure: the same text and context give the same result. Work is bounded, whatever the length. */
export type Understand = (text: string, context?: Context) => Understood;

/** Why a topic came up for a message. */
export interface Reason {
  readonly topic: string;
  readonly score: number;
  /** What in the message spoke for it most, as words or characters. */
  readonly because: readonly string[];
  /** The phrasing of this topic that is most like the message, and how like it is (0…1). */
  readonly nearest: { readonly text: string; readonly similarity: number } | null;
}

/** What the engine makes of one question, and why. */
export interface Explanation {
  readonly decision: Question['decision'];
  readonly facet: Facet | null;
  /** How sure it is that the best topic is right, and from where on it answers or asks back. */
  readonly confidence: number;
  readonly answerFrom: number;
  readonly clarifyFrom: number;
  readonly reasons: readonly Reason[];
  /** What it does, and how much it tells of danger (log-odds), whatever the topic. */
  readonly act: ActBeliefs | null;
  readonly danger: { readonly kind: string; readonly belief: number } | null;
}

export type Explain = (text: string) => Explanation;
