import { statementsOf } from '../../domain/content/answer.ts';
import { factsIn } from '../../domain/content/holes.ts';
import { inShanghai } from '../../domain/time/clock-time.ts';
import type { Facet } from '../../domain/understanding/result.ts';
import type { Turn } from '../kernel/turn.ts';

type Counting = Pick<Turn, 'tx' | 'now'>;

/** Counts that an answer was given, by month: staff look first at what is asked most. Who asked is not kept. */
export async function noteAsked({ tx, now }: Counting, topic: string, facet: Facet | null): Promise<void> {
  const id = `${inShanghai(now).date.slice(0, 7)}/${topic}/${facet ?? 'lead'}`;
  const known = await tx.get('asks', id);
  await tx.put('asks', { id, topic, ...(facet === null ? {} : { facet }), count: (known?.count ?? 0) + 1, at: now.toISOString() });
}

/** How often each topic was asked for in the last months, by its id. */
export async function askedTopics({ tx }: Pick<Counting, 'tx'>): Promise<Map<string, number>> {
  return summed((await tx.find('asks')).map(({ topic, count }) => [topic, count]));
}

/**
 * How much each local fact is needed, by its id: how often what needs it was asked for, and, where that is the same, in how many answers
 * it stands.
 */
export async function usesOfFacts({ tx, content }: Pick<Turn, 'tx' | 'content'>): Promise<Map<string, number>> {
  const asked = (await tx.find('asks')).flatMap(({ topic, facet, count }) => {
    const answer = content.answers.get(topic);
    const statements = answer && (facet === undefined ? [answer.lead] : (answer.facets[facet] ?? []));
    return (statements ?? []).flatMap(({ text }) => factsIn(text)).map((id) => [id, count] as const);
  });
  const answers = [...content.answers.values()];
  const standing = answers.flatMap((answer) => [...new Set(statementsOf(answer).flatMap(({ text }) => factsIn(text)))]);
  return summed([...asked, ...standing.map((id) => [id, 1 / (answers.length + 1)] as const)]);
}

function summed(counts: readonly (readonly [string, number])[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [id, count] of counts) sums.set(id, (sums.get(id) ?? 0) + count);
  return sums;
}
