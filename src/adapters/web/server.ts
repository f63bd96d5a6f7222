import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import type { World } from '../simulator/world.ts';
import { type ApiOptions, api } from './api.ts';
import { assets } from './assets.ts';
import { Feed } from './feed.ts';
import { checkExposure, safeHeaders, sameSite, withToken } from './guard.ts';
import { type Listening, listenOn } from './listen.ts';
import { loadTexts } from './texts.ts';

export interface WebOptions extends Partial<Pick<ApiOptions, 'doings' | 'windowOf'>> {
  readonly world: World;
  /** What the page says: `texts` of `data/simulator.yaml`. */
  readonly texts: unknown;
  /** Called after the clock was moved; the page is answered when it resolves, so do then what has fallen due. */
  readonly onClockMoved: (now: Date) => Promise<void>;
  /** Needed to be reached from other machines; at least 16 characters. */
  readonly token?: string;
  /** Names the page is reached by, beside the address it listens on: those of a reverse proxy. */
  readonly hostNames?: readonly string[];
  /** Hears of errors that are nobody's fault but ours; by default they are warnings of the process. */
  readonly onError?: (error: Error) => void;
  /** Milliseconds between the signs of life of an event stream. */
  readonly heartbeat?: number;
}

export interface Web {
  /**
   * Begins to listen. `port` 0 takes any that is free.
   * @throws Error when others could reach it without a token, or the address cannot be had (`EADDRINUSE`)
   */
  listen(where: { readonly host?: string; readonly port: number }): Promise<Listening>;
}

/**
 * The page of the trial: a small WeChat over a `World`.
 * @throws Error when texts are missing
 */
export function createWeb({
  world,
  texts: data,
  onClockMoved,
  token,
  hostNames = [],
  doings = [],
  windowOf = async () => ({ left: 0, waiting: [] }),
  onError = (error) => process.emitWarning(error),
  heartbeat = 15_000,
}: WebOptions): Web {
  const texts = loadTexts(data);
  const feed = new Feed(world, randomUUID());
  const hosts = new Set(hostNames.map((name) => name.toLowerCase()));

  const app = new Hono();
  app.use(safeHeaders);
  app.use(sameSite(hosts, texts));
  if (token !== undefined) app.use(withToken(token, texts));
  app.route('/api', api({ world, feed, texts, doings, windowOf, onClockMoved, heartbeat }));
  app.route('/', assets());
  app.notFound((c) => c.json({ error: 'not-found' }, 404));
  app.onError((error, c) => {
    onError(error);
    return c.json({ error: 'failed' }, 500);
  });

  return {
    async listen({ host = '127.0.0.1', port }) {
      checkExposure(host, token);
      hosts.add(host.toLowerCase());
      const { address, close } = await listenOn(app, host, port);
      return {
        address,
        async close() {
          feed.close();
          await close();
        },
      };
    },
  };
}
