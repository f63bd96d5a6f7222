import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { deskHealth } from '../../src/desk/keeping/health.ts';
import { officeTime } from '../../src/desk/kernel/office-time.ts';
import { massUsed } from '../../src/desk/sending/mass.ts';
import { type OfficialStage, type OfficialStageOptions, openOfficialStage } from './stage.ts';

let stage: OfficialStage;
afterEach(() => stage.close());

/** A stage with a member of staff and three followers. */
async function open(options: OfficialStageOptions = {}) {
  stage = await openOfficialStage({ at: '2026-10-01T10:00:00+08:00', ...options });
  const staff = stage.phone('o-staff');
  await stage.enlist(staff, '小周', 'director');
  const residents = ['o-1', 'o-2', 'o-3'].map((openid) => stage.phone(openid));
  for (const each of residents) await each.follow();
  for (const each of residents) each.read();
  writeFileSync(join(stage.media, 'card.png'), 'a picture');
  return { staff, residents };
}

/** An edition that two people have released, to go out at its time. */
async function release(day: string, text = `【社区周报】${day}\n明天停水 <8点到12点> & 请备水`) {
  const sendAt = new Date(`${day}T09:00:00+08:00`).toISOString();
  await stage.store.transaction((tx) =>
    tx.put('editions', {
      id: `weekly/${day}`,
      title: `社区周报 ${day}`,
      text,
      state: 'released',
      files: ['card.png'],
      items: [],
      sendAt,
      plannedAt: stage.world.now().toISOString(),
      sections: [{ category: '最新通知', text }],
    }),
  );
  await stage.to(`${day}T09:00:30+08:00`);
}

/** The platform has sent what it took. */
async function finish(more: Record<string, string | number> = {}) {
  for (const job of stage.world.jobs)
    if (job.state === 'sending') expect(await stage.tell({ ...stage.world.finish(job), ...more })).toBe(200);
}

const massCalls = () => stage.world.calls.filter(({ path }) => path.endsWith('/sendall')).map(({ code }) => code);

test('an edition is one message to all who follow, and staff see when it has really gone', async () => {
  const { staff, residents } = await open();
  await release('2026-10-02');
  await staff.say('/播报 进度');
  expect(staff.read()).toContain('还没说发完');
  await finish();
  expect(residents.map((each) => each.all().filter(({ how }) => how === 'mass').length)).toEqual([1, 1, 1]);
  expect(residents[0]?.read()).toContain('明天停水 &lt;8点到12点&gt; &amp; 请备水');
  await staff.say('/播报 进度');
  const told = staff.read();
  expect(told).toContain('送到 4 人');
  expect(told).toContain('用了 1 次');
  expect(massCalls()).toEqual([0]);
});

/** What `doctor` says of the month's messages to all. */
const doctored = () => {
  const { clock, say, workCalendars, content } = stage.app;
  const snapshot = content.current();
  const { knows } = officeTime(snapshot.calendar, workCalendars);
  return stage.store.transaction(async (tx) =>
    (await deskHealth({ tx, now: clock.now(), say, content: snapshot, knows })).flatMap(({ id, text, todo }) =>
      id === 'mass' ? [text, todo] : [],
    ),
  );
};

test('doctor says how many of the month’s messages to all are left, and which edition will have none', async () => {
  await open();
  expect((await doctored()).join('\n')).toMatch(/用了 0 次，还能发 4 次[\s\S]*10月30日/u);
  await release('2026-10-02');
  await finish();
  expect((await doctored())[0]).toMatch(/用了 1 次，还能发 3 次/u);
  await stage.to('2026-11-01T10:00:00+08:00');
  expect((await doctored())[0]).toMatch(/用了 0 次，还能发 4 次/u);
});

test('a month with five Fridays: staff are told ahead which edition is not sent, and it stands in the account', async () => {
  const { staff, residents } = await open();
  await staff.say('/播报 进度');
  expect(staff.read()).toMatch(/还有 5 期，.*10月30日/u);
  for (const day of ['2026-10-02', '2026-10-09', '2026-10-16', '2026-10-23', '2026-10-30']) {
    await release(day);
    await finish();
  }
  expect(residents.map((each) => each.all().filter(({ how }) => how === 'mass').length)).toEqual([4, 4, 4]);
  expect(massCalls()).toEqual([0, 0, 0, 0]);
  expect(stage.world.published).toHaveLength(1);
  await staff.say('/播报 进度');
  expect(staff.read()).toContain('没有推送');
  // A new month, a new quota.
  await release('2026-11-06');
  await finish();
  expect(massCalls()).toHaveLength(5);
  expect(stage.world.outside).toBe(0);
});

test('an answer that was lost is asked for again with the same id: nobody reads it twice', async () => {
  const { residents } = await open();
  stage.world.fails('/cgi-bin/message/mass/sendall', 'after');
  await release('2026-10-02');
  await finish();
  expect(stage.world.jobs).toHaveLength(1);
  expect(residents[0]?.all().filter(({ how }) => how === 'mass')).toHaveLength(1);
  const [copy] = await stage.store.transaction((tx) => tx.find('deliveries', { kind: 'broadcast' }));
  expect(copy?.state).toBe('sent');
});

test('nobody knows what became of it: staff decide, nothing is sent again by itself', async () => {
  await open();
  stage.world.fails('/cgi-bin/message/mass/sendall', 'reset', 'reset', 'reset');
  await release('2026-10-02');
  const [copy] = await stage.store.transaction((tx) => tx.find('deliveries', { kind: 'broadcast' }));
  expect(copy?.state).toBe('unsure');
  await stage.to('2026-10-02T12:00:00+08:00');
  expect(stage.world.jobs).toEqual([]);
});

test('what may have been taken counts as one of the month', async () => {
  stage = await openOfficialStage({ at: '2026-10-01T10:00:00+08:00' });
  const { store, world } = stage;
  const lost = { id: 'edition-0', createdAt: world.now().toISOString(), room: 'followers', account: 'official', state: 'unsure' as const };
  const row = {
    id: 'edition-1',
    account: 'official',
    month: '2026-10',
    at: world.now().toISOString(),
    native: '1',
    state: 'done' as const,
  };
  await store.transaction(async (tx) => {
    await tx.put('massMessages', row);
    await tx.put('deliveries', {
      ...lost,
      edition: 'edition-0',
      kind: 'broadcast',
      sequence: 1,
      text: '',
      attempts: 3,
      notBefore: lost.createdAt,
    });
    expect(await massUsed(tx, 'official', '2026-10')).toBe(2);
    expect(await massUsed(tx, 'official', '2026-10', 'edition-0')).toBe(1);
    expect(await massUsed(tx, 'official', '2026-11')).toBe(0);
  });
});

test('what nobody confirms on the phone, or what is refused, was not sent: staff hear why, and it does not count', async () => {
  const { staff } = await open({ platform: { confirms: true } });
  await release('2026-10-02');
  await staff.say('/播报 进度');
  staff.read();
  const [job] = stage.world.jobs;
  if (!job) throw new Error('nothing was taken');
  await stage.tell({ ...stage.world.finish(job), Status: 'err(40002)', SentCount: 0, ErrorCount: 4 });
  await stage.app.outbox.pump();
  expect(staff.read()).toContain('没有管理员在手机上确认');
  await staff.say('/播报 进度');
  expect(staff.read()).toContain('用了 0 次');
});

const asked = () => stage.world.calls.filter(({ path }) => path.endsWith('/mass/get')).length;

test('what WeChat tells of the end is lost: after an hour it is asked for, and what is told later completes it', async () => {
  const { staff } = await open();
  await release('2026-10-02');
  await stage.official.askEnds(stage.app);
  expect(asked()).toBe(0);
  stage.world.pass(61 * 60_000);
  // It still goes out.
  await stage.official.askEnds(stage.app);
  await staff.say('/播报 进度');
  expect(staff.read()).toContain('还没说发完');
  const [told] = stage.world.jobs.map((job) => stage.world.finish(job));
  await stage.official.askEnds(stage.app);
  await staff.say('/播报 进度');
  expect(staff.read()).toContain('送到多少人微信没说');
  await stage.official.askEnds(stage.app);
  expect(asked()).toBe(2);
  await stage.tell(told ?? {});
  await staff.say('/播报 进度');
  expect(staff.read()).toContain('送到 4 人');
});

test('it was refused, and that is lost too: staff hear it when it is asked for, and it does not count', async () => {
  const { staff } = await open({ platform: { confirms: true } });
  await release('2026-10-02');
  await staff.say('/播报 进度');
  staff.read();
  for (const job of stage.world.jobs) Object.assign(job, { state: 'done', refused: true });
  stage.world.pass(61 * 60_000);
  stage.world.fails('/cgi-bin/message/mass/get', { code: -1 });
  await expect(stage.official.askEnds(stage.app)).rejects.toMatchObject({ meaning: 'unsure' });
  await stage.official.askEnds(stage.app);
  expect(staff.read()).toContain('服务号群发没发出去');
  await staff.say('/播报 进度');
  expect(staff.read()).toContain('用了 0 次');
});

test('an account that may not publish: the fifth edition fails and staff see it, instead of waiting for a word of everybody', async () => {
  const { staff } = await open();
  for (const day of ['2026-10-02', '2026-10-09', '2026-10-16', '2026-10-23']) {
    await release(day);
    await finish();
  }
  stage.world.fails('/cgi-bin/freepublish/submit', ...Array(5).fill({ code: 48001 }));
  await release('2026-10-30');
  for (const minute of ['01', '03', '06', '11', '20']) await stage.to(`2026-10-30T09:${minute}:00+08:00`);
  const [copy] = await stage.store.transaction((tx) => tx.find('deliveries', { edition: 'weekly/2026-10-30' }));
  expect(copy?.state).toBe('failed');
  staff.read();
  await staff.say('/播报 进度');
  expect(staff.read()).toContain('发了 0 处');
});

test('two messages to all that end in the same second are two', async () => {
  await open();
  await release('2026-10-02');
  await release('2026-10-09');
  await finish();
  const ends = await stage.store.transaction((tx) => tx.find('massMessages'));
  expect(ends.map(({ state, sent }) => [state, sent])).toEqual([
    ['done', 4],
    ['done', 4],
  ]);
});

test('an urgent notice goes to all who follow too, and takes one of the month', async () => {
  const { staff, residents } = await open();
  await staff.say('/播报 急 3栋明天上午停水，请备水');
  const asked = staff.read();
  expect(asked).toMatch(/占这个月的一次群发，发了还剩 3 次[\s\S]*10月23日（周五）、10月30日（周五） 那期轮不上群发/u);
  const code = /确认 ([0-9A-Z]{2,6})/u.exec(asked)?.[1] ?? '';
  await staff.say(`确认 ${code}`);
  await finish();
  expect(residents[0]?.read()).toContain('停水');
  await staff.say('/播报 进度');
  expect(staff.read()).toContain('用了 1 次');
});

test('an urgent notice when the month is used up: whoever sends it is told before that it reaches nobody at the 服务号', async () => {
  const { staff, residents } = await open();
  for (const day of ['2026-10-02', '2026-10-09', '2026-10-16', '2026-10-23']) {
    await release(day);
    await finish();
  }
  staff.read();
  for (const each of residents) each.read();
  await stage.to('2026-10-24T10:00:00+08:00');
  await staff.say('/播报 急 3栋明天上午停水，请备水');
  const asked = staff.read();
  expect(asked).toMatch(/4 次用完了，这条发不到那里/u);
  await staff.say(`确认 ${/确认 ([0-9A-Z]{2,6})/u.exec(asked)?.[1] ?? ''}`);
  for (const minute of ['01', '03', '06', '11', '20']) await stage.to(`2026-10-24T10:${minute}:00+08:00`);
  expect(massCalls()).toEqual([0, 0, 0, 0]);
  expect(residents.map((each) => each.read())).toEqual(['', '', '']);
});

test('a message to all that somebody made at the platform’s own page counts as one of the month, and once', async () => {
  const { staff } = await open();
  const end = { Event: 'MASSSENDJOBFINISH', MsgID: 77, Status: 'send success', TotalCount: 4, FilterCount: 4, SentCount: 4, ErrorCount: 0 };
  expect(await stage.tell(end)).toBe(200);
  stage.world.pass(30_000);
  expect(await stage.tell(end)).toBe(200);
  expect(await stage.tell({ ...end, MsgID: 78, Status: 'err(20001)', SentCount: 0 })).toBe(200);
  await staff.say('/播报 进度');
  expect(staff.read()).toMatch(/用了 1 次，还能发 3 次/u);
  // What is under way has no id yet: that is brought again.
  stage.world.fails('/cgi-bin/message/mass/sendall', 'reset', 'reset', 'reset');
  await release('2026-10-02');
  expect(await stage.tell({ ...end, MsgID: 79 })).toBe(500);
});
