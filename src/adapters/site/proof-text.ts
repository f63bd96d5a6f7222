import { createHash } from 'node:crypto';
import { z } from 'zod';
import { countNames } from '../../domain/supervision/counts.ts';
import { misfit, type Proof } from '../../domain/supervision/day.ts';

/** Of 2^64 cases a path has so many steps. */
const stepsAtMost = 64;
const longestProof = 100_000;

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const counts = z.array(z.number()).length(countNames.length);
const sum = z.object({ hash, counts });
const proof = z.object({
  tree: z.enum(['open', 'discreet']),
  text: z.string(),
  salt: z.string(),
  counts,
  index: z.number(),
  beside: z.array(sum).max(stepsAtMost),
  day: z.object({
    id: z.string().max(10),
    at: z.string().max(30),
    from: z.string().max(30),
    to: z.string().max(30),
    before: z.string().max(64),
    open: sum,
    discreet: sum,
    alarms: z.object({ hash }),
    seal: hash,
  }),
}) satisfies z.ZodType<Proof>;

/** One thing that is reckoned: a text and its SHA-256. */
export interface Reckoned {
  readonly text: string;
  readonly hash: string;
}

/** A proof that was handed in, reckoned anew from its leaf to its seal. */
export interface Reckoning {
  readonly proof: Proof;
  /** What does not fit; undefined when all does. */
  readonly wrong: 'tree' | 'seal' | undefined;
  /** Every step, so that anybody can do it by hand. */
  readonly steps: readonly Reckoned[];
}

/** Reckons a proof as it is shown on a page or in the chat's file. @returns undefined when it is none */
export function reckonProof(text: string): Reckoning | undefined {
  const read = proof.safeParse(parsed(text));
  if (!read.success) return undefined;
  const steps: Reckoned[] = [];
  const digest = (input: string) => {
    const made = createHash('sha256').update(input).digest('hex');
    steps.push({ text: input, hash: made });
    return made;
  };
  return { proof: read.data, wrong: misfit(digest, read.data), steps };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.slice(0, longestProof));
  } catch {
    return undefined;
  }
}
