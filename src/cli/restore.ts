import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chineseWorkCalendar } from '../adapters/calendar/work-calendar.ts';
import { loadFiles } from '../adapters/content/load.ts';
import { BackupError, nameOfBackup } from '../adapters/store/backup.ts';
import { type Restoring, restoreBackup } from '../adapters/store/restore.ts';
import { silentLog } from '../adapters/system/log.ts';
import { systemClock, systemIds } from '../adapters/system/system.ts';
import { passingVault } from '../adapters/system/vault.ts';
import { actsOfForgetting, countersOfDay, forgetAgain, ownCounters } from '../desk/keeping/restored.ts';
import { officeTime } from '../desk/kernel/office-time.ts';
import type { Transaction } from '../desk/kernel/ports.ts';
import { speaker } from '../desk/kernel/say.ts';
import { freezeOutbox } from '../desk/sending/freeze.ts';
import { chosenCommunity, communityIds } from './communities.ts';
import { backupFolder, type Community, communityOptions } from './community.ts';
import type { Config } from './config.ts';
import { withDatabase } from './database.ts';
import { contentFolder } from './understanding.ts';

/** `restore [--replace] [--community ID] FILE`: puts a backup in place; the outbox starts frozen until /放行. */
export async function restore(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { replace: { type: 'boolean', default: false }, ...communityOptions },
  });
  const [file] = positionals;
  if (file === undefined) throw new Error('restore needs the file of a backup: npm run restore -- FILE');
  const { config, community } = chosenCommunity(process.env, values);
  const whose = nameOfBackup(basename(file));
  if (whose !== undefined && whose !== community.id && config.COMMUNITIES_DIR !== undefined && communityIds(config).includes(whose))
    throw new BackupError(`${file} is a backup of ${whose}: it is not put in the place of ${community.id}`);
  const now = new Date();
  let forgotten = 0;
  let isUnknown = false;
  const restoring: Restoring = {
    replace: values.replace,
    now,
    counters: countersOfDay(now),
    ownCounters,
    acts: actsOfForgetting,
    async change(tx, later) {
      await freezeOutbox(tx, now);
      ({ isUnknown } = later);
      if (later.acts.length > 0) forgotten = await forgetAgain(meansOf(config, tx, now), later);
    },
  };
  const { database, folder: where } = community;
  const folder = database ? `community ${community.id}` : where;
  const aside = database
    ? await restoreToDatabase(resolve(file), config, { ...community, database }, restoring)
    : await restoreBackup(resolve(file), where, restoring);
  const kept = aside === undefined ? '' : `what was there is kept beside it for 14 days: ${aside}\n`;
  const again = forgotten === 0 ? '' : `${forgotten} who had their data deleted after the backup was made are forgotten in it too\n`;
  const unknown = isUnknown
    ? 'who had their data deleted after the newest backup is not known, and may be in it again: whoever asked for it has to be asked\n'
    : '';
  process.stdout.write(
    `${folder} is restored from ${file}; nothing old is said until the director sends /放行 (or /放行 丢)\n${kept}${again}${unknown}`,
  );
}

/** What it takes to forget somebody in a state. */
function meansOf(config: Config, tx: Transaction, now: Date) {
  const { content } = loadFiles(contentFolder(config));
  const { time } = officeTime(content.calendar, chineseWorkCalendar);
  const say = speaker(() => content.wording, systemIds(systemClock));
  return { tx, now, say, content, time, vault: passingVault(), changed: new Map() };
}

/** What is there is put aside as a file beside the backups. */
async function restoreToDatabase(
  file: string,
  config: Config,
  community: Community & Required<Pick<Community, 'database'>>,
  restoring: Restoring,
): Promise<string | undefined> {
  const { restoreToPostgres } = await import('../adapters/store/postgres-kept.ts');
  const { id, database } = community;
  return withDatabase(database, silentLog, async (opened) => {
    const owning = { database: opened, community: id, leaseMs: database.leaseMs, log: silentLog };
    const aside = await restoreToPostgres(file, owning, restoring, backupFolder(config.STATE_DIR));
    await opened.close();
    return aside;
  });
}
