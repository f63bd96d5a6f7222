import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';

/**
 * `npm run check`: the few scripts of the public site hold no syntax that is newer than ES2015, which the browsers of 2016 read: brought
 * down to it they do not change. Nor do they call what came later, nor does a style lay a page out by it.
 */
const folder = 'src/adapters/site/assets';

const later =
  /\.(?:padStart|padEnd|flat|flatMap|replaceAll|matchAll|at|finally|replaceChildren|toggleAttribute)\(|Object\.(?:entries|values|fromEntries|groupBy)|globalThis|structuredClone|IntersectionObserver|ResizeObserver|AbortController|URLSearchParams/;

const laterStyles =
  /(?:^|[;{\s])(?:gap|row-gap|column-gap|inset|aspect-ratio|place-items|grid-[a-z-]+)\s{0,3}:|:\s{0,3}(?:inline-)?grid\b|:(?:is|where|has|focus-visible)\b|@(?:layer|container)\b|\b(?:clamp|min|max|color-mix)\(/;

/** @param {string} script @param {'es2015' | 'esnext'} target */
const written = (script, target) =>
  transformSync(script, { swcrc: false, configFile: false, isModule: false, jsc: { target, parser: { syntax: 'ecmascript' } } }).code;

for (const name of readdirSync(folder).filter((each) => each.endsWith('.css'))) {
  if (laterStyles.test(readFileSync(join(folder, name), 'utf8'))) newer(name);
}
for (const name of readdirSync(folder).filter((each) => each.endsWith('.js'))) {
  const script = readFileSync(join(folder, name), 'utf8');
  if (written(script, 'es2015') === written(script, 'esnext') && !later.test(script)) continue;
  newer(name);
}

/** @param {string} name */
function newer(name) {
  process.stderr.write(`${join(folder, name)} holds what browsers of 2016 do not read\n`);
  process.exitCode = 1;
}
