import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ask, form, post } from './http.ts';
import { PNG } from './stage.ts';
import { startTrial } from './trial.ts';

let trial: Awaited<ReturnType<typeof startTrial>>;

beforeEach(async () => {
  trial = await startTrial();
}, 120_000);
afterEach(() => trial?.close());

test('whoever follows the 服务号 has no name there and is nobody of WeChat; a code is scanned, the menu touched', async () => {
  expect((await trial.act('zhang', 'follow')).join('\n')).toContain('欢迎关注');
  const people = await trial.desk.store.transaction((tx) => tx.find('people', {}));
  const follower = people.find(({ nameless }) => nameless);
  expect(follower?.name).toMatch(/^居民/);
  expect(people.find(({ name }) => name === '张奶奶')?.id).not.toBe(follower?.id);
  expect((await trial.act('zhang', 'scan:desk-3')).join('\n')).toContain('您在“3号窗口”');
  expect((await trial.act('zhang', 'click:1.2')).join('\n')).toContain('【民政办事】');
}, 60_000);

test('outside the window nothing is said on the 服务号; the page shows what waits, and the next word brings it first', async () => {
  expect((await trial.say('zhang', 'zhang@official', '3栋2单元楼道灯坏了好几天了，晚上看不见')).join('\n')).toContain('怎么称呼您');
  await trial.move({ by: '3d' });
  await trial.move({ to: 'tuesday-10:00' });
  await trial.say('zhou', 'zhou@wecom', '/待办');
  const before = (await trial.read('zhang@official')).length;
  await trial.say('zhou', 'zhou@wecom', '1 办结 换了灯泡');
  await trial.move({ by: '5m' });
  expect((await trial.read('zhang@official')).length).toBe(before);
  const { left, waiting } = await trial.window('zhang');
  expect(left).toBe(0);
  expect(waiting.join('\n')).toContain('换了灯泡');

  const [first = ''] = await trial.say('zhang', 'zhang@official', '低保怎么办');
  expect(first.indexOf('换了灯泡')).toBeGreaterThanOrEqual(0);
  expect(first.indexOf('低保')).toBeGreaterThan(first.indexOf('换了灯泡'));
  expect((await trial.window('zhang')).waiting).toEqual([]);
}, 60_000);

test('staff are themselves on 企业微信, privately and in their group, where the robot is called by its name', async () => {
  expect((await trial.say('director', 'director@wecom', '/待办')).join('\n')).toContain('待办');
  expect(await trial.say('zhou', 'staff@wecom', '@小桥 /待办')).toEqual(['✓']);
  expect((await trial.read('zhou@wecom')).join('\n')).toContain('待办');
}, 60_000);

test('a picture is taken on the 服务号', async () => {
  await trial.say('zhang', 'zhang@official', '3栋2单元楼道灯坏了好几天了，晚上看不见');
  await trial.answered('zhang@official', () => form(trial.address, { from: 'zhang', conversation: 'zhang@official' }, PNG));
  const received = await trial.desk.store.transaction((tx) => tx.find('received', {}));
  expect(received).toHaveLength(1);
}, 60_000);

test('a text is as long there as the account takes it: what is whole on WeChat comes in parts on the 服务号, and nothing of it is lost', async () => {
  const steps = Array.from({ length: 120 }, (_, index) => `第${index + 1}步换了灯泡`);
  const told: Record<string, readonly string[]> = {};
  for (const conversation of ['zhang', 'zhang@official']) {
    const before = (await trial.read(conversation)).length;
    await trial.say('zhang', conversation, `${conversation === 'zhang' ? 3 : 5}栋2单元楼道灯坏了好几天了，晚上看不见`);
    await trial.say('zhou', 'zhou@wecom', '/待办');
    await trial.say('zhou', 'zhou@wecom', `1 办结 ${steps.join('，')}`);
    told[conversation] = (await trial.read(conversation)).slice(before);
  }
  const lengths = (conversation: string) => (told[conversation] ?? []).map(({ length }) => length);
  expect(Math.max(...lengths('zhang'))).toBeGreaterThan(1000);
  expect(Math.max(...lengths('zhang@official'))).toBeGreaterThan(300);
  expect(Math.max(...lengths('zhang@official'))).toBeLessThanOrEqual(600);
  for (const step of steps) expect((told['zhang@official'] ?? []).join('')).toContain(step);
}, 60_000);

test.each([
  ['groups at the 服务号', { from: 'zhang', conversation: 'residents@official', text: '你好' }, 'unknown-conversation'],
  ['residents at 企业微信', { from: 'zhang', conversation: 'zhang@wecom', text: '你好' }, 'unknown-conversation'],
])(
  'there are no %s',
  async (_, body, error) => {
    expect(await post(trial.address, 'api/say', body)).toMatchObject({ status: 400, json: { error } });
  },
  60_000,
);

test('nothing else can be done than what the page offers, and only at the 服务号', async () => {
  const doing = { from: 'zhang', conversation: 'zhang@official', event: 'scan:elsewhere' };
  expect((await post(trial.address, 'api/do', doing)).status).toBe(400);
  expect((await post(trial.address, 'api/do', { ...doing, conversation: 'zhang', event: 'follow' })).status).toBe(400);
  expect((await ask(trial.address, 'api/window/nobody')).json).toEqual({ left: 0, waiting: [] });
}, 60_000);
