import { isCounted, openStates } from '../../domain/appeals/appeal.ts';
import { type Rate, ratesOf } from '../../domain/appeals/rates.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { Say } from '../kernel/say.ts';

/** 上周诉求办理情况: what was reported and done from one moment up to another, as a section; empty when there was nothing. */
export async function appealFigures(tx: Transaction, say: Say, from: Date, to: Date): Promise<string> {
  const all = await tx.find('appeals');
  const within = (at: string | undefined) => at !== undefined && at >= from.toISOString() && at < to.toISOString();
  const count = all.filter(({ createdAt, state }) => within(createdAt) && isCounted(state)).length;
  const done = all.filter(({ resolvedAt }) => within(resolvedAt)).length;
  if (count === 0 && done === 0) return '';
  const { response, solved, satisfied, unrated } = ratesOf(all, from.toISOString(), to.toISOString());
  const rate = ({ of, count: hits }: Rate) => (of === 0 ? '' : say('edition.rate', { hits, of, percent: Math.round((100 * hits) / of) }));
  return say('edition.figures', {
    title: say('edition.figuresTitle'),
    count,
    done,
    open: all.filter(({ state }) => openStates.includes(state)).length,
    response: rate(response),
    solved: rate(solved),
    satisfied: rate(satisfied),
    unrated: solved.of === 0 ? '' : unrated,
  });
}
