import { dateAfter, inShanghai, plusDays, spokenDay, spokenTime } from '../../domain/time/clock-time.ts';
import { nextSlots } from '../../domain/time/schedule.ts';
import { recentList } from '../commands/recent-list.ts';
import { type Call, type Command, maskedToAll } from '../kernel/command.ts';
import type { Reply } from '../kernel/message.ts';
import { ask } from '../kernel/question.ts';
import { toStaff } from '../kernel/staff.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
import { editionId } from './edition.ts';
import { currentNews, newsToSay } from './items.ts';
import type { StaffItem } from './rows.ts';
import { dayOf, keepItem, typedItem, usualCategory } from './typed-item.ts';

/** 消息 加: an item for the news. It is read by residents once it went out. */
export const newsAdd: Command = {
  id: 'news.add',
  role: 'worker',
  masks: maskedToAll,
  needs: ['text'],
  async run(turn, { text }) {
    const typed = typedItem(turn, text);
    if (typed.title === '') throw new UserError(turn.say('newsItem.noTitle'));
    const item = await keepItem(turn, { category: usualCategory(turn), ...typed });
    await ask(turn, { kind: 'newsAdded', item: item.id });
    return [here(turn, await kept(turn, item, turn.say('command.orCancel'))), ...(await shownToColleagues(turn, item))];
  },
};

/** 消息 改: an item of the list, as a whole or only its labels. */
export const newsChange: Command = {
  id: 'news.change',
  role: 'worker',
  masks: maskedToAll,
  needs: ['row', 'text'],
  async run(turn, { row, text }) {
    const item = await itemAt(turn, row);
    const { title, text: body, category, expires } = typedItem(turn, text);
    if (category !== undefined && category !== item.category) mayGo(turn, item);
    const words = title === '' ? {} : { title, text: body };
    const changed: StaffItem = {
      ...item,
      ...words,
      ...(category === undefined ? {} : { category }),
      ...(expires === undefined ? {} : { expires }),
      // A picture that follows is for this one.
      by: turn.person.id,
      at: turn.now.toISOString(),
    };
    await turn.tx.put('newsItems', changed);
    return [here(turn, await kept(turn, changed)), ...(await shownToColleagues(turn, changed))];
  },
};

/** 消息 删: takes an item back. What has to be public stays so until its time is over. */
export const newsRemove: Command = {
  id: 'news.remove',
  role: 'worker',
  needs: ['row'],
  async run(turn, { row }) {
    return [here(turn, await removeItem(turn, await itemAt(turn, row)))];
  },
};

/** Takes an item back, and says so. @throws UserError when it has to stay */
export async function removeItem(turn: Turn, item: StaffItem): Promise<string> {
  mayGo(turn, item);
  await turn.tx.put('newsItems', { ...item, removedAt: turn.now.toISOString() });
  return turn.say('newsItem.removed', { title: item.title, released: await inReleased(turn, item) });
}

/** @throws UserError when it has to stay among what is disclosed, since its time is not over */
function mayGo({ content, now, say }: Turn, item: StaffItem): void {
  const { category, days } = content.broadcasts.disclosure;
  const until = item.publishedAt && item.category === category ? plusDays(new Date(item.publishedAt), days) : undefined;
  if (until && until > now) throw new UserError(say('newsItem.mustStay', { category, days, date: spokenDay(until) }));
}

/** What staff have to know of an item that stands in an edition which was released and is not out yet: there it is frozen. */
async function inReleased({ tx, say }: Turn, { id }: StaffItem): Promise<string> {
  const released = (await tx.find('editions', { state: 'released' })).find(({ items = [] }) => items.includes(id));
  return released
    ? say('newsItem.inReleased', { title: released.title, time: spokenTime(new Date(released.sendAt ?? released.plannedAt)) })
    : '';
}

/** 消息 列: what there is to say, by number. */
export const newsList: Command = {
  id: 'news.list',
  role: 'worker',
  needs: [],
  open: true,
  async run(turn) {
    const today = inShanghai(turn.now).date;
    const entries = currentNews(await newsToSay(turn), today);
    if (entries.length === 0) return [here(turn, turn.say('newsItem.none'))];
    turn.conversation.listed = { of: 'news', rows: entries.map(({ id }) => [id]), at: turn.now.toISOString() };
    const lines = await Promise.all(
      entries.map(async ({ id, title, category, expires }, index) => {
        const item = await turn.tx.get('newsItems', id);
        const state = item ? (item.publishedAt === undefined ? 'newsItem.waiting' : 'newsItem.out') : 'newsItem.inFile';
        return turn.say('newsItem.line', {
          number: index + 1,
          title,
          category,
          state: turn.say(state),
          until: expires === undefined ? '' : turn.say('newsItem.until', { date: dayOf(turn, expires) }),
        });
      }),
    );
    return [here(turn, turn.say('newsItem.list', { count: entries.length, lines: lines.join('\n') }))];
  },
};

async function itemAt(turn: Turn, row: Call['row']): Promise<StaffItem> {
  const rows = recentList(turn, 'news');
  if (!rows) throw new UserError(turn.say('newsItem.listFirst'));
  const [id] = rows[(row ?? 0) - 1] ?? [];
  if (id === undefined) throw new UserError(turn.say('newsItem.noRow', { row: row ?? '', count: rows.length }));
  const item = await turn.tx.get('newsItems', id);
  if (!item) throw new UserError(turn.say('newsItem.fromFile', { file: `data/news/${id}.md` }));
  if (item.removedAt !== undefined) throw new UserError(turn.say('newsItem.goneAlready', { title: item.title }));
  return item;
}

/** What staff read of an item that they wrote: as it will be said, until when, and whether it goes out by itself. */
async function kept(turn: Turn, item: StaffItem, cancel = ''): Promise<string> {
  const { title, text, category, expires, files, publishedAt } = item;
  const { disclosure } = turn.content.broadcasts;
  const earliest = dateAfter(inShanghai(turn.now).date, disclosure.days);
  const extended = category === disclosure.category && expires !== undefined && expires < earliest;
  const { edition, slot } = await nextWith(turn, category);
  const tooSoon = slot !== undefined && publishedAt === undefined && !extended && expires !== undefined && expires < inShanghai(slot).date;
  const drafted = publishedAt === undefined && (edition?.state === 'draft' || edition?.state === 'reviewed');
  const inIt = await inReleased(turn, item);
  const released = inIt === '' && publishedAt === undefined && edition?.state === 'released' ? turn.say('newsItem.releasedAlready') : inIt;
  return turn.say('newsItem.kept', {
    title,
    text,
    category,
    until: extended || expires === undefined ? '' : dayOf(turn, expires),
    files: files.length > 0 ? files.length : '',
    out: publishedAt === undefined ? '' : turn.say('newsItem.outAlready'),
    disclosure: extended ? turn.say('newsItem.extended', { category, days: disclosure.days }) : '',
    drafted: drafted ? turn.say('newsItem.draftedAlready') : '',
    released,
    tooSoon: tooSoon ? turn.say('newsItem.tooSoon', { date: spokenDay(slot) }) : '',
    picture: files.length > 0 || publishedAt !== undefined ? '' : turn.say('newsItem.pictureToo'),
    cancel,
  });
}

/** Nothing goes out by itself that only one person has seen: what comes after the colleagues were told of the edition is shown to them. */
async function shownToColleagues(turn: Turn, { title, text, category, publishedAt }: StaffItem): Promise<Reply[]> {
  const { broadcast, slot, edition } = await nextWith(turn, category);
  const shownLater = slot !== undefined && plusDays(slot, -2) > turn.now;
  if (!slot || broadcast?.release !== 'auto' || edition || shownLater || publishedAt !== undefined) return [];
  return toStaff(turn.tx, turn.say('newsItem.comesToo', { name: turn.person.name, time: spokenTime(slot), title, text, category }));
}

/** The next edition that an item of this category can go into. */
async function nextWith({ tx, now, content }: Turn, category: string) {
  const broadcast = content.broadcasts.broadcasts.find(({ categories }) => categories.includes(category));
  const [slot] = broadcast ? nextSlots(broadcast.schedule, now, 1) : [];
  return { broadcast, slot, edition: broadcast && slot && (await tx.get('editions', editionId(broadcast, slot))) };
}
