import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { giveOrder, ordersBelow } from '../../src/adapters/system/orders.ts';
import { carryOutOrders } from '../../src/cli/wiring.ts';
import { hostCode, newDirectorCode } from '../../src/desk/people/enrolment.ts';
import { staffOnHost } from '../../src/desk/people/host.ts';
import { openTestDesk, readBy } from '../support/desk.ts';

/** A desk that runs, and somebody at its computer. */
async function office() {
  const desk = await openTestDesk();
  const folder = mkdtempSync(join(tmpdir(), 'orders-'));
  /** What is told at the computer. */
  const order = async (given: unknown) => {
    const orders = ordersBelow(folder);
    const heard = await desk.heardOf(async () => {
      answer = await giveOrder(folder, given, { tries: 1, sleep: () => carryOutOrders(desk.app, orders) });
    });
    return { answer: answer ?? '', heard };
  };
  let answer: string | undefined;
  const staff = () =>
    desk.store.transaction(async (tx) => (await tx.find('people', { role: ['worker', 'director'] })).map(({ name }) => name));
  return { ...desk, order, staff, folder, end: () => rmSync(folder, { recursive: true }) };
}

describe('whoever sits at the computer', () => {
  test('stops one who has got hold of an authority, by row or name, also the last director, while the bot runs', async () => {
    const { app, order, staff, say, end } = await office();
    const list = await app.store.transaction((tx) => staffOnHost(tx, app.say));
    const row = /(\d) 李主任/.exec(list)?.[1] ?? '';
    expect((await order({ order: 'stop', who: row })).answer).toContain('李主任 不再是工作人员');
    expect((await order({ order: 'stop', who: ' 小 周' })).answer).toContain('小周 不再是工作人员');
    expect(await staff()).toEqual([]);
    expect(readBy('李主任', await say('李主任', '/员工 列'))).not.toContain('工作人员 ');
    end();
  });

  test('lets a director in by a code that is said privately', async () => {
    const { order, staff, say, end } = await office();
    const code = /：([A-Z2-9]{8})$/m.exec((await order({ order: 'code' })).answer)?.[1] ?? '';
    await say('新主任', code);
    expect(await staff()).toContain('新主任');
    end();
  });

  test.each([{ order: 'stop', who: '9' }, { order: 'stop', who: '没有的人' }, { order: 'rm' }, 'x', null])(
    'by %j does nothing and reads why',
    async (given) => {
      const { order, staff, end } = await office();
      expect((await order(given)).answer).toMatch(/没有“|写法/);
      expect(await staff()).toHaveLength(2);
      end();
    },
  );
});

describe('the code of the host', () => {
  const at = (hours: number) => new Date(Date.parse('2026-11-23T02:00:00Z') + hours * 3_600_000);
  const opened = () => openTestDesk({ staff: [], staffRooms: [], rooms: [], at: null });

  test('is told to be dead after its day, or once it was said in a group, and a new one can be had', async () => {
    const { app, store, say } = await opened();
    const code = await newDirectorCode(store, app.ids, at(0));
    expect(await hostCode(store, at(1), true)).toMatchObject({ code, dead: false });
    expect(await hostCode(store, at(25), true)).toEqual({ dead: true });
    const fresh = await newDirectorCode(store, app.ids, at(25));
    expect(fresh).not.toBe(code);
    await say('李主任', fresh ?? '', { room: '居民群' });
    expect(await hostCode(store, at(25), true)).toEqual({ dead: true });
  });

  test('is not told to be dead where there is a director, or none was wanted', async () => {
    const { app, store, say } = await opened();
    expect(await hostCode(store, at(0), false)).toEqual({ dead: false });
    await say('李主任', (await newDirectorCode(store, app.ids, app.clock.now())) ?? '');
    expect(await hostCode(store, at(30), true)).toEqual({ dead: false });
  });

  test.each(['haha1234', '12345678', 'password', '一二三四五六七八', 'AAAABBBB'])('is not used up by friends who say %s', async (said) => {
    const { app, store, say } = await opened();
    const code = await newDirectorCode(store, app.ids, app.clock.now());
    for (let times = 0; times < 10; times++) await say('小明', said);
    expect(readBy('小明', await say('小明', code ?? ''))).toContain('您现在是主任了');
  });

  test('is not used up by whoever tries others: their tries are their own', async () => {
    const { app, store, say } = await opened();
    const code = await newDirectorCode(store, app.ids, app.clock.now());
    for (let guess = 2; guess < 9; guess++) await say('小明', `AAAA222${guess}`);
    expect(readBy('小明', await say('小明', code ?? ''))).toContain('明天再试');
    expect(readBy('李主任', await say('李主任', code ?? ''))).toContain('您现在是主任了');
  });
});
