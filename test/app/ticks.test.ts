import { describe, expect, test } from '@jest/globals';
import type { App } from '../../src/desk/kernel/desk.ts';
import { chores } from '../../src/desk/parts.ts';
import { type Details, sealedDetails } from '../../src/desk/reminders/rows.ts';
import { at, item, type Newsdesk, newsdesk } from './news/newsdesk.ts';

const hour = 3_600_000;
/** What is not looked for by a row of its own. */
const askers = chores.flatMap((chore) => (chore.every === undefined && chore.isDue ? [{ ...chore, isDue: chore.isDue }] : []));

/** The app, with its store's transactions counted, and the rows that they write. */
function counted(app: App) {
  const count = { transactions: 0, changes: 0 };
  const store: App['store'] = {
    ...app.store,
    transaction(work) {
      count.transactions++;
      return app.store.transaction((tx) => {
        const noted = { ...tx };
        for (const name of ['insert', 'put', 'remove', 'archive'] as const)
          Object.assign(noted, {
            [name]: (...given: never[]) => {
              count.changes++;
              return (tx[name] as (...given: never[]) => unknown)(...given);
            },
          });
        return work(noted);
      });
    },
  };
  return { app: { ...app, store }, count };
}

async function lively(): Promise<Newsdesk> {
  const desk = await newsdesk({
    news: [item('a', '2026-11-23'), item('b', '2026-11-23', { category: '居务公开', expires: '2026-11-29' }), item('c', '2026-12-01')],
  });
  await desk.say('张奶奶', '3栋2单元楼道灯不亮');
  const [light] = await desk.store.transaction((tx) => tx.find('appeals'));
  await desk.say('小周', `/办结 ${light?.id} 换了灯泡`);
  await desk.say('张奶奶', '11月25号提醒我交材料');
  await desk.say('张奶奶', '3栋2单元501煤气味大得很');
  for (const said of ['更严重了', '还没停', '压不住了']) await desk.say('邻居', `3栋2单元${said}`);
  await desk.say('老王', '路灯不亮了');
  await desk.say('李主任', '/播报 预览');
  return desk;
}

describe('what is due', () => {
  test('is never missed by who tells whether there is something to do: where it says no, doing it changes nothing', async () => {
    const desk = await lively();
    const due = new Set<string>();
    const missed: string[] = [];
    const look = async (now: Date) => {
      for (const chore of askers) {
        if (await desk.store.transaction((tx) => chore.isDue(desk.app, now, tx))) {
          due.add(chore.id);
          continue;
        }
        const { app, count } = counted(desk.app);
        await chore.run(app, now);
        if (count.changes > 0) missed.push(`${chore.id} ${now.toISOString()}`);
      }
    };
    const begin = at('11-23 10:30').getTime();
    for (let hours = 0; hours < 20 * 24; hours++) {
      // Every third day the clock was wrong: it is set back by a day and a half, or was ahead.
      const wrong = hours % 72 === 40 ? -36 * hour : hours % 72 === 50 ? 30 * hour : 0;
      const now = new Date(begin + hours * hour + wrong);
      if (hours === 100)
        await desk.store.transaction(async (tx) => {
          await tx.put('damaged', { id: 'people/x', table: 'people', row: {}, why: 'it has no name', at: now.toISOString() });
          await tx.put('discards', { id: 'pictures/old.jpg', at: now.toISOString() });
        });
      await look(now);
      await desk.to(now.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).slice(0, 16));
      await look(now);
    }
    expect(missed).toEqual([]);
    expect([...due].sort()).toEqual(askers.map(({ id }) => id).sort());
  });

  test('costs two looks at the store when it is nothing, however many chores there are', async () => {
    const desk = await lively();
    await desk.to('11-23 23:30');
    await desk.to('11-23 23:31');
    const before = desk.said.length;
    let looks = 0;
    const store: App['store'] = {
      ...desk.store,
      transaction(work) {
        looks++;
        return desk.store.transaction(work);
      },
    };
    const app = desk.again({ store });
    await app.tick();
    looks = 0;
    await app.tick();
    expect({ looks, said: desk.said.length - before }).toEqual({ looks: 2, said: 0 });
  });

  test('follows its row, also after a restart and when the clock jumps: earlier, later, gone', async () => {
    const desk = await newsdesk();
    const details: Details = { what: '交材料', from: '2026-11-25', to: '2026-11-25', day: '2026-11-25', own: true };
    const put = (moment: string) =>
      desk.store.transaction((tx) =>
        tx.put('reminders', {
          id: 'r',
          person: '张奶奶',
          sealed: sealedDetails(desk.app.vault, details),
          at: at(moment).toISOString(),
          createdAt: at('11-23 09:00').toISOString(),
        }),
      );
    const reminded = () => desk.heard('提醒').length;
    await put('11-25 09:00');
    await desk.to('11-24 09:00');
    expect(reminded()).toBe(0);
    // Later: nothing at the time at which it was due before.
    await put('11-27 09:00');
    await desk.to('11-25 09:00');
    expect(reminded()).toBe(0);
    // Earlier, while the clock is ahead and goes back; and another process goes on.
    await put('11-24 15:00');
    await desk.to('11-24 14:59');
    expect(reminded()).toBe(0);
    await desk.to('11-24 15:00');
    expect(reminded()).toBe(1);
    await put('11-26 09:00');
    await desk.to('11-26 08:59');
    await desk.again().tick();
    expect(reminded()).toBe(1);
    await desk.store.transaction((tx) => tx.remove('reminders', 'r'));
    await desk.to('11-26 10:00');
    expect(reminded()).toBe(1);
    await put('11-26 10:30');
    await desk.to('11-26 12:00');
    await desk.again().tick();
    expect(reminded()).toBe(2);
  });
});
