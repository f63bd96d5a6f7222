import { join } from 'node:path';
import { createBackups, journalToBackUp } from '../adapters/store/backup.ts';
import { openCopy, openJournalStore } from '../adapters/store/journal.ts';
import type { Backups, Log, Store } from '../desk/kernel/ports.ts';
import type { Config } from './config.ts';

/** What a process works on: one community. The trial is one of its own: demo people and a moved clock never load elsewhere. */
export interface Community {
  readonly id: string;
  /** Where its state lies, and what belongs to it: keys, pictures, the login. */
  readonly folder: string;
  /** Where version 0.2 kept it, if that was elsewhere. */
  readonly before?: string;
}

export const trial = 'simulator';
const main = 'main';
/** Until 0.2 a state was named after its account. */
const channelBefore = 'wechat';

/** How a command is told whose state is meant: `--community ID`, or as until 0.2 `--channel wechat|simulator`. */
export const communityOptions = { community: { type: 'string' }, channel: { type: 'string' } } as const;

/** The community that the options of a command name. */
export function communityOf(
  { STATE_DIR }: Pick<Config, 'STATE_DIR'>,
  { community, channel }: { readonly community?: string | undefined; readonly channel?: string | undefined } = {},
): Community {
  const id = community ?? (channel === trial ? trial : main);
  return { id, folder: join(STATE_DIR, id), ...(id === main ? { before: join(STATE_DIR, channelBefore) } : {}) };
}

/** Opens its store for this process alone. @throws LockedError · UnreadableStateError · NewerStateError */
export function openStore(community: Community, log: Log): Promise<Store> {
  return openJournalStore({ ...community, log });
}

/** What is kept of it now, in memory only: the bot may be running. */
export function openStoreCopy({ folder, before }: Community): Promise<Store> {
  return openCopy(folder, before);
}

/** Its nightly copies. */
export function backupsOf({ STATE_DIR }: Pick<Config, 'STATE_DIR'>, { id, folder }: Community): Backups {
  return createBackups(journalToBackUp(folder, id, id === main ? channelBefore : undefined), backupFolder(STATE_DIR));
}

export const backupFolder = (stateDir: string) => join(stateDir, 'backups');
