import { type App, createApp } from '../app/app.ts';
import type { Content } from '../app/content.ts';
import type { Channel, Clock, Ids, Log, Store } from '../app/ports.ts';
import { chineseWorkCalendar } from '../calendar/work-calendar.ts';
import type { Config } from '../config.ts';
import { loadContent } from '../content/load.ts';
import { silentLog } from '../system/log.ts';
import { contentFolder, understandFrom } from './understanding.ts';

/** The whole application without Wechaty, over any store and channel: for `ask`, `converse` and tests. */
export function openDesk(parts: { store: Store; channel: Channel; content: Content; clock: Clock; ids: Ids; log?: Log }): App {
  return createApp({ log: silentLog, workCalendar: chineseWorkCalendar(), ...parts });
}

/** The content, read once. */
export function readContent(config: Config, log: Log = silentLog): Content {
  const snapshot = loadContent(contentFolder(config), understandFrom(config, log));
  return { current: () => snapshot };
}
