import { beforeEach, describe, expect, test } from '@jest/globals';
import { openMemoryStore } from '../../src/adapters/store/memory.ts';
import { steadyIds } from '../../src/adapters/system/system.ts';
import { openDesk } from '../../src/cli/desk.ts';
import { doChores } from '../../src/desk/conversation/chores.ts';
import type { Chore } from '../../src/desk/kernel/chore.ts';
import type { App } from '../../src/desk/kernel/desk.ts';
import { markOnce } from '../../src/desk/kernel/marks.ts';
import type { BackupMade } from '../../src/desk/kernel/ports.ts';
import { accountThat } from '../support/account.ts';
import { shippedContent } from '../support/content.ts';

let now: Date;
let said: string[];
let logged: string[];
let backup: () => Promise<BackupMade>;
/** So many of the next things that are to be said cannot be queued. */
let unlucky: number;
let app: App;

beforeEach(async () => {
  now = new Date('2026-11-23T02:00:00Z');
  said = [];
  logged = [];
  unlucky = 0;
  const ids = steadyIds();
  backup = async () => ({ name: 'copy', bytes: 2048, rows: 7 });
  app = openDesk({
    store: openMemoryStore(),
    accounts: [accountThat(({ text }) => said.push(text))],
    content: shippedContent(),
    clock: { now: () => now },
    ids: {
      ...ids,
      id() {
        if (unlucky === 0) return ids.id();
        unlucky--;
        throw new Error('on purpose');
      },
    },
    log: { info: (_, message) => void logged.push(message), warn: () => undefined, error: (_, message) => void logged.push(message) },
    backups: { make: () => backup(), goneOn: () => '2026-12-08' },
  });
  await app.store.transaction((tx) => tx.put('rooms', { id: '工作群', name: '工作群', kind: 'staff', speaks: 'addressed' }));
});

/** Does these chores at a moment, and says what is to be said. */
async function at(time: string, ...chores: Chore[]): Promise<void> {
  now = new Date(time);
  await doChores(app, chores, now);
  await app.outbox.pump();
}

const failing = (times: number, done: string[], more: Partial<Chore> = {}) => {
  let tries = 0;
  const run = async () => {
    done.push(now.toISOString());
    if (++tries <= times) throw new Error('on purpose');
  };
  return { id: 'ahead', ...more, run } as Chore;
};

describe('a chore that throws', () => {
  test('stops no other, and staff are told once a day what it was', async () => {
    const done: string[] = [];
    const other: Chore = { id: 'discards', run: async () => void done.push('other') };
    const broken = failing(Number.POSITIVE_INFINITY, []);
    await at('2026-11-23T02:00:00Z', broken, other);
    await at('2026-11-23T02:30:00Z', broken, other);
    expect(done).toEqual(['other', 'other']);
    expect(said).toEqual([expect.stringContaining('“每周消息发出前的预告”没有做成')]);
    await at('2026-11-24T02:00:00Z', broken, other);
    expect(said).toHaveLength(2);
  });

  test('is tried again later each time, also by the next process, and at once again after it went well', async () => {
    const done: string[] = [];
    const broken = failing(3, done);
    for (let second = 0; second <= 60; second += 5)
      await at(new Date(Date.parse('2026-11-23T02:00:00Z') + second * 1000).toISOString(), broken);
    expect(done.map((time) => time.slice(17, 19))).toEqual(['00', '05', '15', '35', '40', '45', '50', '55', '00']);
    expect(await app.store.transaction((tx) => tx.find('chores'))).toEqual([]);
  });

  test('waits a quarter of an hour at most, and one about somebody in danger a minute', async () => {
    for (const [pressing, minutes] of [
      [{}, 15],
      [{ pressing: true as const }, 1],
    ] as const) {
      const broken = failing(Number.POSITIVE_INFINITY, [], pressing);
      for (let hour = 0; hour < 20; hour++) await at(new Date(Date.parse('2026-11-23T02:00:00Z') + hour * 3_600_000).toISOString(), broken);
      const [row] = await app.store.transaction((tx) => tx.find('chores'));
      expect(Date.parse(row?.nextAt ?? '') - now.getTime()).toBe(minutes * 60_000);
      await app.store.transaction((tx) => tx.remove('chores', 'ahead'));
    }
  });

  test('is not put off by a clock that was ahead and was set right again', async () => {
    const done: string[] = [];
    const broken = failing(1, done);
    await at('2027-11-23T02:00:00Z', broken);
    await at('2026-11-23T02:00:00Z', broken);
    expect(done).toHaveLength(2);
  });
});

describe('a chore of a day, week or month', () => {
  const periodic = (every: 'hour' | 'day' | 'week' | 'month', done: string[]): Chore => ({
    id: 'digest',
    every,
    run: async () => void done.push(now.toISOString()),
  });

  test.each([
    ['hour', ['2026-11-23T02:00:00Z', '2026-11-23T02:59:00Z'], '2026-11-23T03:00:00Z'],
    ['day', ['2026-11-23T02:00:00Z', '2026-11-23T15:59:00Z'], '2026-11-23T16:00:00Z'],
    ['week', ['2026-11-22T16:00:00Z', '2026-11-29T15:59:00Z'], '2026-11-29T16:00:00Z'],
    ['month', ['2026-10-31T16:00:00Z', '2026-11-30T15:59:00Z'], '2026-11-30T16:00:00Z'],
  ] as const)('is done once every %s as clocks in Shanghai show it', async (every, within, after) => {
    const done: string[] = [];
    for (const time of [...within, after]) await at(time, periodic(every, done));
    expect(done).toEqual([within[0], after].map((time) => new Date(time).toISOString()));
  });

  test('that cannot even tell whether it is time fails by itself', async () => {
    const done: string[] = [];
    const broken: Chore = {
      id: 'digest',
      every: 'day',
      when() {
        throw new Error('on purpose');
      },
      run: async () => void done.push('broken'),
    };
    await at('2026-11-23T02:00:00Z', broken, { id: 'discards', run: async () => void done.push('other') });
    expect(done).toEqual(['other']);
    expect(said).toEqual([expect.stringContaining('“早上的工作提要”没有做成')]);
  });

  test('is not noted as done when it failed, and leaves nothing of what it wrote', async () => {
    let broken = true;
    const chore: Chore = {
      id: 'digest',
      every: 'day',
      async run(_, time, tx) {
        await markOnce({ tx, now: time }, 'written by the chore');
        if (broken) throw new Error('on purpose');
      },
    };
    const written = () => app.store.transaction(async (tx) => (await tx.get('marks', 'written by the chore')) !== undefined);
    await at('2026-11-23T02:00:00Z', chore);
    expect(await written()).toBe(false);
    broken = false;
    await at('2026-11-23T02:01:00Z', chore);
    expect(await written()).toBe(true);
  });
});

describe('a row that cannot be dealt with', () => {
  beforeEach(async () => {
    await app.store.transaction((tx) => tx.put('people', { id: '张奶奶', name: '张奶奶', reachable: true }));
    await app.hear({ id: 'm1', person: '张奶奶', text: '3栋2单元楼道灯不亮', kind: 'text', addressed: true });
    await app.hear({ id: 'm2', person: '张奶奶', text: '屋头有煤气味', kind: 'text', addressed: true });
    await app.outbox.pump();
    said.length = 0;
  });

  test('keeps no other appeal from its reminder', async () => {
    await app.store.transaction(async (tx) => {
      const [light] = await tx.find('appeals');
      if (!light) throw new Error('nothing was taken down');
      // What is urgent is not told with a digest. One sorts first, and is due first.
      const urgent = { ...light, urgent: true, firstWordBy: '2026-11-23T02:30:00.000Z', wakeAt: '2026-11-23T02:30:00.000Z' };
      await tx.put('appeals', urgent);
      await tx.put('appeals', { ...urgent, id: 'SQ000000-0000', wakeAt: '2026-11-23T02:00:00.000Z' });
      for (const { id } of await tx.find('alarms')) await tx.remove('alarms', id);
    });
    now = new Date('2026-11-24T09:31:00Z');
    // It fails once with all that are due, and once apart.
    unlucky = 2;
    await app.tick();
    expect(said.filter((each) => each.includes('还没有人给居民回第一句话')).length).toBeGreaterThan(0);
    expect(said).toContainEqual(expect.stringContaining('“诉求到期的提醒”没有做成'));
  });

  test('keeps no other alarm from ringing', async () => {
    await app.store.transaction((tx) =>
      tx.put('suspicions', { id: '0', person: '张奶奶', kind: 'gas', text: '', nextAt: '2026-11-23T02:01:00.000Z' }),
    );
    now = new Date('2026-11-23T02:10:00Z');
    unlucky = 1;
    await app.tick();
    expect(unlucky).toBe(0);
    expect(said).toContainEqual(expect.stringContaining('第 2 次'));
    expect((await app.store.transaction((tx) => tx.find('suspicions'))).map(({ id }) => id)).toContain('0');
  });
});

describe('the chores of the desk', () => {
  const day = 24 * 3_600_000;
  const nights = async (count: number) => {
    for (let night = 0; night < count; night++) {
      now = new Date(Date.parse('2026-11-01T19:30:00Z') + night * day);
      await app.tick();
    }
  };

  test('retention is looked into once a month, though housekeeping forgets marks every night', async () => {
    await nights(40);
    expect(logged.filter((each) => each === 'housekeeping')).toHaveLength(40);
    expect(logged.filter((each) => each === 'retention')).toHaveLength(2);
  });

  test('a backup that fails holds up neither housekeeping nor the alarms', async () => {
    backup = async () => Promise.reject(new Error('no space left'));
    await nights(1);
    expect(logged).toContain('housekeeping');
    expect(said).toEqual([expect.stringContaining('备份没有做成')]);
  });

  test('nothing slow is waited for in a transaction: a message is answered while a backup is made', async () => {
    let made: (value: BackupMade) => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      backup = () => {
        resolve();
        return new Promise((done) => {
          made = done;
        });
      };
    });
    await app.store.transaction((tx) => tx.put('people', { id: '张奶奶', name: '张奶奶', reachable: true }));
    now = new Date('2026-11-23T19:30:00Z');
    const ticked = app.tick();
    await begun;
    await app.hear({ id: 'm1', person: '张奶奶', text: '居住证怎么办', kind: 'text', addressed: true });
    await app.outbox.pump();
    expect(said.join()).toContain('居住证');
    made({ name: 'copy', bytes: 2048, rows: 7 });
    await ticked;
    expect(logged).toContain('backup');
  });
});
