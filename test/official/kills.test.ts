import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { writeXml } from '../../src/adapters/official/xml.ts';
import { openJournalStore } from '../../src/adapters/store/journal.ts';
import { openMemoryStore } from '../../src/adapters/store/memory.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import { Mortal } from '../crash/mortal.ts';
import { phoneOf, signed } from './emulator/phone.ts';
import { World } from './emulator/world.ts';
import { fridaysEdition, type OfficialStage, openOfficialStage } from './stage.ts';

const opened: OfficialStage[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

/** A process on a store and a platform that were there before. */
async function start(store: ReturnType<typeof openMemoryStore>, world: World, dies = false) {
  const stage = await openOfficialStage({ store, world, dies });
  opened.push(stage);
  return stage;
}

const words = '3栋2单元楼道灯坏了，晚上看不见';

test('killed after the commit and before the answer: it was heard, and what was to be said is said once', async () => {
  const [store, world] = [openMemoryStore(), new World('2026-11-23T10:00:00+08:00')];
  const first = await start(store, world, true);
  world.person('o-1').follows = true;
  world.opens(world.person('o-1'), 'message');
  const content = writeXml({
    ToUserName: 'gh_1',
    FromUserName: 'o-1',
    CreateTime: 1,
    MsgType: 'text',
    Content: words,
    MsgId: '9007199254740993',
  });
  const push = signed(world, content);
  void first.bring(push.query, push.body);
  const isClaimed = () => store.transaction(async (tx) => (await tx.count('deliveries', { state: 'sending' })) > 0);
  while (!(await isClaimed())) await new Promise((resolve) => setImmediate(resolve));
  const second = await start(store, world);
  await second.app.outbox.pump();
  world.pass(5_000);
  const again = signed(world, content);
  expect(await second.bring(again.query, again.body)).toEqual({ status: 200, text: 'success' });
  expect(await store.transaction((tx) => tx.count('appeals'))).toBe(1);
  const shown = world.person('o-1').shown.map(({ text }) => text);
  expect(shown.filter((text) => /SQ261123-\d{4}/.test(text))).toHaveLength(1);
});

test('a desk that is closing answers no push that it has not kept: WeChat brings it to the next process', async () => {
  const [store, world] = [openMemoryStore(), new World('2026-11-23T10:00:00+08:00')];
  const first = await start(store, world);
  await first.app.stop();
  const content = writeXml({
    ToUserName: 'gh_1',
    FromUserName: 'o-1',
    CreateTime: 1,
    MsgType: 'text',
    Content: words,
    MsgId: '9007199254740995',
  });
  const push = signed(world, content);
  expect((await first.bring(push.query, push.body)).status).toBe(500);
  const second = await start(store, world);
  const again = signed(world, content);
  expect((await second.bring(again.query, again.body)).text).not.toBe('success');
  expect(await store.transaction((tx) => tx.count('appeals'))).toBe(1);
});

/** Processes on one disk, one after another: the first is killed at its n-th point, the next lives. */
class Processes {
  readonly folder = mkdtempSync(join(tmpdir(), 'lianxinqiao-kills-'));
  readonly world = new World('2026-11-23T10:00:00+08:00');
  mortal: Mortal;
  wasKilled = false;
  #running: Promise<OfficialStage> | undefined;

  constructor(killAt: number) {
    this.mortal = new Mortal(killAt);
  }

  /** The process that runs; another where it is dead. */
  async running(): Promise<OfficialStage> {
    for (;;) {
      if (this.mortal.isDead) {
        this.wasKilled = true;
        this.mortal = new Mortal(0);
        this.#running = undefined;
      }
      this.#running ??= this.#start();
      const found = await Promise.race([this.#running, this.mortal.died]);
      if (found !== 'died') return found;
    }
  }

  /** Does something; where the process is killed over it, another is started and does it. */
  async whatever(work: (stage: OfficialStage) => Promise<unknown>): Promise<void> {
    for (let done = false; !done; ) {
      const stage = await this.running();
      done = (await Promise.race([work(stage), this.mortal.died])) !== 'died';
    }
  }

  /** A push that is brought to whoever runs; torn when that is killed before its answer is out, which is a point too. */
  async bring(query: string, body: string): Promise<{ status: number; text: string }> {
    const stage = await this.running();
    const { mortal } = this;
    const answer = stage.bring(query, body).then(async (given) => {
      await mortal.point();
      return given;
    });
    const given = await Promise.race([answer, mortal.died]);
    if (given === 'died') throw new Error('the connection was torn');
    // Killed when its answer has left.
    void mortal.point();
    return given;
  }

  async #start(): Promise<OfficialStage> {
    const { mortal, world, folder } = this;
    const store = await openJournalStore({ folder, log: silentLog, files: mortal.files() });
    const stage = await openOfficialStage({ store, world, mortal });
    opened.push(stage);
    return stage;
  }
}

test('killed at whatever point, from the first byte of a push to after its answer: heard once, answered once, nothing lost', async () => {
  const killed: number[] = [];
  for (let killAt = 1; killed.length === killAt - 1; killAt++) {
    // Until a point is meant that the process does not come to.
    const processes = new Processes(killAt);
    const { world, folder } = processes;
    try {
      const phone = phoneOf(world, (query, body) => processes.bring(query, body), 'o-1', {
        settled: () => processes.whatever((stage) => stage.app.outbox.pump()),
      });
      world.person('o-1').follows = true;
      await phone.say(words);
      await processes.whatever((stage) => stage.to('2026-11-23T10:10:00+08:00'));
      if (processes.wasKilled) killed.push(killAt);
      const { store } = await processes.running();
      expect({ killAt, appeals: await store.transaction((tx) => tx.count('appeals')) }).toEqual({ killAt, appeals: 1 });
      const shown = phone.all().map(({ how, text }) => `${how}: ${text}`);
      expect({ killAt, receipts: shown.filter((text) => /已经登记，单号/.test(text)).length }).toEqual({ killAt, receipts: 1 });
      expect(shown.filter((text) => text.startsWith('error'))).toEqual([]);
      expect(world.outside).toBe(0);
    } finally {
      const { store } = await processes.running();
      for (const each of opened.splice(0)) await each.close();
      await store.close();
      rmSync(folder, { recursive: true });
    }
  }
  expect(killed.length).toBeGreaterThan(8);
});

test('killed while a message to all is on its way: it is asked for again, and WeChat takes it once', async () => {
  const [store, world] = [openMemoryStore(), new World('2026-11-27T08:50:00+08:00')];
  const first = await start(store, world, true);
  world.person('o-1').follows = true;
  await store.transaction((tx) => tx.put('editions', fridaysEdition(world.now())));
  world.to('2026-11-27T09:00:30+08:00');
  await first.app.doDue();
  void first.app.outbox.pump();
  const isClaimed = () => store.transaction(async (tx) => (await tx.count('deliveries', { state: 'sending', kind: 'broadcast' })) > 0);
  while (!(await isClaimed())) await new Promise((resolve) => setImmediate(resolve));
  // It had reached WeChat before the process was killed.
  world.jobs.push({ id: 7, client: 'weekly/2026-11-27', at: world.now().getTime(), text: '明天停水', state: 'sending' });
  const second = await start(store, world);
  await second.app.tick();
  expect(world.jobs).toHaveLength(1);
  expect(await store.transaction((tx) => tx.get('massMessages', 'weekly/2026-11-27'))).toMatchObject({ native: '7', state: 'accepted' });
});
