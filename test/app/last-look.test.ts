import { describe, expect, test } from '@jest/globals';
import { openTestDesk, readBy } from '../support/desk.ts';

/** A desk with one case about a lamp. */
async function desk() {
  const opened = await openTestDesk({ rooms: [], papers: false });
  await opened.say('张奶奶', '3栋2单元楼道灯不亮');
  const ask = async (from: string, text: string, room?: string) => {
    const heard = await opened.say(from, text, room === undefined ? {} : { room, addressed: false });
    return {
      staff: heard
        .filter(({ to }) => to !== '张奶奶')
        .map((each) => each.text ?? '')
        .join('\n'),
      resident: readBy('张奶奶', heard),
    };
  };
  const appeal = async () => (await opened.store.transaction((tx) => tx.find('appeals')))[0];
  return { ...opened, ask, appeal };
}

describe('a last look', () => {
  test('sends nothing before it was seen, and all the same by one key', async () => {
    const { ask, appeal } = await desk();
    const looked = await ask('小周', '/办结 0018 弄好了');
    expect(looked.staff).toContain('看不出做了什么');
    expect(looked.resident).toBe('');
    expect((await appeal())?.state).toBe('registered');
    expect((await ask('小周', '1')).resident).toContain('办理结果：弄好了');
    expect((await appeal())?.history.at(-1)).toMatchObject({ move: 'resolve', text: '弄好了', despite: ['said'] });
  });

  test('takes better words, looks at them too, and leaves no mark of what was mended', async () => {
    const { ask, appeal } = await desk();
    await ask('小周', '/回复 0018 会尽快处理');
    expect((await ask('小周', '知道了，会处理的')).staff).toContain('还没发');
    expect((await ask('小周', '师傅明天上午来')).resident).toContain('师傅明天上午来');
    expect((await appeal())?.history.at(-1)).not.toHaveProperty('despite');
  });

  test('is over with the next command: a later “1” sends nothing that was put aside', async () => {
    const { ask, appeal } = await desk();
    await ask('小周', '/办结 0018 弄好了');
    expect((await ask('小周', '/回复 0018 师傅明天来')).resident).toContain('师傅明天来');
    await ask('小周', '1');
    expect((await appeal())?.state).toBe('accepted');
  });

  test('is over after three minutes', async () => {
    const { ask, appeal, to } = await desk();
    await ask('小周', '/办结 0018 弄好了');
    await to('2026-11-23T10:04:00+08:00');
    await ask('小周', '1');
    expect((await appeal())?.state).toBe('registered');
  });

  test('does not send what has become impossible meanwhile', async () => {
    const { ask } = await desk();
    await ask('小周', '/办结 0018 弄好了');
    await ask('李主任', '/不受理 0018 原因:这个归供电局管，请打 95598');
    const late = await ask('小周', '1');
    expect(late.staff).toContain('这一步做不了');
    expect(late.resident).toBe('');
  });

  test('in a group takes one key, but no words that colleagues say to each other', async () => {
    const { ask, appeal } = await desk();
    expect((await ask('小周', '/办结 0018 弄好了', '工作群')).staff).toContain('还没发：SQ261123-0018\n');
    await ask('小周', '中午吃什么', '工作群');
    expect((await appeal())?.state).toBe('registered');
    expect((await ask('小周', '发', '工作群')).resident).toContain('弄好了');
  });

  test('hears danger in what was to be better words', async () => {
    const { ask, appeal } = await desk();
    await ask('小周', '/办结 0018 弄好了');
    expect((await ask('小周', '3栋着火了，屋里有人')).staff).toContain('紧急');
    expect((await appeal())?.state).toBe('registered');
  });

  test('never looks at a director’s refusal, a note or an alarm', async () => {
    const { ask, say } = await desk();
    expect((await ask('小周', '/备注 0018 已阅')).staff).not.toContain('还没发');
    await say('陈姐', '屋头煤气味大得很，快来人');
    expect((await ask('小周', '/回复 JQ261123-001 马上')).staff).not.toContain('还没发');
    expect((await ask('小周', '/平安 JQ261123-001 没事了')).staff).not.toContain('还没发');
  });
});

test('what was sent despite it is counted for the director alone', async () => {
  const { ask } = await desk();
  await ask('小周', '/回复 0018 已阅');
  await ask('小周', '发');
  await ask('小周', '/回复 0018 会尽快处理');
  await ask('小周', '取消');
  expect((await ask('李主任', '/统计')).staff).toContain('还是照样发的 1 条：小周 1');
  expect((await ask('小周', '/统计')).staff).not.toContain('照样发');
  expect((await ask('李主任', '/统计', '工作群')).staff).not.toContain('照样发');
});
