import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Hono } from 'hono';

/** Beside the sources: the build does not copy it, and from `src/adapters/site` and `dist/adapters/site` it is the same way there. */
const folder = new URL('../../../src/adapters/site/assets/', import.meta.url);

const types = {
  'site.css': 'text/css; charset=utf-8',
  'site.js': 'text/javascript; charset=utf-8',
  'verify.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const;
type Name = keyof typeof types;

const names = Object.keys(types) as Name[];
const bodies = new Map(names.map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]));
const versions = new Map(
  names.map((name) => [
    name,
    createHash('sha256')
      .update(bodies.get(name) ?? '')
      .digest('hex')
      .slice(0, 10),
  ]),
);

/** Where a file is had; its address changes with it, so that browsers may keep it. */
export function assetPath(name: Name): string {
  return `/assets/${versions.get(name)}/${name}`;
}

/** The few files that pages need: styles, one small script, a sign. */
export function assets(): Hono {
  const app = new Hono();
  for (const name of names)
    app.get(assetPath(name), (c) =>
      c.body(bodies.get(name) ?? '', 200, { 'Content-Type': types[name], 'Cache-Control': 'public, max-age=31536000, immutable' }),
    );
  return app;
}
