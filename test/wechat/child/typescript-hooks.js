import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

/** A file that is named as it will be once compiled (a worker's) is found under its own name. */
export function resolve(specifier, context, next) {
  const typescript = specifier.replace(/\.js$/, '.ts');
  if (typescript !== specifier && /^(\.|file:)/.test(specifier)) {
    const url = new URL(typescript, context.parentURL);
    if (url.protocol === 'file:' && !url.pathname.includes('/node_modules/') && existsSync(url)) return next(url.href, context);
  }
  return next(specifier, context);
}

/** Takes the types out. */
export function load(url, context, next) {
  if (!url.startsWith('file:') || !url.endsWith('.ts') || url.includes('/node_modules/')) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'es6' },
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  });
  return { format: 'module', source: code, shortCircuit: true };
}
