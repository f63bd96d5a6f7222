import { randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { fieldOf, type Push, readPush } from './push.ts';
import { openSealed, seal } from './safe-mode.ts';
import { isSigned, signatureOf } from './signature.ts';
import { readXml, writeXml } from './xml.ts';

export interface PushOptions {
  readonly appId: string;
  readonly token: string;
  /** Keys of the safe mode, the present one first; none: pushes come in the clear. */
  readonly keys: readonly Buffer[];
  readonly now: () => Date;
  /**
   * Hears what was pushed; resolves once it is kept, with what is answered at once, if anything.
   * @throws when it could not be kept: WeChat brings it again
   */
  readonly hear: (push: Push, id: string) => Promise<string | undefined>;
  /** Hears of errors that are ours. */
  readonly onError: (error: unknown) => void;
}

/** A push whose time is further off was recorded by somebody, or a clock is wrong. */
const staleMs = 5 * 60_000;
const largestBody = 64 * 1024;
/** WeChat repeats a push for some 15 seconds: whoever repeats it gets the same answer. */
const repeatsMs = 20_000;

type Body = { readonly push: Push; readonly answer: (xml: string) => string };

/**
 * What WeChat calls from outside: the check of the address (GET) and pushes (POST). What is not signed is not read. A push is heard once,
 * and answered when it is kept.
 */
export function pushRoutes(options: PushOptions): Hono {
  const { appId, token, keys, now, hear, onError } = options;
  /** What becomes of the pushes of the last seconds, by their ids. */
  const lately = new Map<string, { readonly at: number; readonly answer: Promise<string | undefined> }>();
  const app = new Hono();
  const forbidden = (c: Context) => c.text('403 Forbidden', 403);

  app.use(async (c, next) => {
    const { signature = '', timestamp = '', nonce = '' } = c.req.query();
    const offMs = Math.abs(now().getTime() - Number(timestamp) * 1000);
    return /^\d{1,12}$/.test(timestamp) && offMs <= staleMs && isSigned(signature, token, timestamp, nonce) ? next() : forbidden(c);
  });

  app.get('/', (c) => c.text(c.req.query('echostr') ?? ''));

  app.post('/', async (c) => {
    const text = await bodyOf(c.req.raw);
    if (text === undefined) return c.text('413 Content Too Large', 413);
    const body = opened(c, text);
    if (!body) return forbidden(c);
    const id = idOf(body.push);
    try {
      const answer = await once(id, body.push);
      return answer === undefined ? c.text('success') : c.body(body.answer(answerXml(body.push, answer, now())), 200, xmlType);
    } catch (error) {
      onError(error);
      return c.text('500', 500);
    }
  });

  /** Forgets what nobody repeats any more; hears a push unless it is being heard already. */
  function once(id: string, push: Push): Promise<string | undefined> {
    const at = now().getTime();
    // They stand in the order in which they came: behind one that is young there is none that is old.
    for (const [old, { at: since }] of lately) {
      if (Math.abs(at - since) <= repeatsMs) break;
      lately.delete(old);
    }
    const before = lately.get(id);
    if (before) return before.answer;
    const answer = hear(push, id);
    lately.set(id, { at, answer });
    // What could not be kept is heard when it comes again.
    answer.catch(() => lately.delete(id));
    return answer;
  }

  /** The push in a body, and how its answer is to be wrapped; undefined: not WeChat's, or not ours. */
  function opened(c: Context, text: string): Body | undefined {
    const { encrypt_type = 'raw', msg_signature = '', timestamp = '', nonce = '' } = c.req.query();
    const isSafe = encrypt_type === 'aes';
    if (isSafe !== keys.length > 0) return undefined;
    if (!isSafe) {
      const push = readPush(text);
      return push && { push, answer: (xml) => xml };
    }
    const sealed = sealedIn(text);
    if (sealed === undefined || !isSigned(msg_signature, token, timestamp, nonce, sealed)) return undefined;
    const found = openSealed(sealed, keys, appId);
    const push = found && readPush(found.text);
    return push && found && { push, answer: (xml) => wrapped(xml, found.key) };
  }

  function wrapped(xml: string, key: Buffer): string {
    const Encrypt = seal(xml, key, appId);
    const TimeStamp = Math.floor(now().getTime() / 1000);
    const Nonce = randomBytes(8).toString('hex');
    return writeXml({ Encrypt, MsgSignature: signatureOf(token, String(TimeStamp), Nonce, Encrypt), TimeStamp, Nonce });
  }

  return app;
}

const xmlType = { 'Content-Type': 'text/xml; charset=utf-8' };

/** The body as text; undefined when it is too large: then the rest is not read. */
async function bodyOf(request: Request): Promise<string | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > largestBody) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > largestBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** The cipher text in an envelope of XML or JSON. */
function sealedIn(text: string): string | undefined {
  if (text.trimStart().startsWith('{')) return readPush(text)?.get('Encrypt');
  return readXml(text)?.children.find(({ name }) => name === 'Encrypt')?.text;
}

/** By what a push is known when it comes again: a message by its id, an event by who, when and what (of the end of a message to all, of which). */
function idOf(push: Push): string {
  const id = fieldOf(push, 'MsgId');
  if (id !== '' && fieldOf(push, 'MsgType') !== 'event') return id;
  return ['FromUserName', 'CreateTime', 'Event', 'EventKey', 'MsgID'].map((name) => fieldOf(push, name)).join('/');
}

function answerXml(push: Push, text: string, now: Date): string {
  return writeXml({
    ToUserName: fieldOf(push, 'FromUserName'),
    FromUserName: fieldOf(push, 'ToUserName'),
    CreateTime: Math.floor(now.getTime() / 1000),
    MsgType: 'text',
    Content: text,
  });
}
