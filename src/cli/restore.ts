import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { restoreBackup } from '../adapters/store/backup.ts';
import { openLowdbStore } from '../adapters/store/lowdb.ts';
import { silentLog } from '../adapters/system/log.ts';
import { freezeOutbox } from '../desk/sending/freeze.ts';
import { readConfig } from './config.ts';
import { stateFolder } from './wiring.ts';

/** `restore [--replace] [--channel wechat|simulator] FILE`: puts a backup in place; the outbox starts frozen until /放行. */
export async function restore(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { replace: { type: 'boolean', default: false }, channel: { type: 'string', default: 'wechat' } },
  });
  const [file] = positionals;
  if (file === undefined) throw new Error('restore needs the file of a backup: npm run restore -- FILE');
  const folder = stateFolder(readConfig(process.env).STATE_DIR, values.channel);
  const now = new Date();
  const aside = await restoreBackup(resolve(file), folder, values.replace, now);
  const store = await openLowdbStore({ folder, log: silentLog });
  await store.transaction((tx) => freezeOutbox(tx, now));
  await store.close();
  const kept = aside === undefined ? '' : `what was there is kept beside it, with the ending ${aside}\n`;
  process.stdout.write(`${folder} is restored from ${file}; nothing old is said until the director sends /放行 (or /放行 丢)\n${kept}`);
}
