import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { answersFile, localFile } from '../../src/adapters/content/answer-schemas.ts';
import { intentsFile } from '../../src/adapters/content/schemas.ts';
import { openJournalStore } from '../../src/adapters/store/journal.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import { nextDates } from '../../src/cli/check.ts';
import { readConfig } from '../../src/cli/config.ts';
import { type Ended, openStage, type Said } from '../../src/cli/converse.ts';
import { engineAsker } from '../../src/cli/engine.ts';
import { exportCommand } from '../../src/cli/export.ts';
import { shippedContent } from '../support/content.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lianxinqiao-cli-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

async function stageOver(state: string) {
  const heard: (Said | Ended)[] = [];
  const store = await openJournalStore({ folder: state, log: silentLog });
  const stage = await openStage({
    store,
    content: shippedContent(),
    print: (line) => heard.push(line),
    staff: [{ name: '李主任', role: 'director' }],
    steady: false,
  });
  return { stage, store, heard };
}

describe('evaluate --content', () => {
  test('measures the engine on a folder that has nothing but intents/', async () => {
    mkdirSync(join(folder, 'intents'));
    writeFileSync(
      join(folder, 'intents/two.yaml'),
      '- id: tea.green\n  utterances: [绿茶怎么泡, 泡绿茶用多少度的水, 龙井怎么泡好喝]\n- id: tea.black\n  utterances: [红茶怎么泡, 红茶要加奶吗, 祁门红茶怎么喝]\n',
    );
    const ask = engineAsker(folder, readConfig({ STATE_DIR: folder }), false);
    const { candidates, decision } = await ask('龙井用多少度的水');
    expect(candidates[0]?.topic).toBe('tea.green');
    expect(['answer', 'clarify', 'fallback']).toContain(decision);
    expect((await ask('着火了快来人')).decision).toBe('emergency');
  });
});

describe('converse --state', () => {
  test('a second run hears its first line, and goes on with the form of the run before', async () => {
    const first = await stageOver(folder);
    await first.stage.take({ from: '张奶奶', text: '楼上漏水滴到我家' });
    await first.store.close();
    const second = await stageOver(folder);
    await second.stage.take({ from: '张奶奶', text: '3栋2单元501' });
    expect(second.heard.at(-1)).toEqual({ after: 1, decision: 'appeal', topic: 'appeal.leak' });
    await second.store.close();
  });

  test('a line that is none is counted and ends, and the next one is heard', async () => {
    const { stage, store, heard } = await stageOver(folder);
    await expect(stage.take({ from: '', text: 'x' })).rejects.toThrow();
    stage.skip();
    await stage.take({ from: '张奶奶', text: '你好' });
    expect(heard.filter((line) => 'decision' in line)).toEqual([
      { after: 1, decision: 'silent' },
      { after: 2, decision: 'action', topic: 'action.greeting' },
    ]);
    await store.close();
  });
});

test('check shows the next three dates of a broadcast, in its own time zone', () => {
  const [weekly] = shippedContent().current().broadcasts.broadcasts;
  expect(weekly && nextDates(weekly, new Date('2026-11-27T01:00:00Z'))).toBe(
    'broadcast weekly: next 2026-12-04 09:00, 2026-12-11 09:00, 2026-12-18 09:00 (Asia/Shanghai)',
  );
});

test('export writes what staff have taught, rewritten and filled in as files that the loader takes', async () => {
  const { stage, store } = await stageOver(join(folder, 'main'));
  for (const text of [
    '/问答 加 最低生活保障 屋头揭不开锅咯',
    '/问答 改 公租房 今年的申请十二月一号开始',
    '/本地 填 office.phone 0858-8123456',
    '1',
    '/消息 加 类别:活动 到期:12月5日 义诊\n周六上午九点。',
  ]) {
    await stage.take({ from: '李主任', text });
  }
  await store.close();
  process.env.STATE_DIR = folder;
  await exportCommand([join(folder, 'out')]);
  delete process.env.STATE_DIR;
  const [item = ''] = readdirSync(join(folder, 'out', 'news'));
  expect(readFileSync(join(folder, 'out', 'news', item), 'utf8')).toMatch(
    /^---\ntitle: 义诊\ncategory: 活动\ndate: 2026-11-\d\d\nexpires: 2026-12-05\n---\n周六上午九点。\n$/,
  );
  const read = (name: string) => parse(readFileSync(join(folder, 'out', name), 'utf8'));
  expect(intentsFile.parse(read('intents.yaml'))).toEqual([{ id: 'welfare.dibao', utterances: ['屋头揭不开锅咯'], facets: {} }]);
  expect(localFile.parse(read('local.yaml'))).toEqual([expect.objectContaining({ id: 'office.phone', value: '0858-8123456' })]);
  const answers = readdirSync(join(folder, 'out')).find((name) => name.startsWith('answers-')) ?? '';
  expect(answersFile.parse(read(answers)).answers[0]).toMatchObject({
    id: 'housing.public-rental',
    lead: { text: '今年的申请十二月一号开始' },
  });
});
