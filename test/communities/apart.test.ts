import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createSite } from '../../src/adapters/site/server.ts';
import { systemIds } from '../../src/adapters/system/system.ts';
import { siteDesk } from '../../src/cli/site.ts';
import { commands } from '../../src/desk/parts.ts';
import type { TestDesk } from '../support/desk.ts';
import { keptBy, openCommunity } from './desks.ts';

/** Nothing of one community is in reach of another: whatever of the one is tried at the other, it knows nothing of it, and nothing there changes. */

const words = '七楼张婆婆家的天花板漏水';

let estate: TestDesk;
let village: TestDesk;

/** The estate's cases, alarms and people as somebody at the village may have got hold of them. */
async function known() {
  const { appeals, alarms, people, rooms, news } = await estate.store.transaction(async (tx) => ({
    appeals: await tx.find('appeals'),
    alarms: await tx.find('alarms'),
    people: await tx.find('people'),
    rooms: await tx.find('rooms'),
    news: await tx.find('newsItems'),
  }));
  const ids = [...appeals, ...alarms, ...people, ...rooms, ...news].map(({ id }) => id);
  return { numbers: appeals.map(({ id }) => id), ids: [...new Set(ids)] };
}

/** Two desks; the estate has a case, an alarm and news. */
async function openBoth(): Promise<void> {
  const parts = { ids: systemIds({ now: () => new Date('2026-11-23T02:00:00Z') }) };
  [estate, village] = (await Promise.all(
    (['estate', 'village'] as const).map((id) =>
      openCommunity(id, { papers: false, rooms: [`${id}居民群`], staffRooms: [`${id}工作群`], parts }),
    ),
  )) as [TestDesk, TestDesk];
  await estate.say('翠湖湾的张婆婆', `${words}，在一期3栋，我电话13985801234`);
  await estate.say('翠湖湾的王叔', '一期5栋有人晕倒了，快来人');
  await estate.say('小周', '/消息 加 翠湖湾停水通知 明天一期停水');
}
const closeBoth = () => Promise.all([estate, village].map(({ app }) => app.stop()));

describe('every command of the village, given what is the estate’s', () => {
  let before: string;
  let tried: readonly string[];
  beforeAll(async () => {
    await openBoth();
    before = await keptBy(estate);
    const { ids, numbers } = await known();
    expect(numbers).toHaveLength(1);
    tried = [
      ...ids.filter((id) => id !== '李主任' && id !== '小周'),
      ...numbers.map((number) => number.slice(-4)),
      '13985801234',
      '翠湖湾停水通知',
    ];
  });
  afterAll(closeBoth);

  test.each(commands.map(({ id }) => id))('%s', async (id) => {
    const verb = village.app.content.current().commands.get(id)?.verb ?? '';
    const heard = [];
    for (const each of tried) heard.push(...(await village.say('李主任', `/${verb} ${each} 换了管子`)));
    heard.push(...(await village.say('李主任', `/${verb}`)));
    const told = heard.map(({ text = '' }) => text).join('\n');
    expect(told).not.toContain('天花板');
    expect(told).not.toContain('晕倒');
    expect(told).not.toContain('明天一期停水');
    expect(await keptBy(estate)).toBe(before);
    // What the line itself files is a matter of the village.
    const filed = await village.store.transaction((tx) => tx.find('appeals'));
    expect(filed.filter((appeal) => !appeal.id.startsWith('SJ'))).toEqual([]);
  });
});

test('residents of the village hear nothing of a case of the estate by its number', async () => {
  await openBoth();
  const before = await keptBy(estate);
  const { numbers } = await known();
  for (const number of numbers)
    for (const line of [number, `查 ${number}`, `核对 ${number}`, `催 ${number}`, `撤回 ${number}`, `${number} 没解决`]) {
      const told = (await village.say('赵师傅', line)).map(({ text = '' }) => text).join('\n');
      expect(told).not.toContain('天花板');
    }
  expect(await keptBy(estate)).toBe(before);
  await closeBoth();
});

describe('on the site', () => {
  const tokenIn = (text: string) => /name="token" value="([^"]+)"/.exec(text)?.[1] ?? '';
  const numberIn = (text: string) => /CH\d{6}-\d{4}/.exec(text)?.[0] ?? '';
  const secretIn = (text: string) => /[A-Z2-9]{5}-[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(text)?.[0] ?? '';
  let site: ReturnType<typeof createSite>;
  beforeEach(async () => {
    await openBoth();
    const desks = [siteDesk(estate.app, 'nowhere', 'estate'), siteDesk(village.app, 'nowhere', 'village')];
    site = createSite({ communities: desks, elapsed: () => 0 });
  });
  afterEach(closeBoth);
  const get = async (path: string) => site.request(path, { headers: { host: 'localhost' } });
  const post = async (path: string, fields: Record<string, string>) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    return site.request(path, { method: 'POST', body, headers: { host: 'localhost' } });
  };
  const reported = async () => {
    const token = tokenIn(await (await get('/c/estate/report')).text());
    const text = await (await post('/c/estate/report', { token, what: '电梯坏了两天没人修', place: '翠湖湾二期5栋' })).text();
    return { token, number: numberIn(text), secret: secretIn(text) };
  };

  test('a number with its secret, and the page of a secret, open a case at its own community only', async () => {
    const { number, secret } = await reported();
    expect((await post('/c/estate/case', { number, secret })).status).toBe(200);
    const before = await keptBy(estate);
    for (const answer of [
      await post('/c/village/case', { number, secret }),
      await get(`/c/village/s/${secret}`),
      await post(`/c/village/s/${secret}`, {
        token: tokenIn(await (await get('/c/village/report')).text()),
        does: 'withdraw',
        sure: 'yes',
      }),
      await post(`/c/village/s/${secret}`, { token: tokenIn(await (await get('/c/village/report')).text()), text: '还在漏' }),
    ]) {
      expect(answer.status).toBe(404);
      expect(await answer.text()).not.toContain('电梯');
    }
    expect(await keptBy(estate)).toBe(before);
  });

  test('the token of a form is good at its own community only', async () => {
    const token = tokenIn(await (await get('/c/estate/report')).text());
    const before = await keptBy(village);
    const answer = await post('/c/village/report', { token, what: '上寨路灯坏了', place: '上寨' });
    expect(answer.status).toBe(422);
    expect(await keptBy(village)).toBe(before);
  });

  test('news, records and topics below a path are of that community', async () => {
    const news = await (await get('/c/village/news')).text();
    expect(news).not.toContain('翠湖湾停水通知');
    for (const path of ['/c/village/', '/c/village/open', '/c/village/about', '/c/village/places', '/c/village/news/feed'])
      expect(await (await get(path)).text()).not.toContain('翠湖湾');
  });
});
