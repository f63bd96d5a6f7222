import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';

/**
 * `npm run check`: the few scripts of the public site hold no syntax that is newer than ES2015, which the browsers of 2016 read: brought
 * down to it they do not change. Nor do they call what came later.
 */
const folder = 'src/adapters/site/assets';

const later =
  /\.(?:padStart|padEnd|flat|flatMap|replaceAll|matchAll|at|finally|replaceChildren|toggleAttribute)\(|Object\.(?:entries|values|fromEntries|groupBy)|globalThis|structuredClone|IntersectionObserver|ResizeObserver|AbortController|URLSearchParams/;

/** @param {string} script @param {'es2015' | 'esnext'} target */
const written = (script, target) =>
  transformSync(script, { swcrc: false, configFile: false, isModule: false, jsc: { target, parser: { syntax: 'ecmascript' } } }).code;

for (const name of readdirSync(folder).filter((each) => each.endsWith('.js'))) {
  const script = readFileSync(join(folder, name), 'utf8');
  if (written(script, 'es2015') === written(script, 'esnext') && !later.test(script)) continue;
  process.stderr.write(`${join(folder, name)} holds what browsers of 2016 do not read\n`);
  process.exitCode = 1;
}
