import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { pictureType } from '../../domain/content/picture.ts';
import { placeOf } from '../simulator/place.ts';
import { type World, WorldError } from '../simulator/world.ts';
import { clockTarget } from './clock-target.ts';
import { streamEvents } from './events.ts';
import type { Feed } from './feed.ts';
import type { PageTexts } from './texts.ts';
import { viewMessage, viewState } from './view.ts';

const MB = 1024 * 1024;
const PICTURE_BYTES = 5 * MB;
const TEXT_LENGTH = 5000;
const FARTHEST_MS = 366 * 24 * 3600_000;

const saying = z.strictObject({ from: z.string(), conversation: z.string(), text: z.string() });
const doing = z.strictObject({ from: z.string(), conversation: z.string(), event: z.string() });
const recalling = z.strictObject({ from: z.string(), id: z.string() });
const moving = z.strictObject({ by: z.string().optional(), to: z.string().optional() });

/** What can be done on the 服务号 instead of speaking. */
export interface Doing {
  readonly event: string;
  readonly label: string;
}

/** What the 服务号 may still say to somebody by itself, and what waits for their next word. */
export interface WindowView {
  readonly left: number;
  readonly waiting: readonly string[];
}

export interface ApiOptions {
  readonly world: World;
  readonly doings: readonly Doing[];
  /** @param person as the cast calls them */
  readonly windowOf: (person: string) => Promise<WindowView>;
  readonly feed: Feed;
  readonly texts: PageTexts;
  readonly onClockMoved: (now: Date) => Promise<void>;
  readonly heartbeat: number;
}

/**
 * What the page can ask and do. An answer that refuses is `{error}` with a code.
 * - `GET /state`, `GET /events`, `GET /media/:id`
 * - `POST /say` `{from, conversation, text}`, or as a form with `picture` in place of `text`
 * - `POST /do` `{from, conversation, event}`, one of the state's `doings`
 * - `GET /window/:person`: what the 服务号 may still say to them, and what waits
 * - `POST /recall` `{from, id}`
 * - `POST /clock` `{by}` or `{to}`, see `clockTarget`; answers when what fell due has been done
 */
export function api({ world, feed, texts, doings, windowOf, onClockMoved, heartbeat }: ApiOptions): Hono {
  const app = new Hono();
  // Two moves at once would let what falls due in the first happen at the time of the second.
  let moved: Promise<unknown> = Promise.resolve();

  app.get('/state', (c) => c.json({ ...viewState(world, texts, feed.last), doings }));
  app.get('/events', (c) => streamEvents(c, feed, heartbeat));

  app.get('/media/:id', (c) => {
    const message = world.message(c.req.param('id'));
    const attachment = message?.image ?? message?.file;
    if (!attachment) return refuse(c, 'not-found', 404);
    const type = pictureType(attachment.bytes);
    return c.body(new Uint8Array(attachment.bytes), 200, {
      'Content-Type': message?.image && type ? type : 'application/octet-stream',
      'Content-Disposition': `${message?.image && type ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(attachment.name)}`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cache-Control': 'private, max-age=3600',
    });
  });

  app.post('/say', limited(PICTURE_BYTES + MB / 4), async (c) => {
    if (c.req.header('content-type')?.startsWith('multipart/form-data')) {
      const { from, conversation, picture } = await c.req.parseBody();
      if (typeof from !== 'string' || typeof conversation !== 'string' || !(picture instanceof File)) return refuse(c, 'unreadable', 400);
      if (picture.size > PICTURE_BYTES) return refuse(c, 'too-large', 413);
      const bytes = new Uint8Array(await picture.arrayBuffer());
      const type = pictureType(bytes);
      if (!type) return refuse(c, 'not-a-picture', 415);
      return c.json(viewMessage(world.say(from, conversation, { image: { name: pictureName(picture.name, type), type, bytes } })));
    }
    const { from, conversation, text } = await read(c, saying);
    if (text.length > TEXT_LENGTH) return refuse(c, 'too-long', 413);
    return c.json(viewMessage(world.say(from, conversation, { text })));
  });

  app.post('/do', limited(MB / 16), async (c) => {
    const { from, conversation, event } = await read(c, doing);
    const known = doings.find((each) => each.event === event);
    if (!known || placeOf(conversation).account !== 'official') return refuse(c, 'unreadable', 400);
    return c.json(viewMessage(world.say(from, conversation, { text: known.label, event })));
  });

  app.get('/window/:person', async (c) => c.json(await windowOf(c.req.param('person'))));

  app.post('/recall', limited(MB / 16), async (c) => {
    const { from, id } = await read(c, recalling);
    return world.recall(from, id) ? c.json({}) : refuse(c, 'too-late', 409);
  });

  app.post('/clock', limited(MB / 16), async (c) => {
    const { by, to } = await read(c, moving);
    const move = moved.then(async () => {
      const now = world.now();
      const target = clockTarget({ ...(by !== undefined && { by }), ...(to !== undefined && { to }) }, now);
      if (!target) return refuse(c, 'unreadable', 400);
      if (target.getTime() - now.getTime() > FARTHEST_MS) return refuse(c, 'too-far', 400);
      world.moveClock(target);
      await onClockMoved(world.now());
      return c.json({ now: world.now().toISOString() });
    });
    moved = move.catch(() => {});
    return move;
  });

  app.onError((error, c) => {
    if (error instanceof WorldError) return refuse(c, error.code, 400);
    if (error instanceof Unreadable) return refuse(c, 'unreadable', 400);
    throw error;
  });
  return app;
}

class Unreadable extends Error {}

/** @throws Unreadable when the body is not JSON of this form */
async function read<S extends z.ZodType>(c: Context, schema: S): Promise<z.output<S>> {
  // A form of another site can post text that looks like JSON, but not under this type.
  const json = c.req.header('content-type')?.startsWith('application/json') ? await c.req.json().catch(() => undefined) : undefined;
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new Unreadable();
  return parsed.data;
}

function limited(maxSize: number) {
  return bodyLimit({ maxSize, onError: (c) => refuse(c, 'too-large', 413) });
}

function refuse(c: Context, error: string, status: 400 | 404 | 409 | 413 | 415): Response {
  return c.json({ error }, status);
}

/** A short name with the ending that fits what the picture is. */
function pictureName(name: string, type: string): string {
  const stem =
    name
      .replace(/\.[^.]*$/, '')
      .replace(/[^\p{L}\p{N}_-]+/gu, '-')
      .slice(0, 40) || 'picture';
  return `${stem}.${type === 'image/jpeg' ? 'jpg' : type.slice('image/'.length)}`;
}
