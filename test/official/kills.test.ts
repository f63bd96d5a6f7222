import { afterEach, expect, test } from '@jest/globals';
import { writeXml } from '../../src/adapters/official/xml.ts';
import { openMemoryStore } from '../../src/adapters/store/memory.ts';
import { signed } from './emulator/phone.ts';
import { World } from './emulator/world.ts';
import { type OfficialStage, openOfficialStage } from './stage.ts';

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
