import { randomBytes } from 'node:crypto';
import type { Hear } from '../adapters/official/hearing.ts';
import { pushRoutes } from '../adapters/official/pushes.ts';
import { keyOf } from '../adapters/official/safe-mode.ts';
import type { Elsewhere, Mounted } from '../adapters/site/server.ts';
import type { Database } from '../adapters/store/database.ts';
import { thisProcess } from '../adapters/store/postgres.ts';
import { createInbox, type Inbox } from '../adapters/store/postgres-inbox.ts';
import { joinProcesses, ownerAt, type Peer } from '../adapters/store/postgres-processes.ts';
import { prepareTables } from '../adapters/store/postgres-schema.ts';
import { systemClock } from '../adapters/system/system.ts';
import type { Log } from '../desk/kernel/ports.ts';
import { type Config, ConfigError } from './config.ts';
import { withDatabase } from './database.ts';
import { tellWaiting } from './host-words.ts';
import { createInboxReader } from './inbox.ts';
import type { Ground, Installation } from './installation.ts';
import { officialSettings } from './official.ts';
import { isFromPeer, passOn, passPush, peerRoutes, reachedAt, writePush } from './peers.ts';
import { createServing, type Serving } from './served.ts';
import { createSharing } from './sharing.ts';
import { openSite } from './site.ts';
import { streetOf } from './street.ts';

/**
 * Serves this process's share of the communities, beside other processes over the same database. What comes in for one that another process
 * has is passed on to it; a push whose owner cannot be asked is kept for the next one.
 * @throws DatabaseRefusedError · NewerStateError · ConfigError
 */
export async function shareAll(ground: Ground, url: string): Promise<Installation> {
  const { shared, log, say, print, communities, refuse, holder = thisProcess() } = ground;
  const leaseMs = shared.LEASE_S * 1000;
  const ready = (opened: Database) => prepareTables(opened).then(() => opened);
  const database = await withDatabase({ url, leaseMs }, log, ready, tellWaiting(say, print));
  const ids = inOrderOfMoving(communities);
  const secret = randomBytes(24).toString('base64url');
  const inbox = createInbox(database);
  const ownerOf = (id: string) => ownerAt(database, id, holder);

  const serving: Serving = createServing({
    ...ground,
    holder,
    street: streetOf(shared, log, () => serving.served),
    onLost(id) {
      const failed = (error: unknown) => log.error({ community: id, err: error }, 'a community that was lost could not be closed');
      void serving.close(id).catch(failed);
    },
  });
  const { served } = serving;
  const hearing = (id: string): Hear | undefined => served.get(id)?.attached.find(({ hear }) => hear)?.hear;
  const readInbox = createInboxReader({ inbox, hearing, log, now: () => performance.now() });

  const peers = peerRoutes(secret, hearing);
  const elsewhere = new Map(
    [...communities].flatMap(([id, { config }]) => {
      const routes = pushesElsewhere(id, config, ownerOf, inbox, log);
      return routes ? [[id, routes] as const] : [];
    }),
  );
  const mounted = live(() => [
    peers,
    ...[...served.values()].flatMap(({ attached }) => attached.flatMap(({ routes }) => routes ?? [])),
    ...[...elsewhere].flatMap(([id, routes]) => (served.has(id) ? [] : [routes])),
  ]);
  const others: Elsewhere = {
    listed: [...communities].map(([id, { name }]) => ({ id, name })),
    say,
    isPassedOn: (request) => isFromPeer(request, secret),
    async answer(id, request, from) {
      const peer = await ownerOf(id);
      const failed = (why: string) =>
        log.warn({ community: id, peer: peer?.address, why }, 'a page could not be passed on to the process that has its community');
      return peer && passOn(peer, request, from, failed);
    },
  };
  const desks = live(() => [...served.values()].map(({ site }) => site));
  const site = await openSite(shared, log, desks, mounted, others);
  print(say('host.site', { address: site.address }));

  // Who is gone is no longer counted before its leases end: as soon as one does, its community is somebody's share.
  const membership = joinProcesses(database, { holder, secret, address: shared.PEER_URL ?? reachedAt(site.address), ms: leaseMs / 2 });
  const sharing = createSharing({
    membership,
    communities: ids,
    has: serving.has,
    async open(id) {
      const opened = await serving.open(id);
      ground.tell(opened, site.address);
      await opened.running.begin().catch((error: unknown) => refuse(id, error));
    },
    close: serving.close,
    refuse,
    pushedTo: (pushed) => pushed.forEach((id) => void readInbox(id)),
    leaseMs,
    log,
  });
  const close = async () => {
    await sharing.end();
    await serving.closeAll(site.close);
    await database.close();
  };
  await sharing.once();
  if (sharing.refused.size === ids.length) {
    await close();
    throw new ConfigError(`no community of ${shared.COMMUNITIES_DIR} could be started; what is wrong stands above`);
  }
  sharing.begin();
  const listens = await inbox.listen((id) => void readInbox(id));
  return {
    served,
    async stop() {
      await listens();
      await close();
    },
  };
}

/** A login of personal WeChat that moves to another process may have to be scanned again: what has one is given back last. */
function inOrderOfMoving(communities: Ground['communities']): string[] {
  const stays = ({ config }: { readonly config: Config }) => (config.WECHATY_PUPPET === '' ? 0 : 1);
  return [...communities].sort(([, one], [, other]) => stays(other) - stays(one)).map(([id]) => id);
}

/**
 * The pushes of an account whose community another process has: checked here, then passed on to it. Where it cannot be asked they are kept, and
 * answered with nothing.
 */
function pushesElsewhere(
  id: string,
  config: Config,
  ownerOf: (id: string) => Promise<Peer | undefined>,
  inbox: Inbox,
  log: Log,
): Mounted | undefined {
  const { OFFICIAL_APP_ID, OFFICIAL_APP_SECRET, OFFICIAL_TOKEN } = config;
  // One of which a part is missing is told when its community is opened.
  if (OFFICIAL_APP_ID === undefined || OFFICIAL_APP_SECRET === undefined || OFFICIAL_TOKEN === undefined) return undefined;
  const { appId, token, keys } = officialSettings(config);
  const hear: Hear = async (push, pushId) => {
    const peer = await ownerOf(id);
    const passed = peer ? await passPush(peer, id, push, pushId) : 'away';
    if (typeof passed !== 'string') return passed.answer;
    await inbox.put(id, { id: pushId, body: writePush(push, pushId) });
    // WeChat brings it again, and gets the answer if there is one by then.
    if (passed === 'unclear') throw new Error(`the owner of ${id} has not answered in time: the push is kept, and brought again`);
    return undefined;
  };
  const onError = (error: unknown) => log.error({ community: id, err: error }, 'a push could not be passed on: WeChat brings it again');
  return { path: `/official/${id}`, app: pushRoutes({ appId, token, keys: keys.map(keyOf), now: systemClock.now, hear, onError }) };
}

/** What is there at the moment in which it is looked at. */
const live = <T>(read: () => readonly T[]): Iterable<T> => ({ [Symbol.iterator]: () => read()[Symbol.iterator]() });
