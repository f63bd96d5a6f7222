import { type Context, Hono } from 'hono';
import { pictureType } from '../../domain/content/picture.ts';
import { readPart } from './address.ts';
import { readForm } from './forms.ts';
import type { Html } from './html.ts';
import { keptPages } from './kept-pages.ts';
import { aboutPage, missingPage, policiesPage } from './pages/about.ts';
import { feedOf } from './pages/feed.ts';
import { guidePage, topicPage } from './pages/guide.ts';
import { homePage } from './pages/home.ts';
import { editionPage, editionsPage, newsItemPage, newsPage } from './pages/news.ts';
import { openPage } from './pages/open.ts';
import { placePage, placesPage } from './pages/places.ts';
import { verifyPage } from './pages/verify.ts';
import { personal } from './personal.ts';
import { reckonProof } from './proof-text.ts';
import type { SiteDesk } from './server.ts';
import { type View, viewOf } from './view.ts';

export interface CommunityOptions extends SiteDesk {
  /** '' or '/c/COMMUNITY'. */
  readonly base: string;
  readonly url: string | undefined;
  readonly whoAsks: (c: Context) => string;
  readonly elapsed: () => number;
}

/** Pages that are the same for everybody may be kept for a minute, and are asked for again after that. */
const forEverybody = 'public, max-age=60';

/** The pages of one community. */
export function community(options: CommunityOptions): Hono {
  const { pages, picture } = options;
  const app = new Hono();
  const view = (c: Context) => viewFor(c, options);
  const kept = keptPages();
  const shown = async (c: Context, page: Html | Promise<Html>) => {
    c.header('Cache-Control', forEverybody);
    return c.html((await page).text);
  };
  const missing = async (c: Context) => c.html(missingPage(await view(c)).text, 404);

  app.get('/healthz', async (c) => {
    await pages.frame();
    return c.text('ok');
  });
  app.get('/', async (c) => shown(c, homePage(await view(c))));
  app.get('/guide', async (c) => {
    const { section, q } = c.req.query();
    const asked = { ...(section === undefined ? {} : { section: readPart(section) }), ...(q === undefined ? {} : { words: q }) };
    const page = await guidePage(await view(c), asked);
    // What somebody searched is theirs.
    return q === undefined ? shown(c, page) : c.html(page.text);
  });
  app.get('/guide/:topic', async (c) => {
    const seen = await view(c);
    const page = await kept(seen, async () => {
      const topic = await pages.topic(readPart(c.req.param('topic')));
      return topic && topicPage(seen, topic);
    });
    return page ? shown(c, page) : missing(c);
  });
  app.get('/news', async (c) => shown(c, newsPage(await view(c), c.req.query('column'))));
  app.get('/news/feed', async (c) => {
    const { items } = await pages.news();
    return c.body(feedOf(await view(c), items), 200, {
      'Content-Type': 'application/atom+xml; charset=utf-8',
      'Cache-Control': forEverybody,
    });
  });
  app.get('/news/past', async (c) => shown(c, editionsPage(await view(c))));
  app.get('/news/past/:id', async (c) => {
    const edition = (await pages.editions()).find(({ id }) => id === readPart(c.req.param('id')));
    return edition ? shown(c, editionPage(await view(c), edition)) : missing(c);
  });
  app.get('/news/:id', async (c) => {
    const item = (await pages.news()).items.find(({ id }) => id === readPart(c.req.param('id')));
    return item ? shown(c, newsItemPage(await view(c), item)) : missing(c);
  });
  app.get('/news/:id/picture/:index', async (c) => {
    const item = (await pages.news()).items.find(({ id }) => id === readPart(c.req.param('id')));
    const file = item?.files[Number(c.req.param('index'))];
    return (file !== undefined && (await pictureAnswer(c, picture, file))) || missing(c);
  });
  app.get('/places', async (c) => shown(c, placesPage(await view(c))));
  app.get('/places/:name', async (c) => {
    const page = await placePage(await view(c), readPart(c.req.param('name')));
    return page ? shown(c, page) : missing(c);
  });
  app.get('/places/:name/picture/:id', async (c) => {
    const views = (await pages.streets()).get(readPart(c.req.param('name')));
    const file = views?.find(({ id }) => id === readPart(c.req.param('id')))?.file;
    return (file !== undefined && (await pictureAnswer(c, picture, file))) || missing(c);
  });
  app.get('/policies', async (c) => shown(c, policiesPage(await view(c))));
  app.get('/open', async (c) => shown(c, openPage(await view(c))));
  app.get('/open/verify', async (c) => shown(c, verifyPage(await view(c), await pages.sealedDays())));
  // Reckons what is handed in, keeps nothing, and needs no token for it.
  app.post('/open/verify', async (c) => {
    const sent = await readForm(c);
    const text = sent === undefined || sent === 'tooBig' ? '' : sent.text('proof');
    const reckoning = reckonProof(text);
    const page = verifyPage(await view(c), await pages.sealedDays(), { text, ...(reckoning ? { reckoning } : {}) });
    return c.html(page.text, reckoning ? 200 : 422);
  });
  app.get('/about', async (c) => shown(c, aboutPage(await view(c))));
  app.route('/', personal(options, view));
  app.notFound(missing);
  app.all('*', missing);
  return app;
}

/** A picture that everybody may see. What is none is not handed out, whatever it is called. */
async function pictureAnswer(c: Context, picture: SiteDesk['picture'], file: string): Promise<Response | undefined> {
  const bytes = await picture(file);
  const type = bytes && pictureType(bytes);
  if (!bytes || type === undefined) return undefined;
  return c.body(new Uint8Array(bytes), 200, {
    'Content-Type': type,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': 'public, max-age=3600',
  });
}

async function viewFor(c: Context, { pages, base, url }: CommunityOptions): Promise<View> {
  const { pathname, searchParams } = new URL(c.req.url);
  const large = searchParams.get('type') === 'large';
  searchParams.delete('type');
  const query = searchParams.size === 0 ? '' : `?${searchParams}`;
  const path = pathname.slice(base.length) || '/';
  return viewOf({ pages, frame: await pages.frame(), base, path, query, large, url, now: pages.now() });
}
