import type { IncomingMessage } from 'node:http';
import type { Account, Session } from './account.ts';
import type { Faults } from './faults.ts';
import type { Media } from './media.ts';

/** One request to the protocol's API. */
export interface Call {
  /** The last part of its path, e.g. `webwxsync`. */
  readonly api: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** The body as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: the protocol's objects, read field by field
  readonly json: any;
  /** The login that the call belongs to; undefined when that is over. */
  readonly session: Session | undefined;
}

/** What is answered: an object as JSON, anything else as it is. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string | string[]>;
  readonly body: object | string | Buffer;
}

/** What the handlers work on. */
export interface Backend {
  readonly account: Account;
  readonly faults: Faults;
  readonly media: Media;
}

export type Handler = (call: Call, backend: Backend) => Answer | Promise<Answer>;

/** The protocol's answer with its return code; 0 is success. */
export function ret(code: number, more: object = {}): Answer {
  return { body: { BaseResponse: { Ret: code, ErrMsg: '' }, ...more } };
}

/** The session is over. */
export const loggedOut = 1101;

/** A handler that only a living session may call. */
export function inSession(handler: (call: Call, backend: Backend, session: Session) => Answer | Promise<Answer>): Handler {
  return (call, backend) => (call.session?.alive ? handler(call, backend, call.session) : ret(loggedOut));
}
