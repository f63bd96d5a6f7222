import type { Means } from '../figures/figures.ts';
import { fewest } from '../figures/record.ts';
import type { Release } from './rows.ts';

const shownAtMost = 40;

/** Sentences of one kind of matter: what was done. */
export interface Deeds {
  /** Absent for what is seldom: several kinds in one. */
  readonly title?: string;
  readonly sentences: readonly { readonly text: string; readonly place?: string }[];
}

/**
 * What staff released, the latest first, by category. Kinds of which there are fewer than three stand together, and a place that is named
 * fewer than three times is not named: nobody can be known by it. What was taken up again is not told as done.
 */
export async function deedsOf({ tx, content }: Means): Promise<Deeds[]> {
  const all = await tx.find('releases', {}, { by: 'at', descending: true, limit: shownAtMost });
  const shown: Release[] = [];
  for (const each of all) {
    const appeal = await tx.get('appeals', each.id);
    // What is not at hand any more was closed for good.
    if (!appeal || (!appeal.erased && appeal.round === each.round && ['resolved', 'archived'].includes(appeal.state))) shown.push(each);
  }
  const often = ({ place }: Release) => place !== undefined && shown.filter((each) => each.place === place).length >= fewest;
  const titleOf = ({ category }: Release) => content.titles.get(category) ?? '';
  const titles = [...new Set(shown.map(titleOf))];
  const of = (title: string) => shown.filter((each) => titleOf(each) === title);
  const sentences = (some: readonly Release[]) =>
    some.map((each) => ({ text: each.text, ...(often(each) && each.place !== undefined ? { place: each.place } : {}) }));
  const named = titles.filter((title) => title !== '' && of(title).length >= fewest);
  const others = shown.filter((each) => !named.includes(titleOf(each)));
  const groups: Deeds[] = named.map((title) => ({ title, sentences: sentences(of(title)) }));
  return others.length === 0 ? groups : [...groups, { sentences: sentences(others) }];
}
