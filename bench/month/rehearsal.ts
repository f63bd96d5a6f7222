import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gunzipSync } from 'node:zlib';
import { bytesOfState, journalFolder, readKept } from '../../src/adapters/store/kept-files.ts';
import { emptyDump } from '../../src/adapters/store/rows.ts';
import type { Appeal } from '../../src/desk/appeals/rows.ts';
import type { Content } from '../../src/desk/kernel/content.ts';
import type { Transaction } from '../../src/desk/kernel/ports.ts';
import { createDirectory, type Directory } from '../../src/desk/people/directory.ts';
import { generator } from '../../test/support/chance.ts';
import { percentile } from '../measure.ts';
import { type Desk, Model } from './model.ts';
import { dayAfter, onDay } from './office.ts';
import { type Cast, slotLength, Town, type Volume } from './town.ts';
import { wordsOf } from './words.ts';
import { type Place, World } from './world.ts';

export interface Rehearsal {
  readonly folder: string;
  /** Where the community is kept; absent: in a journal in the folder. */
  readonly place?: Place;
  readonly content: Content;
  readonly seed: number;
  readonly days: number;
  readonly residents: number;
  /** Residents' groups; of a community on a 服务号 there are none. */
  readonly rooms: number;
  /** Residents follow the community's 服务号, and the staff are on 企业微信. */
  readonly official?: boolean;
  readonly volume: Volume;
  /** A process is killed after so many points at most (writes and sends); 0: never. */
  readonly livesAtMost: number;
  /** Called at the end of each day. */
  readonly watch?: (day: Watched) => void;
}

/** How it stood at the end of a day. */
export interface Watched {
  readonly date: string;
  readonly messages: number;
  /** Of the wall clock, for this day, with everything that the clock brought. */
  readonly seconds: number;
  /** Of the processor, which others who share the machine do not lengthen. */
  readonly cpuSeconds: number;
  readonly p50: number;
  readonly p99: number;
  readonly rss: number;
  /** What is still held once the garbage is collected: the bot, and the model that watches it. */
  readonly heap: number;
  readonly state: number;
  readonly archive: number;
  /** Bytes of each table, largest first. */
  readonly tables: readonly (readonly [name: string, bytes: number, rows: number])[];
  readonly open: number;
  readonly kills: number;
  readonly differences: number;
}

/** The first day: a Monday in autumn, so that two holidays and their 调休 lie in the month. */
const inGroups = '2026-09-14';
/** The first day of a month with five Fridays, which has a holiday too. */
const onAccount = '2026-10-01';
const strangersOneIn = 30;
const lostOneIn = 300;

/** Plays days of a community against the whole application on disk. @returns what differed from the model, and how many sentences were heard */
export async function rehearse(
  options: Rehearsal,
): Promise<{ differences: readonly string[]; heard: number; matters: number; kills: number }> {
  const { content, seed, days, official = false, volume, livesAtMost, watch } = options;
  const firstDay = official ? onAccount : inGroups;
  const random = generator(seed);
  const leaks: string[] = [];
  const secrets = new Set<string>();
  const overhear = (text: string) => {
    for (const secret of secretsIn(text, secrets)) leaks.push(`${secret} was said or logged: ${text.slice(0, 80)}`);
  };
  const ofTheSeason = withNews(content, firstDay);
  const followersFrom = official ? { followersFrom: new Date(onDay(firstDay, 0)).toISOString() } : {};
  const place = options.place ? { place: options.place } : {};
  const world = new World({
    folder: options.folder,
    content: ofTheSeason,
    random,
    livesAtMost,
    lostOneIn,
    overhear,
    ...place,
    ...followersFrom,
  });
  await world.start();
  const cast = await seat(world, options, firstDay);
  const model = new Model({
    staffRoom: cast.staffRoom,
    director: cast.director,
    onDuty: cast.workers[0]?.id ?? '',
    rooms: cast.rooms,
    ...followersOf(world, cast),
  });
  world.model = model;
  const town = new Town(cast, volume, wordsOf(ofTheSeason.current(), random), model, random, secrets);

  let date = firstDay;
  for (let day = 0; day < days; day++, date = dayAfter(date)) {
    const started = performance.now();
    const before = process.cpuUsage();
    world.turns.length = 0;
    town.day(date, day);
    for (let now = onDay(date, 0); now < onDay(date, 24 * 60); now += slotLength) {
      model.tick(now);
      await world.slot(now, town.slot(now));
    }
    const { user, system } = process.cpuUsage(before);
    const seconds = (performance.now() - started) / 1000;
    watch?.({ ...(await look(world, model)), date, seconds, cpuSeconds: (user + system) / 1e6 });
  }
  await hearTheRest(world, model, cast, onDay(date, 0));
  model.finish();
  for (const line of await compared(world, model)) model.differs(line);
  await world.end();
  for (const secret of secretsIn(await world.place.text(), secrets)) leaks.push(`${secret} stands in what is kept`);
  for (const file of filesBelow(options.folder)) {
    const text = file.endsWith('.gz') ? gunzipSync(readFileSync(file)).toString('utf8') : readFileSync(file, 'utf8');
    for (const secret of secretsIn(text, secrets)) leaks.push(`${secret} stands in ${file}`);
  }
  return { differences: [...model.differences, ...leaks], heard: model.heard, matters: model.matters.length, kills: world.kills };
}

/** Those who follow the account, for the model. */
function followersOf({ followers }: World, { reporters, askers, pranksters }: Cast): Partial<Pick<Desk, 'followers'>> {
  if (!followers) return {};
  const { platform } = followers;
  // The bot counts two where a call may have arrived and is made again.
  const isOpen = (openid: string) => {
    const { message } = platform.person(openid).windows;
    return message !== undefined && message.until - 10 * 60_000 > platform.now().getTime() && message.left > 2;
  };
  return { followers: { all: [...reporters, ...askers, ...pranksters], isOpen } };
}

/** Whoever follows the account says a word at last: what waited for it is said. */
async function hearTheRest(world: World, model: Model, { reporters, askers, pranksters }: Cast, from: number): Promise<void> {
  if (!world.followers) return;
  model.tick(from);
  const acts = [...reporters, ...askers, ...pranksters].map((person) => ({ person, text: '你好' }));
  await world.slot(from, { acts, friends: [] });
  // What was lost on its way is tried again.
  for (let later = 1; later <= 6; later++) {
    model.tick(from + later * slotLength);
    await world.slot(from + later * slotLength, { acts: [], friends: [] });
  }
  if (world.followers.platform.outside > 0) model.differs(`${world.followers.platform.outside} messages were tried outside a window`);
}

/** News that is dated in the rehearsal's weeks. */
function withNews(content: Content, firstDay: string): Content {
  const given = content.current();
  const news = Array.from({ length: 16 }, (_, index) => {
    const date = dayAfter(firstDay, 3 * index - 2);
    return {
      id: `rehearsal-${date}`,
      title: `第${index + 1}号通知`,
      category: '最新通知',
      date,
      text: '请大家周末关好门窗，注意用火用电。',
      sources: [],
    };
  });
  const snapshot = { ...given, news: news as unknown as typeof given.news };
  return { current: () => snapshot, teach: () => undefined };
}

/** Everybody is known to the channel; the staff have their roles, the groups are bound. */
async function seat(world: World, { residents, rooms: roomCount }: Rehearsal, firstDay: string): Promise<Cast> {
  const { followers } = world;
  const inDirectory = <T>(work: (directory: Directory) => Promise<T>) =>
    world.surely((store) => work(createDirectory(store, world.ids, world.staffAccount)));
  const person = (name: string, reachable = true) =>
    inDirectory((directory) => directory.person(`@${name}-${'0'.repeat(40)}`, { name, reachable }));
  const room = (name: string) => inDirectory((directory) => directory.room(`@@${name}-${'0'.repeat(40)}`, { name }));
  const count = (share: number) => Math.max(3, Math.round(residents * share));
  const named = async (kind: string, many: number) => {
    const names = Array.from({ length: many }, (_, index) => `${kind}${index + 1}号`);
    if (!followers) return Promise.all(names.map((name) => person(name, kind !== '杨')));
    const openids = names.map((name) => `o-${Buffer.from(name).toString('hex')}`);
    await world.follow(openids);
    return openids;
  };
  const [reporters, pranksters, strangers] = await Promise.all([
    named('王', count(0.45)),
    named('马', count(0.01)),
    // Whoever writes to an account follows it.
    followers ? [] : named('杨', count(1 / strangersOneIn)),
  ]);
  const askers = await named('李', residents - reporters.length - pranksters.length - strangers.length);
  const rooms = await Promise.all(Array.from({ length: roomCount }, (_, index) => room(`黄土坡${index + 1}号群`)));
  const staffRoom = await room('工作群');
  const director = await person('主任老李');
  const workers = await Promise.all(['小周', '小吴', '小郑', '小孙'].map(async (name) => ({ id: await person(name), name })));
  await world.furnish(async (tx) => {
    const boundAt = new Date(onDay(firstDay, 0)).toISOString();
    for (const [id, kind] of [...rooms.map((each) => [each, 'residents'] as const), [staffRoom, 'staff'] as const])
      await change(tx, 'rooms', id, { kind, boundAt });
    await change(tx, 'people', director, { role: 'director' });
    for (const { id } of workers) await change(tx, 'people', id, { role: 'worker' });
    await tx.put('switches', { id: 'duty', since: boundAt, person: workers[0]?.id ?? '' });
  });
  const everybody = await world.surely((store) => store.transaction((tx) => tx.find('people')));
  const known = await openidsOf(world);
  world.inhabit(everybody.filter(({ id }) => !known.has(id)));
  const names = new Map(everybody.map(({ id, name }) => [known.get(id) ?? id, name]));
  const mixed = [...reporters, ...strangers].sort((a, b) => (a.slice(-6) < b.slice(-6) ? -1 : 1));
  return { reporters: mixed, askers, pranksters, strangers, rooms, staffRoom, director, workers, names };
}

/** How those who follow the account are called there, by our ids. */
async function openidsOf(world: World): Promise<ReadonlyMap<string, string>> {
  if (!world.followers) return new Map();
  const bindings = await world.surely((store) => store.transaction((tx) => tx.find('bindings', { kind: 'person' })));
  return new Map(bindings.map(({ id, target }) => [target, id.split('/').slice(2).join('/')]));
}

async function change(tx: Transaction, table: 'rooms' | 'people', id: string, more: object): Promise<void> {
  const row = await tx.get(table, id);
  if (row) await tx.put(table, { ...row, ...more } as never);
}

/** What the store holds in the end, beside what it should hold. */
async function compared(world: World, model: Model): Promise<string[]> {
  const found: string[] = [];
  const { appeals, unsure, stuck } = await world.store.transaction(async (tx) => {
    const archived = (await Promise.all((await tx.archivedMonths('appeals')).map((month) => tx.archived('appeals', month)))).flat();
    return {
      appeals: new Map([...archived, ...(await tx.find('appeals'))].map((appeal) => [appeal.id, appeal])),
      unsure: await tx.find('deliveries', { state: 'unsure' }),
      stuck: await tx.find('deliveries', { state: ['queued', 'sending', 'failed', ...(world.followers ? (['waiting'] as const) : [])] }),
    };
  });
  const openids = await openidsOf(world);
  // An alarm is no appeal.
  const matters = model.matters.filter(({ danger }) => !danger);
  if (appeals.size !== matters.length) found.push(`${matters.length} matters were told, ${appeals.size} are kept`);
  for (const matter of matters) {
    const appeal = appeals.get(matter.number ?? '');
    if (!appeal) found.push(`${matter.number ?? matter.place} is lost`);
    else found.push(...differing(appeal, matter, openids));
  }
  found.push(...numbering([...appeals.keys()]));
  for (const { room, edition } of model.unheard)
    if (!unsure.some((delivery) => delivery.room === room)) found.push(`${room} never heard the news of ${edition}, and nobody is told`);
  for (const { id, state, kind } of stuck) found.push(`${kind} ${id} is still ${state}`);
  return found;
}

function differing(appeal: Appeal, matter: Model['matters'][number], openids: ReadonlyMap<string, string>): string[] {
  const called = (id: string) => openids.get(id) ?? id;
  const time = (at: string | undefined) => (at === undefined ? undefined : Date.parse(at));
  const pairs: [string, unknown, unknown][] = [
    ['person', called(appeal.person), matter.person],
    ['state', appeal.state, matter.state],
    ['round', appeal.round, matter.round],
    ['handler', appeal.handler, matter.handler],
    [
      'followers',
      appeal.followers
        .map(({ person }) => called(person))
        .sort()
        .join(),
      [...matter.followers].sort().join(),
    ],
    ['filed', time(appeal.createdAt), matter.filedAt],
    ['first word', time(appeal.firstWordAt), matter.firstWordAt],
    ['answer by', time(appeal.answerBy), matter.answerBy],
    [
      'rated rounds',
      appeal.ratings
        .map(({ round }) => round)
        .sort()
        .join(),
      [...matter.ratedRounds].sort().join(),
    ],
  ];
  return pairs.flatMap(([what, is, should]) => (is === should ? [] : [`${appeal.id} ${what}: ${String(is)}, should be ${String(should)}`]));
}

/** Damm's check digit, from his table for base 10. */
const damm = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
];

/** Numbers of a day run from 1 without a gap, each with its check digit. */
function numbering(numbers: readonly string[]): string[] {
  const days = new Map<string, number[]>();
  const wrong: string[] = [];
  for (const number of numbers) {
    const [, day = '', sequence = '', check = ''] = /^SQ(\d{6})-(\d{3,})(\d)$/.exec(number) ?? [];
    const expected = [...(day + sequence)].reduce((interim, digit) => damm[Number(interim)]?.[Number(digit)] ?? '', '0');
    if (day === '' || check !== expected) wrong.push(`${number} is no number`);
    days.set(day, [...(days.get(day) ?? []), Number(sequence)]);
  }
  for (const [day, sequences] of days)
    if (sequences.sort((a, b) => a - b).some((sequence, index) => sequence !== index + 1))
      wrong.push(`the numbers of ${day} have a gap: ${sequences.join()}`);
  return wrong;
}

/** Those of the secrets that a text holds, however its digits are set apart. */
function secretsIn(text: string, secrets: ReadonlySet<string>): string[] {
  const found: string[] = [];
  for (const [run] of text.matchAll(/\d[\d -]{10,}/g)) {
    const digits = run.replace(/[^\d]/g, '');
    for (const length of [11, 18])
      for (let at = 0; at + length <= digits.length; at++)
        if (secrets.has(digits.slice(at, at + length))) found.push(digits.slice(at, at + length));
  }
  return found;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  );
}

function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

async function look(world: World, model: Model): Promise<Omit<Watched, 'date' | 'seconds' | 'cpuSeconds'>> {
  const { tables } = (await readKept(world.folder))?.dump ?? emptyDump(0);
  const archive = join(journalFolder(world.folder), 'archive');
  const files = existsSync(archive) ? readdirSync(archive) : [];
  return {
    messages: world.turns.length,
    p50: percentile(world.turns, 0.5),
    p99: percentile(world.turns, 0.99),
    rss: process.memoryUsage.rss(),
    heap: heapInUse(),
    state: bytesOfState(world.folder) ?? 0,
    archive: files.reduce((sum, name) => sum + statSync(join(archive, name)).size, 0),
    tables: Object.entries(tables)
      .map(([name, rows]) => [name, Buffer.byteLength(JSON.stringify(rows)), rows.length] as const)
      .sort(([, a], [, b]) => b - a),
    open: model.matters.filter(({ state }) => !['archived', 'declined', 'merged', 'withdrawn', 'resolved'].includes(state)).length,
    kills: world.kills,
    differences: model.differences.length,
  };
}
