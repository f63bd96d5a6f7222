import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono } from 'hono';
import type { SiteCases } from '../../desk/site/cases.ts';
import type { SitePages } from '../../desk/site/pages.ts';
import { clientAddress, countedAs } from './address.ts';
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

export interface SiteOptions {
  readonly communities: readonly SiteDesk[];
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
  /** What else is called from outside. */
  readonly mounted?: readonly Mounted[];
  /** Hears of errors that are ours; never of words or secrets. */
  readonly onError?: (error: Error) => void;
}

/** Reading is cheap, and many may sit behind one address; beyond this nobody reads, somebody floods. */
const ofOne = { atOnce: 500, everySeconds: 1 / 250 };
const ofAll = { atOnce: 1000, everySeconds: 1 / 600 };

/** The public site. Whatever else is asked of it from outside (pushes of an account) is mounted on the same app. */
export function createSite(options: SiteOptions): Hono {
  const { communities, several = communities.length > 1, url, hostNames = [], proxies = [], elapsed = () => performance.now() } = options;
  const onError = options.onError ?? ((error: Error) => process.emitWarning(error));
  const believed = new Set(proxies);
  const names = new Set([...hostNames, ...(url === undefined ? [] : [new URL(url).hostname])].map((name) => hostName(name.toLowerCase())));
  const askedByOne = createGate(ofOne, elapsed);
  const askedByAll = createGate(ofAll, elapsed);
  const whoAsks = (c: Context) => countedAs(clientAddress(connectionOf(c), c.req.header('x-forwarded-for'), believed));

  const app = new Hono();
  app.use(safeHeaders);
  app.use(ownNames(names));
  app.use(async (c, next) => {
    if (askedByOne.take(whoAsks(c)) && askedByAll.take('')) return next();
    return c.text(communities[0]?.pages.say('site.busy.text') ?? '', 503, { 'Retry-After': '60' });
  });
  app.use(sameSite);
  for (const each of options.mounted ?? []) app.route(each.path, each.app);
  app.route('/', assets());
  const [only] = communities;
  const shared = { url: url?.replace(/(?<!\/)\/+$/, ''), whoAsks, elapsed };
  if (only && !several) app.route('/', community({ ...only, ...shared, base: '' }));
  else {
    for (const each of communities) app.route(`/c/${each.id}`, community({ ...each, ...shared, base: `/c/${each.id}` }));
    app.get('/', async (c) => c.html(await listPage(communities)));
    app.get('/healthz', async (c) => {
      for (const { pages } of communities) await pages.frame();
      return c.text('ok');
    });
  }
  app.notFound((c) => c.text('404', 404));
  app.onError((error, c) => {
    onError(error);
    return c.text(communities[0]?.pages.say('site.failed.text') ?? '', 500);
  });
  return app;
}

/** The address at the other end; '' where there is no connection, as in tests. */
function connectionOf(c: Context): string | undefined {
  try {
    return getConnInfo(c).remote.address;
  } catch {
    return undefined;
  }
}
