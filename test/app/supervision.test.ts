import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { passingVault } from '../../src/adapters/system/vault.ts';
import { verifyAudit } from '../../src/desk/kernel/audit.ts';
import type { Transaction } from '../../src/desk/kernel/ports.ts';
import { lastSealedDay, proofOf, publicDay } from '../../src/desk/supervision/proof.ts';
import { verifySeals } from '../../src/desk/supervision/verifying.ts';
import { ratesOf } from '../../src/domain/appeals/rates.ts';
import { ratesFrom } from '../../src/domain/supervision/counts.ts';
import { misfit, shownSeal } from '../../src/domain/supervision/day.ts';
import { openTestDesk, readBy, type TestDesk } from '../support/desk.ts';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const vault = passingVault();

/** Monday: a lamp, a leak and a complaint about the staff are told of, and somebody is in danger; the lamp is done and rated. Then it is night. The day on which the desk began is sealed too, with nothing in it. */
async function afterOneNight() {
  const desk = await openTestDesk();
  await desk.say('张奶奶', '3栋2单元楼道灯不亮');
  await desk.say('王叔', '5栋1单元楼顶漏水');
  await desk.say('老钱', '我要投诉窗口的工作人员，在12栋办低保态度太差，让我跑了三趟');
  await desk.say('小明', '7栋着火了！');
  const lamp = (await desk.store.transaction((tx) => tx.find('appeals', { person: '张奶奶' })))[0]?.id ?? '';
  await desk.say('小周', `/办结 ${lamp} 换了灯泡`);
  await desk.say('张奶奶', '1');
  await desk.say('张奶奶', '1');
  await desk.to('2026-11-24T03:00:00+08:00');
  const read = <R>(work: (tx: Transaction) => Promise<R>) => desk.store.transaction(work);
  const check = () => read((tx) => verifySeals({ tx, vault }));
  const last = () => read(lastSealedDay);
  return { ...desk, lamp, read, check, last };
}

const proven = (desk: Pick<TestDesk, 'store'>, number: string) => desk.store.transaction((tx) => proofOf(tx, vault, number));

describe('a night', () => {
  test('seals every case, with the figures that are published, and proves each of them', async () => {
    const { store, read, lamp, check, last } = await afterOneNight();
    const day = await last();
    const appeals = await read((tx) => tx.find('appeals'));
    const sums = day?.open.counts.map((count, index) => count + (day.discreet.counts[index] ?? 0)) ?? [];
    expect(ratesFrom(sums)).toEqual(ratesOf(appeals, day?.from ?? '', day?.to ?? ''));
    expect([day?.open.counts[0], day?.discreet.counts[0], day?.alarms.counts[0]]).toEqual([2, 1, 1]);
    for (const { id } of appeals) {
      const proof = await proven({ store }, id);
      expect(proof && misfit(digest, proof)).toBeUndefined();
      expect(proof?.day.seal).toBe(day?.seal);
    }
    expect((await proven({ store }, lamp))?.tree).toBe('open');
    expect(await check()).toEqual({ days: 2 });
  });

  test('tells nobody how many alarms there were, and proves none', async () => {
    const { store, read, last } = await afterOneNight();
    const [alarm] = await read((tx) => tx.find('alarms'));
    expect(await proven({ store }, alarm?.id ?? '')).toBeUndefined();
    const day = await last();
    expect(day && Object.keys(publicDay(day).alarms)).toEqual(['hash']);
  });

  test('a leaf tells nothing to whoever has not its secret, which is of each case and the same each night', async () => {
    const { read, to } = await afterOneNight();
    const before = await read((tx) => tx.find('seals'));
    await to('2026-11-25T03:00:00+08:00');
    const after = await read((tx) => tx.find('seals'));
    expect(after.map(({ id, salt }) => [id, salt])).toEqual(before.map(({ id, salt }) => [id, salt]));
    expect(after.every(({ day }) => day === '2026-11-25')).toBe(true);
  });

  test('is sealed once, and each seal holds the one before it', async () => {
    const { read, to } = await afterOneNight();
    await to('2026-11-24T05:00:00+08:00');
    await to('2026-11-25T08:00:00+08:00');
    const days = await read((tx) => tx.find('sealedDays'));
    expect(days.map(({ id }) => id)).toEqual(['2026-11-23', '2026-11-24', '2026-11-25']);
    expect(days.map(({ before }) => before)).toEqual(['', days[0]?.seal, days[1]?.seal]);
  });
});

describe('what is done later', () => {
  test('is no other past: answers, ratings, a supplement, one who joins, the archive', async () => {
    const desk = await afterOneNight();
    const leak = (await desk.read((tx) => tx.find('appeals', { person: '王叔' })))[0]?.id ?? '';
    await desk.say('小周', `/回复 ${leak} 师傅明天上午十点来看`, { at: '2026-11-24T10:00:00+08:00' });
    await desk.say('王叔', '补充 水滴到厨房了');
    await desk.say('张奶奶', '没解决');
    expect(await desk.check()).toEqual({ days: 2 });
    await desk.say('小周', `/办结 ${leak} 补好了楼顶`);
    await desk.to('2027-01-20T03:00:00+08:00');
    await desk.to('2027-03-01T03:00:00+08:00');
    await desk.to('2027-03-04T03:00:00+08:00');
    expect(await desk.read((tx) => tx.archivedMonths('seals'))).not.toEqual([]);
    expect(await desk.read((tx) => tx.archivedMonths('appeals'))).not.toEqual([]);
    expect(await desk.check()).toEqual({ days: 5 });
  });

  test('a case that is forgotten keeps its leaf and loses its secret', async () => {
    const desk = await afterOneNight();
    const leaves = await desk.read((tx) => tx.get('leaves', '2026-11-24/open'));
    await desk.say('张奶奶', '删除我的信息');
    await desk.say('张奶奶', '确认');
    expect(await desk.read((tx) => tx.get('seals', desk.lamp))).toBeUndefined();
    expect(await desk.read((tx) => tx.get('leaves', '2026-11-24/open'))).toEqual(leaves);
    await desk.to('2026-11-25T03:00:00+08:00');
    expect(await proven(desk, desk.lamp)).toBeUndefined();
    expect((await desk.read((tx) => tx.get('leaves', '2026-11-25/open')))?.leaves).toHaveLength(2);
    expect(await desk.check()).toEqual({ days: 3 });
  });
});

describe('a changed past is noticed', () => {
  /** Changes something behind the desk's back. */
  const tampered = async (change: (tx: Transaction, lamp: string) => Promise<unknown>) => {
    const desk = await afterOneNight();
    await desk.to('2026-11-25T03:00:00+08:00');
    expect(await desk.check()).toEqual({ days: 3 });
    await desk.read((tx) => change(tx, desk.lamp));
    const [leak] = await desk.read((tx) => tx.find('appeals', { person: '王叔' }));
    return { ...(await desk.check()), lamp: desk.lamp, leak: leak?.id };
  };
  const changed = (fields: object) =>
    tampered(async (tx, lamp) => {
      const appeal = await tx.get('appeals', lamp);
      if (appeal) await tx.put('appeals', { ...appeal, ...fields });
    });

  test.each([
    ['when the first word was said', { firstWordAt: '2026-11-23T02:01:00.000Z' }],
    ['what was told', { what: '没有什么' }],
    ['when it was told', { createdAt: '2026-11-22T02:00:00.000Z' }],
    ['what was done', { history: [] }],
    ['the result', { result: '整栋楼的灯都换了' }],
    ['of which kind it is', { category: 'appeal.noise' }],
  ])('%s', async (_, fields) => {
    const { broken, lamp } = await changed(fields);
    expect(broken).toBe(lamp);
  });

  test('a first word that nobody said', async () => {
    const { broken, leak } = await tampered(async (tx) => {
      const [appeal] = await tx.find('appeals', { person: '王叔' });
      if (appeal) await tx.put('appeals', { ...appeal, firstWordAt: '2026-11-23T02:01:00.000Z' });
    });
    expect(broken).toBe(leak);
  });

  test('a case that is gone', async () => {
    const { broken, lamp } = await tampered((tx, number) => tx.remove('appeals', number));
    expect(broken).toBe(lamp);
  });

  test('the figures of a day, its leaves, a day that is gone', async () => {
    const counts = (more: readonly number[]) => more.map((count, index) => (index === 5 ? count + 1 : count));
    const figures = await tampered(async (tx) => {
      const day = await tx.get('sealedDays', '2026-11-24');
      if (day) await tx.put('sealedDays', { ...day, open: { ...day.open, counts: counts(day.open.counts) } });
    });
    expect(figures.broken).toBe('2026-11-24');
    const leaf = await tampered(async (tx) => {
      const row = await tx.get('leaves', '2026-11-25/open');
      if (row) await tx.put('leaves', { ...row, leaves: row.leaves.slice(1) });
    });
    expect(leaf.broken).toBe('2026-11-25');
    expect((await tampered((tx) => tx.remove('sealedDays', '2026-11-25'))).broken).toBe('2026-11-25');
    expect((await tampered((tx) => tx.remove('sealedDays', '2026-11-24'))).broken).toBe('2026-11-25');
  });

  test('by the director who asks for it', async () => {
    const desk = await afterOneNight();
    expect(readBy('李主任', await desk.say('李主任', '/审计 核对'))).toContain('封存 2 天，从头算过，都对得上');
    await desk.read((tx) => tx.remove('appeals', desk.lamp));
    expect(readBy('李主任', await desk.say('李主任', '/审计 核对'))).toContain(`从 ${desk.lamp} 起对不上`);
    expect((await desk.read((tx) => verifyAudit({ tx, vault }))).broken).toBeUndefined();
  });
});

describe('核对', () => {
  test('gives whose case it is the proof, which holds no words and fits the seal of the weekly news', async () => {
    const desk = await afterOneNight();
    const day = await desk.last();
    await desk.to('2026-11-24T10:00:00+08:00');
    const [said] = await desk.say('张奶奶', `核对 ${desk.lamp}`);
    expect(said?.text).toContain('已归档');
    expect(said?.text).toContain(shownSeal(day?.seal ?? ''));
    const page = readFileSync(said?.file ?? '', 'utf8');
    for (const word of ['灯', '张奶奶', '3栋']) expect(page).not.toContain(word);
    const json = /\{&#34;tree.*\}/.exec(page)?.[0].replaceAll('&#34;', '"') ?? '';
    expect(misfit(digest, JSON.parse(json))).toBeUndefined();
    const edition = await desk.say('李主任', '/播报 看');
    expect(edition.map(({ text }) => text).join()).toContain(`封存）：${shownSeal(day?.seal ?? '')}`);
  });

  test('tells nothing of somebody else’s, nor of what was told today, and nothing personal in a group', async () => {
    const desk = await afterOneNight();
    expect(readBy('王叔', await desk.say('王叔', `公示核对 ${desk.lamp}`))).toContain('没找到');
    await desk.say('赵姐', '8栋电梯坏了', { at: '2026-11-24T10:00:00+08:00' });
    expect(readBy('赵姐', await desk.say('赵姐', '核对'))).toContain('还没封存');
    const group = await desk.say('张奶奶', '核对', { room: '居民群', addressed: true });
    expect(
      group
        .filter(({ room }) => room !== undefined)
        .map(({ text }) => text)
        .join(),
    ).not.toContain('SQ');
  });
});
