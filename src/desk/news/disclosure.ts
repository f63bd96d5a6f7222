import { dateAfter, inShanghai, plusDays, spokenDayOf } from '../../domain/time/clock-time.ts';
import type { Chore } from '../kernel/chore.ts';
import type { App } from '../kernel/desk.ts';
import { isMarked, markOnce } from '../kernel/marks.ts';
import type { Means } from './edition.ts';
import { currentNews, publishedNews } from './items.ts';
import type { Disclosure } from './rows.ts';
import { meansOf, tell } from './schedule.ts';

/** How long after it was last readable staff are told that something went too early. */
const tellWithinDays = 3;

/**
 * 居务公开 is to be public for at least 15 days (《中华人民共和国城市居民委员会组织法》第三十四条). Each day on which the bot is there to tell
 * it is counted; what disappears before its time is told to the staff once.
 */
export const disclosures: Chore = {
  id: 'disclosures',
  async isDue(app, now, tx) {
    const { counted, gone } = await look(meansOf(app, tx, now));
    return counted.length + gone.length > 0;
  },
  run: noteDisclosures,
};

async function noteDisclosures(app: App, now: Date): Promise<void> {
  await app.store.transaction(async (tx) => {
    const means = meansOf(app, tx, now);
    const { counted, gone } = await look(means);
    for (const row of counted) await tx.put('disclosures', row);
    const { days: atLeast } = means.content.broadcasts.disclosure;
    for (const { id, title, lastDay, days } of gone) {
      await markOnce(means, markOf(id), { days: atLeast + tellWithinDays });
      await tell(means, app.say('newsItem.goneTooEarly', { title, days, atLeast, lastDay: spokenDayOf(lastDay, inShanghai(now).date) }));
    }
  });
}

/** What has to be noted today: what is readable, each with this day counted, and what is gone before its time and was not told of. */
async function look(means: Means): Promise<{ readonly counted: readonly Disclosure[]; readonly gone: readonly Disclosure[] }> {
  const { tx, now } = means;
  const { category, days: atLeast } = means.content.broadcasts.disclosure;
  const today = inShanghai(now).date;
  const readable = currentNews(await publishedNews(means), today).filter((item) => item.category === category);
  const counted: Disclosure[] = [];
  for (const { id, title } of readable) {
    const row = (await tx.get('disclosures', id)) ?? { id, title, firstDay: today, lastDay: '', days: 0 };
    if (row.lastDay < today) counted.push({ ...row, title, lastDay: today, days: row.days + 1 });
  }
  const gone: Disclosure[] = [];
  for (const row of await tx.find('disclosures', { lastDay: { atLeast: inShanghai(plusDays(now, -tellWithinDays)).date } })) {
    if (today >= dateAfter(row.firstDay, atLeast) || readable.some(({ id }) => id === row.id)) continue;
    if (!(await isMarked(tx, markOf(row.id)))) gone.push(row);
  }
  return { counted, gone };
}

const markOf = (id: string) => `disclosure/${id}`;
