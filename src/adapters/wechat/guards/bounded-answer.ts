import type { WebClient } from './web-client.ts';

/** So many bytes an answer may have: more than any list of contacts, and than any file that is kept. */
const largest = 30_000_000;

/** wechat4u reads whatever is answered into memory, whole, before anybody can look how large it is: a film of a group's member is enough. */
export function boundAnswers(client: WebClient): void {
  const request = client.request;
  client.request = (options) => request({ ...options, maxContentLength: largest } as typeof options);
}
