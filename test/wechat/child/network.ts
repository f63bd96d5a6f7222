import dns from 'node:dns';
import { writeSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

/** What stands before the name of a host that was wanted and refused, on the child's standard error. */
export const refusedMark = '[refused] ';

const isWechat = (host: string) => /(^|\.)(qq|wechat)\.com$/.test(host);
const isLoopback = (host: string) => ['127.0.0.1', '::1', '[::1]', 'localhost'].includes(host);

/**
 * Sends requests for WeChat's hosts to the emulated server, and refuses every other way out of the machine: HTTPS to anybody
 * else, any connection that is not to the loopback, any name that has to be looked up. wechat4u evaluates what the server
 * answers: it must be ours. @throws when the server is not on the loopback
 */
export function confineNetwork(server: string): void {
  const { hostname, port, protocol } = URL.canParse(server) ? new URL(server) : { hostname: '', port: '', protocol: '' };
  if (protocol !== 'http:' || !isLoopback(hostname) || port === '')
    throw new Error(`the emulated server must be on the loopback, not at ${server}`);

  https.request = function request(...given: unknown[]) {
    const { options, callback } = taken(given);
    const host = String(options.hostname ?? options.host ?? '').replace(/:\d+$/, '');
    if (!isWechat(host)) throw refused(host);
    const { agent: _agent, agents: _agents, host: _host, lookup: _lookup, ...rest } = options;
    return http.request({ ...rest, protocol: 'http:', hostname, port, agent: false, headers: { ...options.headers, host } }, callback);
  } as typeof https.request;
  https.get = ((...given: unknown[]) => (https.request as (...all: unknown[]) => http.ClientRequest)(...given).end()) as typeof https.get;

  confineSockets();
  confineNames();
  syncBuiltinESMExports();
}

/** The arguments of `https.request`: [url][, options][, callback]. */
function taken(given: unknown[]) {
  const [first, second, third] = given;
  const named = typeof first === 'string' || first instanceof URL;
  const from = named ? new URL(first as string) : undefined;
  const more = (named ? second : first) as Record<string, unknown> | undefined;
  const options = {
    ...(from && { hostname: from.hostname, path: `${from.pathname}${from.search}` }),
    ...(typeof more === 'object' ? more : {}),
  } as https.RequestOptions & { agents?: unknown; lookup?: unknown };
  return { options, callback: [first, second, third].find((each) => typeof each === 'function') as (answer: http.IncomingMessage) => void };
}

/** Everything that speaks TCP or TLS, `fetch` too, connects a socket. */
function confineSockets(): void {
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function (this: net.Socket, ...given: unknown[]) {
    // node:net normalises the arguments of its own callers into one array.
    const [first, second] = (Array.isArray(given[0]) ? given[0] : given) as [unknown, unknown];
    const options = (typeof first === 'object' && first !== null ? first : { port: first, host: second }) as {
      host?: string;
      path?: string;
    };
    const host = typeof options.host === 'string' ? options.host : 'localhost';
    if (options.path === undefined && !isLoopback(host)) throw refused(host);
    return (connect as (...all: unknown[]) => net.Socket).apply(this, given);
  } as typeof connect;
}

function confineNames(): void {
  const names = ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveTxt'] as const;
  for (const module of [dns, dns.promises] as unknown as Record<string, (...all: unknown[]) => unknown>[]) {
    for (const name of names) {
      const real = module[name];
      module[name] = (host: unknown, ...rest: unknown[]) => {
        if (!isLoopback(String(host)) && net.isIP(String(host)) === 0) throw refused(String(host));
        return real?.call(module, host, ...rest);
      };
    }
  }
}

function refused(host: string): Error {
  writeSync(2, `${refusedMark}${host}\n`);
  return Object.assign(new Error(`${host} is not contacted in a test`), { code: 'ECONNREFUSED' });
}
