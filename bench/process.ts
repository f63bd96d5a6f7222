import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openJournalStore } from '../src/adapters/store/journal.ts';
import { silentLog } from '../src/adapters/system/log.ts';
import { fill, village } from './filled.ts';
import { ms, timed } from './measure.ts';
import type { Row } from './row.ts';

/** Whole processes: one message asked, and the bot until it prints its address. */
export async function benchProcess(folder: string): Promise<Row[]> {
  const env = { ...process.env, STATE_DIR: folder, PORT: '0', SITE_PORT: '0', LOG_LEVEL: 'silent' };
  const ask = () => spawnSync(process.execPath, ['tools/run.js', 'ask', '居住证怎么办'], { env });
  // The model is trained and kept, the content read anew.
  ask();
  const cache = join(folder, 'cache');
  for (const name of readdirSync(cache).filter((each) => each.startsWith('content'))) rmSync(join(cache, name));
  const read = await timed(ask);
  const asked = await timed(ask);
  const store = await openJournalStore({ folder: join(folder, 'simulator'), log: silentLog });
  await fill(store, village);
  await store.close();
  const started = await timed(async () => {
    const bot = spawn(process.execPath, ['tools/run.js', 'start'], { env });
    await new Promise((resolve) => bot.stdout.once('data', resolve));
    bot.kill();
  });
  return [
    ['ask, as a process: content read, model from the cache', ms(read)],
    ['ask, as a process: content and model from the cache', ms(asked)],
    ['start until the address is printed, all from the cache, on a filled state', ms(started)],
  ];
}
