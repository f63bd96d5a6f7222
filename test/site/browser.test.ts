import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { loadFiles } from '../../src/adapters/content/load.ts';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { type Listening, listenOn } from '../../src/adapters/web/listen.ts';
import type { Content } from '../../src/desk/kernel/content.ts';
import { landingOf } from '../../src/domain/content/sheets.ts';
import { PNG } from '../simulator/stage.ts';
import { brokenRules } from '../support/axe.ts';
import { chromiumArgs, chromiumPath } from '../support/browser.ts';
import { shippedContent } from '../support/content.ts';
import { openSiteStage, type SiteStage } from './stage.ts';

if (!chromiumPath) console.warn('The site is not looked at in a browser: no Chromium found. Set CHROMIUM_PATH to one.');

const widths = [390, 1280];
/** Every page that stands by itself; those of a case and of what was handed in are walked through below. */
const paths = [
  '/',
  '/guide',
  '/guide?section=民政办事',
  '/guide?q=居住证',
  '/guide?q=家里煤气漏了',
  '/guide/residence-permit.apply',
  '/news',
  '/news/staff-1',
  '/news/past',
  '/places',
  '/places/人民广场',
  '/policies',
  '/report',
  '/report?at=3号窗口',
  '/case',
  '/open',
  '/open/verify',
  '/about',
  '/nothing',
];

/** What the keyboard is at, and how that is shown; empty outside the page. */
const focused = `(() => {
  const here = document.activeElement;
  if (here === document.body || here === null) return '';
  const { outlineStyle, outlineWidth } = getComputedStyle(here);
  return Array.prototype.indexOf.call(document.querySelectorAll('*'), here) + ' ' + outlineStyle + ' ' + outlineWidth;
})()`;

(chromiumPath ? describe : describe.skip)('the site in a browser', () => {
  let stage: SiteStage;
  let listening: Listening;
  let browser: Browser;
  const elsewhere: string[] = [];

  beforeAll(async () => {
    stage = await openSiteStage({ desk: { content: withMap() }, site: { hostNames: ['127.0.0.1'], elapsed: () => performance.now() } });
    await fillStage(stage);
    listening = await listenOn(stage.site, '127.0.0.1', 0);
    browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: chromiumArgs });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await listening?.close();
    await stage?.close();
    expect(elsewhere).toEqual([]);
    expect(stage?.errors).toEqual([]);
  });

  const open = async (path: string, { script = true } = {}): Promise<Page> => {
    const page = await (
      await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: script, reducedMotion: 'reduce' })
    ).newPage();
    // Nothing is asked of anybody else, and no script fails.
    page.on('request', (request) => new URL(request.url()).origin === new URL(listening.address).origin || elsewhere.push(request.url()));
    page.on('pageerror', (error) => elsewhere.push(String(error)));
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) elsewhere.push(message.text());
    });
    await page.goto(new URL(path, listening.address).href);
    return page;
  };
  const text = async (page: Page) => (await page.locator('main').textContent()) ?? '';
  const press = async (page: Page, button: string) => {
    await page.getByRole('button', { name: button, exact: true }).click();
    await page.waitForLoadState();
  };
  /** Sends the form that has the focus, and waits for the page that answers it: a click waits for its page, a key does not. */
  const enter = async (page: Page) => {
    const answered = page.waitForEvent('domcontentloaded');
    await page.keyboard.press('Enter');
    await answered;
  };
  /** Goes on by keyboard alone to what fits. */
  const tabTo = async (page: Page, selector: string) => {
    for (let step = 0; step < 60 && (await page.locator(`${selector}:focus`).count()) === 0; step++) await page.keyboard.press('Tab');
    expect(await page.locator(`${selector}:focus`).count()).toBe(1);
  };

  describe.each(paths)('%s', (path) => {
    let page: Page;
    beforeAll(async () => {
      page = await open(path);
    });
    afterAll(() => page?.context().close());
    const fits = async () => page.evaluate('document.documentElement.scrollWidth <= window.innerWidth');

    test.each(widths)('breaks no rule of accessibility at %d pixels, light and dark, and nothing leaves the screen', async (width) => {
      await page.setViewportSize({ width, height: 844 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await brokenRules(page)).toEqual([]);
        expect(await fits()).toBe(true);
      }
    });

    test('the keyboard reaches everything, sees where it is, and begins with the way past the columns', async () => {
      await page.setViewportSize({ width: widths[0] ?? 390, height: 844 });
      await page.keyboard.press('Tab');
      expect(await page.locator('a.skip:focus').isVisible()).toBe(true);
      const stops = 'a[href]:visible, button:visible, input:not([type=hidden]):visible, textarea:visible, summary:visible';
      const all = await page.locator(stops).count();
      const seen = new Set<string>();
      for (let step = 0; step < all + 5; step++) {
        const here = String(await page.evaluate(focused));
        expect(here).not.toMatch(/ none | 0px$/);
        if (here !== '') seen.add(here);
        await page.keyboard.press('Tab');
      }
      // A field for a file may be two stops or one.
      expect(seen.size).toBeGreaterThanOrEqual(all - 1);
    });

    test('is printed without what is only for the screen, black on white', async () => {
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      for (const selector of ['.tabs', '.size', 'main form']) {
        for (const each of await page.locator(selector).all()) expect(await each.isVisible()).toBe(false);
      }
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
      expect(await page.locator('h1').isVisible()).toBe(true);
      await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
    });

    test('is as whole in large type, and without a script', async () => {
      const scripted = await text(page);
      const plain = await open(path, { script: false });
      expect(await text(plain)).toBe(scripted);
      await plain.context().close();
      await page.goto(`${page.url()}${path.includes('?') ? '&' : '?'}type=large`);
      expect(await fits()).toBe(true);
      const size = await page.evaluate("getComputedStyle(document.querySelector('main p, main label')).fontSize");
      expect(Number.parseFloat(String(size))).toBeGreaterThan(20);
    });
  });

  test('who has only a sheet learns what to bring, reports a lamp, sees it done and rates it, on a phone', async () => {
    const { sheets } = stage.desk.app.content.current().sheets;
    const permit = sheets.find(({ topic }) => topic === 'residence-permit.apply');
    const guide = await open(landingOf(permit ?? {}));
    expect(await text(guide)).toMatch(/要带|材料/);
    expect(await text(guide)).toContain('身份证');

    const page = await open(landingOf({ at: '3栋2单元' }));
    expect(await page.locator('[name=place]').inputValue()).toBe('3栋2单元');
    await page.locator('[name=what]').fill('楼道灯坏了三天，老人摸黑上楼');
    await press(page, '提交');
    expect(await brokenRules(page)).toEqual([]);
    const number = /SQ\d{6}-\d{4}/.exec(await text(page))?.[0] ?? '';
    await page.getByRole('link', { name: '看这一件的进度' }).click();
    await page.waitForURL(/\/s\//);
    expect(await brokenRules(page)).toEqual([]);
    expect(await text(page)).toContain('3栋2单元');

    await stage.desk.say('小周', `/受理 ${number}`);
    await stage.desk.say('小周', `/办结 ${number} 换了灯泡，亮了`);
    // The way back: the address was kept.
    await page.goto(page.url());
    expect(await text(page)).toContain('换了灯泡，亮了');
    expect(await brokenRules(page)).toEqual([]);
    await page.getByText('解决了', { exact: true }).click();
    await page.getByText('满意', { exact: true }).click();
    await press(page, '提交评价');
    const [appeal] = await stage.desk.store.transaction((tx) => tx.find('appeals', { id: number }));
    expect(appeal).toMatchObject({ state: 'archived', ratings: [{ solved: 'yes', satisfied: 'yes' }] });
    for (const each of [guide, page]) await each.context().close();
  });

  test('a report goes from the form to its rating by keyboard alone, without a script', async () => {
    const page = await open('/report', { script: false });
    await tabTo(page, '[name=what]');
    await page.keyboard.type('7栋2单元的楼道灯坏了三天，老人摸黑上楼');
    await tabTo(page, 'main form button');
    await enter(page);
    const number = /SQ\d{6}-\d{4}/.exec(await text(page))?.[0] ?? '';
    await tabTo(page, 'a.button[href*="/s/"]');
    await enter(page);
    expect(page.url()).toContain('/s/');
    expect(await text(page)).toContain('楼道灯坏了三天');
    await stage.desk.say('小周', `/办结 ${number} 换了灯泡，亮了`);
    await page.reload();
    await tabTo(page, '[name=solved]');
    await page.keyboard.press('Space');
    await tabTo(page, '[name=satisfied]');
    await page.keyboard.press('Space');
    await tabTo(page, 'main form button');
    await enter(page);
    const [appeal] = await stage.desk.store.transaction((tx) => tx.find('appeals', { id: number }));
    expect(appeal?.ratings).toMatchObject([{ solved: 'yes', satisfied: 'yes' }]);
    await page.context().close();
  });

  test('danger on the page is a card that breaks no rule', async () => {
    const page = await open('/report');
    await page.locator('[name=what]').fill('3栋着火了，快来人');
    await press(page, '提交');
    expect(await text(page)).toContain('119');
    expect(await brokenRules(page)).toEqual([]);
    await page.context().close();
  });

  test('a proof from the page of a case is reckoned by the browser itself, and step by step where it has no script', async () => {
    const path = await sealedCase(stage);
    for (const script of [true, false]) {
      const page = await open(path, { script });
      await page.getByText('核对：这一件有没有被改过').click();
      if (script) expect(await brokenRules(page)).toEqual([]);
      await press(page, '从头算一遍');
      expect(await text(page)).toContain('对上了');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      if (script) {
        const told = page.locator('[data-verified]');
        await told.waitFor();
        expect(await told.textContent()).toContain('您的浏览器自己也算了一遍');
        expect(await brokenRules(page)).toEqual([]);
        const proof = await page.locator('[name=proof]').inputValue();
        await page.locator('[name=proof]').fill(proof.replace('"index":', '"index":1'));
        await press(page, '从头算一遍');
        expect(await told.textContent()).toContain('对不上');
      }
      await page.context().close();
    }
  });
});

/** The shipped content with the map that is drawn in the trial. */
function withMap(): Content {
  const shipped = shippedContent();
  const { map } = loadFiles(projectFolder).content;
  const current = { ...shipped.current(), ...(map ? { map } : {}) };
  return { ...shipped, current: () => current };
}

/** What some pages need to show anything: an item of news with a picture, a picture of a place, a sentence on what was done. */
async function fillStage({ desk, media }: SiteStage): Promise<void> {
  await writeFile(join(media, 'a.png'), PNG);
  await desk.store.transaction(async (tx) => {
    const at = '2026-11-23T02:00:00.000Z';
    const item = { title: '停水通知', text: '明天上午停水。', category: '最新通知', date: '2026-11-23', files: ['a.png'], by: '小周' };
    await tx.put('newsItems', { id: 'staff-1', ...item, at, publishedAt: at });
    await tx.put('streetViews', { id: 'view', at, place: '人民广场', text: '新修的坡道', file: 'a.png' });
    await tx.put('releases', { id: 'SQ261101-0000', at, round: 1, person: '王叔', category: 'appeal.leak', text: '楼顶补好了' });
  });
}

/** A case of last night. @returns the path of its page */
async function sealedCase({ desk, get, post }: SiteStage): Promise<string> {
  const token = /name="token" value="([^"]+)"/.exec((await get('/report')).text)?.[1] ?? '';
  const { text } = await post('/report', { token, what: '5栋门口垃圾没人收' });
  await desk.to('2026-11-24T03:00:00+08:00');
  return `/s/${/[A-Z2-9]{5}-[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(text)?.[0] ?? ''}`;
}
