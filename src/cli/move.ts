import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bytesOfState } from '../adapters/store/kept-files.ts';
import type { Place } from '../adapters/store/moving.ts';
import { silentLog } from '../adapters/system/log.ts';
import { freezeOutbox } from '../desk/sending/freeze.ts';
import { chosenCommunity } from './communities.ts';
import { type Community, communityOf, communityOptions } from './community.ts';
import { ConfigError, isDatabaseUrl } from './config.ts';
import { withDatabase } from './database.ts';
import { sayAtHost } from './host-words.ts';

/**
 * `move --from DIR|URL --to URL|DIR [--community ID]`: copies a community's state between a folder and a PostgreSQL database, and compares what
 * has arrived. The bot must be stopped. The old state is left as it was; the new one starts frozen, as after a restore: nothing is said twice.
 * DIR is the folder of the community (`state/main`), or one in which that lies (`state`).
 */
export async function moveCommand(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { ...communityOptions, from: { type: 'string' }, to: { type: 'string' } } });
  const { from, to } = values;
  if (from === undefined || to === undefined)
    throw new ConfigError('move needs --from and --to: a folder, or postgres://NAME:PASSWORD@HOST:PORT/DATABASE');
  const { config, community } = chosenCommunity(process.env, values);
  const { id } = community;
  const { move } = await import('../adapters/store/moving.ts');
  const now = new Date();
  const [moved, ends] = await holding(placeOf(from, id), config.LEASE_S, now, (source) =>
    holding(
      placeOf(to, id),
      config.LEASE_S,
      now,
      async (target) => [await move(source, target, (tx) => freezeOutbox(tx, now)), { from: source.name, to: target.name }] as const,
    ),
  );
  const say = sayAtHost(config);
  const { rows, archived, digest } = moved;
  process.stdout.write(`${say('host.moved', { rows, archived, digest, ...ends })}\n`);
}

/** A folder, or a database, as it was given. */
type Given = Pick<Community, 'id' | 'folder' | 'before'> & { readonly url?: string };

function placeOf(given: string, id: string): Given {
  if (/^postgres(?:ql)?:/.test(given)) {
    if (!isDatabaseUrl(given)) throw new ConfigError('a database is written postgres://NAME:PASSWORD@HOST:PORT/DATABASE');
    return { id, folder: '', url: given };
  }
  const folder = resolve(given);
  const within = communityOf({ STATE_DIR: folder }, { community: id });
  // The folder of the community itself, as `converse --state` is given it, or the one in which all lie.
  const isWithin = bytesOfState(folder) === undefined && (existsSync(within.folder) || bytesOfState(folder, within.before) !== undefined);
  return isWithin ? within : { id, folder };
}

async function holding<T>({ id, folder, before, url }: Given, leaseS: number, now: Date, work: (place: Place) => Promise<T>): Promise<T> {
  const { holdDatabase, holdFolder } = await import('../adapters/store/moving.ts');
  const within = async (place: Place) => work(place).finally(() => place.letGo());
  if (url === undefined) return within(await holdFolder(folder, before, now));
  const leaseMs = leaseS * 1000;
  return withDatabase({ url, leaseMs }, silentLog, async (database) => {
    const result = await within(await holdDatabase({ database, community: id, leaseMs, log: silentLog }));
    await database.close();
    return result;
  });
}
