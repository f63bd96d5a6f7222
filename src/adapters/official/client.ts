import { ApiError, type Meaning } from './errors.ts';
import { parsed } from './push.ts';
import { tokenHolder } from './token.ts';

export interface ClientOptions {
  readonly appId: string;
  readonly secret: string;
  /** Where the API is, without a slash at its end. */
  readonly api: string;
  /** Milliseconds that never go back. */
  readonly elapsed: () => number;
  /** After so many milliseconds without an answer nobody knows what became of a call. */
  readonly timeoutMs?: number;
  /** Hears of answers that only a person can do something about. */
  readonly onTrouble?: (error: ApiError) => void;
}

type Answer = Readonly<Record<string, unknown>>;

/** Bytes and how they are called. */
export interface Upload {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Calls of the official account's API, by their path. A token that has died is replaced once. */
export interface Client {
  /** @throws ApiError */
  post(path: string, body: object): Promise<Answer>;
  /** @throws ApiError */
  get(path: string, query?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Sends a file as the form field `media`. @throws ApiError */
  upload(path: string, query: Readonly<Record<string, string>>, file: Upload): Promise<Answer>;
  /** The bytes of something; undefined when they are more than `atMost`. @throws ApiError */
  download(path: string, query: Readonly<Record<string, string>>, atMost: number): Promise<Uint8Array | undefined>;
}

const defaultTimeoutMs = 10_000;
/** No answer of the API that is JSON is larger. */
const largestJson = 1_000_000;

/** Failures of the network before anything was sent. */
const notConnected = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];

/** What does not end by itself. */
const troubling: readonly Meaning[] = ['settings', 'token', 'banned', 'notAllowed'];

/** A call that surely did not leave this machine. */
export class NotConnected extends Error {
  override readonly name = 'NotConnected';
}

/** A client over `fetch`. Nothing that it throws holds a query, a token or a secret. */
export function createClient({ appId, secret, api, elapsed, timeoutMs = defaultTimeoutMs, onTrouble }: ClientOptions): Client {
  const token = tokenHolder(async () => {
    const path = '/cgi-bin/stable_token';
    const answer = await called(path, {}, jsonBody({ grant_type: 'client_credential', appid: appId, secret, force_refresh: false }));
    const { access_token, expires_in } = await jsonOf(path, answer);
    if (typeof access_token !== 'string' || typeof expires_in !== 'number') throw new ApiError(path, undefined, {}, 'no token');
    return { token: access_token, seconds: expires_in };
  }, elapsed);

  /** @throws ApiError (unsure) · NotConnected */
  async function called(path: string, query: Readonly<Record<string, string>>, init: RequestInit): Promise<Response> {
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const answer = await fetch(`${api}${path}?${new URLSearchParams(query)}`, { ...init, signal, redirect: 'error' });
      if (answer.ok) return answer;
      await answer.body?.cancel();
      throw new ApiError(path, undefined, {}, `HTTP ${answer.status}`);
    } catch (error) {
      if (error instanceof ApiError) throw error;
      const { name, cause } = error as { name: string; cause?: { code?: string } };
      // Not the error itself: some tell the whole address, with the token.
      if (notConnected.includes(cause?.code ?? '')) throw new NotConnected(`${path}: ${cause?.code}`);
      throw new ApiError(path, undefined, {}, cause?.code ?? name);
    }
  }

  /** With a token; once more with a new one where WeChat says that it is no good. */
  async function withToken<T>(
    path: string,
    query: Readonly<Record<string, string>>,
    init: () => RequestInit,
    read: (answer: Response) => Promise<T>,
  ): Promise<T> {
    try {
      for (let again = false; ; again = true) {
        const access_token = await token.get();
        try {
          return await read(await called(path, { access_token, ...query }, init()));
        } catch (error) {
          if (!(error instanceof ApiError) || error.meaning !== 'token') throw error;
          token.drop(access_token);
          if (again) throw error;
        }
      }
    } catch (error) {
      if (error instanceof ApiError && troubling.includes(error.meaning)) onTrouble?.(error);
      throw error;
    }
  }

  return {
    post: (path, body) =>
      withToken(
        path,
        {},
        () => jsonBody(body),
        (answer) => jsonOf(path, answer),
      ),
    get: (path, query = {}) =>
      withToken(
        path,
        query,
        () => ({}),
        (answer) => jsonOf(path, answer),
      ),
    upload(path, query, { name, type, bytes }) {
      const form = new FormData();
      form.set('media', new Blob([bytes], { type }), name);
      return withToken(
        path,
        query,
        () => ({ method: 'POST', body: form }),
        (answer) => jsonOf(path, answer),
      );
    },
    download: (path, query, atMost) =>
      withToken(
        path,
        query,
        () => ({}),
        (answer) => bytesOf(path, answer, atMost),
      ),
  };
}

/** Text stays as it is: WeChat shows `\u6211` as it stands. */
function jsonBody(body: object): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) };
}

/** What was answered, whatever the type says that it is; errors come with status 200. */
async function jsonOf(path: string, answer: Response): Promise<Answer> {
  const bytes = await bodyOf(path, answer, largestJson);
  const value = bytes && parsed(Buffer.from(bytes).toString());
  if (!value) throw new ApiError(path, undefined, {}, 'no JSON');
  return unlessError(path, value as Answer);
}

async function bytesOf(path: string, answer: Response, atMost: number): Promise<Uint8Array | undefined> {
  const bytes = await bodyOf(path, answer, atMost);
  // An error comes as JSON, under any type and with status 200. No picture begins with a brace.
  if (bytes && bytes[0] === 0x7b) {
    const value = parsed(Buffer.from(bytes).toString());
    if (value) unlessError(path, value as Answer);
  }
  return bytes;
}

function unlessError(path: string, answer: Answer): Answer {
  const code = Number(answer.errcode ?? 0);
  if (code !== 0) throw new ApiError(path, code, answer);
  return answer;
}

/** The body; undefined when it is larger: then the rest is not read. @throws ApiError when it breaks off */
async function bodyOf(path: string, answer: Response, atMost: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of answer.body ?? []) {
      size += chunk.length;
      if (size > atMost) return undefined;
      chunks.push(chunk);
    }
  } catch (error) {
    throw new ApiError(path, undefined, {}, (error as Error).name);
  }
  return Buffer.concat(chunks);
}
