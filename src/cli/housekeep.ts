import { parseArgs } from 'node:util';
import { rehearseHousekeeping } from '../desk/keeping/housekeeping.ts';
import { chosenCommunity } from './communities.ts';
import { communityOptions, openStoreCopy } from './community.ts';

/** `housekeep [--community ID]`: what the next housekeeping would forget and archive. A dry run: the bot does it itself, each night. */
export async function housekeepCommand(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: communityOptions });
  const store = await openStoreCopy(chosenCommunity(process.env, values).community);
  const would = await rehearseHousekeeping(store, new Date());
  process.stdout.write(
    `${Object.entries(would)
      .map(([what, count]) => `${what.padEnd(14)} ${count}`)
      .join('\n')}\n`,
  );
}
