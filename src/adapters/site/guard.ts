import { isIP } from 'node:net';
import type { MiddlewareHandler } from 'hono';

/** Scripts, styles and pictures from here only, nothing inline, forms sent here only, in nobody's frame. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Headers that hold for every answer. What is not said to be kept is kept by nobody. */
export const safeHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  if (!c.res.headers.has('content-security-policy')) c.header('Content-Security-Policy', policy);
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('X-Frame-Options', 'DENY');
  // The address of a case is a secret: no other site is told where somebody came from.
  c.header('Referrer-Policy', 'same-origin');
  c.header('Cross-Origin-Opener-Policy', 'same-origin');
  c.header('Cross-Origin-Resource-Policy', 'same-origin');
  c.header('Permissions-Policy', 'camera=(), microphone=(), geolocation=()');
  if (!c.res.headers.has('cache-control')) c.header('Cache-Control', 'no-store');
};

/**
 * Lets through what is asked of one of our own names: that of the address people see, those given, loopback, or a plain IP address.
 * Pages never repeat the name they were asked by, so a forged one could lead nobody anywhere; but what is not meant for us is not ours to answer.
 * @param names without port, in small letters
 */
export function ownNames(names: ReadonlySet<string>): MiddlewareHandler {
  return async (c, next) => {
    const name = hostName(c.req.header('host')?.toLowerCase() ?? '');
    if (names.has(name) || name === 'localhost' || isIP(name) !== 0) return next();
    return c.text('421 Misdirected Request', 421);
  };
}

/** Forms are sent from our own pages: browsers say so. What says nothing is no browser of today, and carries a token all the same. */
export const sameSite: MiddlewareHandler = async (c, next) => {
  if (c.req.method === 'POST' && c.req.header('sec-fetch-site') === 'cross-site') return c.text('403 Forbidden', 403);
  return next();
};

/** The name in a Host header, without its port and brackets. */
export function hostName(host: string): string {
  return host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}
