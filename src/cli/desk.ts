import { chineseWorkCalendar } from '../adapters/calendar/work-calendar.ts';
import { withLessons } from '../adapters/content/library.ts';
import { silentLog } from '../adapters/system/log.ts';
import { passingVault } from '../adapters/system/vault.ts';
import { createApp } from '../desk/conversation/app.ts';
import type { Content, Snapshot } from '../desk/kernel/content.ts';
import type { App, Parts } from '../desk/kernel/desk.ts';
import type { Log } from '../desk/kernel/ports.ts';
import type { Config } from './config.ts';
import { makeReader, readFiles } from './understanding.ts';

/** The whole application without Wechaty, over any store and accounts: for `ask`, `converse` and tests. */
export function openDesk(parts: Pick<Parts, 'store' | 'accounts' | 'content' | 'clock' | 'ids'> & Partial<Parts>): App {
  return createApp({ log: silentLog, workCalendars: chineseWorkCalendar, vault: passingVault(), ...parts });
}

/** The content, read once. What is taught is learnt at once, while everybody waits. */
export function readContent(config: Config, log: Log = silentLog, program?: string): Content {
  const files = readFiles(config, log, program);
  const read = makeReader(config, log);
  let snapshot: Snapshot = { ...files.content, ...read(files.intents, files.content.emergencies) };
  let taught = '[]';
  return {
    current: () => snapshot,
    teach(lessons) {
      if (JSON.stringify(lessons) === taught) return;
      taught = JSON.stringify(lessons);
      snapshot = { ...files.content, ...read(withLessons(files.intents, lessons), files.content.emergencies) };
    },
  };
}
