import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { passingVault } from '../../src/adapters/system/vault.ts';
import { erasePersonal, housekeep } from '../../src/desk/keeping/housekeeping.ts';
import { verifyAudit } from '../../src/desk/kernel/audit.ts';
import type { Store } from '../../src/desk/kernel/ports.ts';
import { type KeptDesk, openKeptDesk } from '../support/kept-desk.ts';

let opened: KeptDesk;
let store: Store;
let removed: string[];

beforeEach(async () => {
  opened = await openKeptDesk();
  ({ store, removed } = opened);
});

afterEach(() => opened.close());

const phone = '13985801234';
const id = '520201195203041229';
const erased = (at: string) =>
  store.transaction(async (tx) => ({ ...(await housekeep(tx, new Date(at))), erased: await erasePersonal(tx, new Date(at)) }));

describe('a personal number', () => {
  test('is on the disk in no form that can be read, whoever typed it and whoever looked at it', async () => {
    const { say } = opened;
    await say('张奶奶', `楼上漏水，我电话${phone}，身份证${id}`);
    await say('张奶奶', '3栋2单元501');
    await say('小周', `/代报 王大爷: 5栋门口路灯不亮，他电话${phone}`);
    await say('小周', `/备注 0018 儿子电话 ${phone}`);
    await say('杨哥', `我电话${phone}`, { room: '居民群' });
    await say('刘哥', `屋头着火了，我电话${phone}`);
    expect(await say('小周', '/显示 0018')).toContain(phone);
    expect(opened.onDisk()).not.toContain(phone);
    expect(opened.onDisk()).not.toContain(id);
    expect(opened.onDisk()).toContain('139****1234');
  });

  test('that belongs to no appeal is not kept at all', async () => {
    const { say } = opened;
    await say('张奶奶', `居住证怎么办，我电话${phone}`);
    expect(await store.transaction((tx) => tx.find('originals'))).toEqual([]);
  });

  test('typed for a form that was dropped is forgotten, and within a day the pictures of that form', async () => {
    const { say } = opened;
    await say('张奶奶', `楼上漏水，我电话${phone}`);
    await say('张奶奶', '', { file: '/received/leak.jpg' });
    expect(await store.transaction((tx) => tx.find('originals'))).toHaveLength(1);
    await say('张奶奶', '算了');
    expect(await store.transaction((tx) => tx.find('originals'))).toEqual([]);
    await erased('2026-11-24T19:30:00Z');
    await say('小周', '你好', { at: '2026-11-25T10:00:00+08:00' });
    expect(removed).toEqual(['/received/leak.jpg']);
  });

  test('typed for a form that was left goes with it, when it is taken down without its place', async () => {
    const { say } = opened;
    await say('张奶奶', `楼上漏水，我电话${phone}`);
    await say('小周', '你好', { at: '2026-11-23T11:00:00+08:00' });
    const [appeal] = await store.transaction((tx) => tx.find('appeals'));
    expect(await say('小周', `/显示 ${appeal?.id}`)).toContain(phone);
  });
});

describe('a picture', () => {
  test('that nothing needs is removed within a day; one that came to an appeal stays', async () => {
    const { say } = opened;
    await say('杨哥', '', { room: '居民群', file: '/received/lunch.jpg' });
    await say('张奶奶', '', { file: '/received/dropped.jpg' });
    await say('张奶奶', '算了');
    await say('小刘', '3栋2单元楼道灯不亮');
    await say('小刘', '', { file: '/received/lamp.jpg' });
    expect((await erased('2026-11-24T19:30:00Z')).files).toBe(2);
    await say('小周', '你好', { at: '2026-11-25T10:00:00+08:00' });
    expect(removed.sort()).toEqual(['/received/dropped.jpg', '/received/lunch.jpg']);
  });
});

describe('whoever has their data deleted', () => {
  test('is found nowhere on the disk any more, nor in what staff were told, but for the bare acts', async () => {
    const { say } = opened;
    await say('张奶奶', '楼上漏水滴到灶台，3栋2单元501');
    await say('张奶奶', '', { file: '/received/leak.jpg' });
    await say('小周', '/办结 0018 换了水管');
    await say('张奶奶', '3');
    await say('张奶奶', '5栋健身器材断了');
    // What was said is archived in the night; the deletion has to reach it there.
    await say('小周', '你好', { at: '2026-12-03T10:00:00+08:00' });
    expect(opened.onDisk()).toContain('滴到灶台');
    await say('张奶奶', '删除我的信息');
    expect(await say('张奶奶', '1')).toContain('都删掉了');
    await say('小周', '你好', { at: '2026-12-03T10:05:00+08:00' });
    for (const words of ['滴到灶台', '单元501', '器材断了', '换了水管', 'leak.jpg']) expect(opened.onDisk()).not.toContain(words);
    expect(removed).toEqual(['/received/leak.jpg']);
    const { broken, acts } = await store.transaction((tx) => verifyAudit({ tx, vault: passingVault() }));
    expect(broken).toBeUndefined();
    expect(acts).toBeGreaterThan(5);
  });

  test('leaves an appeal that others have joined to them', async () => {
    const { say } = opened;
    await say('张奶奶', '3栋2单元楼道灯不亮');
    await say('小刘', '3栋2单元楼道灯坏了');
    await say('小刘', '1');
    await say('张奶奶', '删除我的信息');
    await say('张奶奶', '1');
    const [appeal] = await store.transaction((tx) => tx.find('appeals'));
    expect(appeal).toMatchObject({ person: '小刘', state: 'registered', followers: [] });
    expect(await say('小周', '/办结 0018 换了灯泡')).toContain('小刘：');
  });

  test('is told the notice again before anything new is taken down', async () => {
    const { say } = opened;
    expect(await say('张奶奶', '3栋2单元楼道灯不亮')).toContain('先说三句');
    expect(await say('张奶奶', '5栋门口垃圾没人收')).not.toContain('先说三句');
    await say('张奶奶', '删除我的信息');
    await say('张奶奶', '1');
    expect(await say('张奶奶', '8栋门口垃圾没人收')).toContain('先说三句');
  });
});

describe('retention', () => {
  test('what was closed long ago is still found by its number, by staff and by whose it is, and by nobody else', async () => {
    const { say } = opened;
    await say('张奶奶', '楼上漏水滴到灶台，3栋2单元501');
    await say('小周', '/不受理 0018 原因:这个归物业管，请打物业电话');
    await erased('2027-03-31T19:30:00Z');
    expect(await store.transaction((tx) => tx.find('appeals'))).toEqual([]);
    expect(await say('小周', '/查 SQ261123-0018')).toContain('滴到灶台');
    expect(await say('张奶奶', 'SQ261123-0018')).toContain('请打物业电话');
    expect(await say('杨哥', 'SQ261123-0018')).not.toContain('物业');
  });

  test('two years after it was closed an archived appeal keeps its figures and nothing personal', async () => {
    const { say } = opened;
    await say('张奶奶', '楼上漏水滴到灶台，3栋2单元501');
    await say('小周', '/不受理 0018 原因:这个归物业管，请打物业电话');
    await erased('2027-03-31T19:30:00Z');
    const archived = (month: string) => store.transaction((tx) => tx.archived('appeals', month));
    expect((await archived('2026-11'))[0]).toMatchObject({ what: '楼上漏水滴到灶台，3栋2单元501' });
    expect((await erased('2028-10-01T19:30:00Z')).erased).toBe(0);
    expect((await erased('2028-12-01T19:30:00Z')).erased).toBe(1);
    expect((await archived('2026-11'))[0]).toMatchObject({
      category: 'appeal.leak',
      state: 'declined',
      what: '',
      person: 'nobody',
      files: [],
    });
    expect((await erased('2029-01-01T19:30:00Z')).erased).toBe(0);
  });

  test('what was said leaves the archive after two months', async () => {
    const { say } = opened;
    await say('张奶奶', '居住证怎么办');
    expect(await store.transaction((tx) => tx.archivedMonths('deliveries'))).toEqual(['2026-11']);
    expect((await erased('2027-01-15T19:30:00Z')).dropped).toBe(0);
    expect((await erased('2027-02-15T19:30:00Z')).dropped).toBeGreaterThan(0);
    expect(await store.transaction((tx) => tx.archivedMonths('deliveries'))).toEqual([]);
  });
});

describe('the audit trail', () => {
  const verified = () => store.transaction((tx) => verifyAudit({ tx, vault: passingVault() }));

  test('is whole after housekeeping has archived part of it', async () => {
    const { say } = opened;
    for (let n = 1; n <= 5; n++) await say('张奶奶', `${n}栋楼道灯不亮`);
    await erased('2026-12-03T19:30:00Z');
    await say('小周', '/受理 0018', { at: '2026-12-04T10:00:00+08:00' });
    expect(await verified()).toMatchObject({ acts: expect.any(Number) });
    expect((await verified()).broken).toBeUndefined();
  });

  test.each([
    ['changed', async (at: string) => store.transaction(async (tx) => tx.put('audit', { ...(await row(tx, at)), actor: '别人' }))],
    [
      'made of another matter',
      async (at: string) => store.transaction(async (tx) => tx.put('audit', { ...(await row(tx, at)), target: 'SQ261123-9999' })),
    ],
    ['put in', async (at: string) => store.transaction(async (tx) => tx.put('audit', { ...(await bare(tx, at)), id: 'x' }))],
    ['taken out', async (at: string) => store.transaction((tx) => tx.remove('audit', at))],
  ])('tells of an act that was %s', async (_, tamper) => {
    const { say } = opened;
    for (let n = 1; n <= 5; n++) await say('张奶奶', `${n}栋楼道灯不亮`);
    await tamper('000000003');
    expect((await verified()).broken).toBeDefined();
    expect(await say('李主任', '/审计 核对')).toContain('对不上');
  });

  test('tells when its end was cut off', async () => {
    const { say } = opened;
    for (let n = 1; n <= 5; n++) await say('张奶奶', `${n}栋楼道灯不亮`);
    const acts = await store.transaction((tx) => tx.find('audit'));
    const last =
      acts
        .map(({ id }) => id)
        .sort()
        .at(-1) ?? '';
    await store.transaction((tx) => tx.remove('audit', last));
    expect((await verified()).broken).toBe(last);
  });

  const bare = async (tx: Parameters<Parameters<Store['transaction']>[0]>[0], at: string) => {
    const { chain: _, ...unchained } = await row(tx, at);
    return unchained;
  };
  const row = async (tx: Parameters<Parameters<Store['transaction']>[0]>[0], at: string) => {
    const found = await tx.get('audit', at);
    if (!found) throw new Error('there is no such act');
    return found;
  };
});
