import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type KeptDesk, openKeptDesk } from '../support/kept-desk.ts';

let desk: KeptDesk;
beforeEach(async () => {
  desk = await openKeptDesk();
});
afterEach(() => desk.close());

/** A story of about so many characters that ends in words of its own. */
const story = (length: number, end: string) => `3栋2单元楼道灯不亮，${'晚上回家看不清楚台阶，'.repeat(Math.floor(length / 11))}${end}`;
const appealOf = async () => (await desk.store.transaction((tx) => tx.find('appeals')))[0];

describe('words are kept whole, or it is said that they are not (K5)', () => {
  test('a matter of 3,500 characters is kept to its last word, and shown shortened', async () => {
    const receipt = await desk.say('张奶奶', story(3500, '我家有两级台阶是断的'));
    expect(receipt).toContain('全文');
    expect(receipt).not.toContain('我家有两级台阶是断的');
    expect((await appealOf())?.what).toMatch(/我家有两级台阶是断的$/);
    expect(await desk.say('张奶奶', '全文')).toContain('我家有两级台阶是断的');
    expect(await desk.say('小周', '/查 0018')).toContain('/全文 SQ261123-0018');
    expect(await desk.say('小周', '/全文 0018')).toContain('我家有两级台阶是断的');
  });

  test('of a longer one it is said first how much is kept', async () => {
    const said = await desk.say('张奶奶', story(6000, '完'));
    expect(said).toContain('只记得下前面 4000 个字');
    expect(said.indexOf('只记得下')).toBeLessThan(said.indexOf('已经登记'));
    expect((await appealOf())?.what).toHaveLength(4000);
  });

  test.each([
    ['what is added', `补充 ${'还有楼梯扶手也松了，'.repeat(200)}最后一级也断了`],
    ['what is said while it is urged', `催一下，${'真的等不得了，'.repeat(150)}最后一级也断了`],
    ['what is said when it is not solved', `没解决，${'还是黑的，'.repeat(300)}最后一级也断了`],
  ])('%s is kept to its last word', async (_, words) => {
    await desk.say('张奶奶', '3栋2单元楼道灯不亮');
    if (words.startsWith('没解决')) await desk.say('小周', '/办结 0018 换了灯泡，11月23日周师傅去的');
    await desk.say('张奶奶', words);
    expect((await appealOf())?.history.some(({ text = '' }) => text.endsWith('最后一级也断了'))).toBe(true);
  });

  test('what was typed before a choice is kept to its last word', async () => {
    await desk.say('吴叔', `叽里咕噜怎么回事${'，叽里咕噜'.repeat(100)}，你们来看`);
    await desk.say('吴叔', '1');
    expect((await appealOf())?.what).toMatch(/你们来看$/);
  });

  test.each(['/回复 0018 ', '/办结 0018 ', '/补充 0018 ', '/转 0018 物业 ', '/备注 0018 '])(
    '%s… that is too long is refused before anything is sent or noted',
    async (command) => {
      await desk.say('张奶奶', '3栋2单元楼道灯不亮');
      const before = (await appealOf())?.history.length;
      const said = await desk.say('小周', command + '师傅明天上午九点来换灯。'.repeat(400));
      expect(said).toContain('还没发出去');
      expect(said).not.toContain('张奶奶：');
      expect((await appealOf())?.history).toHaveLength(before ?? 0);
    },
  );

  test.each(['/回复 0018 ', '/补充 0018 '])('%s… of 3,000 characters reaches the resident whole', async (command) => {
    await desk.say('张奶奶', '3栋2单元楼道灯不亮');
    const words = `${'师傅明天上午九点来换灯。'.repeat(250)}最后再看一次`;
    expect(await desk.say('小周', command + words)).toContain(words);
  });

  test('what was typed before an argument that is asked for is not cut', async () => {
    await desk.say('张奶奶', '3栋2单元楼道灯不亮');
    await desk.say('小周', `/回复 ${'师傅明天上午九点来换灯。'.repeat(100)}最后再看一次`);
    expect(await desk.say('小周', '0018')).toContain('最后再看一次');
  });
});

describe('all of a message is read, however long', () => {
  const long = '我们这里的路灯又不亮了，晚上走路都看不见，'.repeat(700);

  test('danger at its end is heard', async () => {
    expect(await desk.say('刘哥', `${long}现在3栋着火了，屋里还有人`)).toContain('119');
  });

  test('a number at its end is masked', async () => {
    await desk.say('刘哥', `3栋2单元楼道灯不亮，${long}我电话13985801234`);
    expect(desk.onDisk()).not.toContain('13985801234');
  });

  test('and what is told of danger is kept for whoever goes', async () => {
    await desk.say('刘哥', `3栋着火了，${'里面有人在喊，'.repeat(600)}人在六楼左边`);
    expect(await desk.say('小周', '/警情 JQ261123-001')).toContain('人在六楼左边');
  });
});
