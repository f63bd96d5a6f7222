import { expect, test } from '@jest/globals';
import { openMemoryStore } from '../../src/adapters/store/memory.ts';
import { deskHealth } from '../../src/desk/keeping/health.ts';
import { officeTime } from '../../src/desk/kernel/office-time.ts';
import { openTestDesk, written } from '../support/desk.ts';

/** Rows of which a bit was flipped, or that somebody has edited: of each kind that a chore, the outbox or a report looks at. */
const damaged = {
  appeals: [{ id: 'SQ261120-0017', state: 'registered', createdAt: 'soon', wakeAt: '2026-11-20T02:00:00.000Z' }],
  alarms: [{ id: 'SQ261120-0017', appeal: 'SQ261120-0017', nextAt: '2026-11-20T02:00:00.000Z' }],
  deliveries: [{ id: 'd', state: 'queued', kind: 'notice', room: '工作群', text: '旧话', notBefore: '2026-11-20T02:00:00.000Z' }],
  editions: [{ id: 'weekly/2026-11-20', state: 'planned', title: '一周消息', plannedAt: 'Friday' }],
  newsItems: [{ id: 'n', title: '停水', date: '2026-13-01' }],
  heard: [{ id: 'm', at: 20261120 }],
  audit: [{ id: '000000001', at: '', actor: 'clock', act: 'register', allowed: true }],
  conversations: [null],
};

test('a damaged row stops neither news nor housekeeping nor backups; staff hear of it once, and the health check until it is seen to', async () => {
  let backups = 0;
  const store = openMemoryStore({ version: 0, counters: {}, tables: damaged as never });
  const desk = await openTestDesk({ store });
  Object.assign(desk.app, { backups: { make: async () => ({ name: 'copy', bytes: backups++, rows: 7 }) } });
  await desk.say('张奶奶', '3栋2单元楼道灯不亮');
  await desk.say('小周', '/消息 加 停水 周五停水');
  for (const day of ['24', '25', '26', '27', '28']) await desk.to(`2026-11-${day}T10:00:00+08:00`);

  const said = written(desk.all);
  expect(said.filter((text) => text.includes('8 条记录读不出来'))).toEqual([expect.stringContaining('工作群：')]);
  expect(said.filter((text) => text.includes('没有做成'))).toEqual([]);
  expect(said).toContainEqual(expect.stringMatching(/居民群：.*一周消息/su));
  expect(backups).toBe(5);
  const { app } = desk;
  const content = app.content.current();
  const findings = await store.transaction((tx) =>
    deskHealth({ tx, now: app.clock.now(), say: app.say, content, knows: officeTime(content.calendar, app.workCalendars).knows }),
  );
  expect(findings).toContainEqual(
    expect.objectContaining({ id: 'damaged', condition: 'look', text: expect.stringContaining('SQ261120-0017') }),
  );
});
