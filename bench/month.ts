import { join } from 'node:path';
import { readConfig } from '../src/cli/config.ts';
import { readContent } from '../src/cli/desk.ts';
import { ms } from './measure.ts';
import { rehearse, type Watched } from './month/rehearsal.ts';

/** How often a line is printed, in days. */
const every = 3;

/** 3,000 in 200 groups, 5,000 messages a day. */
const inGroups = {
  rooms: 200,
  volume: { chatter: 3400, questions: 1000, riddles: 100, reports: 15, dangers: 1, pranks: 12, errands: 40 },
  livesAtMost: 25_000,
};
/** 3,000 who follow a 服务号, over a month of five Fridays: neighbours do not talk to each other there. */
const onAccount = {
  rooms: 0,
  official: true,
  volume: { chatter: 0, questions: 1000, riddles: 100, reports: 15, dangers: 1, pranks: 12, errands: 40 },
  livesAtMost: 15_000,
};

/** A month of a community; its differences from what was promised are to be none. @param wanted days and seed, and `official` for a community on a 服务号 */
export async function benchMonth(folder: string, wanted: readonly string[], print: (line: string) => void): Promise<void> {
  const community = wanted.includes('official') ? onAccount : inGroups;
  const [days = 30, seed = 20260914] = wanted.filter((word) => word !== 'official').map(Number);
  const content = readContent(readConfig({ ...process.env, STATE_DIR: process.env.STATE_DIR || folder, CONTENT_DIR: process.cwd() }));
  print('| day | messages | a second | processor, each | turn p50 | p99 | RSS | heap | state | archive | open | killed | differences |');
  print('|---|---|---|---|---|---|---|---|---|---|---|---|---|');
  let day = 0;
  const kept: Watched[] = [];
  const watch = (watched: Watched) => {
    kept.push(watched);
    if (++day % every === 0 || day === days) print(row(day, kept.splice(0)));
  };
  const started = performance.now();
  const { differences, heard, matters, kills } = await rehearse({
    folder: join(folder, 'month'),
    content,
    seed,
    days,
    residents: 3000,
    ...community,
    watch: (watched) => {
      if (day + 1 === days) print('');
      watch(watched);
      if (day === days) for (const [name, bytes, rows] of watched.tables) print(`${name}: ${rows} rows, ${kilobytes(bytes)}`);
    },
  });
  const seconds = Math.round((performance.now() - started) / 1000);
  print(`\n${matters} matters, ${heard} sentences heard, ${kills} times killed, ${seconds} s; ${differences.length} differences`);
  for (const line of differences.slice(0, 50)) print(line);
}

function row(day: number, days: readonly Watched[]): string {
  const last = days.at(-1);
  if (!last) return '';
  const sum = (of: (watched: Watched) => number) => days.reduce((total, watched) => total + of(watched), 0);
  const messages = sum((watched) => watched.messages);
  const cells = [
    day,
    messages,
    Math.round(messages / sum((watched) => watched.seconds)),
    ms((sum((watched) => watched.cpuSeconds) * 1000) / messages),
    ms(last.p50),
    ms(last.p99),
    `${Math.round(last.rss / 1e6)} MB`,
    `${Math.round(last.heap / 1e6)} MB`,
    kilobytes(last.state),
    kilobytes(last.archive),
    last.open,
    last.kills,
    last.differences,
  ];
  return `| ${cells.join(' | ')} |`;
}

const kilobytes = (bytes: number) => `${Math.round(bytes / 1000)} kB`;
