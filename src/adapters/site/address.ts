import { isIP } from 'node:net';

/** A path of the site: "/guide?section=…#lead", with the community before it and the size of letters behind it. */
export function localPath(base: string, to: string, large: boolean): string {
  const [, path = '/', query = '', fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/.exec(to) ?? [];
  const whole = [query, large ? 'type=large' : ''].filter((part) => part !== '').join('&');
  const at = base !== '' && path === '/' ? base : `${base}${path}`;
  return `${at}${whole === '' ? '' : `?${whole}`}${fragment}`;
}

/** A part of a path: a topic, an edition ("weekly/2026-11-27"), a community. */
export function part(text: string): string {
  return encodeURIComponent(text.replaceAll('/', '~'));
}

/** What `part` has made of it, as the server hands it over: decoded once. */
export function readPart(text: string): string {
  return text.replaceAll('~', '/');
}

/**
 * Who asks: the address of the connection or, when that is a proxy of ours, what it says, read from the right: the first that is no
 * proxy of ours. What others write into the header counts for nothing.
 * @param forwarded the header X-Forwarded-For
 * @param proxies addresses of reverse proxies whose word is believed
 */
export function clientAddress(connection: string | undefined, forwarded: string | undefined, proxies: ReadonlySet<string>): string {
  let address = plainAddress(connection ?? '');
  const told = (forwarded ?? '').split(',').map((each) => plainAddress(each));
  while (proxies.has(address)) {
    const before = told.pop();
    if (before === undefined || isIP(before) === 0) return address;
    address = before;
  }
  return address;
}

/** An address as it is counted: an IPv4 address in the form of IPv6 is one, brackets and ports go. */
export function plainAddress(text: string): string {
  const bare = text
    .trim()
    .replace(/^\[([^\]]*)\](?::\d+)?$/, '$1')
    .toLowerCase();
  const [, v4 = bare] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare) ?? [];
  return v4.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
}

/** Whom a limit counts: of IPv6 the network of a household (/64), since a phone changes the rest at will. */
export function countedAs(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}
