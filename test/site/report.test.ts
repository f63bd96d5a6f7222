import { readdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openMemoryStore } from '../../src/adapters/store/memory.ts';
import { systemIds } from '../../src/adapters/system/system.ts';
import { passingVault } from '../../src/adapters/system/vault.ts';
import type { Store, Transaction, Vault } from '../../src/desk/kernel/ports.ts';
import type { TableName, Tables } from '../../src/desk/kernel/table.ts';
import { landingOf } from '../../src/domain/content/sheets.ts';
import { PNG } from '../simulator/stage.ts';
import { readBy } from '../support/desk.ts';
import { openSiteStage, type SiteStage } from './stage.ts';

let stage: SiteStage;
beforeEach(async () => {
  stage = await openSiteStage();
});
afterEach(async () => {
  expect(stage.errors).toEqual([]);
  await stage.close();
});

/** The signed field of a form, as a browser would send it back. */
async function tokenOf(path = '/report'): Promise<string> {
  return tokenIn((await stage.get(path)).text);
}
const tokenIn = (text: string) => /name="token" value="([^"]+)"/.exec(text)?.[1] ?? '';
const numberIn = (text: string) => /SQ\d{6}-\d{4}/.exec(text)?.[0] ?? '';
const secretIn = (text: string) => /[A-Z2-9]{5}-[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(text)?.[0] ?? '';
const said = (text: string) => text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

const clock = { now: () => new Date('2026-11-23T02:00:00Z') };
type Answer = Awaited<ReturnType<SiteStage['get']>>;

/** A store and a vault that count what is read, digested and opened. */
function countWork() {
  const done = { reads: 0, digests: 0, opened: 0 };
  const memory = openMemoryStore();
  const keys = passingVault();
  const counted = (tx: Transaction) =>
    new Proxy(tx, {
      get(of, name) {
        if (['get', 'find', 'count', 'mentioning', 'archived'].includes(String(name))) done.reads++;
        return Reflect.get(of, name);
      },
    });
  const store: Store = { ...memory, transaction: (work) => memory.transaction((tx) => work(counted(tx))) };
  const vault: Vault = {
    seal: keys.seal,
    digest(text) {
      done.digests++;
      return keys.digest(text);
    },
    open(sealed) {
      done.opened++;
      return keys.open(sealed);
    },
  };
  return { store, vault, begin: () => Object.assign(done, { reads: 0, digests: 0, opened: 0 }), work: () => ({ ...done }) };
}

async function report(fields: Record<string, string | File>) {
  return stage.post('/report', { token: await tokenOf(), ...fields });
}
const rows = <T extends TableName>(table: T): Promise<Tables[T][]> => stage.desk.store.transaction((tx) => tx.find(table));

describe('我要反映', () => {
  test('a report that is whole gets a number, a secret and its page', async () => {
    const { status, text, headers } = await report({
      what: '3栋2单元楼道灯坏了',
      place: '阳光花园3栋2单元',
      name: '张奶奶',
      phone: '13985801234',
    });
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(numberIn(text)).toMatch(/^SQ261123-001\d$/);
    const secret = secretIn(text);
    expect(secret).not.toBe('');
    const page = await stage.get(`/s/${secret}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain(numberIn(text));
    expect(page.headers.get('cache-control')).toBe('no-store');
    const byNumber = await stage.post('/case', { number: numberIn(text), secret: secret.toLowerCase().replaceAll('-', ' ') });
    expect(byNumber.status).toBe(200);
    expect(byNumber.text).toContain('3栋2单元楼道灯坏了');
    const [appeal] = await rows('appeals');
    expect(appeal).toMatchObject({ category: 'appeal.streetlight', place: '阳光花园3栋2单元', state: 'registered' });
    expect(appeal?.what).not.toContain('13985801234');
    expect(JSON.stringify(await rows('caseKeys'))).not.toContain(secret.replaceAll('-', ''));
  });

  test('what is missing is asked for with the question of the chat, and nothing is kept until it is told', async () => {
    const token = await tokenOf();
    const asked = await stage.post('/report', { token, what: '路灯坏了，晚上黑得很', name: '老王' });
    expect(said(asked.text)).toContain('还差一样');
    expect(asked.text).toContain('路灯坏了，晚上黑得很');
    expect(asked.text).toContain('value="老王"');
    for (const table of ['appeals', 'questions', 'caseKeys', 'received', 'heard'] as const) expect(await rows(table)).toEqual([]);
    expect((await rows('people')).filter(({ onPage }) => onPage)).toEqual([]);
    const filed = await stage.post('/report', { token, what: '路灯坏了，晚上黑得很', name: '老王', place: '5栋门口', placeAsked: 'yes' });
    expect(numberIn(filed.text)).not.toBe('');
    expect((await rows('appeals'))[0]?.place).toBe('5栋门口');
  });

  test('a form that is left unfinished keeps nothing, not even its picture', async () => {
    const file = new File([PNG], 'a.png', { type: 'image/png' });
    const asked = await report({ what: '路灯坏了，晚上黑得很', name: '老王', phone: '13985801234', file });
    expect(said(asked.text)).toContain('照片');
    expect(await readdir(stage.media)).toEqual([]);
    await stage.desk.to('2026-11-23T12:00:00+08:00');
    for (const table of ['appeals', 'questions', 'caseKeys', 'received', 'heard', 'deliveries', 'unanswered', 'conversations'] as const)
      expect([table, await rows(table)]).toEqual([table, []]);
    expect((await rows('people')).filter(({ onPage }) => onPage)).toEqual([]);
  });

  test('the code of a sheet fills in where it hangs, as text, and the place is filed', async () => {
    const path = landingOf({ at: '3号窗口' });
    const form = await stage.get(path);
    expect(form.text).toContain('name="place" value="3号窗口"');
    const { text } = await stage.post('/report', { token: tokenIn(form.text), what: '取号机坏了，没人修', place: '3号窗口' });
    expect(numberIn(text)).not.toBe('');
    expect((await rows('appeals'))[0]?.place).toBe('3号窗口');
    const evil = await stage.get(`/report?at=${encodeURIComponent(`"><script>alert(1)</script>${'长'.repeat(200)}`)}`);
    expect(evil.text).not.toContain('<script>alert');
    expect(evil.text).not.toContain('长'.repeat(80));
  });

  test('whoever cannot say the place sends it without one', async () => {
    const filed = await report({ what: '路灯坏了，晚上黑得很', placeAsked: 'yes' });
    expect(numberIn(filed.text)).not.toBe('');
  });

  test('the same form sent twice files once and shows the same secret', async () => {
    const token = await tokenOf();
    const fields = { token, what: '3栋楼道灯坏了', place: '3栋' };
    const [first, second] = [await stage.post('/report', fields), await stage.post('/report', fields)];
    expect(secretIn(second.text)).toBe(secretIn(first.text));
    expect(await rows('appeals')).toHaveLength(1);
  });

  test('several matters become several cases, each with a secret of its own', async () => {
    const { text } = await report({ what: '3栋路灯坏了，还有5栋门口垃圾没人收' });
    expect(await rows('appeals')).toHaveLength(2);
    expect(new Set(text.match(/[A-Z2-9]{5}-[A-Z2-9]{4}-[A-Z2-9]{4}/g)).size).toBe(2);
  });

  test('the same problem is asked about, and joined or not', async () => {
    await report({ what: '3栋2单元楼道灯坏了' });
    const token = await tokenOf();
    const asked = await stage.post('/report', { token, what: '3栋2单元的灯不亮' });
    expect(asked.text).toContain('name="same"');
    const joined = await stage.post('/report', { token, what: '3栋2单元的灯不亮', same: 'yes' });
    expect(secretIn(joined.text)).not.toBe('');
    const all = await rows('appeals');
    expect(all).toHaveLength(1);
    expect(all[0]?.followers).toHaveLength(1);
    // Whoever joined does not read the other's words.
    expect((await stage.get(`/s/${secretIn(joined.text)}`)).text).not.toContain('3栋2单元楼道灯坏了');
  });

  test('danger shows the card first, calls staff, and takes what is said next', async () => {
    const token = await tokenOf();
    const heard = await stage.desk.heardOf(async () => {
      const { text } = await stage.post('/report', { token, what: '着火了，快来人', place: '阳光花园3栋' });
      expect(text).toContain('119');
      expect(said(text)).toContain('先做这些');
    });
    expect(JSON.stringify(heard)).toContain('着火了');
    expect(JSON.stringify(heard)).toContain('阳光花园3栋');
    expect(await rows('appeals')).toEqual([]);
    const more = await stage.desk.heardOf(() => stage.post('/report/say', { token, text: '火大了，二楼有人' }));
    expect(JSON.stringify(more)).toContain('二楼有人');
  });

  test('doubtful danger is asked about; a denial files the report, and silence would have called', async () => {
    const token = await tokenOf();
    const fields = { token, what: '有人在楼顶', place: '3栋' };
    const first = await stage.post('/report', fields);
    expect(first.text).toContain('name="danger" value="no"');
    expect(await stage.desk.store.transaction((tx) => tx.count('suspicions'))).toBe(1);
    const { text } = await stage.post('/report', { ...fields, danger: 'no' });
    expect(numberIn(text)).not.toBe('');
    expect(await stage.desk.store.transaction((tx) => tx.count('suspicions'))).toBe(0);
    expect(await rows('appeals')).toHaveLength(1);
    expect(await rows('alarms')).toEqual([]);
  });

  test('doubtful danger that is confirmed calls for help', async () => {
    const token = await tokenOf();
    const fields = { token, what: '有人在楼顶', place: '3栋' };
    await stage.post('/report', fields);
    const { text } = await stage.post('/report', { ...fields, danger: 'yes' });
    expect(text).toContain('110');
    expect(await rows('alarms')).toHaveLength(1);
  });

  test('a picture is kept for staff without what the camera wrote; what is none is refused and nothing of it stays', async () => {
    const { text } = await report({ what: '3栋楼道灯坏了', place: '3栋', file: new File([PNG], 'a.png', { type: 'image/png' }) });
    expect(numberIn(text)).not.toBe('');
    expect((await rows('appeals'))[0]?.files).toHaveLength(1);
    const none = await report({
      what: '5栋楼道灯坏了',
      place: '5栋',
      file: new File(['<svg onload=alert(1)>'], 'a.png', { type: 'image/png' }),
    });
    expect(none.status).toBe(422);
    expect(said(none.text)).toContain('不是照片');
    expect(await rows('appeals')).toHaveLength(1);
  });

  test.each([
    ['10 MB', () => ({ what: '灯坏了', file: new File([new Uint8Array(10 * 1024 * 1024)], 'a.png') }), 413, '照片太大'],
    ['4,002 characters', () => ({ what: '灯坏了'.repeat(1334) }), 422, '最多写 4000 个字'],
    ['a form that is not ours', () => ({ token: 'abc.def.ghi', what: '灯坏了' }), 422, '再按一次'],
  ])('%s is told in plain words', async (_, fields, status, words) => {
    const answer = await report(fields() as Record<string, string | File>);
    expect(answer.status).toBe(status);
    expect(said(answer.text)).toContain(words);
    expect(await rows('appeals')).toEqual([]);
  });

  test('scripts in every field are text', async () => {
    const evil = '"><script>alert(1)</script>';
    const { text } = await report({ what: `3栋灯坏了${evil}`, place: `3栋${evil}`, name: evil, phone: evil });
    expect(text).not.toContain('<script>alert');
    const again = await report({ what: `x${evil}`.padEnd(1100, '哈'), place: evil, name: evil, phone: evil });
    expect(again.text).not.toContain('<script>alert');
    const page = await stage.get(`/s/${secretIn(text)}`);
    expect(page.text).not.toContain('<script>alert');
  });
});

describe('查进度', () => {
  async function filed() {
    const { text } = await report({ what: '3栋2单元楼道灯坏了' });
    return { number: numberIn(text), secret: secretIn(text) };
  }

  test('the course, a word of staff, 催, more words, and the rating', async () => {
    const { number, secret } = await filed();
    await stage.desk.say('小周', `/备注 ${number} 这家人难缠`);
    const told = await stage.desk.say('小周', `/回复 ${number} 明天上午来换灯泡`);
    expect(readBy('小周', told)).toContain('网页');
    const page = await stage.get(`/s/${secret}`);
    expect(page.text).toContain('明天上午来换灯泡');
    expect(page.text).not.toContain('难缠');
    const urged = await stage.desk.heardOf(async () => {
      const { text } = await stage.post(`/s/${secret}`, { token: tokenIn(page.text), does: 'urge' });
      expect(said(text)).toContain('催');
    });
    expect(urged.filter(({ to }) => to?.startsWith('web-'))).toEqual([]);
    expect(urged.length).toBeGreaterThan(0);
    const added = await stage.post(`/s/${secret}`, { token: await tokenOf(`/s/${secret}`), does: 'add', text: '是二楼那盏' });
    expect(added.text).toContain('是二楼那盏');
    await stage.desk.say('小周', `/办结 ${number} 换了灯泡，亮了`);
    const done = await stage.get(`/s/${secret}`);
    expect(done.text).toContain('换了灯泡，亮了');
    const rated = await stage.post(`/s/${secret}`, { token: tokenIn(done.text), does: 'rate', solved: 'yes', satisfied: 'yes', text: '' });
    expect(rated.status).toBe(200);
    expect((await rows('appeals'))[0]).toMatchObject({ state: 'archived', ratings: [{ solved: 'yes', satisfied: 'yes' }] });
  });

  test('没解决 takes the same number up again with the words', async () => {
    const { number, secret } = await filed();
    await stage.desk.say('小周', `/办结 ${number} 换了灯泡，亮了`);
    await stage.post(`/s/${secret}`, {
      token: await tokenOf(`/s/${secret}`),
      does: 'rate',
      solved: 'no',
      satisfied: 'yes',
      text: '第二天又不亮了',
    });
    const [appeal] = await rows('appeals');
    expect(appeal).toMatchObject({ state: 'in_progress', round: 2 });
    expect(JSON.stringify(appeal)).toContain('第二天又不亮了');
  });

  test('taking it back needs the tick', async () => {
    const { secret } = await filed();
    const without = await stage.post(`/s/${secret}`, { token: await tokenOf(`/s/${secret}`), does: 'withdraw' });
    expect(without.status).toBe(422);
    await stage.post(`/s/${secret}`, { token: await tokenOf(`/s/${secret}`), does: 'withdraw', sure: 'yes' });
    expect((await rows('appeals'))[0]?.state).toBe('withdrawn');
  });

  test('a thousand wrong secrets open nothing and end in a wait', async () => {
    const { secret } = await filed();
    const statuses: number[] = [];
    for (let index = 0; index < 1000; index++) statuses.push((await stage.get(`/s/${String(index).padStart(13, 'B')}`)).status);
    expect(statuses.filter((status) => status === 404).length).toBeLessThanOrEqual(30);
    expect(new Set(statuses.slice(30))).not.toContain(200);
    // Whoever guesses may not look at all for a while, right or wrong; somebody elsewhere may.
    expect((await stage.get(`/s/${secret}`)).status).not.toBe(200);
  });

  test('whatever is wrong with a number or a secret, the answer is the same bytes and headers, for the same work', async () => {
    const counting = countWork();
    await stage.close();
    stage = await openSiteStage({ desk: { store: counting.store, parts: { ids: systemIds(clock), vault: counting.vault } } });
    const { number, secret } = await filed();
    const wrong: Readonly<Record<string, () => Promise<Answer>>> = {
      'a number that does not exist': () => stage.post('/case', { number: 'SQ261123-9998', secret: 'AAAAA-AAAA-AAAA' }),
      'one that exists, with another secret': () => stage.post('/case', { number, secret: 'AAAAA-AAAA-AAAA' }),
      'a secret that exists, with another number': () => stage.post('/case', { number: 'SQ261123-9998', secret }),
      'neither is one': () => stage.post('/case', { number: '<b>', secret: '..' }),
      nothing: () => stage.post('/case', { number: '', secret: '' }),
      'a link with another secret': () => stage.get('/s/AAAAA-AAAA-AAAA'),
      'a link that is none': () => stage.get('/s/%3Cb%3E?q=1'),
    };
    // What filing brought is said and done before anything is counted.
    await stage.desk.heardOf(() => stage.get('/case'));
    const answers = [];
    for (const [what, ask] of Object.entries(wrong)) {
      counting.begin();
      const { status, text, headers } = await ask();
      answers.push({ what, status, text, headers: [...headers], ...counting.work() });
    }
    const [first] = answers;
    expect(first).toMatchObject({ status: 404, digests: 1 });
    for (const answer of answers) expect(answer).toEqual({ ...first, what: answer.what });
  });

  test('with their data deleted nobody reads it any more', async () => {
    const { secret } = await filed();
    const [appeal] = await rows('appeals');
    await stage.desk.store.transaction(async (tx) => {
      for (const row of await tx.find('caseKeys')) await tx.remove('caseKeys', row.id);
      if (appeal) await tx.put('appeals', { ...appeal, erased: true });
    });
    expect((await stage.get(`/s/${secret}`)).status).toBe(404);
  });
});
