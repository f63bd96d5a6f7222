import { describe, expect, test } from '@jest/globals';
import type { Appeal } from '../../src/desk/appeals/rows.ts';
import type { Alarm } from '../../src/desk/danger/rows.ts';
import type { Delivery } from '../../src/desk/sending/rows.ts';
import { generator } from '../support/chance.ts';
import { killedEverywhere } from './everywhere.ts';
import { CrashWorld, groups, type Step } from './world.ts';

const say = (person: string, text: string, room?: string): Step => ({ say: { person, text, ...(room === undefined ? {} : { room }) } });

/** Intake, staff commands, an emergency with its pages, a night of housekeeping, a broadcast to sixty groups and its report. */
const scenario: readonly Step[] = [
  say('张奶奶', '楼上漏水滴到我家'),
  say('张奶奶', '3栋2单元501'),
  say('小刘', '3栋1单元楼道灯不亮'),
  say('小周', '/受理 1', '工作群'),
  say('小周', '/回复 1 师傅明天来', '工作群'),
  say('陈姐', '居住证怎么办'),
  say('陈姐', '屋头有煤气味'),
  { at: '2026-11-23T02:06:00Z' },
  say('小周', '/收到', '工作群'),
  say('小周', '/办结 1 换了水管', '工作群'),
  { at: '2026-11-26T19:30:00Z' },
  { at: '2026-11-27T01:00:00Z' },
  { at: '2026-11-27T01:10:00Z' },
];

interface Left {
  readonly appeals: readonly Appeal[];
  readonly alarms: readonly Alarm[];
  readonly deliveries: readonly Delivery[];
}

const left = (world: CrashWorld): Promise<Left> =>
  world.read(async (tx) => ({
    appeals: await tx.find('appeals'),
    alarms: await tx.find('alarms'),
    deliveries: await tx.find('deliveries'),
  }));

/** What must hold whenever the process was killed; written from the promises, not from the program. */
async function keepsItsPromises(world: CrashWorld): Promise<void> {
  const { appeals, alarms, deliveries } = await left(world);
  // Nothing acknowledged is lost, nothing is taken down twice, no number is given twice and none is left out.
  expect(appeals.map(({ what, person }) => `${person}：${what}`).sort()).toEqual(
    ['小刘：3栋1单元楼道灯不亮', '张奶奶：楼上漏水滴到我家'].sort(),
  );
  expect(appeals.map(({ id }) => id.slice(9, 12))).toEqual(['001', '002']);
  expect(alarms.map(({ id, person, state }) => [id, person, state])).toEqual([['JQ261123-001', '陈姐', 'heard']]);
  expect(alarms[0]?.history.map(({ move }) => move)).toEqual(['call', 'page', 'hear']);
  for (const saying of world.said) {
    for (const number of saying.text.match(/SQ\d{6}-\d{4}/g) ?? []) expect(appeals.map(({ id }) => id)).toContain(number);
  }
  // A command is carried out once.
  const leak = appeals.find(({ what }) => what.includes('漏水'));
  expect(leak?.history.map(({ move }) => move)).toEqual(['register', 'accept', 'answer', 'resolve']);
  // Every word that was answered arrived at least once.
  const heardBy = (where: string, words: string) =>
    world.said.filter(({ to, text }) => ('room' in to ? to.room : to.person) === where && text.includes(words)).length;
  for (const [where, words] of [
    ['张奶奶', '已经登记'],
    ['小刘', '已经登记'],
    ['张奶奶', '已经受理'],
    ['张奶奶', '师傅明天来'],
    ['张奶奶', '换了水管'],
    ['陈姐', '居住证'],
    ['陈姐', '119'],
    ['工作群', '新诉求'],
    ['工作群', '【紧急】燃气泄漏'],
    ['工作群', '第 2 次'],
    ['工作群', '收到：'],
    ['工作群', '发完了'],
  ] as const)
    if (heardBy(where, words) === 0) throw new Error(`${where} never heard “${words}”`);
  // No group hears an edition twice; the few of which nobody knows are shown to the staff as unsure.
  const unheard = groups.filter((group) => {
    const times = heardBy(group, '一周消息');
    expect(times).toBeLessThanOrEqual(1);
    return times === 0;
  });
  const unsure = deliveries.filter(({ state }) => state === 'unsure').map(({ room }) => room ?? '');
  expect(unheard.filter((group) => !unsure.includes(group))).toEqual([]);
  expect(unsure.length).toBeLessThanOrEqual(4);
  expect(deliveries.filter(({ state }) => state === 'queued' || state === 'sending')).toEqual([]);
}

/** A world in which somebody is there, and nothing has happened yet. */
async function furnished(world = new CrashWorld()): Promise<CrashWorld> {
  await world.start();
  await world.furnish();
  return world;
}

describe('killed at every point', () => {
  test('it keeps its promises', async () => {
    const points = await killedEverywhere(await furnished(), { steps: scenario.map((step) => () => step), holds: keepsItsPromises });
    // Every write has three points, every send two; fewer would mean that something is no longer watched.
    expect(points).toBeGreaterThan(250);
  }, 600_000);
});

const paced = (rooms: readonly string[]) => new CrashWorld(rooms, { broadcastGap: [15, 45], broadcastsADay: 40 });

describe('killed at every point of a broadcast that keeps its distance', () => {
  const few = groups.slice(0, 4);

  test('no group hears it twice, at most one is unsure, and the report is told', async () => {
    await killedEverywhere(await furnished(paced(few)), {
      steps: Array.from({ length: 7 }, (_, minute) => () => ({ at: `2026-11-27T01:0${minute}:00Z` })),
      async holds(world) {
        const times = few.map(
          (group) => world.said.filter(({ to, kind }) => kind === 'broadcast' && 'room' in to && to.room === group).length,
        );
        const { deliveries } = await left(world);
        const unsure = deliveries.filter(({ state }) => state === 'unsure').length;
        expect(Math.max(...times)).toBe(1);
        expect(unsure).toBeLessThanOrEqual(1);
        expect(times.filter((each) => each === 0).length).toBeLessThanOrEqual(unsure);
        expect(world.said.some(({ text }) => text.includes('发完了'))).toBe(true);
      },
    });
  }, 60_000);
});

describe('killed while a picture is drawn, a workbook written, a backup made', () => {
  test('nobody is left without an answer, and each act is noted once', async () => {
    await killedEverywhere(await furnished(new CrashWorld(groups.slice(0, 1), undefined, true)), {
      steps: [
        () => say('张奶奶', '3栋2单元楼道灯不亮'),
        () => say('小周', '/统计 本周', '工作群'),
        () => say('小周', '/导出 本周'),
        () => ({ at: '2026-11-23T19:30:00Z' }),
      ],
      async holds(world) {
        const sent = (where: string) =>
          world.said.some(({ to, file }) => file === 'papers/drawn' && ('room' in to ? to.room : to.person) === where);
        expect([sent('工作群'), sent('小周')]).toEqual([true, true]);
        const { acts, marks } = await world.read<{ acts: string[]; marks: string[] }>(async (tx) => ({
          acts: (await tx.find('audit')).map(({ act }) => act),
          marks: (await tx.find('marks')).map(({ id }) => id.split('/')[0] ?? ''),
        }));
        expect(acts).toEqual(['register', 'statistics', 'export', 'seal']);
        expect(marks).toEqual(expect.arrayContaining(['backup', 'housekeeping', 'retention']));
      },
    });
  }, 60_000);
});

describe('killed at every point of an edition that two people release, stop and let go on, and of an urgent notice', () => {
  const few = groups.slice(0, 3);
  const code = (world: CrashWorld) => /确认 ([A-Z0-9]+)/.exec(world.said.findLast(({ text }) => text.includes('确认 '))?.text ?? '')?.[0];
  const steps: readonly ((world: CrashWorld) => Step)[] = [
    () => say('小周', `/消息 加 大事\n${'很长的一句话。'.repeat(90)}`),
    () => say('小周', '/播报 拟'),
    () => say('李主任', '/播报 定 现在'),
    (world) => say('李主任', code(world) ?? ''),
    () => say('小周', '/播报 停'),
    () => say('小周', '/播报 急 停水'),
    (world) => say('小周', code(world) ?? ''),
    () => say('小周', '/播报 续'),
    ...Array.from({ length: 6 }, (_, minute) => () => ({ at: `2026-11-23T02:0${minute + 1}:00Z` })),
  ];

  test('every group hears each message of both at most once, in order; at most one copy is unsure, and both are reported', async () => {
    const begun = await furnished(paced(few));
    await begun.read((tx) => tx.put('people', { id: '李主任', name: '李主任', role: 'director', reachable: true }));
    await killedEverywhere(begun, {
      steps,
      async holds(world) {
        const heard = (room: string) =>
          world.said.flatMap(({ to, kind, text }) => (kind === 'broadcast' && 'room' in to && to.room === room ? [text] : []));
        for (const room of few) expect(new Set(heard(room)).size).toBe(heard(room).length);
        const { deliveries } = await left(world);
        const copies = deliveries.filter(({ kind }) => kind === 'broadcast');
        expect(copies).toHaveLength(2 * few.length);
        expect(copies.filter(({ state }) => state === 'unsure').length).toBeLessThanOrEqual(1);
        expect(copies.filter(({ state }) => state === 'sent').length).toBeGreaterThanOrEqual(2 * few.length - 1);
        expect(world.said.filter(({ text }) => text.includes('发完了')).length).toBeGreaterThanOrEqual(2);
      },
    });
  }, 120_000);
});

describe('killed at random under load', () => {
  test.each([1, 2, 3, 4, 5])('it keeps its promises (seed %i)', async (seed) => {
    const random = generator(seed);
    const world = new CrashWorld();
    await world.start();
    await world.furnish();
    const reports = Array.from({ length: 60 }, (_, index) =>
      say(['张奶奶', '小刘', '陈姐'][index % 3] ?? '', `${index + 1}栋1单元楼道灯不亮`),
    );
    await world.start(1 + Math.floor(random() * 60));
    while (await world.happen(reports, 0)) await world.start(random() < 0.8 ? 1 + Math.floor(random() * 120) : 0);
    const { appeals } = await left(world);
    expect(appeals.map(({ what }) => what).sort()).toEqual(reports.flatMap((step) => ('say' in step ? [step.say.text] : [])).sort());
    expect(new Set(appeals.map(({ id }) => id)).size).toBe(60);
    const told = new Map(
      world.said.flatMap(({ text, kind }) => (kind === 'reply' ? [[/SQ\d{6}-\d{4}/.exec(text)?.[0], text] as const] : [])),
    );
    for (const { id, what } of appeals) expect(told.get(id)).toContain(what);
    await world.end();
  });
});
