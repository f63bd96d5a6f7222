import type { Config } from '../config.ts';
import { loadFiles } from '../content/load.ts';
import { nextSlots } from '../domain/schedule.ts';
import { contentFolder } from './understanding.ts';

/** `check`: reads the content and says what is wrong with it, or how much there is. @throws ContentError with every mistake */
export async function check(config: Config): Promise<void> {
  const { content } = loadFiles(contentFolder(config));
  const today = new Date().toISOString().slice(0, 10);
  const overdue = [...content.answers.values()].filter(({ reviewBy }) => reviewBy < today);
  for (const { id, reviewBy } of overdue)
    process.stdout.write(`${id} was to be reviewed by ${reviewBy}; until then it is not said as fact\n`);
  const unset = [...content.local.values()].filter(({ value }) => value === undefined).length;
  for (const { id, schedule } of content.broadcasts.broadcasts) {
    const next = nextSlots(schedule, new Date(), 3).map((slot) =>
      slot.toLocaleString('sv-SE', { timeZone: schedule.timezone }).slice(0, 16),
    );
    process.stdout.write(`broadcast ${id}: next ${next.join(', ')} (${schedule.timezone})\n`);
  }
  process.stdout.write(
    `content: ${content.answers.size} answers, ${content.categories.size} categories of appeals, ${content.news.length} news items; ${unset} of ${content.local.size} local facts unset, ${overdue.length} answers past review\n`,
  );
}
