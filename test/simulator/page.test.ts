import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { placeOf } from '../../src/adapters/simulator/place.ts';
import type { World } from '../../src/adapters/simulator/world.ts';
import type { Listening } from '../../src/adapters/web/listen.ts';
import { createWeb } from '../../src/adapters/web/server.ts';
import { brokenRules } from '../support/axe.ts';
import { chromiumArgs, chromiumPath } from '../support/browser.ts';
import { data, PNG, stage } from './stage.ts';

if (!chromiumPath) console.warn('The page of the simulator is not tested: no Chromium found. Set CHROMIUM_PATH to one.');

const DESKTOP = { width: 1200, height: 800 };
const PHONE = { width: 390, height: 844 };

/** Answers as the bot would: privately always, in a group when it is spoken to. */
function echo(world: World): void {
  world.subscribe((event) => {
    if (event.type !== 'message') return;
    const { from, conversation, text, mentions, refused, image } = event.message;
    if (from === 'xiaoqiao' || refused || (world.room(placeOf(conversation).id) && !mentions.includes('xiaoqiao'))) return;
    queueMicrotask(() => world.botSays(conversation, { text: image ? '收到图片' : `收到：${text}` }));
  });
}

(chromiumPath ? describe : describe.skip)('the page', () => {
  let folder: string;
  let browser: BrowserContext;
  let page: Page;
  let world: World;
  let listening: Listening;
  let complaints: string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lianxinqiao-page-'));
    browser = await chromium.launchPersistentContext(folder, { executablePath: chromiumPath ?? '', args: chromiumArgs, viewport: DESKTOP });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  beforeEach(async () => {
    world = stage();
    echo(world);
    listening = await createWeb({
      world,
      texts: data.texts,
      doings: [{ event: 'follow', label: '关注服务号' }],
      windowOf: async () => ({ left: 0, waiting: ['您反映的事办好了', '周五开会'] }),
      onClockMoved: async () => {},
      onError: (error) => complaints.push(error.message),
    }).listen({ port: 0 });
    complaints = [];
    page = await browser.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  }, 30_000);

  afterEach(async () => {
    await page.close();
    await listening.close();
    expect(complaints).toEqual([]);
  });

  const row = (name: string) => page.getByRole('navigation', { name: '会话' }).getByRole('button', { name });
  const said = (text: string) => page.getByRole('log').locator('.said', { hasText: text });
  const isOwn = (text: string) =>
    said(text)
      .first()
      .evaluate((element) => element.classList.contains('own'));

  async function write(text: string): Promise<void> {
    await page.locator('#input').fill(text);
    await page.keyboard.press('Enter');
  }

  test('a resident says something privately and is answered', async () => {
    await page.goto(listening.address);
    await page.waitForFunction("document.title === '连心桥 · 微信体验'");
    await row('张奶奶').click();
    await page.locator('#input').fill('第一行');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('<img src=x onerror=alert(1)>');
    await page.keyboard.press('Enter');

    await said('收到：').waitFor();
    expect(await said('收到：').locator('.bubble').textContent()).toBe('收到：第一行\n<img src=x onerror=alert(1)>');
    expect(await page.getByRole('log').locator('.bubble img').count()).toBe(0);
    expect(await said('收到：').getAttribute('data-from')).toBe('xiaoqiao');
    expect(await page.locator('#input').inputValue()).toBe('');
  }, 30_000);

  test.each([390, 1280])(
    'breaks no rule of accessibility at %d pixels, light and dark',
    async (width) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: 844 });
        await page.emulateMedia({ colorScheme });
        await page.goto(listening.address);
        expect(await brokenRules(page)).toEqual([]);
        await page.goto(`${listening.address}#residents`);
        await write('楼道灯坏了');
        await said('楼道灯坏了').first().waitFor();
        expect(await brokenRules(page)).toEqual([]);
      }
    },
    60_000,
  );

  test('an example is said with one click', async () => {
    await page.goto(`${listening.address}#liu`);
    await page.getByRole('button', { name: '转人工' }).click();
    await said('收到：转人工').waitFor();
    expect(world.messages('liu')[0]).toMatchObject({ from: 'liu', text: '转人工' });
  }, 30_000);

  test('Enter does not send while a word is being composed', async () => {
    await page.goto(`${listening.address}#zhang`);
    await page.locator('#input').fill('ju zhu zheng');
    await page.locator('#input').dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    await page.locator('#input').dispatchEvent('keydown', { key: 'Enter', keyCode: 229 });
    expect(world.messages('zhang')).toEqual([]);
  }, 30_000);

  test('in a group one chooses who speaks, and @-s the bot', async () => {
    await page.goto(`${listening.address}#residents`);
    await page.getByLabel('以谁的身份说').selectOption({ label: '陈姐' });
    await page.getByRole('button', { name: '@小桥', exact: true }).click();
    await page.keyboard.type('楼道灯坏了');
    await page.keyboard.press('Enter');
    await said('收到：').waitFor();
    expect(world.messages('residents')[0]).toMatchObject({ from: 'chen', text: '@小桥\u2005楼道灯坏了', mentions: ['xiaoqiao'] });

    expect(await isOwn('@小桥\u2005楼道灯坏了')).toBe(true);
    await page.getByLabel('以谁的身份说').selectOption({ label: '张奶奶' });
    expect(await isOwn('@小桥\u2005楼道灯坏了')).toBe(false);
    await page.getByText('5栋陈姐', { exact: true }).waitFor();
  }, 30_000);

  test('what a stranger says privately is shown as not delivered', async () => {
    await page.goto(`${listening.address}#chen`);
    await write('在吗');
    await page.getByRole('img', { name: '没有送到' }).waitFor();
    await page.getByText('陈姐还没加小桥为好友').waitFor();
  }, 30_000);

  test('a picture is chosen, seen before, sent and shown large', async () => {
    await page.goto(`${listening.address}#zhang`);
    await page.getByLabel('发图片').setInputFiles({ name: '漏水.png', mimeType: 'image/png', buffer: PNG });
    await page.getByRole('button', { name: '不发这张图片' }).waitFor();
    await page.getByRole('button', { name: '发送' }).click();
    await said('收到图片').waitFor();
    expect(world.messages('zhang')[0]?.image).toMatchObject({ type: 'image/png' });
    await page.getByRole('button', { name: '看大图' }).click();
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.press('Escape');
  }, 30_000);

  test('one’s own words can be taken back', async () => {
    await page.goto(`${listening.address}#residents`);
    await write('我的电话是 13800000000');
    await said('13800000000').click();
    expect(await page.locator('dialog[open]').count()).toBe(0);
    await page.getByRole('button', { name: '撤回' }).click();
    await page.getByText('你撤回了一条消息').waitFor();
    expect(await said('13800000000').count()).toBe(0);
  }, 30_000);

  test('what somebody said is quoted, and calls nobody who is named in it', async () => {
    await page.goto(`${listening.address}#residents`);
    world.say('chen', 'residents', { text: '@小桥\u2005路灯坏了' });
    await said('收到：').waitFor();
    await said('路灯坏了').first().hover();
    await said('路灯坏了').first().getByRole('button', { name: '引用' }).click();
    await page.locator('#quote-text', { hasText: '5栋陈姐：@小桥' }).waitFor();
    await page.getByRole('button', { name: '不引用了' }).click();
    await said('路灯坏了').first().getByRole('button', { name: '引用' }).click();
    await write('我家门口也是');
    await page.locator('.quoted', { hasText: '路灯坏了' }).waitFor();
    expect(world.messages('residents').at(-1)).toMatchObject({
      text: '「5栋陈姐：@小桥\u2005路灯坏了」\n- - - - - - - - - - - - - - -\n我家门口也是',
      mentions: [],
    });
  }, 30_000);

  test('the clock goes to Friday and says so', async () => {
    await page.goto(listening.address);
    await page.getByText('11月23日 周一 20:41').waitFor();
    await page.getByRole('button', { name: '到周五 9:00' }).click();
    await page.getByText('11月27日 周五 09:00').waitFor();
    expect(world.now().toISOString()).toBe('2026-11-27T01:00:00.000Z');
  }, 30_000);

  test('what is said elsewhere is counted, and read when it is opened', async () => {
    await page.goto(`${listening.address}#zhang`);
    await row('小刘').waitFor();
    world.botSays('liu', { text: '您反映的事办好了' });
    await page.getByLabel('1 条未读').waitFor();
    await row('小刘').click();
    await said('您反映的事办好了').waitFor();
    expect(await page.getByLabel('1 条未读').count()).toBe(0);
  }, 30_000);

  test('a lost connection is told quietly, and made up for', async () => {
    await page.goto(`${listening.address}#zhang`);
    await row('张奶奶').waitFor();
    const port = Number(new URL(listening.address).port);
    await listening.close();
    await page.getByText('正在重新连接…').waitFor();
    listening = await createWeb({
      world,
      texts: data.texts,
      onClockMoved: async () => {},
      onError: (error) => complaints.push(error.message),
    }).listen({ port });
    world.botSays('zhang', { text: '我回来了' });
    await said('我回来了').waitFor();
    await page.getByText('正在重新连接…').waitFor({ state: 'hidden' });
    // The browser itself notes that the server was away.
    complaints = complaints.filter((complaint) => !complaint.includes('ERR_'));
  }, 30_000);

  test('somebody is turned to the 服务号, does something there, and sees what waits; WeChat stays as it was', async () => {
    await page.goto(`${listening.address}#zhang`);
    expect(await row('服务号').count()).toBe(0);
    await page.getByLabel('在哪个账号上').selectOption({ label: '服务号' });
    await page.getByLabel('做点什么').selectOption({ label: '关注服务号' });
    await page.getByText('张奶奶：关注服务号').waitFor();
    await page.getByText('2 条在等对方下一句话：').waitFor();
    await page.getByText('您反映的事办好了').waitFor();
    await write('你好');
    await said('收到：你好').waitFor();
    expect(await brokenRules(page)).toEqual([]);
    expect(world.messages('zhang')).toEqual([]);
    expect(world.messages('zhang@official').map(({ text }) => text)).toContain('你好');
    await row('服务号').waitFor();
  }, 30_000);

  test('a group of the staff is on 企业微信 too, one of residents is not', async () => {
    await page.goto(`${listening.address}#residents`);
    expect(await page.getByLabel('在哪个账号上').isVisible()).toBe(false);
    await row('工作群').click();
    await page.getByLabel('在哪个账号上').selectOption({ label: '企业微信' });
    await write('@小桥 在吗');
    await said('收到：').waitFor();
    expect(world.messages('staff')).toEqual([]);
    expect(world.messages('staff@wecom')[0]).toMatchObject({ mentions: ['xiaoqiao'] });
  }, 30_000);

  test('on a phone the list leads to the chat, and back', async () => {
    await page.setViewportSize(PHONE);
    await page.goto(listening.address);
    await row('张奶奶').click();
    await row('张奶奶').waitFor({ state: 'hidden' });
    await write('你好');
    await said('收到：你好').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
    expect(await page.evaluate('getComputedStyle(document.querySelector("#input")).fontSize')).toBe('16px');
    await page.getByRole('button', { name: '返回会话列表' }).click();
    await row('小刘').waitFor();
    expect(await page.locator('#input').isVisible()).toBe(false);
  }, 30_000);
});
