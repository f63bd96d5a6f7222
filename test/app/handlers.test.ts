import { describe, expect, test } from '@jest/globals';
import { openTestDesk, readBy } from '../support/desk.ts';

/** A desk with three workers; `file` files a matter of its own and gives its handler. */
async function desk() {
  const opened = await openTestDesk({
    rooms: [],
    papers: false,
    staff: [{ name: '李主任', role: 'director' }, ...['小周', '小吴', '小刘'].map((name) => ({ name, role: 'worker' as const }))],
  });
  let count = 0;
  const file = async (text: string) => {
    count += 1;
    const heard = await opened.say(`居民${count}`, text);
    const [newest] = await opened.store.transaction((tx) => tx.find('appeals', { person: `居民${count}` }, { by: 'createdAt' }));
    return { handler: newest?.handler, id: newest?.id ?? '', heard, receipt: readBy(`居民${count}`, heard), resident: `居民${count}` };
  };
  const say = async (from: string, text: string) => readBy(from, await opened.say(from, text));
  return { ...opened, file, ask: say };
}

describe('who handles a new case', () => {
  test.each([
    ['3栋2单元楼道灯不亮', '小周', 'a building with a kind before the building'],
    ['3栋2单元501天花板漏水', '小吴', 'a building before the kind'],
    ['人民路路灯不亮', '小刘', 'the kind'],
    ['阳光花园的路灯不亮', '小刘', 'the kind before the compound'],
    ['阳光花园里面有人乱停车', '李主任', 'the compound'],
    ['阳光花园5栋门口垃圾没人收', '李主任', 'the compound that a building lies in'],
    ['8栋门口垃圾没人收', undefined, 'nobody where nothing fits'],
    ['13栋门口垃圾没人收', undefined, 'nobody of another building'],
  ])('%s: %s (%s)', async (text, name, _) => {
    const { file, ask } = await desk();
    await ask('李主任', '/负责 @小周 3栋路灯');
    await ask('李主任', '/负责 @小吴 3幢');
    await ask('李主任', '/负责 @小刘 路灯');
    await ask('李主任', '/负责 @李主任 阳光花园小区');
    const { handler, receipt } = await file(text);
    expect(handler).toBe(name);
    if (name === undefined) expect(receipt).not.toContain('来办');
    else expect(receipt).toContain(name === '李主任' ? '由李主任来办' : `由网格员${name}来办`);
  });

  test('of matters about the staff themselves is no worker', async () => {
    const { file, ask } = await desk();
    await ask('李主任', '/负责 @小周 工作人员态度、3栋');
    const { handler, heard } = await file('窗口那个工作人员态度太差 吼我');
    expect(handler).toBeUndefined();
    expect(readBy('小周', heard)).toBe('');
  });

  test('is the one of the right place, when the resident corrects it', async () => {
    const { file, ask, say } = await desk();
    await ask('李主任', '/负责 @小周 3栋');
    await ask('李主任', '/负责 @小吴 5栋');
    const { id, resident } = await file('3栋2单元楼道灯不亮');
    const heard = await say(resident, '地点不对，是5栋2单元');
    expect((await say('李主任', `/查 ${id}`)).map(({ text }) => text).join()).toContain('经办：小吴');
    expect(readBy('小吴', heard)).toContain('5栋2单元');
  });

  test('was taken by hand stays with whoever took it', async () => {
    const { file, ask, say } = await desk();
    await ask('李主任', '/负责 @小周 3栋');
    const { id, resident } = await file('3栋2单元楼道灯不亮');
    await ask('小吴', `/受理 ${id}`);
    await say(resident, '地点不对，是3栋1单元');
    expect(await ask('李主任', `/查 ${id}`)).toContain('经办：小吴');
  });

  test('hears of it privately, once, beside the group', async () => {
    const { file, ask } = await desk();
    await ask('李主任', '/负责 @小周 3栋');
    const { heard } = await file('3栋2单元楼道灯不亮');
    expect(heard.filter(({ to }) => to === '小周')).toHaveLength(1);
    expect(heard.filter(({ room }) => room === '工作群')).toHaveLength(1);
  });
});

describe('while somebody is away', () => {
  test('their cases go to the deputy, also through one who is away too, and come back', async () => {
    const { file, ask, to } = await desk();
    await ask('李主任', '/负责 @小周 3栋');
    await ask('小周', '/请假 3天 @小吴');
    await ask('小吴', '/请假 1天 @小刘');
    const first = await file('3栋2单元楼道灯不亮');
    expect(first.handler).toBe('小周');
    expect(first.receipt).toContain('由网格员小刘来办');
    expect(readBy('小刘', first.heard)).toContain('小周 请假，您代班');
    expect(readBy('小周', first.heard)).toBe('');
    await to('2026-11-24T09:00:00+08:00');
    expect((await file('3栋3单元楼道灯不亮')).receipt).toContain('由网格员小吴来办');
    expect(readBy('小周', await to('2026-11-26T09:00:00+08:00'))).toContain('您今天回来了');
    expect((await file('3栋门口垃圾没人收')).receipt).toContain('由网格员小周来办');
  });

  test('and nobody stands in, whoever is on duty does; when there is nobody, the staff hear of it', async () => {
    const { file, ask } = await desk();
    await ask('李主任', '/负责 @小周 3栋');
    await ask('小周', '/请假 到周五 带娃看病');
    const alone = await file('3栋2单元楼道灯不亮');
    expect(alone.receipt).not.toContain('来办');
    expect(alone.heard.filter(({ to }) => to?.startsWith('小'))).toEqual([]);
    await ask('李主任', '/值班 @小刘');
    expect((await file('3栋门口垃圾没人收')).receipt).toContain('由网格员小刘来办');
  });

  test('with nothing in hand, nothing is told of it', async () => {
    const { say } = await desk();
    const told = readBy('小刘', await say('小周', '/请假 3天 @小刘'));
    expect(told).toContain('请您代班');
    expect(told).not.toMatch(/负责的|没办完/);
  });

  test('two who stand for each other are no circle', async () => {
    const { file, ask } = await desk();
    await ask('李主任', '/负责 @小周 3栋');
    await ask('小周', '/请假 3天 @小吴');
    await ask('小吴', '/请假 3天 @小周');
    expect((await file('3栋2单元楼道灯不亮')).receipt).not.toContain('来办');
  });

  test('whoever is on duty is called by their deputy, and called all the same without one', async () => {
    const { ask, say } = await desk();
    await ask('李主任', '/值班 @小周');
    await ask('小周', '/请假 1天');
    expect(readBy('小周', await say('甲', '3栋起火了，屋里有人'))).toContain('紧急');
    await ask('小周', '/请假 1天 @小吴');
    const heard = await say('乙', '7栋起火了，屋里有人');
    expect(readBy('小吴', heard)).toContain('紧急');
    expect(readBy('小周', heard)).toBe('');
  });

  test('only a director may send somebody else on leave, and only staff stand in', async () => {
    const { ask } = await desk();
    await ask('路人', '你好');
    expect(await ask('小周', '/请假 @小吴 3天 @小刘')).toContain('要主任来发');
    expect(await ask('小周', '/请假 3天 @路人')).toContain('不是工作人员');
    expect(await ask('小周', '/请假 3天 @小周')).toContain('自己不能代自己');
    expect(await ask('李主任', '/请假 @小吴 3天 @小刘')).toContain('小吴 请假');
    expect(await ask('小吴', '/请假 取消')).toContain('销了');
    expect(await ask('小吴', '/请假 昨天')).toContain('看不出是哪几天');
  });
});

test('whoever leaves the staff loses what they were responsible for, had in hand and stood in for', async () => {
  const { file, ask, store } = await desk();
  await ask('李主任', '/负责 @小周 3栋、路灯');
  const { id } = await file('3栋2单元楼道灯不亮');
  await ask('小吴', '/请假 3天 @小周');
  const told = await ask('李主任', '/员工 停 @小周');
  expect(told).toContain('3栋、路灯');
  expect(told).toContain('1 件现在没人领');
  const rows = await store.transaction(async (tx) => ({
    responsibilities: await tx.find('responsibilities'),
    absences: await tx.find('absences'),
    appeal: await tx.get('appeals', id),
  }));
  expect(rows.responsibilities).toEqual([]);
  expect(rows.absences).toEqual([expect.not.objectContaining({ deputy: expect.anything() })]);
  expect(rows.appeal).not.toHaveProperty('handler');
  expect((await file('人民路路灯不亮')).handler).toBeUndefined();
});
