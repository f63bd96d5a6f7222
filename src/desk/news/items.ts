import type { NewsItem } from '../../domain/content/knowledge.ts';
import { dateAfter, inShanghai } from '../../domain/time/clock-time.ts';
import type { Snapshot } from '../kernel/content.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { StaffItem } from './rows.ts';

/** News from a file or from staff, as it is told. */
export interface Entry extends NewsItem {
  readonly files: readonly string[];
}

interface Means {
  readonly tx: Transaction;
  readonly now: Date;
  readonly content: Pick<Snapshot, 'news' | 'broadcasts'>;
}

/** The items that may be said on a day (yyyy-MM-dd), newest first. */
export function currentNews<I extends NewsItem>(news: readonly I[], today: string): I[] {
  return newestFirst(news.filter((item) => item.date <= today && !isOver(item, today)));
}

/** Whether an item had its time before a day (yyyy-MM-dd). */
export function isOver({ expires }: NewsItem, today: string): boolean {
  return expires !== undefined && expires < today;
}

/** What residents may read, over or not, newest first: files whose day has come, and what staff wrote once it went out. */
export async function publishedNews(means: Means): Promise<Entry[]> {
  const today = inShanghai(means.now).date;
  const staff = (await staffItems(means)).filter(({ publishedAt }) => publishedAt !== undefined);
  return newestFirst([...fromFiles(means).filter(({ date }) => date <= today), ...staff.map((item) => asEntry(item, means.content))]);
}

/** What an edition may be made of, whether it went out before or not. */
export async function newsToSay(means: Omit<Means, 'now'>): Promise<Entry[]> {
  const staff = (await staffItems(means)).filter(({ urgent }) => !urgent);
  return [...fromFiles(means), ...staff.map((item) => asEntry(item, means.content))];
}

function fromFiles({ content }: Pick<Means, 'content'>): Entry[] {
  return content.news.map((item) => ({ ...item, files: [] }));
}

/** What staff wrote and did not take back. What was exported and put among the files since is read from there. */
async function staffItems({ tx, content }: Pick<Means, 'tx' | 'content'>): Promise<StaffItem[]> {
  const files = new Set(content.news.map(({ id }) => id));
  return (await tx.find('newsItems')).filter(({ id, removedAt }) => removedAt === undefined && !files.has(id));
}

/** Every category that some broadcast says. */
export function categoriesOf({ broadcasts: { broadcasts, disclosure } }: Pick<Snapshot, 'broadcasts'>): string[] {
  return [...new Set([...broadcasts.flatMap(({ categories }) => categories), disclosure.category])];
}

/** An item of staff as it is told: dated by the day on which it went out; what is disclosed is not over before its time. */
function asEntry(item: StaffItem, { broadcasts: { disclosure } }: Pick<Snapshot, 'broadcasts'>): Entry {
  const { id, title, text, category, files, publishedAt } = item;
  const date = publishedAt === undefined ? item.date : inShanghai(new Date(publishedAt)).date;
  const atLeast = category === disclosure.category ? dateAfter(date, disclosure.days) : '';
  const expires = item.expires !== undefined && item.expires < atLeast ? atLeast : item.expires;
  return { id, title, text, category, date, files, ...(expires === undefined ? {} : { expires }) };
}

function newestFirst<I extends NewsItem>(items: readonly I[]): I[] {
  return [...items].sort((a, b) => b.date.localeCompare(a.date) || a.id.localeCompare(b.id));
}
