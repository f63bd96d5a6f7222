import { describe, expect, test } from '@jest/globals';
import { openTestDesk, readBy } from '../support/desk.ts';

const now = '2026-11-23T02:00:00.000Z';

async function desk() {
  const opened = await openTestDesk();
  const receives = (person: string, room?: string) => opened.app.receives({ person, ...(room === undefined ? {} : { room }) });
  const received = (count: number, person: string, bytes = 1) =>
    opened.store.transaction(async (tx) => {
      for (let i = 0; i < count; i++) await tx.put('received', { id: `${person}${i}.jpg`, at: now, person, bytes });
    });
  return { ...opened, receives, received };
}

describe('which pictures and files are fetched', () => {
  test('what neighbours show each other in a group is not; what is said to the bot privately is', async () => {
    const { say, receives } = await desk();
    await say('张奶奶', '今天天气好', { room: '居民群' });
    expect(await receives('张奶奶', '居民群')).toBe('no');
    expect(await receives('张奶奶')).toBe('yes');
    expect(await receives('张奶奶', '没有绑定的群')).toBe('no');
  });

  test('in a group one is while a question of ours waits for them there, and only of them', async () => {
    const { say, receives } = await desk();
    await say('张奶奶', '@小桥 楼道灯坏了', { room: '居民群' });
    expect(await receives('张奶奶', '居民群')).toBe('yes');
    expect(await receives('杨哥', '居民群')).toBe('no');
  });

  test('in a group one is while an alarm is on that they told of', async () => {
    const { say, receives } = await desk();
    await say('张奶奶', '3栋着火了，快来人', { room: '居民群' });
    expect(await receives('张奶奶', '居民群')).toBe('yes');
    expect(await receives('杨哥', '居民群')).toBe('no');
  });

  test('so many of one person a day, and so many bytes of all; staff are not counted', async () => {
    const { say, receives, received, store } = await desk();
    for (const who of ['张奶奶', '杨哥', '小周']) await say(who, '你好');
    await received(40, '张奶奶');
    await received(40, '小周');
    expect([await receives('张奶奶'), await receives('杨哥'), await receives('小周')]).toEqual(['many', 'yes', 'yes']);
    await store.transaction((tx) => tx.put('received', { id: 'big.mp4', at: now, person: '杨哥', bytes: 500_000_000 }));
    expect(await receives('杨哥')).toBe('many');
  });
});

describe('a file that is not kept', () => {
  test.each([
    ['large', '25 MB'],
    ['kind', '打不开'],
    ['many', '明天再发'],
  ] as const)('%s: the resident hears why, and their form goes on', async (unkept, words) => {
    const { app, say, heardOf } = await desk();
    await say('张奶奶', '楼道灯坏了好几天');
    const heard = await heardOf(() => app.hear({ id: 'm1', person: '张奶奶', text: '', kind: 'file', unkept, addressed: true }));
    expect(readBy('张奶奶', heard)).toContain(words);
    expect(readBy('张奶奶', await say('张奶奶', '3栋2单元'))).toContain('登记');
  });
});
