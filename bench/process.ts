import { spawn, spawnSync } from 'node:child_process';
import { ms, timed } from './measure.ts';
import type { Row } from './row.ts';

/** Whole processes: one message asked, and the bot until it prints its address. */
export async function benchProcess(folder: string): Promise<Row[]> {
  const env = { ...process.env, STATE_DIR: folder, PORT: '0', LOG_LEVEL: 'silent' };
  const asked = await timed(() => spawnSync(process.execPath, ['dist/cli/main.js', 'ask', '居住证怎么办'], { env }));
  const started = await timed(async () => {
    const bot = spawn(process.execPath, ['dist/cli/main.js', 'start'], { env });
    await new Promise((resolve) => bot.stdout.once('data', resolve));
    bot.kill();
  });
  return [
    ['ask, as a process', ms(asked)],
    ['start until the address is printed, model from the cache', ms(started)],
  ];
}
