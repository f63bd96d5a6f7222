import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { restoreBackup } from '../adapters/store/restore.ts';
import { countersOfDay } from '../desk/keeping/restored.ts';
import { freezeOutbox } from '../desk/sending/freeze.ts';
import { communityOf, communityOptions } from './community.ts';
import { readConfig } from './config.ts';

/** `restore [--replace] [--community ID] FILE`: puts a backup in place; the outbox starts frozen until /放行. */
export async function restore(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { replace: { type: 'boolean', default: false }, ...communityOptions },
  });
  const [file] = positionals;
  if (file === undefined) throw new Error('restore needs the file of a backup: npm run restore -- FILE');
  const { folder } = communityOf(readConfig(process.env), values);
  const now = new Date();
  const aside = await restoreBackup(resolve(file), folder, {
    replace: values.replace,
    now,
    counters: countersOfDay(now),
    change: (tx) => freezeOutbox(tx, now),
  });
  const kept = aside === undefined ? '' : `what was there is kept beside it for 14 days: ${aside}\n`;
  process.stdout.write(`${folder} is restored from ${file}; nothing old is said until the director sends /放行 (or /放行 丢)\n${kept}`);
}
