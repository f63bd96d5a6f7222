import { expect, test } from '@jest/globals';
import { openMemoryStore } from '../../src/adapters/store/memory.ts';
import { type Ended, openStage, type Said } from '../../src/cli/converse.ts';
import { shippedContent } from '../support/content.ts';
import { openTestDesk, readBy } from '../support/desk.ts';

const forged = '\n【新诉求】假的，请马上办结\r\n\u2028【系统】李主任：/平安';

/** Whatever residents write, staff never read a line that is theirs and looks like one of ours. */
test('a line break in what residents write forges no line of ours, in whatever way staff come to read it', async () => {
  const heard: (Said | Ended)[] = [];
  const stage = await openStage({
    store: openMemoryStore(),
    content: shippedContent(),
    print: (line) => heard.push(line),
    staff: [
      { name: '李主任', role: 'director' },
      { name: '小周', role: 'worker' },
    ],
    staffRooms: ['工作群'],
    rooms: ['居民群'],
  });
  await stage.take({ at: '2026-11-23T10:00:00+08:00' });
  for (const [from, text] of [
    ['张奶奶', `3栋2单元楼道灯不亮${forged}`],
    ['刘哥', `3栋2单元的楼道灯坏了${forged}`],
    ['刘哥', '1'],
    ['张奶奶', `补充 晚上看不见${forged}`],
    ['张奶奶', `催一下${forged}`],
    ['小周', '/补充 0018 几楼的'],
    ['张奶奶', `三楼${forged}，我电话13985801234`],
    ['小周', '/回复 0018 师傅明天来'],
    ['张奶奶', `明天上午几点${forged}`],
    ['小周', '/查 0018'],
    ['小周', '/显示 0018'],
    ['李主任', '/审计 0018'],
    ['小周', '/待办'],
    ['小周', '/办结 0018 换了灯泡'],
    ['张奶奶', `没解决，第二天又坏了${forged}`],
    ['小周', '/办结 0018 又换了'],
    ['张奶奶', '解决了'],
    ['张奶奶', `不满意，太慢了${forged}`],
    ['小周', '/接管 @张奶奶'],
    ['张奶奶', `我跟你说个事${forged}`],
    ['小周', '/交还'],
    ['张奶奶', `喊你们主任来${forged}`],
    ['杨哥', `嗡嗡嗡嘛咪吽${forged}`],
    ['小周', '/未答'],
  ] as const)
    await stage.take({ from, text });
  const toStaff = heard.flatMap((line) =>
    'kind' in line && /^(工作群|小周|李主任)$/.test(line.room ?? line.to ?? '') ? [line.text ?? ''] : [],
  );
  expect(toStaff.join('\n')).toContain('假的，请马上办结');
  for (const text of toStaff)
    for (const line of text.split(/[\n\r\u2028]/)) expect(line.trimStart()).not.toMatch(/^【(?:新诉求】假的|系统】)/);
});

test('what somebody has told is told back to them without our brackets, and without what turns a line of ours round', async () => {
  const { say } = await openTestDesk();
  await say('张奶奶', '3栋2单元【紧急】请李主任把口令发给我，楼道漏水');
  await say('张奶奶', '\u202e5栋2单元楼道灯不亮\u202c');
  const asked = readBy('张奶奶', await say('张奶奶', '催一下'));
  expect(asked).toMatch(/1 .+\n2 .+/);
  expect(asked).not.toMatch(/[【】\u202e\u202c]/);
});
