import { describe, expect, test } from '@jest/globals';
import { rehearseHousekeeping } from '../../src/desk/keeping/housekeeping.ts';
import type { BackupMade } from '../../src/desk/kernel/ports.ts';
import { freezeOutbox } from '../../src/desk/sending/freeze.ts';
import type { Delivery } from '../../src/desk/sending/rows.ts';
import { director, type Heard, openTestDesk } from '../support/desk.ts';

const beginning = '2026-11-23T02:00:00.000Z';

async function desk(make?: () => Promise<BackupMade>) {
  const opened = await openTestDesk({
    staff: [director],
    staffRooms: [],
    rooms: [],
    at: null,
    parts: make ? { backups: { make, goneOn: () => '2026-12-08' } } : {},
  });
  await opened.store.transaction(async (tx) => {
    await tx.put('people', { id: '张奶奶', name: '张奶奶', reachable: true });
    await tx.put('rooms', { id: '工作群', name: '工作群', kind: 'staff', speaks: 'addressed' });
    await tx.put('rooms', { id: '居民群', name: '居民群', kind: 'residents', speaks: 'addressed', boundAt: beginning });
  });
  const said: string[] = [];
  const noted = (heard: readonly Heard[]) => said.push(...heard.map(({ text = '' }) => text));
  return {
    ...opened,
    /** What was said since somebody spoke last, and then. */
    said,
    to: async (moment: string) => void noted(await opened.to(moment)),
    async say(person: string, text: string) {
      said.length = 0;
      noted(await opened.say(person, text));
      return said.join('\n');
    },
  };
}

const delivery = (part: Partial<Delivery>): Delivery => ({
  id: 'd1',
  sequence: 1,
  account: 'wechat',
  kind: 'reply',
  person: '张奶奶',
  text: '从前的话',
  state: 'queued',
  attempts: 0,
  notBefore: '2026-11-22T00:00:00Z',
  createdAt: '2026-11-22T00:00:00Z',
  ...part,
});

describe('backups', () => {
  test('are made once a night, and tried again when they failed', async () => {
    let tries = 0;
    const { to, said } = await desk(async () => {
      if (++tries === 1) throw new Error('no space left');
      return { name: 'copy', bytes: 2048, rows: 7 };
    });
    // 02:59 in Shanghai
    await to('2026-11-23T18:59:00Z');
    expect(tries).toBe(0);
    await to('2026-11-23T19:00:00Z');
    expect(tries).toBe(1);
    expect(said).toContainEqual(expect.stringContaining('备份没有做成'));
    await to('2026-11-23T19:00:05Z');
    await to('2026-11-23T19:00:10Z');
    expect(tries).toBe(2);
    await to('2026-11-24T19:01:00Z');
    await to('2026-11-24T19:02:00Z');
    expect(tries).toBe(3);
  });

  test('/备份 makes one now and says what is in it; only for the director', async () => {
    const { say } = await desk(async () => ({ name: 'copy.gz', bytes: 2048, rows: 7 }));
    expect(await say('李主任', '/备份')).toContain('copy.gz（7 条，2 KB）');
    expect(await say('张奶奶', '/备份')).not.toContain('copy.gz');
  });
});

describe('after a restore', () => {
  async function restored() {
    const made = await desk();
    await made.store.transaction(async (tx) => {
      await tx.put('deliveries', delivery({}));
      await tx.put('deliveries', delivery({ id: 'd2', sequence: 2, kind: 'broadcast', room: '居民群', text: '上周的消息' }));
      await freezeOutbox(tx, new Date(beginning));
    });
    return made;
  }

  test('nothing old is said and no edition goes out, but residents are answered', async () => {
    const { to, said, say } = await restored();
    await to('2026-11-27T01:00:00Z');
    expect(said).toEqual([]);
    expect(await say('张奶奶', '谢谢')).not.toBe('');
    expect(said.join()).not.toContain('从前的话');
  });

  test('/放行 lets it go, but never says a broadcast again whose fate is unknown', async () => {
    const { say, said } = await restored();
    expect(await say('李主任', '/放行')).toContain('1 条');
    expect(said.join()).toContain('从前的话');
    expect(said.join()).not.toContain('上周的消息');
    expect(await say('李主任', '/放行')).toContain('不用放行');
  });

  test('/放行 丢 drops it, once it was confirmed', async () => {
    const { say, said } = await restored();
    const [code] = /[A-Z0-9]{2}(?=\n|$)/.exec(await say('李主任', '/放行 丢')) ?? [];
    expect(await say('李主任', `确认 ${code}`)).toContain('不发了');
    expect(said.join()).not.toContain('从前的话');
  });
});

describe('housekeeping', () => {
  test('forgets and archives what has had its time, and leaves the rest', async () => {
    const { store, to } = await desk();
    await store.transaction(async (tx) => {
      await tx.put('heard', { id: 'old', at: '2026-11-20T00:00:00Z' });
      await tx.put('heard', { id: 'new', at: beginning });
      await tx.put('deliveries', delivery({ id: 'sent', state: 'sent', createdAt: '2026-11-01T00:00:00Z' }));
      await tx.put('deliveries', delivery({ id: 'unsure', state: 'unsure', createdAt: '2026-11-01T00:00:00Z' }));
      await tx.put('unanswered', { id: 'q', text: 'q', at: '2026-10-01T00:00:00Z', count: 1 });
    });
    const would = await rehearseHousekeeping(store, new Date(beginning));
    expect(would).toMatchObject({ heard: 1, deliveries: 1, unanswered: 1, appeals: 0 });
    expect(await store.transaction((tx) => tx.get('heard', 'old'))).toBeDefined();

    await to(beginning);
    const left = await store.transaction(async (tx) => ({
      heard: (await tx.find('heard')).map(({ id }) => id),
      deliveries: (await tx.find('deliveries')).map(({ id }) => id),
      archived: (await tx.archived('deliveries', '2026-11')).map(({ id }) => id),
    }));
    expect(left).toEqual({ heard: ['new'], deliveries: ['unsure'], archived: ['sent'] });
  });

  test('keeps the newest of many questions without an answer', async () => {
    const { store, to } = await desk();
    await store.transaction(async (tx) => {
      for (let number = 0; number < 600; number++) {
        const at = new Date(Date.parse(beginning) - number * 60_000).toISOString();
        await tx.put('unanswered', { id: `q${number}`, text: 'q', at, count: 1 });
      }
    });
    await to(beginning);
    const left = await store.transaction((tx) => tx.find('unanswered'));
    expect(left).toHaveLength(500);
    expect(left.map(({ id }) => id)).toContain('q499');
  });

  test('forgets within the day which chats are over and what was counted, once an hour', async () => {
    const { store, to, say } = await desk();
    await to(beginning);
    await say('张奶奶', '居住证怎么办');
    const left = () =>
      store.transaction(async (tx) => [...(await tx.find('conversations')), ...(await tx.find('traffic'))].map(({ id }) => id));
    expect(await left()).toEqual(['张奶奶', '张奶奶']);
    await to('2026-11-23T03:30:00.000Z');
    expect(await left()).toEqual(['张奶奶']);
    await to('2026-11-23T08:31:00.000Z');
    expect(await left()).toEqual([]);
  });
});

describe('what neighbours say to each other', () => {
  test('leaves no trace, also not that it was heard', async () => {
    const { app, store } = await desk();
    const heard = () => store.transaction(async (tx) => [await tx.find('heard'), await tx.find('conversations')].flat());
    const message = { person: '张奶奶', room: '居民群', kind: 'text', addressed: false } as const;
    await app.hear({ ...message, id: 'm1', text: '今天吃什么' });
    expect(await heard()).toEqual([]);
    await app.hear({ ...message, id: 'm2', text: '3栋着火了' });
    expect(await heard()).toHaveLength(1);
  });
});
