import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { createBackups, journalToBackUp } from '../../src/adapters/store/backup.ts';
import { openJournalStore } from '../../src/adapters/store/journal.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import { type Diagnosis, diagnose } from '../../src/cli/doctor.ts';
import type { Transaction } from '../../src/desk/kernel/ports.ts';
import type { StaffItem } from '../../src/desk/news/rows.ts';
import type { Delivery } from '../../src/desk/sending/rows.ts';
import { RobotService } from '../wecom/robot-service.ts';

let state: string;
const now = new Date('2026-10-20T02:00:00Z');

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'lianxinqiao-doctor-'));
});

afterEach(() => rmSync(state, { recursive: true }));

/** A desk in which nothing is missing but local facts. */
async function furnish(tx: Transaction): Promise<void> {
  const bound = { speaks: 'addressed', boundAt: '2026-09-01T00:00:00.000Z' } as const;
  await tx.put('people', { id: 'director', name: '李主任', role: 'director', reachable: true });
  await tx.put('switches', { id: 'duty', since: now.toISOString(), person: 'director' });
  await tx.put('rooms', { id: 'residents', name: '居民群', kind: 'residents', ...bound });
  await tx.put('rooms', { id: 'staff', name: '工作群', kind: 'staff', ...bound });
  await tx.put('heard', { id: 'm', at: '2026-10-20T01:00:00.000Z' });
  await tx.put('editions', {
    id: 'weekly/2026-10-16',
    title: '一周消息',
    text: '',
    state: 'planned',
    plannedAt: '2026-10-16T01:00:00.000Z',
  });
  await tx.put('newsItems', fed('2026-10-15'));
}

/** An item of news of a day. */
const fed = (date: string): StaffItem => ({
  ...{ id: 'item', title: '周六义诊', text: '', category: '活动', files: [], by: 'director' },
  ...{ date, at: `${date}T01:00:00.000Z` },
});

async function desk(work: (tx: Transaction) => Promise<void> = async () => undefined, channel = 'main'): Promise<void> {
  const folder = join(state, channel);
  const store = await openJournalStore({ folder, log: silentLog });
  await store.transaction(async (tx) => {
    await furnish(tx);
    await work(tx);
  });
  await createBackups(journalToBackUp(folder, channel), join(state, 'backups')).make(new Date('2026-10-19T19:00:00Z'));
  await store.close();
}

async function look(environment: Record<string, string> = {}, at = now): Promise<Diagnosis> {
  return (await diagnose({ STATE_DIR: state, WECHATY_PUPPET: 'some-puppet', ...environment }, at)).diagnosis;
}

const found = ({ findings }: Diagnosis, id: string) => findings.find((each) => each.id === id);
const unwell = ({ findings }: Diagnosis) => findings.filter(({ condition }) => condition !== 'well').map(({ id }) => id);

const delivery = (more: Partial<Delivery>): Delivery => ({
  id: 'd',
  sequence: 1,
  kind: 'reply',
  person: 'director',
  text: '',
  state: 'queued',
  attempts: 0,
  notBefore: '2026-10-20T01:00:00.000Z',
  createdAt: '2026-10-20T01:00:00.000Z',
  ...more,
});

async function stoppedAndAsked(tx: Transaction): Promise<void> {
  const at = '2026-10-19T01:00:00.000Z';
  await tx.put('answerChanges', { id: 'office.hours', stopped: { by: 'director', at } });
  await tx.put('asks', { id: '2026-10/office.hours/lead', topic: 'office.hours', count: 1, at });
}

test('a desk that is set up is well, but for what only the community knows, and a bot that does not run', async () => {
  await desk();
  const diagnosis = await look();
  expect(unwell(diagnosis).filter((id) => id !== 'fonts')).toEqual(['running', 'phone', 'facts', 'samples']);
  expect(diagnosis.channel).toBe('wechat');
  for (const { condition, todo } of diagnosis.findings) expect(todo !== '').toBe(condition !== 'well');
});

test('a bot that has never run is told how to start', async () => {
  const diagnosis = await look({ WECHATY_PUPPET: '' });
  expect(found(diagnosis, 'state')?.todo).toContain('npm start');
  expect(found(diagnosis, 'settings')?.todo).toContain('WECHATY_PUPPET');
});

test('a bot that runs is looked at beside it', async () => {
  await desk();
  const store = await openJournalStore({ folder: join(state, 'main'), log: silentLog });
  expect(found(await look(), 'running')).toMatchObject({ condition: 'well', text: expect.stringContaining(String(process.pid)) });
  await store.close();
});

test('a question that had no answer is told of in the last ten days, and never in its own words', async () => {
  await desk(
    async (tx) => void (await tx.put('unanswered', { id: '伞', text: '共享雨伞在哪里借', at: '2026-10-09T01:00:00.000Z', count: 1 })),
  );
  expect(found(await look(), 'unanswered')).toBeUndefined();
  const earlier = await look({}, new Date('2026-10-18T02:00:00Z'));
  expect(found(earlier, 'unanswered')?.text).toBe('近 10 天，有 1 个问题我没答上来');
  expect(JSON.stringify(earlier)).not.toContain('雨伞');
});

describe('what is wrong is found', () => {
  test.each<[string, string, 'look' | 'broken', (tx: Transaction) => Promise<unknown>]>([
    ['nobody is director', 'director', 'broken', (tx) => tx.remove('people', 'director')],
    ['nobody is on duty', 'duty', 'look', (tx) => tx.remove('switches', 'duty')],
    ['no group is bound', 'rooms', 'look', (tx) => tx.remove('rooms', 'residents')],
    ['no staff group is bound', 'staffRoom', 'look', (tx) => tx.remove('rooms', 'staff')],
    ['the clock is behind what has happened', 'clock', 'broken', (tx) => tx.put('heard', { id: 'n', at: '2026-10-20T03:00:00.000Z' })],
    ['no news for weeks', 'broadcast', 'look', (tx) => tx.remove('editions', 'weekly/2026-10-16')],
    ['columns that nobody has fed for ten days', 'columns', 'look', (tx) => tx.put('newsItems', fed('2026-10-09'))],
    ['columns that are empty', 'columns', 'look', (tx) => tx.remove('newsItems', 'item')],
    [
      'a question that had no answer',
      'unanswered',
      'look',
      (tx) => tx.put('unanswered', { id: '伞', text: '共享雨伞在哪里借', at: '2026-10-19T01:00:00.000Z', count: 1 }),
    ],
    ['an answer that is asked for and not said', 'unsaid', 'look', stoppedAndAsked],
    ['words that are stuck', 'stuck', 'broken', (tx) => tx.put('deliveries', delivery({}))],
    ['words that were not sent', 'failed', 'look', (tx) => tx.put('deliveries', delivery({ state: 'failed' }))],
    ['a broadcast of which nobody knows', 'unsure', 'look', (tx) => tx.put('deliveries', delivery({ state: 'unsure', kind: 'broadcast' }))],
    [
      'a chore that fails',
      'chores',
      'look',
      (tx) => tx.put('chores', { id: 'backup', since: now.toISOString(), failures: 3, nextAt: now.toISOString() }),
    ],
    ['a restored state that is frozen', 'frozen', 'broken', (tx) => tx.put('switches', { id: 'outbox', since: now.toISOString() })],
  ])('%s', async (_, id, condition, work) => {
    await desk(async (tx) => void (await work(tx)));
    expect(found(await look(), id)?.condition).toBe(condition);
  });

  test('a year whose holidays are announced and not written down, from November on', async () => {
    await desk();
    expect(found(await look(), 'calendar')?.condition).toBe('well');
    expect(found(await look({}, new Date('2026-11-02T02:00:00Z')), 'calendar')?.text).toContain('2027');
    expect(found(await look({}, new Date('2027-02-02T02:00:00Z')), 'calendar')?.text).toContain('2027');
  });

  test('an answer past its review', async () => {
    await desk();
    expect(found(await look({}, new Date('2029-01-02T02:00:00Z')), 'answers')?.condition).toBe('look');
  });

  test('a backup that is old, torn, or missing', async () => {
    await desk();
    expect(found(await look({}, new Date('2026-10-23T02:00:00Z')), 'backup')?.condition).toBe('look');
    writeFileSync(join(state, 'backups/main-2026-10-20-0300.backup.gz'), 'torn');
    expect(found(await look(), 'backup')?.text).toContain('读不出来');
    rmSync(join(state, 'backups'), { recursive: true });
    expect(found(await look(), 'backup')?.text).toContain('还没有备份');
  });

  test('a state that is damaged, by file and line, and it is left as it is', async () => {
    await desk();
    const file = join(state, 'main/journal/1.snapshot');
    writeFileSync(file, 'hello\n');
    const bad = (await look()).findings.filter(({ id }) => id === 'state').at(-1);
    expect(bad).toMatchObject({ condition: 'broken', text: expect.stringContaining(`${file} 第 1 行`) });
    expect(readFileSync(file, 'utf8')).toBe('hello\n');
  });

  test('settings that cannot be used', async () => {
    expect(found(await look({ PORT: 'eighty' }), 'settings')).toMatchObject({ condition: 'broken', text: expect.stringContaining('PORT') });
  });

  test('content with a mistake, by file and line', async () => {
    const content = join(state, 'content');
    mkdirSync(content);
    for (const part of ['data', 'intents']) cpSync(join(projectFolder, part), join(content, part), { recursive: true });
    writeFileSync(join(content, 'data/calendar.yaml'), 'hours: []\nknown: soon\n');
    const bad = found(await look({ CONTENT_DIR: content }), 'content');
    expect(bad).toMatchObject({ condition: 'broken', todo: expect.stringContaining('data/calendar.yaml:') });
  });
});

test('the simulator’s clock may run ahead', async () => {
  await desk(async (tx) => void (await tx.put('heard', { id: 'n', at: '2026-12-20T03:00:00.000Z' })), 'simulator');
  const diagnosis = await look();
  expect(diagnosis.channel).toBe('simulator');
  expect(found(diagnosis, 'clock')?.condition).toBe('well');
});

test('that there are only examples of facts is said on an account, and not of the simulator', async () => {
  await desk();
  expect(found(await look(), 'samples')).toMatchObject({ condition: 'look', todo: expect.stringContaining('一句也不会说给居民听') });
  await desk(async () => undefined, 'simulator');
  const { diagnosis } = await diagnose({ STATE_DIR: state }, now, { channel: 'simulator' });
  expect(found(diagnosis, 'samples')).toBeUndefined();
});

test.each(['0858-0000001', '示例路 1 号（示例）', '打08580000002'])(
  'an example that was filled in as a fact is refused: %s',
  async (value) => {
    await desk(async (tx) => {
      await tx.put('localFacts', { id: 'office.phone', value, by: 'director', at: now.toISOString() });
    });
    const diagnosis = await look();
    expect(found(diagnosis, 'invented')).toMatchObject({ condition: 'broken', text: expect.stringContaining('office.phone') });
  },
);

test('the robot of 企业微信: half of its settings, a service that cannot be reached, and one that can, without taking its connection', async () => {
  const wecom = async (environment: Record<string, string>) => found(await look(environment), 'wecom');
  expect(await wecom({})).toBeUndefined();
  expect(await wecom({ WECOM_BOT_ID: 'bot' })).toMatchObject({ condition: 'broken', todo: expect.stringContaining('.env') });
  const both = { WECOM_BOT_ID: 'bot', WECOM_BOT_SECRET: 'secret', WECOM_URL: 'ws://127.0.0.1:9' };
  expect(await wecom(both)).toMatchObject({ condition: 'broken', todo: expect.stringContaining('防火墙') });
  const service = await RobotService.open();
  expect(await wecom({ ...both, WECOM_URL: service.url })).toMatchObject({ condition: 'well' });
  expect(service.subscriptions).toBe(0);
  await service.close();
  expect(found(await look({ ...both, WECHATY_PUPPET: '' }), 'settings')).toMatchObject({ condition: 'well' });
});

test('the site at the address that residents have: it answers, something else does, nothing does', async () => {
  const site = async (url: string) => found(await look({ SITE_URL: url }), 'site');
  expect(found(await look(), 'site')).toBeUndefined();
  const server = createServer(({ url }, response) => void response.writeHead(url === '/ours/healthz' ? 200 : 404).end('ok'));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', () => resolve()));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await site(`${address}/ours/`)).toMatchObject({ condition: 'well' });
  expect(await site(address)).toMatchObject({ condition: 'look', text: expect.stringContaining('404') });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(await site(address)).toMatchObject({ condition: 'look', text: expect.stringContaining('打不开') });
});
