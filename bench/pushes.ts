import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createOfficial } from '../src/adapters/official/official.ts';
import { createSite } from '../src/adapters/site/server.ts';
import { openJournalStore } from '../src/adapters/store/journal.ts';
import { silentLog } from '../src/adapters/system/log.ts';
import { systemClock, systemIds } from '../src/adapters/system/system.ts';
import { listenOn } from '../src/adapters/web/listen.ts';
import { readConfig } from '../src/cli/config.ts';
import { openDesk, readContent } from '../src/cli/desk.ts';
import { siteDesk } from '../src/cli/site.ts';
import { speaker } from '../src/desk/kernel/say.ts';
import { openApi } from '../test/official/emulator/api.ts';
import { World } from '../test/official/emulator/world.ts';
import { fill, residentId, village } from './filled.ts';
import { ms, percentile } from './measure.ts';
import type { Answered, Orders } from './pushes/crowd.ts';
import { messages } from './reading.ts';
import type { Row } from './row.ts';

const aSecond = 50;
const warmUpSeconds = 5;
const seconds = 60;

/**
 * Pushes of a 服务号, signed and sealed, to the server of the site over the journal on disk, in a community as it stands after some months: from
 * when a push is due until its answer was read, which is after it was kept.
 */
export async function benchPushes(folder: string): Promise<Row[]> {
  const content = readContent(readConfig({ ...process.env, STATE_DIR: process.env.STATE_DIR || folder, CONTENT_DIR: process.cwd() }));
  const store = await openJournalStore({ folder: join(folder, 'pushes'), log: silentLog });
  await fill(store, { ...village, groups: 0 });
  const openids = Array.from({ length: village.residents }, (_, index) => `o-${index}`);
  await store.transaction(async (tx) => {
    for (const [index, openid] of openids.entries())
      await tx.put('bindings', { id: `official/person/${openid}`, kind: 'person', target: residentId(index) });
  });
  const world = new World(new Date().toISOString());
  const api = await openApi(world);
  const ids = systemIds(systemClock);
  const mediaFolder = join(folder, 'media');
  const { appId, secret, token, key = '' } = world.platform;
  const official = createOfficial({
    name: 'official',
    settings: { appId, secret, token, keys: [key], templates: {}, api: api.address },
    store,
    clock: systemClock,
    ids,
    say: speaker(() => content.current().wording, ids),
    log: silentLog,
    mediaFolder,
    sleep: (wait) => sleep(wait, undefined, { ref: false }),
    elapsed: () => performance.now(),
  });
  const app = openDesk({ store, accounts: [official.account], content, clock: systemClock, ids });
  await app.outbox.recover();
  await official.connect(app);
  const site = createSite({ communities: [siteDesk(app, mediaFolder)], mounted: [{ path: '/official/main', app: official.routes }] });
  const listening = await listenOn(site, '127.0.0.1', 0);
  const address = `${listening.address}official/main`;
  await pushed({ address, aSecond, seconds: warmUpSeconds, openids: openids.toReversed(), messages });
  const before = process.cpuUsage();
  const answers = await pushed({ address, aSecond, seconds, openids, messages });
  const { user, system } = process.cpuUsage(before);
  await listening.close();
  await app.stop();
  await api.close();
  await store.close();
  const took = answers.map(([each]) => each);
  const failed = answers.filter(([, status]) => status !== 200).length;
  const answered = answers.filter(([, , hasWords]) => hasWords).length;
  return [
    [`pushes of a 服务号, ${aSecond} a second for ${seconds} s`, `p50 ${ms(percentile(took, 0.5))}, p99 ${ms(percentile(took, 0.99))}`],
    ['processor of the desk and the emulator, for each', ms((user + system) / 1000 / answers.length)],
    ['the slowest; answered with words; refused or torn', `${ms(Math.max(...took))}; ${answered} of ${answers.length}; ${failed}`],
  ];
}

function pushed(orders: Orders): Promise<readonly Answered[]> {
  return new Promise((resolve, reject) => {
    const crowd = fork(fileURLToPath(new URL('./pushes/crowd.js', import.meta.url)));
    crowd.once('message', (answers) => resolve(answers as Answered[]));
    crowd.once('error', reject);
    crowd.send(orders);
  });
}
