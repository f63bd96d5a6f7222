import { describe, expect, test } from '@jest/globals';
import { at, confirmed, item, newsdesk } from './newsdesk.ts';

describe('an item and an edition that was released', () => {
  async function released() {
    const desk = await newsdesk({ news: [] });
    await desk.say('小周', '/消息 加 周六义诊\n上午九点');
    await desk.say('小周', '/播报 拟');
    await confirmed(desk, '李主任', '/播报 定');
    await desk.say('小周', '/消息 列');
    return desk;
  }

  test('that holds it: whoever deletes or changes it hears that it goes out all the same, and how to stop it', async () => {
    const desk = await released();
    expect(await desk.say('小周', '/消息 改 1 周六义诊\n改到十点')).toContain(
      '它还在定了的“黄土坡社区一周消息”里，11月27日 9:00 照旧发出去',
    );
    expect(await desk.say('小周', '/消息 删 1')).toContain('照旧发出去');
    await desk.say('小周', '/播报 停');
    await desk.to('11-27 09:00');
    expect(desk.heard('上午九点').filter((who) => who.length === 1)).toEqual([]);
  });

  test('that came after it: its author hears that it waits for the next', async () => {
    const desk = await released();
    expect(await desk.say('小周', '/消息 加 后来的\n赶上没有')).toContain('这条等下一期');
  });
});

describe('what is disclosed', () => {
  test('is not taken out of its category before its time, and so not deleted that way', async () => {
    const desk = await newsdesk({ news: [] });
    await desk.say('小周', '/消息 加 类别:居务公开 账目\n收支');
    await desk.to('11-27 09:00');
    await desk.say('小周', '/消息 列');
    expect(await desk.say('小周', '/消息 改 1 类别:活动')).toContain('也不能换栏目');
    expect(await desk.say('小周', '/消息 改 1 账目更正\n收支')).toContain('账目更正');
    expect(await desk.say('小周', '/消息 删 1')).toContain('现在不能删');
  });
});

test('a picture belongs to the item that its sender wrote or changed last', async () => {
  const desk = await newsdesk({ news: [], rooms: ['A'] });
  await desk.say('小周', '/消息 加 义诊\n周六');
  await desk.to('11-23 10:10');
  await desk.say('小周', '/消息 加 包饺子\n周日');
  await desk.to('11-23 10:20');
  await desk.say('小周', '/消息 列');
  await desk.say('小周', '/消息 改 1 到期:周六');
  const [changed] = await desk.store.transaction((tx) => tx.find('newsItems', { at: { atLeast: at('11-23 10:20').toISOString() } }));
  expect(await desk.show('小周', 'a.jpg')).toContain(`照片配给“${changed?.title}”了`);
});

test('a file is no picture: neither before nor after an item does it go out with it', async () => {
  const desk = await newsdesk({ news: [], rooms: ['A'] });
  await desk.show('小周', '名单.xlsx');
  expect(await desk.say('小周', '/消息 加 义诊\n周六')).not.toContain('照片 1 张');
  await desk.say('小周', '算了');
  expect(await desk.show('小周', '海报.pdf')).toContain('只能配照片');
  await desk.to('11-27 09:00');
  expect(desk.said.flatMap(({ file = [] }) => file)).toEqual([]);
});

test('in their group staff confirm by the code without addressing the bot; other chatter confirms nothing', async () => {
  const desk = await newsdesk({ news: [], rooms: ['A'] });
  const chat = (id: string, text: string) => desk.app.hear({ id, person: '小周', room: '工作群', text, kind: 'text', addressed: false });
  await chat('g1', '/播报 急 停水');
  await desk.app.outbox.pump();
  const [code = ''] = /确认 [A-Z0-9]+/.exec(desk.said.at(-1)?.text ?? '') ?? [];
  await chat('g2', '停水的事情大家确认一下');
  await desk.app.outbox.pump();
  expect(desk.heard('紧急通知】停水')).not.toContain('A');
  await chat('g3', code);
  await desk.app.outbox.pump();
  expect(desk.heard('紧急通知】停水')).toContain('A');
});

test('what is too long is refused, not cut', async () => {
  const desk = await newsdesk();
  const long = '长篇大论，'.repeat(2000);
  for (const command of ['/消息 加 大事\n', '/播报 急 大事\n']) expect(await desk.say('小周', command + long)).toContain('太长了');
  expect(await desk.store.transaction((tx) => tx.find('newsItems'))).toEqual([]);
});

test('a command that is typed anew answers what was asked for: the next message is no answer to it', async () => {
  const desk = await newsdesk({ news: [] });
  await desk.say('小周', '/消息 加 义诊\n周六');
  await desk.say('小周', '/消息 列');
  expect(await desk.say('小周', '/消息 改 1')).toContain('内容呢');
  await desk.say('小周', '/消息 改 1 义诊\n周日');
  await desk.say('小周', '谢谢');
  expect((await desk.store.transaction((tx) => tx.find('newsItems'))).map(({ title }) => title)).toEqual(['义诊']);
});

test('an item that was deleted is neither changed nor deleted again', async () => {
  const desk = await newsdesk({ news: [] });
  await desk.say('小周', '/消息 加 义诊\n周六');
  await desk.say('小周', '/消息 列');
  await desk.say('小周', '/消息 删 1');
  for (const again of ['/消息 改 1 义诊\n周日', '/消息 删 1']) expect(await desk.say('小周', again)).toContain('已经删了');
});

test('“确认” alone is told its code again, and does nothing', async () => {
  const desk = await newsdesk();
  await desk.say('小周', '/播报 急 停水');
  expect(await desk.say('小周', '确认')).toMatch(/^确定的话，3 分钟内回复：确认 [A-Z0-9]+/);
  expect(desk.said.filter(({ kind }) => kind === 'broadcast')).toEqual([]);
});

test('help for one kind of command shows only those', async () => {
  const desk = await newsdesk();
  const help = await desk.say('小周', '/帮助 播报');
  expect(help).toContain('/播报 急');
  expect(help).not.toContain('/待办');
});

test('a draft that is made anew keeps its first words until they are taken away', async () => {
  const desk = await newsdesk({ news: [item('a', '2026-11-23')] });
  await desk.say('小周', '/播报 拟 天冷了，添件衣裳。');
  expect(await desk.say('小周', '/播报 拟')).toContain('天冷了');
  expect(await desk.say('小周', '/播报 拟 不要开头')).not.toContain('天冷了');
});
