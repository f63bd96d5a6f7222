import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { createBackups, journalToBackUp } from '../../src/adapters/store/backup.ts';
import { openJournalStore } from '../../src/adapters/store/journal.ts';
import { filesBelow } from '../../src/adapters/system/files.ts';
import { createVault } from '../../src/adapters/system/vault.ts';
import type { Log, Store } from '../../src/desk/kernel/ports.ts';
import { type AnyRow, eachTable } from '../../src/desk/kernel/table.ts';
import { tables } from '../../src/desk/parts.ts';
import { openTestDesk, type TestDesk, written } from '../support/desk.ts';
import { sampleOf } from '../support/sample-rows.ts';

/** What nobody else says; each of its pieces would tell on it. */
const secret = '窗台上那只缺了角的青花瓷猫被雨打湿';
const phone = '13987654321';
/** Any piece of what must be gone. */
const traces = [secret.slice(0, 8), secret.slice(5, 13), secret.slice(9), phone, '139****4321'];

let root: string;
let desk: TestDesk;
let store: Store;
let logged: string[];

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'lianxinqiao-traces-'));
  const folder = join(root, 'wechat');
  const media = join(folder, 'media');
  logged = [];
  const note = (fields: object, message: string) => void logged.push(`${JSON.stringify(fields, errors)} ${message}`);
  const log: Log = { info: note, warn: note, error: note };
  store = await openJournalStore({ folder, log });
  desk = await openTestDesk({
    store,
    media,
    files: filesBelow(media, 0),
    vault: createVault([Buffer.alloc(32, 7)]),
    parts: { log, backups: createBackups(journalToBackUp(folder, 'wechat'), join(root, 'backups')) },
  });
});

afterEach(async () => {
  await store.close();
  rmSync(root, { recursive: true });
});

const errors = (_: string, value: unknown) => (value instanceof Error ? `${value.stack}` : value);
const say = async (from: string, text: string, more = {}) => written(await desk.say(from, text, more)).join('\n');

/** Every file below the root, opened as far as it is packed. */
function everyByte(): Map<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(root, path), `${path} ${opened(path, readFileSync(path))}`];
    }),
  );
}

function opened(path: string, bytes: Buffer): string {
  if (/\.gz(\.new)?$/.test(path)) return gunzipSync(bytes).toString('utf8');
  if (/\.(xlsx|docx)$/.test(path))
    return Object.values(unzipSync(bytes))
      .map((part) => Buffer.from(part).toString('utf8'))
      .join('\n');
  return bytes.toString('utf8');
}

/** The files in which something of it stands. */
const holding = () => [...everyByte()].filter(([, text]) => traces.some((each) => text.includes(each))).map(([name]) => name);
const below = (folder: string) => holding().filter((name) => name.startsWith(folder));

async function erase(): Promise<string> {
  await say('张奶奶', '删除我的信息');
  return say('张奶奶', '1');
}

/** What the bot does by itself within some minutes. */
async function soon(at: string): Promise<void> {
  await desk.to(at);
  await say('小刘', '谢谢', { at });
}

/** She says it wherever something can be said, and staff take it up wherever they can. */
async function saidEverywhere(): Promise<void> {
  await say('张奶奶', `${secret}咕噜`);
  await say('小周', '/未答');
  await say('张奶奶', `3栋2单元楼道灯不亮，${secret}，我电话${phone}`);
  writeFileSync(join(root, 'lamp.jpg'), `GPS ${secret}`);
  mkdirSync(join(root, 'wechat', 'media'), { recursive: true });
  copyFileSync(join(root, 'lamp.jpg'), join(root, 'wechat', 'media', 'lamp.jpg'));
  rmSync(join(root, 'lamp.jpg'));
  await say('张奶奶', '', { file: join(root, 'wechat', 'media', 'lamp.jpg') });
  await say('张奶奶', `我要投诉窗口的工作人员态度恶劣，${secret}`);
  await say('小刘', '5栋1单元门口垃圾没人收');
  await say('张奶奶', '5栋1单元门口垃圾堆起没人收');
  await say('张奶奶', '1');
  await say('张奶奶', `补充 ${secret}`);
  for (const line of ['/待办', '/查 0018', '/查 张奶奶', `/回复 0018 您说的“${secret}”，师傅明天下午去看`, '1']) await say('小周', line);
  for (const line of ['/记录 0018', '/导出 本周', '/周报 本周', '/统计 本周', `/备注 0026 隔壁说：${secret}`, '/审计 0018'])
    await say('李主任', line);
  await say('李主任', '/导出 本周 原文');
  await say('小周', '/显示 0018');
  await say('小周', '/接管 @张奶奶');
  await say('张奶奶', `我儿子在坐牢，${secret}`);
  await say('小周', '/交还');
  await say('张奶奶', `屋头有煤气味，${secret}`);
  await say('小周', '/收到');
  await say('小周', '/平安 阀门关了，没事');
  await say('张奶奶', `12月3号提醒我收${secret}`);
  await say('张奶奶', '导出我的信息');
}

describe('what somebody has said, after they had it deleted', () => {
  test('is found in no byte of what is kept, and was in no log: rows, archive, papers, workbooks, pictures, what staff were told', async () => {
    await saidEverywhere();
    const before = holding().join('\n');
    for (const kind of ['1.journal', 'archive/deliveries', '.xlsx', '.html', 'lamp.jpg']) expect(before).toContain(kind);
    await desk.to('2026-11-24T10:00:00+08:00');
    expect(await erase()).toContain('都删掉了');
    await soon('2026-11-24T10:05:00+08:00');
    expect(below('wechat')).toEqual([]);
    await soon('2026-11-25T10:05:00+08:00');
    expect(below('wechat')).toEqual([]);
    expect(logged.filter((line) => traces.some((each) => line.includes(each)))).toEqual([]);
  });

  test('stays in backups until the day that was said, and not a day longer; neither in half-made ones nor in what a restore has put aside', async () => {
    await saidEverywhere();
    await desk.to('2026-11-25T04:00:00+08:00');
    const folder = join(root, 'wechat');
    const [backup = ''] = readdirSync(join(root, 'backups'));
    writeFileSync(join(root, 'backups', 'wechat-2026-11-24-0330.backup.gz.new'), readFileSync(join(root, 'backups', backup)));
    cpSync(join(folder, 'journal'), join(folder, 'journal.before-restore-20261124033000'), { recursive: true });
    // As version 0.2 put them aside.
    const state = readdirSync(join(folder, 'journal')).find((name) => name.endsWith('.snapshot')) ?? '';
    copyFileSync(join(folder, 'journal', state), join(folder, 'state.json.before-restore-20261124033000'));
    copyFileSync(join(folder, 'journal', state), join(folder, `state.json.torn-${Date.parse('2026-11-24T03:30:00Z')}`));
    expect(await erase()).toContain('12月10日');
    await soon('2026-11-26T04:00:00+08:00');
    expect(holding().filter((name) => name.endsWith('.new'))).toEqual([]);
    for (let day = 27; day < 39; day++) await desk.to(new Date(Date.UTC(2026, 10, day, 20)).toISOString());
    expect(holding()).not.toEqual([]);
    for (let day = 39; day < 41; day++) await desk.to(new Date(Date.UTC(2026, 10, day, 20)).toISOString());
    expect(holding()).toEqual([]);
  });

  test('is gone from questions that nobody could answer, and from what staff taught by them, unless somebody else asked the same', async () => {
    await say('张奶奶', `${secret}咕噜`);
    await say('小刘', '哪里看得到猫头鹰');
    await say('张奶奶', '哪里看得到猫头鹰');
    await say('张奶奶', `绿皮火车上${secret}`);
    await say('小周', '/未答');
    await say('小周', '/问答 采纳 1 居住证');
    await erase();
    const left = await store.transaction(async (tx) => [...(await tx.find('unanswered')), ...(await tx.find('taught'))]);
    expect(JSON.stringify(left)).toContain('猫头鹰');
    await soon('2026-11-23T10:05:00+08:00');
    expect(below('wechat')).toEqual([]);
  });

  test('is gone from rows that could not be read and were put aside', async () => {
    await store.transaction(async (tx) => {
      const aside = (id: string, table: string, row: unknown) =>
        tx.put('damaged', { id, table, row, why: 'text', at: '2026-11-23T02:00:00.000Z', told: true });
      await aside('1', 'deliveries', { id: 'x', room: '工作群', text: `新诉求：${secret}` });
      await aside('2', 'unanswered', { id: 'y', text: secret });
      await aside('3', 'appeals', { id: 'z', person: '张奶奶', what: secret });
      await aside('4', 'appeals', { id: 'w', person: '小刘', what: '5栋门口垃圾' });
    });
    await say('张奶奶', '你好');
    await erase();
    const left = await store.transaction((tx) => tx.find('damaged'));
    expect(left.map(({ id }) => id)).toEqual(['4']);
  });

  test('was shown, with their leave, in the news: it goes from the edition, its card and its copies, and what others wrote stays', async () => {
    const at = '2026-11-23T02:00:00.000Z';
    mkdirSync(join(root, 'wechat', 'media', 'papers'), { recursive: true });
    writeFileSync(join(root, 'wechat', 'media', 'papers', 'card.png'), secret);
    const text = `一周消息\n· 居民说：${secret}\n社区答：收到\n· 周六下午看电影`;
    await say('张奶奶', `3栋2单元楼道灯不亮，${secret}`);
    await store.transaction(async (tx) => {
      const [appeal] = await tx.find('appeals');
      await tx.put('editions', {
        id: 'weekly/2026-11-20',
        title: '一周消息',
        text,
        state: 'done',
        plannedAt: at,
        items: [appeal?.id ?? ''],
        sections: [{ category: '居民留言', text }],
        files: ['papers/card.png'],
      });
      await tx.insert('deliveries', {
        id: 'weekly/2026-11-20/居民群',
        sequence: 999,
        kind: 'broadcast',
        room: '居民群',
        edition: 'weekly/2026-11-20',
        text,
        files: ['papers/card.png'],
        state: 'sent',
        attempts: 1,
        notBefore: at,
        createdAt: at,
      });
    });
    await erase();
    await soon('2026-11-23T10:05:00+08:00');
    expect(below('wechat')).toEqual([]);
    expect([...everyByte().values()].join()).toContain('周六下午看电影');
  });
});

describe('every table', () => {
  /** In these stand what staff have written for everybody to read, or ids and figures: nothing that a resident said. */
  const ofTheOffice = [
    'absences',
    'answerChanges',
    'asks',
    'audit',
    'bindings',
    'blocks',
    'chores',
    'disclosures',
    'discards',
    'editions',
    'enrolments',
    'heard',
    'localFacts',
    'logins',
    'newsItems',
    'received',
    'responsibilities',
    'rooms',
    'streetViews',
    'switches',
    'traffic',
  ];
  const words = /^(?:text|what|place|result|onBehalfOf|value|said)$/;
  /** The same with the words in every field that holds words. */
  const spoken = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(spoken)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value).map(([key, each]) => [key, words.test(key) && typeof each === 'string' ? secret : spoken(each)]),
          )
        : value;
  const others = eachTable(tables).filter(([name]) => !ofTheOffice.includes(name));

  test.each(others)('%s keeps no word of somebody who had their data deleted', async (name, table) => {
    await say('张奶奶', '你好');
    const row = spoken(sampleOf(table.row, { who: '张奶奶', file: 'theirs.jpg', at: '2026-11-23T02:00:00.000Z' })) as AnyRow;
    // Staff, and who is in danger, cannot have it deleted yet.
    const free = name === 'people' ? { role: undefined } : name === 'alarms' ? { state: 'over' } : {};
    await store.transaction((tx) => tx.put(name, JSON.parse(JSON.stringify({ ...row, ...free }))));
    if (JSON.stringify(row).includes(secret)) expect(below('wechat')).not.toEqual([]);
    await erase();
    await soon('2026-11-23T10:05:00+08:00');
    expect(below('wechat')).toEqual([]);
  });
});
