import { openStates } from '../domain/appeal.ts';
import { isLate } from '../domain/appeal-clock.ts';
import { plusDays } from '../domain/clock-time.ts';
import { type Rate, ratesOf } from '../domain/rates.ts';
import type { Snapshot } from './content.ts';
import type { Transaction } from './ports.ts';
import type { Say } from './say.ts';
import type { Appeal } from './tables.ts';

interface Means {
  readonly tx: Transaction;
  readonly now: Date;
  readonly say: Say;
  readonly content: Snapshot;
}

const categoriesShown = 5;

/** 办理公示: what was reported and done in the last 30 days, without anything personal. */
export async function publicRecord(means: Means): Promise<string> {
  const { say } = means;
  const { lately, from, to, all } = await period(means, 30);
  return say('record.whole', {
    community: means.content.community.name,
    days: 30,
    count: lately.length,
    done: lately.filter(({ state }) => !openStates.includes(state)).length,
    categories: byCategory(lately, means),
    ...ratesText(all, from, to, say),
  });
}

/** 统计: the figures of so many days, beside those of as many days before. */
export async function statistics(means: Means, days: number): Promise<string> {
  const { say } = means;
  const { lately, before, all, from, to } = await period(means, days);
  const open = all.filter(({ state }) => openStates.includes(state));
  return say('statistics.whole', {
    days,
    count: lately.length,
    before: before.length,
    open: open.length,
    late: open.filter((appeal) => isLate(appeal, means.now)).length,
    categories: byCategory(lately, means),
    ...ratesText(all, from, to, say),
  });
}

/** The last so many days, this very moment included. */
async function period({ tx, now }: Means, days: number) {
  const to = new Date(now.getTime() + 1).toISOString();
  const from = plusDays(now, -days).toISOString();
  const earlier = plusDays(now, -2 * days).toISOString();
  const all = await tx.find('appeals', {}, { by: 'createdAt' });
  const lately = all.filter(({ createdAt }) => createdAt >= from && createdAt < to);
  const before = all.filter(({ createdAt }) => createdAt >= earlier && createdAt < from);
  return { all, lately, before, from, to };
}

function byCategory(appeals: readonly Appeal[], { say, content }: Means): string {
  const counts = new Map<string, number>();
  for (const { category } of appeals) counts.set(category, (counts.get(category) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, categoriesShown)
    .map(([category, count]) => say('record.category', { title: content.titles.get(category) ?? category, count }))
    .join(say('list.separator'));
}

function ratesText(all: readonly Appeal[], from: string, to: string, say: Say) {
  const { response, solved, partly, satisfied, unrated } = ratesOf(all, from, to);
  return {
    response: rateText(response, say),
    solved: rateText(solved, say),
    partly,
    satisfied: rateText(satisfied, say),
    unrated,
  };
}

function rateText({ of, count }: Rate, say: Say): string {
  return of === 0 ? say('record.noRate') : say('record.rate', { percent: Math.round((100 * count) / of), count, of });
}
