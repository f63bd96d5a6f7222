import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type AccountView, createAccountPage } from '../../src/adapters/web/account-page.ts';

const texts = { forbidden: '只能在本机看', unauthorised: '要口令' };

describe('the page of the account', () => {
  let view: AccountView;
  let listening: { readonly address: string; close(): Promise<void> };
  const open = async (token?: string) => {
    const page = createAccountPage({ title: '连心桥的微信号', texts, view: () => view, ...(token === undefined ? {} : { token }) });
    listening = await page.listen({ host: '127.0.0.1', port: 0 });
  };
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(new URL(path, listening.address), { headers, redirect: 'manual' });

  beforeEach(() => {
    view = { line: '请扫码', code: 'https://login.weixin.qq.com/l/abc==' };
  });
  afterEach(() => listening.close());

  test('shows the code to scan, drawn here, and asks again by itself', async () => {
    await open();
    const html = await (await get('/')).text();
    expect(html).toContain('请扫码');
    expect(html).toContain('http-equiv="refresh"');
    expect(html).not.toContain('<script');
    const picture = await get('/code.svg');
    expect(picture.headers.get('content-type')).toBe('image/svg+xml');
    expect(picture.headers.get('cache-control')).toBe('no-store');
    expect(await picture.text()).toContain('<svg');
  });

  test('shows WeChat’s words as words', async () => {
    view = { line: '<b>不能</b>登录', detail: '"' };
    await open();
    expect(await (await get('/')).text()).toContain('&lt;b&gt;不能&lt;/b&gt;登录');
    expect((await get('/code.svg')).status).toBe(404);
  });

  test('is shown to nobody who has no token, and only under its own name', async () => {
    await open('0123456789abcdef');
    expect((await get('/')).status).toBe(401);
    expect((await get('/code.svg')).status).toBe(401);
    const cookie = (await get('/?token=0123456789abcdef')).headers.get('set-cookie')?.split(';')[0] ?? '';
    expect((await get('/', { cookie })).status).toBe(200);
  });

  test('offers a new code where the old one is dead, by a button that only this page can press', async () => {
    let renewed = 0;
    view = { line: '请扫码', notice: '口令作废了', renew: '换一个口令' };
    const page = createAccountPage({ title: '', texts, view: () => view, renew: async () => void renewed++ });
    listening = await page.listen({ host: '127.0.0.1', port: 0 });
    const response = await get('/');
    expect(await response.text()).toContain('换一个口令');
    expect(response.headers.get('content-security-policy')).toContain("form-action 'self'");
    const post = (origin: string) =>
      fetch(new URL('/renew', listening.address), { method: 'POST', headers: { origin }, redirect: 'manual' });
    expect((await post('http://evil.example')).status).toBe(403);
    expect((await post(new URL(listening.address).origin)).status).toBe(303);
    expect(renewed).toBe(1);
  });

  test('does not listen for others without a token', async () => {
    await open();
    const page = createAccountPage({ title: '', texts, view: () => view });
    await expect(page.listen({ host: '0.0.0.0', port: 0 })).rejects.toThrow('token');
  });
});
