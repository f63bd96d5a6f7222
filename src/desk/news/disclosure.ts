import { dateAfter, inShanghai, plusDays, spokenDayOf } from '../../domain/time/clock-time.ts';
import type { Chore } from '../kernel/chore.ts';
import type { App } from '../kernel/desk.ts';
import { markOnce } from '../kernel/marks.ts';
import { currentNews, publishedNews } from './items.ts';
import { meansOf, tell } from './schedule.ts';

/** How long after it was last readable staff are told that something went too early. */
const tellWithinDays = 3;

/**
 * 居务公开 is to be public for at least 15 days (《中华人民共和国城市居民委员会组织法》第三十四条). Each day on which the bot is there to tell
 * it is counted; what disappears before its time is told to the staff once.
 */
export const disclosures: Chore = { id: 'disclosures', run: noteDisclosures };

async function noteDisclosures(app: App, now: Date): Promise<void> {
  await app.store.transaction(async (tx) => {
    const means = meansOf(app, tx, now);
    const { category, days: atLeast } = means.content.broadcasts.disclosure;
    const today = inShanghai(now).date;
    const readable = currentNews(await publishedNews(means), today).filter((item) => item.category === category);
    for (const { id, title } of readable) {
      const row = (await tx.get('disclosures', id)) ?? { id, title, firstDay: today, lastDay: '', days: 0 };
      if (row.lastDay < today) await tx.put('disclosures', { ...row, title, lastDay: today, days: row.days + 1 });
    }
    const from = inShanghai(plusDays(now, -tellWithinDays)).date;
    for (const { id, title, firstDay, lastDay, days } of await tx.find('disclosures', { lastDay: { atLeast: from } })) {
      if (today >= dateAfter(firstDay, atLeast) || readable.some((item) => item.id === id)) continue;
      if (!(await markOnce(means, `disclosure/${id}`, { days: atLeast + tellWithinDays }))) continue;
      await tell(means, app.say('newsItem.goneTooEarly', { title, days, atLeast, lastDay: spokenDayOf(lastDay, today) }));
    }
  });
}
