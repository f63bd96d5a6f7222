import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSite } from '../../src/adapters/site/server.ts';
import { siteDesk } from '../../src/cli/site.ts';
import { createSitePages } from '../../src/desk/site/pages.ts';
import { openSiteStage, type SiteStage } from './stage.ts';

let stage: SiteStage;
beforeAll(async () => {
  stage = await openSiteStage({ site: { url: 'https://community.example/', proxies: ['10.0.0.1'] } });
});
afterAll(async () => {
  expect(stage.errors).toEqual([]);
  await stage.close();
});

const said = (text: string) => text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const paths = [
  '/',
  '/guide',
  '/guide/residence-permit.apply',
  '/news',
  '/news/past',
  '/places',
  '/policies',
  '/report',
  '/case',
  '/open',
  '/about',
];

describe('every page', () => {
  test.each(paths)('%s is whole, small, and lets nothing else in', async (path) => {
    const { status, text, headers } = await stage.get(path);
    expect(status).toBe(200);
    expect(text).toMatch(/<\/html>\s*$/);
    expect(Buffer.byteLength(text)).toBeLessThan(40_000);
    expect(text).not.toMatch(
      /<script(?![^>]*src="\/assets)|style="|\son\w+=|https?:\/\/(?!uri\.amap|apis\.map\.qq|community\.example|beian)/,
    );
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('set-cookie')).toBeNull();
    expect(text.match(/<h1/g)).toHaveLength(1);
  });

  test('the first page names the three columns', async () => {
    const { text } = await stage.get('/');
    for (const column of ['办事指南', '社区动态', '社区服务']) expect(said(text)).toContain(column);
  });

  test('the page about this says what becomes of what one says, for whom the pages are made and whom to call', async () => {
    const { text } = await stage.get('/about');
    for (const id of ['privacy', 'access']) expect(text).toContain(`id="${id}"`);
    for (const word of ['WCAG 2.2', '适老化', '读屏软件']) expect(text).toContain(word);
  });

  test('the numbers of the filings stand at the foot once they are set', async () => {
    expect((await stage.get('/')).text).not.toContain('beian');
    const { content } = stage.desk.app;
    const { community } = content.current();
    const filed = { ...content.current(), community: { ...community, icp: '黔ICP备2026000001号', police: '贵公网安备52000002000001号' } };
    const other = await openSiteStage({ desk: { content: { ...content, current: () => filed } } });
    const { text } = await other.get('/guide');
    for (const number of ['黔ICP备2026000001号', '贵公网安备52000002000001号']) expect(text).toContain(number);
    await other.close();
  });

  test('large letters are kept in every link and no cookie', async () => {
    const { text } = await stage.get('/guide?type=large');
    expect(text).toContain('class="large"');
    const links = [...text.matchAll(/href="(\/[^"#]*)/g)].map(([, href = '']) => href).filter((href) => !/assets|feed/.test(href));
    expect(links.filter((href) => !href.includes('type=large'))).toEqual(['/guide']);
  });

  test('what opens nothing is told in plain words', async () => {
    for (const path of ['/guide/deleted.topic', '/news/none', '/news/past/none', '/nothing', '/guide/%ff', '/news/none/picture/0']) {
      const { status, text } = await stage.get(path);
      expect([path, status]).toEqual([path, 404]);
      expect(text).toContain('没有这一页');
    }
  });

  test('/healthz answers', async () => {
    expect(await stage.get('/healthz')).toMatchObject({ status: 200, text: 'ok' });
  });
});

describe('办事指南', () => {
  test('every answer has a page with its sentences and their own sources', async () => {
    const { content } = stage.desk.app;
    for (const id of content.current().answers.keys()) {
      const page = await stage.desk.app.content.current().answers.get(id);
      const { status, text } = await stage.get(`/guide/${id}`);
      expect([id, status]).toEqual([id, 200]);
      expect(text).toContain(page?.title.replace(/&/g, '&amp;'));
    }
    const { text } = await stage.get('/guide/residence-permit.apply');
    expect(said(text)).toMatch(/占一样就能办居住证.{0,80}依据：《居住证暂行条例》第/);
  });

  test.each([
    ['居住证怎么办', 'residence-permit.apply'],
    ['娃儿上户口要带哪样', 'hukou.newborn'],
    ['居住正', 'residence-permit.apply'],
    ['屋头没得收入 国家管不管', 'welfare.dibao'],
  ])('"%s" finds its answer', async (words, topic) => {
    const { text } = await stage.get(`/guide?q=${encodeURIComponent(words)}`);
    expect(text).toContain(`href="/guide/${topic}"`);
  });

  test('a search that tells of danger begins with what to do, and calls nobody', async () => {
    const heard = await stage.desk.heardOf(async () => {
      const { text, headers } = await stage.get(`/guide?q=${encodeURIComponent('家里煤气漏了，闻到味道')}`);
      expect(text.indexOf('alarm big')).toBeGreaterThan(0);
      expect(headers.get('cache-control')).toBe('no-store');
    });
    expect(heard).toEqual([]);
  });

  test('what was searched is text', async () => {
    const { text } = await stage.get(`/guide?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(text).not.toContain('<script>alert');
  });

  test('a stopped answer says nothing as fact', async () => {
    await stage.desk.say('李主任', '/问答 停 居住证申领');
    const { text } = await stage.get('/guide/residence-permit.apply');
    expect(said(text)).toContain('还没核对完');
    expect(text).not.toContain('占一样就能办居住证');
    await stage.desk.say('李主任', '/问答 停 居住证申领 取消');
    expect((await stage.get('/guide/residence-permit.apply')).text).toContain('占一样就能办居住证');
  });

  test('a page that was drawn before is drawn anew with another day: past its review nothing is said as fact', async () => {
    const later = await openSiteStage();
    const path = '/guide/residence-permit.apply';
    expect((await later.get(path)).text).toContain('占一样就能办居住证');
    await later.desk.to('2036-11-23T10:00:00+08:00');
    expect(said((await later.get(path)).text)).toContain('还没核对完');
    await later.close();
  });

  test('what is written behind the address is in the page of whoever wrote it, and in nobody else’s', async () => {
    const path = '/guide/residence-permit.apply';
    expect((await stage.get(`${path}?from=words`)).text).toContain('from=words');
    expect((await stage.get(path)).text).not.toContain('from=words');
  });
});

describe('社区动态', () => {
  test('the feed is Atom, and an item that was taken back is gone from it', async () => {
    const before = await stage.get('/news/feed');
    expect(before.headers.get('content-type')).toContain('application/atom+xml');
    expect(before.text).toContain('https://community.example/news/');
    await stage.desk.store.transaction(async (tx) => {
      await tx.put('newsItems', {
        id: 'staff-1',
        title: '停水通知 <明天>',
        text: '明天上午停水',
        category: '最新通知',
        date: '2026-11-23',
        files: ['a.png'],
        by: '小周',
        at: '2026-11-23T02:00:00.000Z',
        publishedAt: '2026-11-23T02:00:00.000Z',
      });
    });
    expect((await stage.get('/news/feed')).text).toContain('停水通知 &lt;明天&gt;');
    expect((await stage.get('/news/staff-1')).status).toBe(200);
    await stage.desk.store.transaction(async (tx) => {
      const item = await tx.get('newsItems', 'staff-1');
      if (item) await tx.put('newsItems', { ...item, removedAt: '2026-11-23T02:00:00.000Z' });
    });
    expect((await stage.get('/news/feed')).text).not.toContain('停水通知');
    expect((await stage.get('/news/staff-1')).status).toBe(404);
  });
});

describe('who asks, and by which name', () => {
  test.each([
    ['evil.example', 421],
    ['community.example', 200],
    ['community.example:443', 200],
    ['127.0.0.1:8688', 200],
    ['localhost', 200],
    ['community.example.evil.example', 421],
    ['', 421],
  ])('Host "%s" is answered %d, and never repeated', async (host, status) => {
    const answer = await stage.get('/news/feed', { host, 'x-forwarded-host': 'evil.example' });
    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain('evil.example');
  });

  test('a form from another site is refused', async () => {
    expect((await stage.post('/report', { what: '灯坏了' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });
});

test('several communities stand below their own paths, and / lists them', async () => {
  const other = await openSiteStage();
  const site = createSite({
    communities: [siteDesk(stage.desk.app, stage.media, 'east'), siteDesk(other.desk.app, other.media, 'west')],
    elapsed: () => 0,
  });
  const get = async (path: string) => site.request(path, { headers: { host: 'localhost' } });
  expect(await (await get('/')).text()).toContain('href="/c/west"');
  const home = await (await get('/c/west')).text();
  const links = [...home.matchAll(/href="(\/[^"]*)"/g)].map(([, href = '']) => href).filter((href) => !href.startsWith('/assets'));
  expect(links.filter((href) => !href.startsWith('/c/west'))).toEqual([]);
  expect((await get('/c/west/guide/residence-permit.apply')).status).toBe(200);
  for (const path of ['/healthz', '/c/west/healthz']) expect(await (await get(path)).text()).toBe('ok');
  expect((await get('/c/none/healthz')).status).toBe(404);
  expect((await get('/guide')).status).toBe(404);
  expect((await get('/c/none/guide')).status).toBe(404);
  await other.close();
});

test('no answer is missing from the sections', async () => {
  const sections = await createSitePages(stage.desk.app).sections();
  const listed = new Set(sections.flatMap(({ topics }) => topics.map(({ id }) => id)));
  expect([...stage.desk.app.content.current().answers.keys()].filter((id) => !listed.has(id))).toEqual([]);
});
