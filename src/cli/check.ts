import { loadFiles } from '../adapters/content/load.ts';
import type { Broadcast } from '../domain/content/knowledge.ts';
import { nextSlots } from '../domain/time/schedule.ts';
import type { Config } from './config.ts';
import { contentFolder } from './understanding.ts';

/** `check`: reads the content and says what is wrong with it, or how much there is. @throws ContentError with every mistake */
export async function check(config: Config): Promise<void> {
  const { content } = loadFiles(contentFolder(config));
  const today = new Date().toISOString().slice(0, 10);
  const overdue = [...content.answers.values()].filter(({ reviewBy }) => reviewBy < today);
  for (const { id, reviewBy } of overdue)
    process.stdout.write(`${id} was to be reviewed by ${reviewBy}; until then it is not said as fact\n`);
  const unset = [...content.local.values()].filter(({ value }) => value === undefined).length;
  for (const broadcast of content.broadcasts.broadcasts) process.stdout.write(`${nextDates(broadcast, new Date())}\n`);
  process.stdout.write(
    `content: ${content.answers.size} answers, ${content.categories.size} categories of appeals, ${content.news.length} news items; ${unset} of ${content.local.size} local facts unset, ${overdue.length} answers past review\n`,
  );
}

/** "broadcast weekly: next 2026-11-27 09:00, …": the next three dates, as clocks of its time zone show them. */
export function nextDates({ id, schedule }: Pick<Broadcast, 'id' | 'schedule'>, now: Date): string {
  const next = nextSlots(schedule, now, 3).map((slot) => slot.toLocaleString('sv-SE', { timeZone: schedule.timezone }).slice(0, 16));
  return `broadcast ${id}: next ${next.join(', ')} (${schedule.timezone})`;
}
