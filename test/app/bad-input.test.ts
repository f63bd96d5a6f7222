import { describe, expect, test } from '@jest/globals';
import type { Message } from '../../src/desk/kernel/message.ts';
import { director, openTestDesk } from '../support/desk.ts';

async function desk() {
  const { stage, heardOf } = await openTestDesk({ staff: [director], rooms: ['一号群', '二号群'], at: null });
  await stage.take({ from: '张奶奶', text: '你好' });
  return { stage, said: heardOf };
}

const message = (part: Partial<Message>): Message => ({ id: 'm1', person: '张奶奶', text: '', kind: 'text', addressed: true, ...part });

describe('whatever is sent', () => {
  test.each([
    ['10,000 characters', message({ text: `居住证怎么办${'啊'.repeat(10_000)}` })],
    ['10,000 characters without a stop', message({ text: '低保'.repeat(5_000) })],
    ['only emoji', message({ text: '😀👍🏽🇨🇳' })],
    ['a sticker', message({ kind: 'sticker' })],
    ['nothing but spaces', message({ text: ' \n　 ' })],
    ['control characters', message({ text: '\u0000\u202e\u200b' })],
    ['one syllable over and over', message({ text: `${'哦'.repeat(300)}x` })],
    ['a word of two readings over and over', message({ text: `电话1${'横杠'.repeat(1200)}3` })],
    ['half a surrogate pair', message({ text: '\ud83d 低保' })],
  ])('%s gets one short reply', async (_, each) => {
    const { stage, said } = await desk();
    const replies = await said(() => stage.app.hear(each));
    expect(replies).toHaveLength(1);
    expect(replies[0]?.text?.length).toBeLessThan(600);
  });

  test('halves of characters and zeros are kept nowhere, nor made by what is shown shortened', async () => {
    const { stage } = await desk();
    const heard: string[] = [];
    await stage.app.hear(message({ text: `3栋2单元楼道\ud83d灯\0不亮${'灯泡坏了很久'.repeat(6)}${'😀'.repeat(60)}`, id: 'm2' }));
    await stage.take({ from: '李主任', text: '/待办' });
    const kept = await stage.app.store.transaction(async (tx) => [await tx.find('appeals'), await tx.find('deliveries')]);
    for (const each of kept.flat()) heard.push(...Object.values(each).filter((value) => typeof value === 'string'));
    expect(heard.join()).toContain('灯不亮');
    expect(heard.join()).not.toMatch(/\p{Cs}|\0/u);
  });

  test('the same message id twice is heard once', async () => {
    const { stage, said } = await desk();
    expect(await said(() => stage.app.hear(message({ id: 'same', text: '居住证怎么办' })))).toHaveLength(1);
    expect(await said(() => stage.app.hear(message({ id: 'same', text: '居住证怎么办' })))).toEqual([]);
  });

  test('two residents in two groups at the same instant get their own answers and numbers', async () => {
    const { stage, said } = await desk();
    await stage.take({ from: '小刘', text: '你好' });
    const replies = await said(() =>
      Promise.all([
        stage.app.hear(message({ id: 'a', room: '一号群', text: '3栋2单元楼道灯不亮' })),
        stage.app.hear(message({ id: 'b', person: '小刘', room: '二号群', text: '5栋1单元楼道灯不亮' })),
      ]),
    );
    const numbers = replies
      .filter(({ room }) => room === '一号群' || room === '二号群')
      .map(({ text }) => /SQ\d{6}-\d{4}/.exec(text ?? '')?.[0]);
    expect(new Set(numbers).size).toBe(2);
    expect(numbers).not.toContain(undefined);
  });

  test('a command from somebody who is not staff is not noticed', async () => {
    const { stage, said } = await desk();
    const [menu] = await said(() => stage.take({ from: '张奶奶', text: '菜单' }));
    const [reply, ...more] = await said(() => stage.take({ from: '张奶奶', text: '/员工 @张奶奶 主任' }));
    expect(reply?.text).toBe(menu?.text);
    expect(more).toEqual([]);
    expect(await said(() => stage.take({ from: '张奶奶', room: '工作群', text: '/待办' }))).toEqual([]);
  });

  test('a nickname gives no authority', async () => {
    const { stage, said } = await desk();
    await stage.app.store.transaction((tx) => tx.insert('people', { id: 'impostor', name: '李主任', reachable: true }));
    const [reply] = await said(() => stage.app.hear(message({ person: 'impostor', text: '/待办' })));
    expect(reply?.text).toContain('办事指南');
  });

  test('a clock set back by an hour loses nothing and repeats nothing', async () => {
    const { stage, said } = await desk();
    const news = [
      ...(await said(() => stage.take({ at: '2026-11-27T09:05:00+08:00' }))),
      ...(await said(() => stage.take({ at: '2026-11-27T09:06:00+08:00' }))),
    ].filter(({ kind }) => kind === 'broadcast');
    expect(news.map(({ room }) => room)).toEqual(['一号群', '二号群']);
    await stage.take({ from: '张奶奶', text: '3栋2单元楼道灯不亮' });
    expect(await said(() => stage.take({ at: '2026-11-27T08:05:00+08:00' }))).toEqual([]);
    const replies = await said(() => stage.take({ from: '张奶奶', text: '5栋1单元楼道灯不亮' }));
    expect(replies[0]?.text).toMatch(/SQ261127-002\d/);
    expect(await said(() => stage.take({ at: '2026-11-27T09:10:00+08:00' }))).toEqual([]);
  });
});
