import { parseArgs } from 'node:util';
import { openCopy } from '../adapters/store/lowdb.ts';
import { rehearseHousekeeping } from '../desk/keeping/housekeeping.ts';
import { readConfig } from './config.ts';
import { stateFolder } from './wiring.ts';

/** `housekeep [--channel wechat|simulator]`: what the next housekeeping would forget and archive. A dry run: the bot does it itself, each night. */
export async function housekeepCommand(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { channel: { type: 'string', default: 'wechat' } } });
  const store = await openCopy(stateFolder(readConfig(process.env).STATE_DIR, values.channel));
  const would = await rehearseHousekeeping(store, new Date());
  process.stdout.write(
    `${Object.entries(would)
      .map(([what, count]) => `${what.padEnd(14)} ${count}`)
      .join('\n')}\n`,
  );
}
