import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

/** What is said to whom may not see the page. */
export interface GuardTexts {
  readonly forbidden: string;
  readonly unauthorised: string;
}

const COOKIE = 'lianxinqiao';
const LOOPBACK = ['localhost', '127.0.0.1', '::1'];
const WILDCARD = ['0.0.0.0', '::'];
/** Shorter ones can be guessed over a network. */
const TOKEN_LENGTH = 16;

/** Scripts and styles from our own files only, nothing inline, nothing from elsewhere, in nobody's frame. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function isLoopback(host: string): boolean {
  return LOOPBACK.includes(host) || (isIP(host) === 4 && host.startsWith('127.'));
}

/**
 * Refuses an address that would show the page to others without a token.
 * @throws Error that says what to do
 */
export function checkExposure(host: string, token: string | undefined): void {
  if (token === undefined && !isLoopback(host)) {
    throw new Error(
      `Not listening on ${host || 'every address'} without a token: whoever reaches it could speak as anybody. Set a token, or use 127.0.0.1.`,
    );
  }
  if (token !== undefined && token.length < TOKEN_LENGTH) throw new Error(`The token is too short: at least ${TOKEN_LENGTH} characters.`);
}

/** Headers that hold for every answer. */
export const safeHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  if (!c.res.headers.has('content-security-policy')) c.header('Content-Security-Policy', POLICY);
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('X-Frame-Options', 'DENY');
  if (!c.res.headers.has('referrer-policy')) c.header('Referrer-Policy', 'no-referrer');
  c.header('Cross-Origin-Opener-Policy', 'same-origin');
  c.header('Cross-Origin-Resource-Policy', 'same-origin');
  if (!c.res.headers.has('cache-control')) c.header('Cache-Control', 'no-store');
};

/**
 * Lets through only requests made to one of our own names, and changes only from our own page. Without the first, a
 * strange web site could point its name at this machine (DNS rebinding) and read and speak here from a visitor's
 * browser; without the second it could post forms.
 * @param hosts names the page is reached by; with a wildcard among them any plain IP address, which cannot be rebound
 */
export function sameSite(hosts: ReadonlySet<string>, texts: GuardTexts): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header('host')?.toLowerCase() ?? '';
    const name = hostName(host);
    const known = LOOPBACK.includes(name) || hosts.has(name) || (isIP(name) !== 0 && WILDCARD.some((any) => hosts.has(any)));
    if (!known) return c.text(texts.forbidden, 403);

    if (!['GET', 'HEAD'].includes(c.req.method) && originHost(c.req.header('origin')) !== host) {
      return c.json({ error: 'origin' }, 403);
    }
    return next();
  };
}

/**
 * Asks for the token: once in the address (`/?token=…`), from then on in a cookie scripts cannot read. The address is
 * changed at once, so that the token does not stay in it.
 */
export function withToken(token: string, texts: GuardTexts): MiddlewareHandler {
  // The cookie is made from the token, so it outlives a restart without anything being kept.
  const cookie = digest(`cookie:${token}`).toString('hex');
  return async (c, next) => {
    const given = c.req.query('token');
    if (given !== undefined && c.req.method === 'GET' && c.req.path === '/' && same(given, token)) {
      setCookie(c, COOKIE, cookie, { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: 30 * 24 * 3600 });
      return c.redirect('/', 303);
    }
    if (same(getCookie(c, COOKIE) ?? '', cookie)) return next();
    return unauthorised(c, texts);
  };
}

function unauthorised(c: Context, texts: GuardTexts): Response {
  return c.req.path.startsWith('/api/') ? c.json({ error: 'unauthorised' }, 401) : c.text(texts.unauthorised, 401);
}

/** Compares in the same time whatever differs; hashing first makes the lengths equal. */
function same(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** The name in a Host header, without its port and brackets. */
function hostName(host: string): string {
  return host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}

function originHost(origin: string | undefined): string | undefined {
  return origin !== undefined && URL.canParse(origin) ? new URL(origin).host : undefined;
}
