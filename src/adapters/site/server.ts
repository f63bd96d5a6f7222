import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono } from 'hono';
import type { Say } from '../../desk/kernel/say.ts';
import type { SiteCases } from '../../desk/site/cases.ts';
import type { SitePages } from '../../desk/site/pages.ts';
import { clientAddress, countedAs, plainAddress } from './address.ts';
import { assets } from './assets.ts';
import { community } from './community.ts';
import { hostName, ownNames, safeHeaders, sameSite } from './guard.ts';
import { createGate } from './limits.ts';
import { listPage } from './pages/list.ts';

/** One community on the site. */
export interface SiteDesk {
  /** As it stands in its path when there are several. */
  readonly id: string;
  readonly pages: SitePages;
  readonly cases: SiteCases;
  /** The bytes of a picture that lies beside the store; undefined when it is not there. */
  readonly picture: (file: string) => Promise<Uint8Array | undefined>;
  /** Keeps a picture that was sent, where the desk's pictures lie. @returns its name */
  readonly keepPicture: (name: string, picture: { readonly bytes: Uint8Array; readonly ending: string }) => Promise<string>;
  readonly dropPicture: (file: string) => Promise<void>;
}

/** Something that is called from outside and has nothing to do with the site: pushes of an account. */
export interface Mounted {
  readonly path: string;
  readonly app: Hono;
}

/** Other processes that serve communities of the same site. */
export interface Elsewhere {
  /** The communities that are listed, wherever they are. */
  readonly listed: readonly { readonly id: string; readonly name: string }[];
  /** Says what is said where no community of this process can. */
  readonly say: Say;
  /** Whether one of them has passed this on: it is answered here, and what it says about who asks is believed. */
  isPassedOn(request: Request): boolean;
  /** What the process that has the community answers. @param from who asks @returns undefined when nobody has it at this moment */
  answer(community: string, request: Request, from: string): Promise<Response | undefined>;
}

export interface SiteOptions {
  /** Where there are several they may come and go: they are looked at with each request. */
  readonly communities: Iterable<SiteDesk>;
  /** Whether each community stands below `/c/ID`, and `/` lists them; otherwise the only one stands at `/`. */
  readonly several?: boolean;
  /** The address that people see, e.g. https://example.org; links in messages and QR codes are made with it. */
  readonly url?: string;
  /** Further names by which the server may be asked. */
  readonly hostNames?: readonly string[];
  /** Addresses of reverse proxies whose word about who asks is believed. */
  readonly proxies?: readonly string[];
  /** Milliseconds that never go back. */
  readonly elapsed?: () => number;
  /** What else is called from outside; looked at with each request. */
  readonly mounted?: Iterable<Mounted>;
  readonly elsewhere?: Elsewhere;
  /** Hears of errors that are ours; never of words or secrets. */
  readonly onError?: (error: Error) => void;
}

/** Reading is cheap, and many may sit behind one address; beyond this nobody reads, somebody floods. */
const ofOne = { atOnce: 500, everySeconds: 1 / 250 };
const ofAll = { atOnce: 1000, everySeconds: 1 / 600 };

/** Somebody who finds a community between two processes comes back after so long. */
const comeBackSeconds = '10';

/** The public site. Whatever else is asked of it from outside (pushes of an account) is mounted on the same app. */
export function createSite(options: SiteOptions): Hono {
  const { communities, mounted = [], url, hostNames = [], proxies = [], elsewhere, elapsed = () => performance.now() } = options;
  const { several = [...communities].length > 1 } = options;
  const onError = options.onError ?? ((error: Error) => process.emitWarning(error));
  const believed = new Set(proxies);
  const names = new Set([...hostNames, ...(url === undefined ? [] : [new URL(url).hostname])].map((name) => hostName(name.toLowerCase())));
  const askedByOne = createGate(ofOne, elapsed);
  const askedByAll = createGate(ofAll, elapsed);
  // Whoever floods the pages keeps no push of an account out.
  const pushedByAll = createGate(ofAll, elapsed);
  const mountedAt = (path: string) => [...mounted].find((each) => isBelow(path, each.path));
  const from = (c: Context) => {
    const forwarded = c.req.header('x-forwarded-for');
    if (elsewhere?.isPassedOn(c.req.raw)) return plainAddress(forwarded ?? '');
    return clientAddress(connectionOf(c), forwarded, believed);
  };
  const whoAsks = (c: Context) => countedAs(from(c));
  const say: Say = (key, ...values) => {
    const [first] = communities;
    return (first?.pages.say ?? elsewhere?.say)?.(key, ...values) ?? '';
  };

  const app = new Hono();
  app.use(safeHeaders);
  // A connection that is kept may be closed by one side while the other sends a form on it, which cannot be sent again: each has its own.
  app.use(async (c, next) => {
    await next();
    if (elsewhere?.isPassedOn(c.req.raw)) c.header('Connection', 'close');
  });
  app.use(ownNames(names));
  app.use(async (c, next) => {
    const all = mountedAt(c.req.path) ? pushedByAll : askedByAll;
    if (askedByOne.take(whoAsks(c)) && all.take('')) return next();
    return c.text(say('site.busy.text'), 503, { 'Retry-After': '60' });
  });
  app.use(sameSite);
  const below = createBelow();
  app.use(async (c, next) => {
    const there = mountedAt(c.req.path);
    return there ? below(there, there.path, () => there.app).fetch(c.req.raw, c.env) : next();
  });
  app.route('/', assets());
  const shared = { url: url?.replace(/(?<!\/)\/+$/, ''), whoAsks, elapsed };
  if (several) {
    app.use('/c/:id/*', async (c) => {
      const id = c.req.param('id');
      for (const each of communities)
        if (each.id === id)
          return below(each, `/c/${id}`, () => community({ ...each, ...shared, base: `/c/${id}` })).fetch(c.req.raw, c.env);
      if (!elsewhere?.listed.some((each) => each.id === id)) return c.text('404', 404);
      const answer = elsewhere.isPassedOn(c.req.raw) ? undefined : await elsewhere.answer(id, c.req.raw, from(c));
      return answer ?? c.text(say('site.busy.text'), 503, { 'Retry-After': comeBackSeconds });
    });
    app.get('/', async (c) => c.html(listPage(await listed(communities, elsewhere), say)));
    app.get('/healthz', async (c) => {
      for (const { pages } of communities) await pages.frame();
      return c.text('ok');
    });
  } else for (const only of communities) app.route('/', community({ ...only, ...shared, base: '' }));
  app.notFound((c) => c.text('404', 404));
  app.onError((error, c) => {
    onError(error);
    return c.text(say('site.failed.text'), 500);
  });
  return app;
}

/** Those of this process by the name they have now, and the others. */
async function listed(communities: Iterable<SiteDesk>, elsewhere?: Elsewhere): Promise<Elsewhere['listed']> {
  const here = await Promise.all([...communities].map(async ({ id, pages }) => ({ id, name: (await pages.frame()).community.name })));
  const named = new Map([...(elsewhere?.listed ?? []), ...here].map((each) => [each.id, each]));
  return [...named.values()];
}

const isBelow = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);

/** Apps below a path, made once for each thing that has one; their errors are those of the site. */
function createBelow(): (thing: object, path: string, make: () => Hono) => Hono {
  const made = new WeakMap<object, Hono>();
  return (thing, path, make) => {
    const there = made.get(thing);
    if (there) return there;
    const app = new Hono();
    app.route(path, make());
    app.notFound((c) => c.text('404', 404));
    app.onError((error) => {
      throw error;
    });
    made.set(thing, app);
    return app;
  };
}

/** The address at the other end; '' where there is no connection, as in tests. */
function connectionOf(c: Context): string | undefined {
  try {
    return getConnInfo(c).remote.address;
  } catch {
    return undefined;
  }
}
