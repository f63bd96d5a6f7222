import type { WebPuppet } from './web-client.ts';

/**
 * The puppet drops every message older than its last connection, so whatever was said while the bot was down or in an outage
 * vanishes without a word. The line is drawn by us instead: everything after it is heard, and the store knows what it has heard
 * already.
 * @param line seconds since 1970, asked at each message
 */
export function pinStartLine(puppet: WebPuppet, line: () => number): void {
  Object.defineProperty(puppet, 'startTime', { get: line, set: () => undefined });
}
