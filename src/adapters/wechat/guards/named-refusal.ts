import { elementOf } from '../element-of.ts';
import type { WebClient } from './web-client.ts';

/** WeChat does not let this account use the web protocol; the message is in its own words. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/**
 * Many accounts may not log in to web WeChat (wechaty/wechaty#1995, #2374). wechat4u drops the page that says so, goes on
 * without a session, fails with "1 == 0" and shows another QR code, for ever. Here the page is read.
 * @param told is given WeChat's words, and the number of the refusal
 */
export function nameRefusal(client: WebClient, told: (words: string, code: string) => void): void {
  let page = '';
  const request = client.request;
  client.request = async (options) => {
    try {
      const answer = await request(options);
      if (options.url === client.rediUri) page = String(answer.data ?? '');
      return answer;
    } catch (error) {
      // wechat4u takes the redirection (301) that carries the page for an error.
      if (options.url === client.rediUri) page = String((error as { response?: { data?: unknown } }).response?.data ?? '');
      throw error;
    }
  };
  const login = client.login;
  client.login = async () => {
    page = '';
    const result = await login.call(client);
    const code = /<ret>(-?\d+)<\/ret>/.exec(page)?.[1] ?? '0';
    if (code === '0') return result;
    const words = (elementOf(page, 'message') ?? '').replace(/^<!\[CDATA\[|\]\]>$/g, '').trim();
    told(words, code);
    throw new RefusedError(`the login was refused (${code})`);
  };
}
