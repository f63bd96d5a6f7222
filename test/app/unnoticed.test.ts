import { describe, expect, test } from '@jest/globals';
import { openMemoryStore } from '../../src/adapters/store/memory.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import { steadyIds } from '../../src/adapters/system/system.ts';
import { openDesk } from '../../src/cli/desk.ts';
import type { Asked } from '../../src/desk/kernel/asked.ts';
import { askIn, settle, waitingIn } from '../../src/desk/kernel/question.ts';
import type { Turn } from '../../src/desk/kernel/turn.ts';
import { questions } from '../../src/desk/parts.ts';
import { limitAt, noteLimit } from '../../src/desk/sending/limited.ts';
import type { Delivery } from '../../src/desk/sending/rows.ts';
import { accountThat } from '../support/account.ts';
import { shippedContent } from '../support/content.ts';
import { openKeptDesk } from '../support/kept-desk.ts';

/** What once could be broken without any test that noticed. */

const beginning = '2026-11-23T02:00:00.000Z';
const quiet = { from: '21:00', to: '08:00' };

async function desk() {
  let now = new Date(beginning);
  const said: string[] = [];
  const store = openMemoryStore();
  const app = openDesk({
    store,
    accounts: [accountThat(({ to, text }) => said.push(`${'room' in to ? to.room : to.person}：${text}`))],
    content: shippedContent(),
    clock: { now: () => now },
    ids: steadyIds(),
    log: silentLog,
  });
  const put = (delivery: Partial<Delivery>) =>
    store.transaction((tx) =>
      tx.put('deliveries', {
        id: delivery.text ?? '',
        sequence: 1,
        account: 'wechat',
        kind: 'notice',
        text: '',
        state: 'queued',
        attempts: 0,
        notBefore: beginning,
        createdAt: beginning,
        ...delivery,
      }),
    );
  const reachable = (is: boolean) => store.transaction((tx) => tx.put('people', { id: '张奶奶', name: '张奶奶', reachable: is }));
  const states = async () =>
    Object.fromEntries((await store.transaction((tx) => tx.find('deliveries'))).map(({ id, state }) => [id, state]));
  await reachable(true);
  return { app, store, said, put, reachable, states, to: (at: string) => (now = new Date(at)) };
}

describe('what is queued for somebody who cannot be reached any more', () => {
  test('is not tried in vain, but waits and is said when they can be', async () => {
    const { app, said, put, reachable, states } = await desk();
    await put({ text: '修好了', person: '张奶奶' });
    await reachable(false);
    await app.outbox.pump();
    expect(said).toEqual([]);
    expect(await states()).toEqual({ 修好了: 'waiting' });
    await reachable(true);
    await app.hear({ id: 'm1', person: '张奶奶', text: '谢谢', kind: 'text', addressed: true });
    await app.outbox.pump();
    expect(said).toContain('张奶奶：修好了');
  });
});

describe('what a crash left between sending and marking', () => {
  test.each(['reply', 'notice'] as const)('a %s is said again', async (kind) => {
    const { app, said, put } = await desk();
    await put({ text: '修好了', person: '张奶奶', kind, state: 'sending' });
    await app.outbox.recover();
    await app.outbox.pump();
    expect(said).toEqual(['张奶奶：修好了']);
  });

  test('a broadcast is not: staff decide', async () => {
    const { app, said, put, states } = await desk();
    await put({ text: '停水', room: '居民群', kind: 'broadcast', state: 'sending' });
    await app.outbox.recover();
    await app.outbox.pump();
    expect(said).toEqual([]);
    expect(await states()).toEqual({ 停水: 'unsure' });
  });
});

test('a limit that was noted by a clock a year ahead does not silence the account for a year', async () => {
  const { store } = await desk();
  await store.transaction((tx) => noteLimit(tx, 'wechat', quiet, new Date('2027-11-23T02:00:00Z'), true));
  const limited = (at: string) => store.transaction((tx) => limitAt(tx, 'wechat', new Date(at)));
  expect(await limited('2027-11-23T02:30:00Z')).toBeDefined();
  expect(await limited('2026-11-23T02:30:00Z')).toBeUndefined();
});

describe('a question that is settled', () => {
  test('brings up what it covered, and takes nothing else with it', async () => {
    const { store } = await desk();
    const now = new Date(beginning);
    const kinds = (stack: readonly Asked[]) => stack.map(({ question: { kind } }) => kind);
    const left = await store.transaction(async (tx) => {
      const asking = { tx, now, questions };
      await askIn(asking, '张奶奶', { kind: 'supplement', appeal: '1' });
      await askIn(asking, '张奶奶', { kind: 'withdrawal', appeal: '1' });
      await askIn(asking, '张奶奶', { kind: 'erasure' });
      const turn = { ...asking, conversation: { id: '张奶奶', misses: 0 } } as unknown as Turn;
      await settle(turn, { kind: 'erasure' });
      const first = kinds(await waitingIn(asking, '张奶奶'));
      await settle(turn, { kind: 'supplement', appeal: '1' });
      return [first, kinds(await waitingIn(asking, '张奶奶'))];
    });
    expect(left).toEqual([['supplement', 'withdrawal'], ['withdrawal']]);
  });

  test('brings it up for long enough to be answered, though its own time has passed meanwhile', async () => {
    const { store } = await desk();
    const begun = new Date(beginning);
    const later = new Date('2026-11-23T02:08:00.000Z');
    const left = await store.transaction(async (tx) => {
      await askIn({ tx, now: begun, questions }, '小周', { kind: 'argument', missing: 'text', line: '/办结 1' });
      await askIn({ tx, now: begun, questions }, '小周', { kind: 'erasure' });
      await settle({ tx, now: later, conversation: { id: '小周', misses: 0 } } as unknown as Turn, { kind: 'erasure' });
      return waitingIn({ tx, now: new Date('2026-11-23T02:20:00.000Z') }, '小周');
    });
    expect(left).toEqual([expect.objectContaining({ question: { kind: 'argument', missing: 'text', line: '/办结 1' } })]);
  });
});

describe('on the staff’s side', () => {
  const opened = async () => {
    const kept = await openKeptDesk();
    await kept.say('张奶奶', '3栋2单元楼道灯不亮');
    const appeals = () => kept.store.transaction((tx) => tx.find('appeals'));
    return { ...kept, appeals };
  };

  test('/撤销 never takes back what a colleague has done since', async () => {
    const { say, appeals, close } = await opened();
    await say('小周', '/受理 0018');
    await say('李主任', '/备注 0018 我去看过了');
    const before = await appeals();
    expect(await say('小周', '/撤销')).toContain('后来又有人办过了');
    expect(await appeals()).toEqual(before);
    await close();
  });

  test('a building that comes up again and again is told of once a day', async () => {
    const { say, close } = await opened();
    const told: boolean[] = [];
    for (const text of ['3栋楼道有人抽烟', '3栋门口垃圾没人收', '3栋下水道堵了', '3栋围墙裂了'])
      told.push((await say('小刘', text)).includes('最好去现场看看'));
    expect(told.filter(Boolean)).toHaveLength(1);
    expect(await say('陈姐', '3栋门口的井盖坏了', { at: '2026-11-24T10:00:00+08:00' })).toContain('最好去现场看看');
    await close();
  });

  test('who is gone from an appeal that others joined is not named in it any more', async () => {
    const { say, appeals, close } = await opened();
    await say('小周', '/代报 王大爷: 5栋1单元楼道灯不亮');
    await say('陈姐', '5栋1单元楼道灯不亮');
    await say('陈姐', '1');
    await say('小周', '撤回诉求');
    await say('小周', '是');
    const [left] = (await appeals()).filter(({ person }) => person === '陈姐');
    expect(left).toMatchObject({ place: expect.stringContaining('5栋1单元'), state: 'registered' });
    expect(left).not.toHaveProperty('onBehalfOf');
    expect(await say('小周', '/查 5栋1单元')).not.toContain('王大爷');
    await close();
  });
});
