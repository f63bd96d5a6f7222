import { join, resolve } from 'node:path';
import type { Library } from '../adapters/content/library.ts';
import type { Hear } from '../adapters/official/hearing.ts';
import type { Mounted } from '../adapters/site/server.ts';
import { createLog } from '../adapters/system/log.ts';
import { createNotifier } from '../adapters/system/notify.ts';
import { makePrivate } from '../adapters/system/private-folder.ts';
import { systemClock, systemIds } from '../adapters/system/system.ts';
import type { Account } from '../desk/kernel/accounts.ts';
import type { App } from '../desk/kernel/desk.ts';
import type { Clock, Ids, Log, Store } from '../desk/kernel/ports.ts';
import { type Say, speaker } from '../desk/kernel/say.ts';
import { type Community, openStore } from './community.ts';
import type { Config } from './config.ts';
import { createHostCodes, type HostCodes } from './host-codes.ts';
import { sayAtHost, tellWaiting } from './host-words.ts';
import type { SharedOfficial } from './shared-official.ts';
import { openContent } from './understanding.ts';

/** The desk of one community, opened once: its accounts attach to it (accounts.ts), then it runs (run.ts). */
export interface CommunityDesk {
  readonly config: Config;
  readonly community: Community;
  /** Where its state lies, and below it the pictures and files that are sent and received. */
  readonly folder: string;
  readonly mediaFolder: string;
  readonly store: Store;
  readonly library: Library;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly say: Say;
  /** The one-time code of the host, for whoever shows it. */
  readonly codes: HostCodes;
  /** Shows a line to whoever sits at the machine. */
  print(line: string): void;
  /** Tells a chat group elsewhere (NOTIFY_WEBHOOK), if there is one. */
  notify(text: string): void;
  /** Only a new process helps. */
  restart(): void;
  /** The 服务号 that it shares with others; absent: it has one of its own, or none. */
  readonly sharedOfficial?: SharedOfficial;
}

/** An account that is attached to a desk. */
export interface Attached {
  readonly account: Account;
  /** What is called from outside, on the server of the site. */
  readonly routes?: Mounted;
  /** The desk can answer: what is heard from now on goes to `app.hear`. */
  connect(app: App): Promise<void> | void;
  /** Hears what is pushed to the account and came in at another process. */
  readonly hear?: Hear;
  /** Goes online, after everything else is open. */
  begin?(): Promise<void> | void;
  /** The desk is being closed: nothing is heard any more, no round begun. */
  end(): Promise<void> | void;
  /** What was being said is said. */
  close?(): Promise<void> | void;
}

/** How an account attaches to a desk: it may look at the store, but nothing is heard or said before the desk runs. */
export type Attach = (desk: CommunityDesk) => Promise<Attached>;

export interface DeskMeans {
  readonly print: (line: string) => void;
  readonly restart: () => void;
  /** Another process has taken the community. Absent: this one begins anew, and a start waits until it can be had. */
  readonly onLost?: () => void;
  /** Absent: the computer's. */
  readonly clock?: Clock;
  readonly sharedOfficial?: SharedOfficial;
  /** What is only an example in the content is read, marked as such: for the trial. */
  readonly samples?: boolean;
}

/** Opens a community's desk; without `onLost` it waits where another process owns it in the database. @throws LockedError · UnreadableStateError · NewerStateError · DatabaseRefusedError · ContentError */
export async function openDeskOf(
  config: Config,
  community: Community,
  { clock = systemClock, samples = false, onLost, ...means }: DeskMeans,
): Promise<CommunityDesk> {
  const log = createLog(config.LOG_LEVEL);
  const folder = resolve(community.folder);
  await makePrivate(folder);
  // Before the store: of content with a mistake no lock is left behind.
  const library = openContent(config, log, means.print, samples);
  const store = await openStore(community, log, onLost ? undefined : tellWaiting(sayAtHost(config), means.print));
  void store.ownership?.lost.then((error) => {
    log.error({ err: error, community: community.id }, 'another process serves this community now');
    (onLost ?? means.restart)();
  });
  const ids = systemIds(clock);
  const say = speaker(() => library.current().wording, ids);
  return {
    ...means,
    config,
    community,
    folder,
    mediaFolder: join(folder, 'media'),
    store,
    library,
    clock,
    ids,
    log,
    say,
    codes: createHostCodes({ store, ids, clock, say, print: means.print }),
    notify: createNotifier(config.NOTIFY_WEBHOOK, log, () => performance.now()),
  };
}
