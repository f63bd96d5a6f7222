import type { Broadcast } from '../../domain/content/knowledge.ts';
import { saidOf } from '../../domain/news/news-item.ts';
import { dateAfter, inShanghai, plusDays, spokenDate } from '../../domain/time/clock-time.ts';
import { dateIn } from '../../domain/time/schedule.ts';
import type { Snapshot } from '../kernel/content.ts';
import type { Papers } from '../kernel/papers.ts';
import type { Ids, Transaction } from '../kernel/ports.ts';
import type { Say } from '../kernel/say.ts';
import { sealLine } from '../supervision/asked.ts';
import { currentNews, type Entry, newsToSay } from './items.ts';
import type { Edition } from './rows.ts';
import { appealFigures } from './week-figures.ts';

export interface Means {
  readonly tx: Transaction;
  readonly now: Date;
  readonly ids: Ids;
  readonly say: Say;
  readonly content: Snapshot;
  readonly papers: Papers | undefined;
}

/** What an edition says, before it is frozen. */
export type Composed = Required<Pick<Edition, 'title' | 'text' | 'sections' | 'items' | 'files' | 'sendAt'>> &
  Pick<Edition, 'intro' | 'groups'> & { readonly headings: readonly { readonly title: string; readonly items: readonly string[] }[] };

/** News is new for so many days. */
const freshDays = 14;
/** So many pictures of items follow an edition at most: a group is no album. */
const picturesAtMost = 3;

/** The identity of an issue: its broadcast, and the day of its slot there where its clock stands. */
export function editionId({ id, schedule }: Broadcast, slot: Date): string {
  return `${id}/${dateIn(schedule.timezone, slot)}`;
}

/** The broadcast that an edition is an issue of, as long as there is such a one. */
export function broadcastOf({ id }: Pick<Edition, 'id'>, { broadcasts }: Pick<Snapshot, 'broadcasts'>): Broadcast | undefined {
  return broadcasts.broadcasts.find((each) => id.startsWith(`${each.id}/`));
}

/** Makes an edition to be sent at a moment, of what was not said before; undefined when there is no news. */
export async function compose(means: Means, broadcast: Broadcast, at: Date, intro?: string): Promise<Composed | undefined> {
  const { say } = means;
  const today = inShanghai(at).date;
  const said = await saidIn(means.tx, broadcast);
  const isNew = (id: string, day: string) => day > dateAfter(today, -freshDays) && !said(id, day);
  const fresh = currentNews(await newsToSay(means), today).filter(({ id, date }) => isNew(id, date));
  const parts = broadcast.categories.map((category) =>
    sectionOf(
      say,
      category,
      fresh.filter((item) => item.category === category),
    ),
  );
  parts.push(await board(means, isNew));
  const full = parts.filter(({ items }) => items.length > 0);
  if (full.length === 0) return undefined;
  const figures = broadcast.figures ? await withSeal(means, await appealFigures(means.tx, say, plusDays(at, -7), at)) : '';
  const sections = [...full, ...(figures === '' ? [] : [{ ...plain, category: say('edition.figuresTitle'), text: figures }])];
  const edition = {
    title: broadcast.title,
    sections: sections.map(({ category, text }) => ({ category, text })),
    items: full.flatMap(({ items }) => items.map(({ id }) => id)),
    sendAt: at.toISOString(),
    ...(intro === undefined ? {} : { intro }),
    ...(broadcast.groups === undefined ? {} : { groups: broadcast.groups }),
  };
  return {
    ...edition,
    text: editionText(say, edition),
    files: full.flatMap(({ items }) => items.flatMap(({ files }) => files)).slice(0, picturesAtMost),
    headings: full.map(({ category, items }) => ({ title: category, items: items.map(({ title }) => title) })),
  };
}

/** The figures of the week, and the last seal: whoever keeps the news can tell later whether the past was changed. */
async function withSeal(means: Means, figures: string): Promise<string> {
  return figures === '' ? '' : [figures, await sealLine(means)].filter((line) => line !== '').join('\n');
}

/** The text as one recipient reads it; undefined when nothing of it is wanted there. */
export function editionText(say: Say, edition: Pick<Edition, 'title' | 'sections' | 'intro' | 'sendAt'>): string;
export function editionText(
  say: Say,
  edition: Pick<Edition, 'title' | 'sections' | 'intro' | 'sendAt'>,
  reader: { readonly wants?: readonly string[]; readonly privately?: boolean },
): string | undefined;
export function editionText(
  say: Say,
  { title, sections = [], intro, sendAt = '' }: Pick<Edition, 'title' | 'sections' | 'intro' | 'sendAt'>,
  { wants, privately = false }: { readonly wants?: readonly string[]; readonly privately?: boolean } = {},
): string | undefined {
  const wanted = sections.filter(({ category }) => wants === undefined || wants.includes(category));
  if (wanted.length === 0) return undefined;
  return say('edition.whole', {
    title,
    date: spokenDate(new Date(sendAt)),
    sections: [...(intro === undefined ? [] : [intro]), ...wanted.map(({ text }) => text)].join('\n\n'),
    foot: say(privately ? 'edition.footPrivate' : 'edition.footGroup'),
  });
}

/** The pictures of an edition: its card, where one can be drawn, then those of its items. Without a card the news goes out all the same. */
export async function picturesOf({ papers, say }: Means, { card }: Broadcast, composed: Composed): Promise<string[]> {
  if (!papers || !card) return composed.files;
  const drawn = papers.card({
    title: composed.title,
    date: spokenDate(new Date(composed.sendAt)),
    sections: composed.headings,
    footer: say('edition.cardFoot'),
    more: (count) => say('edition.cardMore', { count }),
    ...(card.qr === undefined ? {} : { qr: card.qr }),
    ...(card.caption === undefined ? {} : { qrCaption: card.caption }),
  });
  // What cannot be drawn is in the log of whoever draws.
  const file = await drawn.catch(() => undefined);
  return file === undefined ? composed.files : [file, ...composed.files];
}

interface Section {
  readonly category: string;
  readonly text: string;
  readonly items: readonly Pick<Entry, 'id' | 'title' | 'files'>[];
}

const plain = { items: [] } as const;

function sectionOf(say: Say, category: string, items: readonly Entry[]): Section {
  const lines = items.map((item) => say('edition.item', { ...saidOf(item) }));
  return { category, items, text: say('edition.section', { category, items: lines.join('\n') }) };
}

/** Notes of the 留言板 that were answered and whose authors let them be shown, without their names. */
async function board({ tx, say }: Means, isNew: (id: string, day: string) => boolean): Promise<Section> {
  const done = await tx.find('appeals', { mayPublish: true, state: ['resolved', 'archived'] });
  const notes = done.filter(
    ({ id, resolvedAt, result }) => result !== undefined && resolvedAt !== undefined && isNew(id, inShanghai(new Date(resolvedAt)).date),
  );
  const lines = notes.map(({ what, result = '' }) => say('edition.note', { what, result }));
  const category = say('edition.board');
  return {
    category,
    items: notes.map(({ id, what }) => ({ id, title: what, files: [] })),
    text: say('edition.section', { category, items: lines.join('\n') }),
  };
}

/** Whether an item was said in an edition of this broadcast. Editions of before they kept their items: whatever was there by their day. */
async function saidIn(tx: Transaction, broadcast: Broadcast): Promise<(id: string, day: string) => boolean> {
  const sent = await tx.find('editions', { state: ['planned', 'done', 'withdrawn'] });
  const own = sent.filter(({ id }) => id.startsWith(`${broadcast.id}/`));
  const items = new Set(own.flatMap(({ items = [] }) => items));
  const until = own.filter((edition) => edition.items === undefined).map(({ id }) => id.slice(broadcast.id.length + 1));
  return (id, day) => items.has(id) || until.some((last) => day <= last);
}
