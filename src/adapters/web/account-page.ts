import { Hono } from 'hono';
import { renderSVG } from 'uqr';
import { checkExposure, type GuardTexts, safeHeaders, sameSite, withToken } from './guard.ts';
import { type Listening, listenOn } from './listen.ts';

/** What the page shows now. */
export interface AccountView {
  readonly line: string;
  readonly detail?: string;
  /** What the QR code says. */
  readonly code?: string;
  /** What else whoever sits here should know. */
  readonly notice?: string;
  /** What stands on the button that asks for a new one-time code; absent: there is no button. */
  readonly renew?: string;
}

export interface AccountPageOptions {
  readonly title: string;
  readonly texts: GuardTexts;
  readonly view: () => AccountView;
  /** Needed to be reached from other machines; at least 16 characters. */
  readonly token?: string;
  /** Makes a new one-time code, if one is wanted. */
  readonly renew?: () => Promise<void>;
}

const seconds = 3;

const style = `body { margin: 0; min-height: 100vh; display: grid; place-content: center; justify-items: center; gap: 1rem; padding: 1rem;
  font: 1.25rem/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; background: #f4f5f2; color: #1f2a24; text-align: center; }
h1 { font-size: 1rem; font-weight: 500; color: #5b6b61; margin: 0; }
p { margin: 0; max-width: 26em; white-space: pre-line; }
button { font: inherit; padding: .4em 1.2em; }
img { width: min(70vw, 20rem); height: auto; background: #fff; padding: 1rem; border-radius: 12px; }`;

/**
 * A page that tells whoever looks after the account how it stands, and shows the QR code to scan. It asks again by itself every few
 * seconds. There is no script on it, and nothing to press but for a new one-time code when the old one is dead. The QR code is drawn
 * here: nobody else sees it.
 */
export function createAccountPage({ title, texts, view, token, renew }: AccountPageOptions): {
  listen(where: { readonly host: string; readonly port: number }): Promise<Listening>;
} {
  const hosts = new Set<string>();
  const app = new Hono();
  app.use(safeHeaders);
  app.use(sameSite(hosts, texts));
  if (token !== undefined) app.use(withToken(token, texts));
  app.get('/', (c) => {
    // Without a referrer a form would not say where it comes from.
    c.header('Referrer-Policy', 'same-origin');
    c.header('Content-Security-Policy', pagePolicy);
    return c.html(pageOf(title, view()));
  });
  app.post('/renew', async (c) => {
    await renew?.();
    return c.redirect('/', 303);
  });
  app.get('/page.css', (c) => c.body(style, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  app.get('/code.svg', (c) => {
    const { code } = view();
    return code === undefined ? c.notFound() : c.body(renderSVG(code), 200, { 'Content-Type': 'image/svg+xml' });
  });
  return {
    async listen({ host, port }) {
      checkExposure(host, token);
      hosts.add(host.toLowerCase());
      return listenOn(app, host, port);
    },
  };
}

const pagePolicy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

function pageOf(title: string, { line, detail, code, notice, renew }: AccountView): string {
  const parts = [
    `<h1>${escaped(title)}</h1>`,
    `<p>${escaped(line)}</p>`,
    // A new code is another address, so that no old picture is shown.
    code === undefined ? '' : `<img alt="" src="/code.svg?${encodeURIComponent(code.slice(-12))}">`,
    detail === undefined ? '' : `<p>${escaped(detail)}</p>`,
    notice === undefined ? '' : `<p>${escaped(notice)}</p>`,
    renew === undefined ? '' : `<form method="post" action="/renew"><button>${escaped(renew)}</button></form>`,
  ];
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="${seconds}"><title>${escaped(title)}</title><link rel="stylesheet" href="/page.css">
${parts.filter((part) => part !== '').join('\n')}</html>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? '');
