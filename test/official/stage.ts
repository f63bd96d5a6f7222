import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOfficial, type OfficialOptions } from '../../src/adapters/official/official.ts';
import { createSite } from '../../src/adapters/site/server.ts';
import { openMemoryStore } from '../../src/adapters/store/memory.ts';
import { filesBelow } from '../../src/adapters/system/files.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import { steadyIds } from '../../src/adapters/system/system.ts';
import { openDesk } from '../../src/cli/desk.ts';
import { siteDesk } from '../../src/cli/site.ts';
import type { Account } from '../../src/desk/kernel/accounts.ts';
import type { Parts } from '../../src/desk/kernel/desk.ts';
import type { Store } from '../../src/desk/kernel/ports.ts';
import { speaker } from '../../src/desk/kernel/say.ts';
import type { Edition } from '../../src/desk/news/rows.ts';
import type { Mortal } from '../crash/mortal.ts';
import { shippedContent } from '../support/content.ts';
import { openApi } from './emulator/api.ts';
import { type Bring, type Phone, phoneOf, tell } from './emulator/phone.ts';
import { type Platform, World } from './emulator/world.ts';

export interface OfficialStageOptions {
  readonly at?: string;
  readonly platform?: Partial<Platform>;
  readonly settings?: Partial<OfficialOptions['settings']>;
  readonly store?: Store;
  readonly world?: World;
  /** So many milliseconds pass at once: 1,000, after which a resident is shown that something is being written, or 4,000, after which nothing is said with the answer. */
  readonly slow?: number;
  /** The process is killed before it says anything. */
  readonly dies?: boolean;
  /** The process is killed at one of its points: also before and after it says something. */
  readonly mortal?: Mortal;
  /** Other accounts of the desk. */
  readonly others?: readonly Account[];
  readonly parts?: Partial<Parts>;
}

const never = new Promise<void>(() => undefined);

/** A desk behind a 服务号 of the emulator: what phones push comes in by the site's server, and is answered there or by the API. */
export async function openOfficialStage(options: OfficialStageOptions = {}) {
  const world = options.world ?? new World(options.at ?? '2026-11-23T10:00:00+08:00', options.platform);
  const { mortal } = options;
  const api = await openApi(world, () => mortal?.isDead ?? false);
  const media = await mkdtemp(join(tmpdir(), 'lianxinqiao-official-'));
  const store = options.store ?? openMemoryStore();
  const content = shippedContent();
  const ids = steadyIds();
  const clock = { now: world.now };
  const troubles: (number | undefined)[] = [];
  const official = createOfficial({
    name: 'official',
    settings: {
      appId: world.platform.appId,
      secret: world.platform.secret,
      token: world.platform.token,
      keys: world.platform.key === undefined ? [] : [world.platform.key],
      templates: {},
      api: api.address,
      ...options.settings,
    },
    store,
    clock,
    ids,
    say: speaker(() => content.current().wording, ids),
    log: silentLog,
    mediaFolder: media,
    // Nobody waits in a test: only what is tried again after a minute or more is, at once.
    async sleep(ms) {
      if (ms <= (options.slow ?? 0)) return;
      if (ms < 60_000) return never;
      world.pass(ms);
    },
    elapsed: () => world.now().getTime(),
    timeoutMs: 5_000,
    onTrouble: ({ code }) => troubles.push(code),
  });
  const send: Account['send'] = async (saying) => {
    if (options.dies) return never;
    await mortal?.point();
    await official.account.send(saying);
    await mortal?.point();
  };
  const app = openDesk({
    store,
    accounts: [{ ...official.account, send }, ...(options.others ?? [])],
    content,
    clock,
    ids,
    files: filesBelow(media),
    ...options.parts,
  });
  await app.outbox.recover();
  await official.connect(app);
  const errors: Error[] = [];
  let asked = 0;
  const site = createSite({
    communities: [siteDesk(app, media)],
    mounted: [{ path: '/official/main', app: official.routes }],
    onError: (error) => errors.push(error),
    // Nobody floods it: time passes between two requests.
    elapsed: () => (asked += 10),
  });
  const ask = (query: string, init: RequestInit = {}) =>
    site.request(`/official/main?${query}`, { ...init, headers: { host: 'localhost', ...(init.headers as Record<string, string>) } });
  const bring: Bring = async (query, body) => {
    const answer = await ask(query, { method: 'POST', body });
    return { status: answer.status, text: await answer.text() };
  };
  const loses = { answers: 0 };
  return {
    world,
    /** Where the API is. */
    api: api.address,
    app,
    store,
    official,
    media,
    troubles,
    errors,
    ask,
    bring,
    loses,
    phone: (openid: string): Phone => phoneOf(world, bring, openid, { loses, settled: () => app.outbox.pump() }),
    /** The platform tells of something itself. */
    tell: (fields: Readonly<Record<string, string | number>>) => tell(world, bring, fields),
    /** Somebody who follows becomes one of the staff. */
    async enlist(phone: Phone, name: string, role: 'worker' | 'director') {
      await phone.follow();
      await store.transaction(async (tx) => {
        const binding = await tx.get('bindings', `official/person/${phone.openid}`);
        const person = await tx.get('people', binding?.target ?? '');
        if (!person) throw new Error('nobody has followed');
        const { nameless: _, ...known } = person;
        await tx.put('people', { ...known, name, role });
      });
      phone.read();
    },
    /** Moves the clock, and does what is due then. */
    async to(moment: string) {
      world.to(moment);
      await app.tick();
    },
    async close() {
      if (!options.dies && !mortal?.isDead) await app.stop();
      await api.close();
      await rm(media, { recursive: true, force: true });
    },
  };
}

export type OfficialStage = Awaited<ReturnType<typeof openOfficialStage>>;

/** The edition of Friday, 27 November 2026, planned at a moment and released for nine o'clock. */
export const fridaysEdition = (at: Date): Edition => ({
  id: 'weekly/2026-11-27',
  title: '社区周报',
  text: '【社区周报】\n明天停水',
  state: 'released',
  items: [],
  sendAt: '2026-11-27T01:00:00.000Z',
  plannedAt: at.toISOString(),
  sections: [{ category: '最新通知', text: '明天停水' }],
});
