import { createHash, timingSafeEqual } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { Hono } from 'hono';
import { proxy } from 'hono/proxy';
import { z } from 'zod';
import type { Hear } from '../adapters/official/hearing.ts';
import type { Push } from '../adapters/official/push.ts';
import type { Mounted } from '../adapters/site/server.ts';
import type { Peer } from '../adapters/store/postgres-processes.ts';

/** By it one process shows another that it is of the same installation: the secret of the one that is asked. */
const header = 'x-lianxinqiao-peer';
/** Whoever asks for a page waits no longer for a process that does not answer. */
const pageMs = 10_000;
/** WeChat waits five seconds for an answer, and the owner of a community takes at most four. */
const pushMs = 4_700;

/** Whether a request was passed on by another process of the installation. */
export function isFromPeer(request: Request, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(request.headers.get(header) ?? ''), digest(secret));
}

/**
 * What the process answers to whom this is passed on.
 * @param from who asks @param failed is told why it does not answer, without the address of the page and what stands in a form: both may be secret
 * @returns undefined when it does not
 */
export async function passOn(
  { address, secret }: Peer,
  request: Request,
  from: string,
  failed: (why: string) => void,
): Promise<Response | undefined> {
  const to = new URL(address);
  ({ pathname: to.pathname, search: to.search } = new URL(request.url));
  const headers = { ...Object.fromEntries(request.headers), host: undefined, 'x-forwarded-for': from, [header]: secret };
  return proxy(to, { raw: request, headers, redirect: 'manual', signal: AbortSignal.timeout(pageMs) }).catch((error: unknown) => {
    failed(reasonOf(error));
    return undefined;
  });
}

/** Why nobody answered: names and codes of errors alone. */
function reasonOf(error: unknown): string {
  const { name, code, cause } = error as Error & { readonly code?: string };
  return [name, code, ...(cause === undefined ? [] : [reasonOf(cause)])].filter(Boolean).join(' ');
}

/** What became of a push that was passed on: heard; not his any more; or nobody knows, since no answer came in time. */
type PassedPush = { readonly answer: string | undefined } | 'away' | 'unclear';

/** Passes a push on to the owner of its community. @throws when the owner could not keep it: it is brought again */
export async function passPush({ address, secret }: Peer, community: string, push: Push, id: string): Promise<PassedPush> {
  const answer = await fetch(new URL(`/peer/push/${community}`, address), {
    method: 'POST',
    headers: { [header]: secret, 'content-type': 'application/json' },
    body: writePush(push, id),
    signal: AbortSignal.timeout(pushMs),
  }).catch((error: unknown) => ((error as Error).name === 'TimeoutError' ? 'unclear' : 'away') as 'unclear' | 'away');
  if (typeof answer === 'string') return answer;
  if (answer.status === 404 || answer.status === 403) return 'away';
  if (!answer.ok) throw new Error(`the owner of ${community} could not keep a push (${answer.status})`);
  return { answer: z.object({ answer: z.string().optional() }).parse(await answer.json()).answer };
}

const pushed = z.object({ id: z.string(), push: z.array(z.tuple([z.string(), z.string()])) });

/** A push as text. */
export const writePush = (push: Push, id: string): string => JSON.stringify({ id, push: [...push] });

/** What `writePush` has written. */
export function readWritten(text: string): { readonly push: Push; readonly id: string } {
  const { id, push } = pushed.parse(JSON.parse(text));
  return { id, push: new Map(push) };
}

/** What processes of the installation ask of this one, and nobody else. @param hearing hears pushes of a community that this process serves */
export function peerRoutes(secret: string, hearing: (community: string) => Hear | undefined): Mounted {
  const app = new Hono();
  app.use(async (c, next) => (isFromPeer(c.req.raw, secret) ? next() : c.text('403 Forbidden', 403)));
  app.post('/push/:community', async (c) => {
    const hear = hearing(c.req.param('community'));
    if (!hear) return c.text('404', 404);
    const { push, id } = readWritten(await c.req.text());
    return c.json({ answer: await hear(push, id) });
  });
  return { path: '/peer', app };
}

/** The address by which other processes reach a site that listens at this one: of any of the computer's, a private one. */
export function reachedAt(address: string): string {
  const url = new URL(address);
  if (url.hostname !== '0.0.0.0' && url.hostname !== '[::]') return address;
  const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  url.hostname = own.find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '127.0.0.1';
  return url.href;
}
