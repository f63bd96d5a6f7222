import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import type { Line, Said } from '../../src/cli/converse.ts';
import { housekeep } from '../../src/desk/keeping/housekeeping.ts';
import { openTestDesk } from '../support/desk.ts';

const media = mkdtempSync(join(tmpdir(), 'figures-'));
afterEach(() => rmSync(media, { recursive: true, force: true }));

/** A desk; `say` gives what was said and sent to anybody in answer. */
async function desk() {
  const { stage, store, ...opened } = await openTestDesk({ media, rooms: [], at: null });
  const say = (from: string, text: string, more: Line = {}) => opened.say(from, text, { addressed: true, ...more });
  return { stage, store, say };
}

const told = (said: readonly Said[], to: string) => said.find((each) => each.to === to && each.room === undefined)?.text ?? '';

test('an export of what was typed is for a director, and is nowhere on the disk once it was sent', async () => {
  const { say, stage, store } = await desk();
  await say('张奶奶', '3栋2单元楼道灯不亮，我电话13985801234', { at: '2026-11-23T10:00:00+08:00' });
  const masked = (await say('李主任', '/导出 月')).find(({ file }) => file)?.file ?? '';
  expect(sheetsOf(masked).flat(2).join()).not.toContain('13985801234');
  expect(told(await say('小周', '/导出 月 原文'), '小周')).toContain('只有主任');
  const [sent] = await say('李主任', '/导出 月 原文');
  expect(
    sheetsOf(sent?.file ?? '')
      .flat(2)
      .join(),
  ).toContain('13985801234');
  expect(await store.transaction((tx) => tx.find('discards'))).toHaveLength(1);
  const acts = await store.transaction((tx) => tx.find('audit', { act: 'export.originals' }));
  expect(acts).toHaveLength(1);
  await stage.take({ at: '2026-11-23T10:01:00+08:00' });
  expect(await store.transaction((tx) => tx.find('discards'))).toEqual([]);
});

/** The texts of each sheet of a workbook, row by row. */
function sheetsOf(file: string): string[][][] {
  const zip = unzipSync(readFileSync(file));
  const part = (name: string) => strFromU8(zip[name] ?? new Uint8Array());
  const plain = (xml: string) =>
    xml
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&quot;/g, '"')
      .replace(/&apos;/g, "'")
      .replace(/&amp;/g, '&');
  const strings = [...part('xl/sharedStrings.xml').matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map(([, text = '']) => plain(text));
  return [1, 2, 3].map((sheet) =>
    [...part(`xl/worksheets/sheet${sheet}.xml`).matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row = '']) =>
      [...row.matchAll(/<c [^>]*?(?:\/>|>(.*?)<\/c>)/gs)].map(([cell, value = '']) => {
        const inner = value.replace(/<[^>]*>/g, '');
        return cell.includes('t="s"') ? (strings[Number(inner)] ?? '') : inner;
      }),
    ),
  );
}

const complaint = '我要投诉窗口的工作人员，在12栋办低保态度太差，让我跑了三趟';

describe('统计', () => {
  test('an appeal that went to the archive meanwhile still counts in its month, and in the one after', async () => {
    const { store, say } = await desk();
    await say('张奶奶', '3栋2单元501天花板漏水', { at: '2026-03-31T23:50:00+08:00' });
    const [appeal] = await store.transaction((tx) => tx.find('appeals'));
    await say('小周', `/办结 ${appeal?.id} 换了管子`, { at: '2026-04-01T09:00:00+08:00' });
    await say('张奶奶', '1');
    await say('张奶奶', '1');
    await store.transaction((tx) => housekeep(tx, new Date('2026-11-24T03:00:00+08:00')));
    expect(await store.transaction((tx) => tx.find('appeals'))).toEqual([]);
    const march = told(await say('小周', '/统计 3月', { at: '2026-11-24T10:00:00+08:00' }), '小周');
    expect(march).toContain('收到 1 件，比2月多 1 件\n办结 0 件');
    const april = told(await say('小周', '/统计 4月'), '小周');
    expect(april).toContain('收到 0 件，比3月少 1 件\n办结 1 件，比3月多 1 件');
    expect(april).toContain('解决率 100%（1 件里有 1 件）');
  });

  test('the place of a complaint about the staff is named to a director in private, and to nobody else', async () => {
    const { say } = await desk();
    await say('老钱', complaint, { at: '2026-11-24T10:00:00+08:00' });
    expect(told(await say('李主任', '/统计'), '李主任')).toContain('12栋 1 件');
    const [group] = await say('李主任', '/统计', { room: '工作群' });
    const worker = told(await say('小周', '/统计'), '小周');
    for (const text of [group?.text ?? '', worker]) {
      expect(text).toContain('收到 1 件');
      expect(text).toContain('未写明 1 件');
      expect(text).not.toContain('12栋');
    }
  });
});

describe('导出', () => {
  async function withAppeals() {
    const all = await desk();
    await all.say('张奶奶', '=HYPERLINK("http://x","看") 3栋2单元501天花板漏水，打13812345678找我', { at: '2026-11-24T10:00:00+08:00' });
    await all.say('王叔', '5栋楼道堆满了杂物，匿名');
    await all.say('老钱', complaint);
    return all;
  }
  const exported = async (say: Awaited<ReturnType<typeof desk>>['say'], who: string) => {
    const said = await say(who, '/导出 本周');
    return { said, sheets: sheetsOf(said.find(({ file }) => file?.endsWith('.xlsx'))?.file ?? '') };
  };

  test('a worker gets every appeal but those about the staff, without names, numbers masked, no formula', async () => {
    const { say } = await withAppeals();
    const { said, sheets } = await exported(say, '小周');
    expect(told(said, '小周')).toContain('诉求 2 件');
    expect(told(said, '小周')).toContain('另有 1 件只有主任能看');
    const text = JSON.stringify(sheets);
    expect(sheets[0]?.[0]).not.toContain('反映人');
    for (const secret of ['张奶奶', '王叔', '老钱', '态度太差', '13812345678', '12栋']) expect(text).not.toContain(secret);
    expect(text).toContain('138****5678');
    expect(sheets[0]?.[1]?.[5]).toMatch(/^'=HYPERLINK/);
    expect(sheets[2]?.slice(1).map((row) => row[2])).toEqual(['居民', '居民']);
  });

  test('a director gets all of them, with names, but nobody who wanted to stay unnamed', async () => {
    const { say, store } = await withAppeals();
    const { said, sheets } = await exported(say, '李主任');
    expect(told(said, '李主任')).toContain('诉求 3 件');
    expect(sheets[0]?.slice(1).map((row) => row.at(-1))).toEqual(['张奶奶', '匿名', '老钱']);
    expect(JSON.stringify(sheets)).not.toContain('王叔');
    const [, received] = sheets[1] ?? [];
    expect(received).toEqual(['收到（件）', '3', '0', '']);
    const audit = await store.transaction((tx) => tx.find('audit', { act: 'export' }));
    expect(audit).toMatchObject([{ actor: '李主任', allowed: true, target: '2026-11-23/2026-11-24' }]);
  });

  test('the file never goes to a group, not even when its reader cannot be reached', async () => {
    const { say } = await withAppeals();
    const inGroup = await say('小周', '/导出 本周', { room: '工作群' });
    expect(inGroup.filter(({ room, file }) => room !== undefined && file !== undefined)).toEqual([]);
    expect(inGroup.some(({ to, room, file }) => to === '小周' && room === undefined && file !== undefined)).toBe(true);
    const stranger = await say('小周', '/导出 本周', { room: '工作群', friend: false });
    expect(stranger.filter(({ file }) => file !== undefined)).toEqual([]);
    expect(stranger[0]?.text).toContain('表格只发给您本人');
    expect((await say('小周', '我来了', { friend: true })).some(({ file }) => file !== undefined)).toBe(true);
  });
});

test('周报 names nobody and tells nothing of a complaint about the staff but that it was counted', async () => {
  const { say } = await desk();
  await say('张奶奶', '3栋2单元501天花板漏水，我是张桂兰，打13812345678', { at: '2026-11-10T10:00:00+08:00' });
  await say('老钱', complaint);
  const said = await say('小周', '/周报', { at: '2026-11-23T10:00:00+08:00', room: '工作群' });
  const report = said.find(({ file }) => file?.endsWith('.html'));
  const week = await say('小周', '/周报 上上周');
  const whole = [report, week.find(({ file }) => file !== undefined)]
    .map((each) => `${each?.text}${readFileSync(each?.file ?? '', 'utf8')}`)
    .join('\n');
  expect(whole).toContain('其中超期 2 件');
  expect(whole).toContain('工作人员态度、办事慢 1 件');
  for (const secret of ['张奶奶', '张桂兰', '1381', '5678', '老钱', '态度太差', '12栋', '501']) expect(whole).not.toContain(secret);
});

test('when a picture cannot be made, the figures are told all the same', async () => {
  const { say, stage } = await desk();
  Object.assign(stage.app, { papers: { chart: () => Promise.reject(new Error('no font')) } });
  const [said] = await say('小周', '/统计', { at: '2026-11-24T10:00:00+08:00' });
  expect(said?.text).toContain('近7天统计');
  expect(said?.text).toContain('文件这次没做出来');
  expect(said?.file).toBeUndefined();
});
