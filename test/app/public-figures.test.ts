import { expect, test } from '@jest/globals';
import { openTestDesk, readBy, written } from '../support/desk.ts';

test('公示 counts neither what was taken back nor what goes on under another number, and a merge makes no rate lower', async () => {
  const desk = await openTestDesk();
  await desk.say('张奶奶', '3栋2单元楼道灯不亮');
  await desk.say('杨哥', '5栋门口垃圾没人收');
  await desk.say('小刘', '6栋1单元楼道灯不亮');
  await desk.say('陈姐', '8栋门口垃圾没人收');
  await desk.say('陈姐', '撤回');
  await desk.say('陈姐', '1');
  await desk.say('小周', '/办结 0018 换了灯泡');
  await desk.say('小周', '/合并 0039 到 0026');
  await desk.to('2026-11-26T10:00:00+08:00');
  const record = readBy('王叔', await desk.say('王叔', '办理公示'));
  expect(record).toContain('居民反映 2 件，已经办完 1 件');
  // 0018 and 0039 were answered in time, 0026 was not.
  expect(record).toContain('3 件里有 2 件');
});

test('公示 names no kind of which there are fewer than three, nor one that is about the staff', async () => {
  const desk = await openTestDesk();
  const record = async () => readBy('王叔', await desk.say('王叔', '办理公示'));
  await desk.say('老钱', '我要投诉窗口的工作人员，在12栋办低保态度太差，让我跑了三趟');
  for (const [index, person] of ['住户1', '住户2'].entries()) await desk.say(person, `${index + 1}栋2单元楼道灯不亮`);
  expect(await record()).toContain('居民反映 3 件');
  expect(await record()).not.toMatch(/说得最多|路灯|工作人员/);
  await desk.say('住户3', '7栋2单元楼道灯不亮');
  await desk.say('住户4', '8栋门口垃圾没人收');
  expect(await record()).toMatch(/说得最多的：路灯、楼道灯不亮 3 件、其他 2 件\n/);
});

test('a building is no hotspot for what was taken back', async () => {
  const desk = await openTestDesk();
  const told = async (person: string, text: string) => written(await desk.say(person, text)).join('\n');
  await told('张奶奶', '3栋2单元楼道灯不亮');
  await told('陈姐', '3栋门口垃圾没人收');
  await desk.say('陈姐', '撤回');
  await desk.say('陈姐', '1');
  expect(await told('小刘', '3栋501楼上漏水')).not.toContain('天里反映了');
  expect(await told('杨哥', '3栋1单元电梯坏了')).toContain('3栋 7 天里反映了 3 次');
});
