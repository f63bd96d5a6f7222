import { join } from 'node:path';
import { type BackedUp, createBackups, journalToBackUp } from '../adapters/store/backup.ts';
import { openCopy, openJournalStore } from '../adapters/store/journal.ts';
import { silentLog } from '../adapters/system/log.ts';
import type { Backups, Log, Store } from '../desk/kernel/ports.ts';
import type { Config } from './config.ts';
import { type DatabaseSettings, type TellWaiting, withDatabase } from './database.ts';

/** What a process works on: one community. The trial is one of its own: demo people and a moved clock never load elsewhere. */
export interface Community {
  readonly id: string;
  /** Where its state lies, and what belongs to it: keys, pictures, the login. */
  readonly folder: string;
  /** Where version 0.2 kept it, if that was elsewhere. */
  readonly before?: string;
  /** Where its state lies instead; in the folder is then what belongs to it. */
  readonly database?: DatabaseSettings;
}

/** What of the settings tells where communities are. */
export type Places = Pick<Config, 'STATE_DIR'> & Partial<Pick<Config, 'DATABASE_URL' | 'LEASE_S'>>;

export const trial = 'simulator';
const main = 'main';
/** These stand beside the states of communities, below the same folder. */
export const reservedIds = [trial, 'wechat', 'backups', 'cache'];
/** Until 0.2 a state was named after its account. */
const channelBefore = 'wechat';

/** How a command is told whose state is meant: `--community ID`, or as until 0.2 `--channel wechat|simulator`. */
export const communityOptions = { community: { type: 'string' }, channel: { type: 'string' } } as const;

/** The community that the options of a command name. */
export function communityOf(
  { STATE_DIR, ...places }: Places,
  { community, channel }: { readonly community?: string | undefined; readonly channel?: string | undefined } = {},
): Community {
  const id = community ?? (channel === trial ? trial : main);
  return { id, folder: join(STATE_DIR, id), ...(id === main ? { before: join(STATE_DIR, channelBefore) } : {}), ...databaseIn(places) };
}

/** The database of the settings, where there is one. */
export function databaseIn({ DATABASE_URL, LEASE_S = 15 }: Omit<Places, 'STATE_DIR'>): Pick<Community, 'database'> {
  return DATABASE_URL === undefined ? {} : { database: { url: DATABASE_URL, leaseMs: LEASE_S * 1000 } };
}

/**
 * Opens its store for this process alone.
 * @param tell given: a community that another process owns in the database is waited for, and a server that does not answer; and it is told so
 * @throws LockedError · UnreadableStateError · NewerStateError · DatabaseRefusedError · DatabaseAwayError
 */
export async function openStore({ id, folder, before, database }: Community, log: Log, tell?: TellWaiting): Promise<Store> {
  if (!database) return openJournalStore({ folder, log, ...(before === undefined ? {} : { before }) });
  const { openPostgresStore } = await import('../adapters/store/postgres.ts');
  return withDatabase(
    database,
    log,
    (opened) => openPostgresStore({ ...database, database: opened, renewals: opened.renewals, community: id, log }),
    tell,
  );
}

/** What is kept of it now, in memory only: the bot may be running. @param only of a database: these tables */
export async function openStoreCopy({ id, folder, before, database }: Community, only?: readonly string[]): Promise<Store> {
  if (!database) return openCopy(folder, before);
  const { openPostgresCopy } = await import('../adapters/store/postgres.ts');
  return withDatabase(database, silentLog, (opened) => openPostgresCopy(opened, id, only));
}

/** Its nightly copies. */
export function backupsOf({ STATE_DIR }: Pick<Config, 'STATE_DIR'>, community: Community, log: Log = silentLog): Backups {
  return createBackups(toBackUp(community, log), backupFolder(STATE_DIR));
}

function toBackUp({ id, folder, database }: Community, log: Log): BackedUp {
  if (!database) return journalToBackUp(folder, id, id === main ? channelBefore : undefined);
  return {
    name: id,
    async read() {
      const { readPostgresKept } = await import('../adapters/store/postgres-kept.ts');
      return withDatabase(database, log, async (opened) => {
        const kept = await readPostgresKept(opened, id);
        await opened.close();
        return kept;
      });
    },
  };
}

export const backupFolder = (stateDir: string) => join(stateDir, 'backups');
