import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { slowExpressions } from '../adapters/content/expressions/in-content.ts';
import { loadFiles } from '../adapters/content/load.ts';
import { ContentError, type Problem } from '../adapters/content/problem.ts';
import { projectFolder } from '../adapters/content/project.ts';
import { menuFaults } from '../adapters/official/menu.ts';
import type { Broadcast, MenuItem } from '../domain/content/knowledge.ts';
import { nextSlots } from '../domain/time/schedule.ts';
import { communityIds, configOf, createClaims, ownNameThere, sharedConfig } from './communities.ts';
import { ConfigError, type Environment } from './config.ts';
import { contentFolder } from './understanding.ts';

/**
 * `check`: reads the content and says what is wrong with it, or how much there is; that of the project with its examples, and that of
 * every community.
 * @throws ContentError, or of communities ConfigError, with every mistake
 */
export async function check(environment: Environment): Promise<void> {
  const config = sharedConfig(environment);
  const files = loadFiles(contentFolder(config));
  const { content } = files;
  const today = new Date().toISOString().slice(0, 10);
  const overdue = [...content.answers.values()].filter(({ reviewBy }) => reviewBy < today);
  for (const { id, reviewBy } of overdue)
    process.stdout.write(`${id} was to be reviewed by ${reviewBy}; until then it is not said as fact\n`);
  const slow = slowExpressions(files);
  if (slow.length > 0) throw new Error(`an expression may not take more steps than words are long, times a constant:\n${slow.join('')}`);
  const unset = [...content.local.values()].filter(({ value }) => value === undefined).length;
  for (const broadcast of content.broadcasts.broadcasts) process.stdout.write(`${nextDates(broadcast, new Date())}\n`);
  reportMenu(content.menu, config.OFFICIAL_APP_ID !== undefined);
  process.stdout.write(
    `content: ${content.answers.size} answers, ${content.categories.size} categories of appeals, ${content.news.length} news items; ${unset} of ${content.local.size} local facts unset, ${overdue.length} answers past review\n`,
  );
  const examples = join(projectFolder, 'examples');
  if (config.CONTENT_DIR === '' && existsSync(examples)) process.stdout.write(checkCommunities(examples).join(''));
  if (config.COMMUNITIES_DIR !== undefined) process.stdout.write(checkInstalled(environment).join(''));
}

/** Reads each community of an installation as it will run. @returns a line about each @throws ConfigError with the mistakes of all */
function checkInstalled(environment: Environment): string[] {
  const mistakes: string[] = [];
  const claim = createClaims();
  const lines = communityIds(sharedConfig(environment)).map((id) => {
    try {
      const config = configOf(environment, id);
      ownNameThere(config, id);
      const { community } = loadFiles(contentFolder(config)).content;
      claim(id, config, community.prefix);
      return `${id}: ${community.name}, ${community.prefix}\n`;
    } catch (error) {
      if (!(error instanceof ContentError || error instanceof ConfigError)) throw error;
      mistakes.push(error.message);
      return '';
    }
  });
  if (mistakes.length > 0) throw new ConfigError(mistakes.join('\n'));
  return lines;
}

/** Tells what of the menu a 服务号 would not take. @throws ContentError where there is one */
function reportMenu(menu: MenuItem, isPublished: boolean): void {
  const problems = menuFaults(menu).map(({ item: { title, number }, is, atMost }) => {
    const message = is === 'tooLong' ? `its title has more than ${atMost} bytes` : `it has more than ${atMost} entries`;
    return { file: 'data/menu.yaml', line: 1, column: 1, message: `${number} ${title} does not fit the menu of a 服务号: ${message}` };
  });
  if (problems.length > 0 && isPublished) throw new ContentError(problems);
  for (const { message } of problems) process.stdout.write(`${message}\n`);
}

/**
 * Reads each community of a folder, laid over the shipped content.
 * @returns a line about each
 * @throws ContentError with the mistakes of all
 */
export function checkCommunities(folder: string): string[] {
  const problems: Problem[] = [];
  const lines = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const place = join(folder, name);
      try {
        const { community, local } = loadFiles([projectFolder, place]).content;
        const facts = [...local.values()].filter(({ value }) => value !== undefined);
        return `${relative(projectFolder, place)}: ${community.name}, ${facts.length} local facts\n`;
      } catch (error) {
        if (!(error instanceof ContentError)) throw error;
        problems.push(...error.problems);
        return '';
      }
    });
  if (problems.length > 0) throw new ContentError(problems);
  return lines;
}

/** "broadcast weekly: next 2026-11-27 09:00, …": the next three dates, as clocks of its time zone show them. */
export function nextDates({ id, schedule }: Pick<Broadcast, 'id' | 'schedule'>, now: Date): string {
  const next = nextSlots(schedule, now, 3).map((slot) => slot.toLocaleString('sv-SE', { timeZone: schedule.timezone }).slice(0, 16));
  return `broadcast ${id}: next ${next.join(', ')} (${schedule.timezone})`;
}
