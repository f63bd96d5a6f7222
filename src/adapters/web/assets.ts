import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';

/** Beside the sources: the build does not copy it, and from `src/adapters/web` and `dist/adapters/web` it is the same way there. */
const folder = new URL('../../../src/adapters/web/page/', import.meta.url);

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** The files of the page. Only those that are there at the start are served, so no path can lead anywhere else. */
export function assets(): Hono {
  const app = new Hono();
  for (const name of readdirSync(folder)) {
    const type = types[name.slice(name.lastIndexOf('.') + 1)];
    if (!type) continue;
    app.get(name === 'index.html' ? '/' : `/${name}`, async (c) => {
      return c.body(await readFile(new URL(name, folder)), 200, { 'Content-Type': type, 'Cache-Control': 'no-cache' });
    });
  }
  return app;
}
