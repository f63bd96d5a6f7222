import type { WebClient } from './web-client.ts';

/** An answer of the login server does not look as its answers do. It holds nothing of the answer: that may be anything. */
export class UnknownAnswerError extends Error {
  override readonly name = 'UnknownAnswerError';
}

/** What is longer is no answer: that of a scan holds a small picture. */
const longest = 300_000;
/** Where the login may go on: hosts of web WeChat. */
const hosts = /^https:\/\/(?:[\w-]+\.)*(?:qq\.com|wechat\.com)\/[\w\-./?=&%@+~:]*$/;

const text = `(?:"[^"'\\\\\\n\\r]*"|'[^"'\\\\\\n\\r]*')`;
const assignments = (name: string) => new RegExp(`^\\s*(?:window\\.${name}\\s*=\\s*(?:\\d{1,4}|${text})\\s*(?:;\\s*|$))+$`);
const redirect = /window\.redirect_uri\s*=\s*["']([^"']*)["']/;

/** The shapes that are known, by the last part of the address. */
const shapes: Readonly<Record<string, RegExp>> = {
  jslogin: assignments('QRLogin\\.(?:code|uuid|error|msg)'),
  login: assignments('(?:code|userAvatar|redirect_uri)'),
  synccheck: /^\s*window\.synccheck\s*=\s*\{\s*retcode\s*:\s*["']\d{1,5}["']\s*,\s*selector\s*:\s*["']\d{1,5}["']\s*\}\s*(?:;\s*)?$/,
};

/**
 * wechat4u runs what the login server answers as a program (`eval`, core.js: getUUID, checkLogin, syncCheck): whoever stands between it
 * and WeChat, or takes over that server, has the host. Only answers of the known shapes are handed on: numbers and plain strings that are
 * assigned to the known names. And a login goes on only at WeChat.
 */
export function knowAnswers(client: WebClient): void {
  const request = client.request;
  client.request = async (options) => {
    const answer = await request(options);
    const api = /^https?:\/\/[^/?#]+\/(?:[\w-]+\/)*([\w-]+)(?:[?#]|$)/.exec(options.url ?? '')?.[1] ?? '';
    const shape = shapes[api];
    if (!shape || isKnown(answer.data, shape)) return answer;
    // So wechat4u takes an answer to "anything new?" that is no program: nothing new.
    if (api === 'synccheck') return { ...answer, data: 'window.synccheck={retcode:"0",selector:"0"}' };
    throw new UnknownAnswerError(`the server's answer to ${api} has no known shape`);
  };
}

function isKnown(data: unknown, shape: RegExp): boolean {
  if (typeof data !== 'string' || data.length > longest || !shape.test(data)) return false;
  const goesOnAt = redirect.exec(data)?.[1];
  return goesOnAt === undefined || hosts.test(goesOnAt);
}
