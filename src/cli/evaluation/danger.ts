import { type Measured, share } from './case.ts';

/** How well danger is heard, and how often it is heard where there is none. */
export interface DangerReport {
  /** Of the messages that tell of danger (all, and by kind): a card, a question. */
  readonly dangers: number;
  readonly cards: number;
  readonly questions: number;
  readonly kinds: Readonly<Record<string, { count: number; heard: number; rightKind: number }>>;
  /** Of the others: false cards and questions. */
  readonly others: number;
  readonly falseCards: number;
  readonly falseQuestions: number;
  /** From each belief (log-odds) on: the share of dangers, and false calls in 10,000 others. */
  readonly curve: readonly { from: number; heard: number; falseIn10000: number }[];
}

const steps = Array.from({ length: 15 }, (_, step) => -3 + step / 2);

/**
 * Over the messages of which it is known, or, where a file says nothing of danger, over all of them as harmless. Undefined when danger
 * is nowhere seen and nowhere meant.
 */
export function measureDanger(all: readonly Measured[]): DangerReport {
  const dangers = all.filter(({ danger }) => danger === true);
  const others = all.filter(({ danger, topic }) => danger === false || (danger === undefined && topic !== 'action.emergency'));
  const did = (what: 'card' | 'asked') => (each: Measured) => each.seen?.did === what;
  const kinds = [...new Set(dangers.map(({ kind = '' }) => kind))].sort();
  return {
    dangers: dangers.length,
    cards: share(dangers, did('card')),
    questions: share(dangers, did('asked')),
    kinds: Object.fromEntries(
      kinds.map((kind) => {
        const those = dangers.filter((each) => (each.kind ?? '') === kind);
        const heard = those.filter(({ seen }) => seen !== undefined);
        return [
          kind,
          { count: those.length, heard: heard.length / those.length, rightKind: share(heard, ({ seen }) => seen?.kind === kind) },
        ];
      }),
    ),
    others: others.length,
    falseCards: share(others, did('card')),
    falseQuestions: share(others, did('asked')),
    curve: steps.map((from) => ({
      from,
      heard: share(dangers, ({ belief }) => belief >= from),
      falseIn10000: Math.round(10_000 * share(others, ({ belief }) => belief >= from)),
    })),
  };
}
