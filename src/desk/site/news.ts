import { inShanghai } from '../../domain/time/clock-time.ts';
import type { Means } from '../figures/figures.ts';
import { categoriesOf, type Entry, isOver, publishedNews } from '../news/items.ts';

/** An item of news on a page. */
export interface NewsPage {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly category: string;
  /** yyyy-MM-dd */
  readonly date: string;
  readonly expires?: string;
  readonly over: boolean;
  /** Names of its pictures, beside the store. */
  readonly files: readonly string[];
}

/** An edition as it was sent. */
export interface PastEdition {
  readonly id: string;
  readonly title: string;
  /** When it was sent (ISO time). */
  readonly at: string;
  readonly text: string;
}

const editionsShown = 60;

/** What residents may read, newest first, and the columns in which it stands. */
export async function newsOf(means: Means): Promise<{ columns: readonly string[]; items: readonly NewsPage[] }> {
  const items = (await publishedNews(means)).map((item) => asPage(item, means));
  return { columns: categoriesOf(means.content), items };
}

/** The editions that were sent, the latest first. */
export async function pastEditions({ tx }: Means): Promise<PastEdition[]> {
  const sent = await tx.find('editions', { state: ['planned', 'done'] }, { by: 'plannedAt', descending: true, limit: editionsShown });
  return sent.map(({ id, title, text, sendAt, plannedAt }) => ({ id, title, text, at: sendAt ?? plannedAt }));
}

function asPage({ id, title, text, category, date, expires, files }: Entry, { now }: Means): NewsPage {
  const item = { id, title, text, category, date, files, ...(expires === undefined ? {} : { expires }) };
  return { ...item, over: isOver(item, inShanghai(now).date) };
}
