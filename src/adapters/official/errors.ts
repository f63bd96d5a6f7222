import { type LimitedFor, SendError } from '../../desk/kernel/accounts.ts';

/** What an answer of WeChat's API says of an attempt. */
export type Meaning =
  /** Nobody knows whether it was done. */
  | 'unsure'
  /** The token is no good: a new one is fetched, once. */
  | 'token'
  /** Somebody has to set something right at the platform: id, secret, whitelist. */
  | 'settings'
  /** The person's window is closed: it can go when they speak. */
  | 'notNow'
  /** It cannot reach this person: not following, refused, not of this account. */
  | 'unreachable'
  /** Too much or too fast: a pause helps. */
  | 'limited'
  /** The account is banned or restricted. */
  | 'banned'
  /** The account may not do this (is not verified). */
  | 'notAllowed'
  /** The same was taken before: done. */
  | 'known'
  /** What was sent is refused as it is. */
  | 'refused';

/** Tencent's codes, as its documentation and several copies of its list give them. What is not listed is refused. */
const meanings: readonly (readonly [Meaning, readonly number[]])[] = [
  ['unsure', [-1]],
  ['token', [40001, 40014, 42001, 41001]],
  ['settings', [40013, 40125, 40164, 61004, 61007]],
  ['notNow', [45015, 45047]],
  ['unreachable', [43004, 43019, 48002, 40003, 46004, 49003]],
  ['limited', [45009, 45011, 45066]],
  ['banned', [48004, 50002, 50005]],
  ['notAllowed', [48001, 48008, 50001]],
  ['known', [45065]],
];

const byCode = new Map(meanings.flatMap(([meaning, codes]) => codes.map((code) => [code, meaning] as const)));

/** A call that WeChat did not carry out, or of which nobody knows whether it did. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** WeChat's code; undefined where there was no answer. */
  readonly code: number | undefined;
  readonly meaning: Meaning;
  /** The address that is missing in the whitelist (40164). */
  readonly address: string | undefined;
  /** The whole of an answer that carries more than an error. */
  readonly answer: Readonly<Record<string, unknown>>;

  /** @param path what was called, without its query: that holds the token */
  constructor(path: string, code: number | undefined, answer: Readonly<Record<string, unknown>> = {}, why = '') {
    super(`${path}: ${code === undefined ? why : `WeChat answered ${code}`}`);
    this.code = code;
    this.meaning = code === undefined ? 'unsure' : (byCode.get(code) ?? 'refused');
    this.address = code === 40164 ? /\d{1,3}(?:\.\d{1,3}){3}/.exec(String(answer.errmsg))?.[0] : undefined;
    this.answer = answer;
  }
}

/** Nothing gets through until a while has passed or somebody has set something right: what there is to say is kept meanwhile. */
const pausing: readonly Meaning[] = ['limited', 'banned', 'settings', 'token'];
/** It waits for their next word; an account that is not verified may only answer. */
const waiting: readonly Meaning[] = ['notNow', 'unreachable', 'notAllowed'];

/** Of some limits it is known how long they last. */
const lasting = new Map<number | undefined, LimitedFor>([
  [45009, 'day'],
  [45011, 'moment'],
  [45066, 'moment'],
]);

/** What a failed call means for something that was to be said. */
export function sendErrorOf(error: unknown): SendError {
  if (error instanceof SendError) return error;
  // Whatever else fails, fails before anything is sent.
  if (!(error instanceof ApiError)) return new SendError((error as Error).message, true);
  const { meaning, message, code } = error;
  const limited = lasting.get(code) ?? pausing.includes(meaning);
  return new SendError(message, meaning !== 'unsure', { limited, notNow: waiting.includes(meaning) });
}
