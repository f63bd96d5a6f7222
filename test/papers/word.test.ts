import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import type { Said } from '../../src/cli/converse.ts';
import { openTestDesk, readBy } from '../support/desk.ts';

const media = mkdtempSync(join(tmpdir(), 'word-'));
afterAll(() => rmSync(media, { recursive: true, force: true }));

const complaint = '我要投诉窗口的工作人员，在12栋办低保态度太差，让我跑了三趟';

/** A leak that was handed on, with a telephone number in it, and a complaint about the staff. */
async function withCases() {
  const desk = await openTestDesk({ media });
  await desk.say('张奶奶', '3栋2单元501天花板漏水，我电话13812345678');
  await desk.say('老钱', complaint);
  const number = (await desk.store.transaction((tx) => tx.find('appeals', { person: '张奶奶' })))[0]?.id ?? '';
  await desk.say('小周', `/转 ${number} 物业 请尽快修`);
  return { ...desk, number };
}

/** The Word file that was sent, and its text, paragraph by paragraph. */
function wordIn(said: readonly Said[]) {
  const file = said.find((each) => each.file?.endsWith('.docx'))?.file ?? '';
  const zip = unzipSync(readFileSync(file));
  const xml = strFromU8(zip['word/document.xml'] ?? new Uint8Array());
  const paragraphs = [...xml.matchAll(/<w:p[ >].*?<\/w:p>/gs)].map(([each]) =>
    [...each.matchAll(/<w:t[^>]*>([^<]*)</g)].map(([, text]) => text).join(''),
  );
  return { file, xml, text: paragraphs.join('\n') };
}

describe('转办函', () => {
  test('goes to whom the case was handed on, with lines to sign, on A4, in the fonts of official papers, names and numbers masked', async () => {
    const { say, number } = await withCases();
    const said = await say('小周', `/转办函 ${number}`);
    const { xml, text } = wordIn(said);
    for (const words of ['转办函', '物业：', number, '3栋2单元501', '张某', '138****5678', '收函人（签字）：＿', '黄土坡社区居民委员会'])
      expect(text).toContain(words);
    for (const secret of ['张奶奶', '13812345678']) expect(text + readBy('小周', said)).not.toContain(secret);
    expect(xml).toContain('w:w="11906" w:h="16838"');
    expect(xml).toContain('w:eastAsia="仿宋"');
    expect(xml).toContain('w:eastAsia="宋体"');
  });

  test('is refused for what nobody was handed', async () => {
    const { say, store } = await withCases();
    await say('王叔', '5栋1单元楼道灯不亮');
    const [lamp] = await store.transaction((tx) => tx.find('appeals', { person: '王叔' }));
    expect(readBy('小周', await say('小周', `/转办函 ${lamp?.id}`))).toContain('还没有转出去');
  });

  test('is whole for a director who asks, which is noted; not for a worker, nor in a group', async () => {
    const { say, store, number } = await withCases();
    expect(readBy('小周', await say('小周', `/转办函 ${number} 原文`))).toContain('只有主任');
    expect((await say('李主任', `/转办函 ${number} 原文`, { room: '工作群' })).some(({ file }) => file !== undefined)).toBe(false);
    const { text } = wordIn(await say('李主任', `/转办函 ${number} 原文`));
    expect(text).toContain('张奶奶');
    expect(text).toContain('13812345678');
    const acts = await store.transaction((tx) => tx.find('audit', { act: 'paper.originals' }));
    expect(acts).toMatchObject([{ actor: '李主任', target: number, allowed: true }]);
    expect(await store.transaction((tx) => tx.find('discards'))).toHaveLength(1);
  });
});

test('what residents say and are called forges no line of ours in a letter, a record or the ledger', async () => {
  const desk = await openTestDesk({ media });
  const forged = '\n【社区答复】已经办结\u2028【签收】李主任\u202e\ud800';
  const who = `王五${forged}`;
  await desk.say(who, `3栋2单元501天花板漏水${forged}`);
  const [leak] = await desk.store.transaction((tx) => tx.find('appeals'));
  await desk.say('小周', `/转 ${leak?.id} 物业 请尽快修`);
  await desk.say(who, `补充 越漏越大${forged}`);
  for (const command of [`/转办函 ${leak?.id} 原文`, `/记录 ${leak?.id} 原文`, '/台账 11月 原文']) {
    const { text } = wordIn(await desk.say('李主任', command));
    expect(text).toContain('天花板漏水 （社区答复）已经办结');
    expect(text).not.toMatch(/[【】\u2028\u202e\ufffd]|\p{Cs}/u);
  }
});

test('记录 is a Word file with the course and lines to sign', async () => {
  const { say, number } = await withCases();
  const { text } = wordIn(await say('小周', `/记录 ${number}`));
  for (const words of ['劝阻、调解记录', '经过', '转办', '当事人（签字）', '张某']) expect(text).toContain(words);
  expect(text).not.toContain('张奶奶');
});

describe('台账', () => {
  test('tells who, what, where, when and the result, masked, without what only directors see', async () => {
    const { say, number } = await withCases();
    await say('小周', `/办结 ${number} 物业换了水管`);
    await say('张奶奶', '1');
    await say('张奶奶', '1');
    const said = await say('小周', '/台账 11月');
    const { xml, text } = wordIn(said);
    for (const words of ['台账', number, '张某', '3栋2单元501', '138****5678', '转物业', '物业换了水管', '解决了', '负责人：＿'])
      expect(text).toContain(words);
    for (const secret of ['张奶奶', '13812345678', '态度太差', '12栋', '钱某']) expect(text).not.toContain(secret);
    expect(readBy('小周', said)).toContain('另有 1 件只有主任能看');
    expect(xml).toContain('w:w="16838" w:h="11906"');
    expect(xml).toContain('w:orient="landscape"');
    expect(xml).toContain('<w:tblHeader/>');
  });

  test('is whole for a director who asks, which is noted, and never goes to a group', async () => {
    const { say, store } = await withCases();
    const group = await say('小周', '/台账 11月', { room: '工作群' });
    expect(group.filter(({ room, file }) => room !== undefined && file !== undefined)).toEqual([]);
    expect(readBy('小周', await say('小周', '/台账 11月 原文'))).toContain('只有主任');
    expect(wordIn(await say('李主任', '/台账 11月')).text).not.toContain('张奶奶');
    const { text } = wordIn(await say('李主任', '/台账 11月 原文'));
    for (const words of ['张奶奶', '13812345678', '态度太差']) expect(text).toContain(words);
    const acts = await store.transaction((tx) => tx.find('audit', { act: 'ledger.originals' }));
    expect(acts).toMatchObject([{ actor: '李主任', allowed: true }]);
  });
});

test('周报 is a page and a Word file that say the same, without anybody’s name', async () => {
  const { say } = await withCases();
  const said = await say('李主任', '/周报 本周');
  const page = readFileSync(said.find(({ file }) => file?.endsWith('.html'))?.file ?? '', 'utf8');
  const { text } = wordIn(said);
  for (const words of ['居民诉求周报', '一、居民反映了什么', '制表人：＿']) {
    expect(text).toContain(words);
    expect(page).toContain(words);
  }
  for (const secret of ['张奶奶', '态度太差', '12栋']) expect(text).not.toContain(secret);
});
