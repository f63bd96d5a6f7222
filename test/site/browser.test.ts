import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type Listening, listenOn } from '../../src/adapters/web/listen.ts';
import { chromiumArgs, chromiumPath } from '../support/browser.ts';
import { openSiteStage, type SiteStage } from './stage.ts';

if (!chromiumPath) console.warn('The site is not looked at in a browser: no Chromium found. Set CHROMIUM_PATH to one.');

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
const widths = [390, 1280];
const paths = [
  '/',
  '/guide',
  '/guide?q=居住证',
  '/guide/residence-permit.apply',
  '/news',
  '/news/past',
  '/places',
  '/policies',
  '/report',
  '/case',
  '/open',
  '/about',
  '/nothing',
];

/** What the browser runs: each rule that is broken, with where. */
const violationsOf = (values: readonly string[]) => `axe
  .run(document, { runOnly: { type: 'tag', values: ${JSON.stringify(values)} } })
  .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html + ' ' + node.failureSummary).join('; ')))`;

(chromiumPath ? describe : describe.skip)('the site in a browser', () => {
  let stage: SiteStage;
  let listening: Listening;
  let browser: Browser;

  beforeAll(async () => {
    stage = await openSiteStage({ site: { hostNames: ['127.0.0.1'] } });
    listening = await listenOn(stage.site, '127.0.0.1', 0);
    browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: chromiumArgs });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await listening?.close();
    await stage?.close();
  });

  const open = async (path: string, { width = 390, script = true, dark = false } = {}): Promise<Page> => {
    const context = await browser.newContext({
      viewport: { width, height: 844 },
      javaScriptEnabled: script,
      colorScheme: dark ? 'dark' : 'light',
      bypassCSP: true,
    });
    const page = await context.newPage();
    await page.goto(new URL(path, listening.address).href);
    return page;
  };

  const brokenRules = async (page: Page) => {
    await page.evaluate(axe);
    return page.evaluate(violationsOf(tags));
  };

  describe.each(widths)('at %d pixels', (width) => {
    test.each(paths)('%s breaks no rule of accessibility, and nothing leaves the screen', async (path) => {
      for (const dark of [false, true]) {
        const page = await open(path, { width, dark });
        expect(await brokenRules(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        await page.context().close();
      }
    });
  });

  test('a receipt and a case break no rule of accessibility', async () => {
    const page = await open('/report');
    await page.locator('[name=what]').fill('阳光花园5栋门口的垃圾三天没人收');
    await page.locator('main form button').first().click();
    await page.waitForURL(/report$/);
    expect(await page.locator('main').textContent()).toMatch(/SQ\d{6}-\d{4}/);
    expect(await brokenRules(page)).toEqual([]);
    await page.locator('a[href*="/s/"]').first().click();
    await page.waitForURL(/\/s\//);
    expect(await brokenRules(page)).toEqual([]);
    await page.context().close();
  });

  test('a report goes from the form to its case by keyboard alone, without a script', async () => {
    const page = await open('/report', { script: false });
    await page.locator('[name=what]').focus();
    await page.keyboard.type('3栋2单元的楼道灯坏了三天，老人摸黑上楼');
    for (let step = 0; step < 40 && !(await page.locator('main form button:focus').count()); step++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForLoadState();
    expect(await page.locator('main').textContent()).toMatch(/SQ\d{6}-\d{4}/);
    await page.locator('a[href*="/s/"]').first().click();
    await page.waitForLoadState();
    expect(await page.locator('main').textContent()).toContain('楼道灯坏了三天');
    await page.context().close();
  });
});
