// @ts-check
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** @typedef {{ config: string, sources: string[], stamp: string, copied?: [from: string, to: string] }} Project what is compiled: how, from which files and folders, where it is noted, and what is read beside it */

const wordingFolder = 'data/wording';

/** @type {Project} */
export const program = {
  config: 'tsconfig.build.json',
  sources: ['src', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'],
  stamp: 'dist/.built.json',
};
/** @type {Project} */
export const bench = {
  config: 'bench/tsconfig.json',
  sources: [...program.sources, 'bench'],
  stamp: 'dist/measured/.built.json',
  // From there the program finds what lies beside its sources one folder too high.
  copied: ['src/adapters/site/assets', 'dist/measured/src/adapters/site/assets'],
};

/** The sources cannot be built; the message says why. */
export class BuildError extends Error {
  /** @override */
  name = 'BuildError';
}

/**
 * Brings `dist/` up to date where the sources are not those that it was built of. Of two that are started at once the second waits
 * for the first. A build that fails or is killed is made again at the next start.
 * @param {string} root the project's folder
 * @param {(root: string, config: string) => void} compile
 * @throws BuildError
 */
export async function build(root, project = program, compile = tsc) {
  if (!existsSync(join(root, 'src')) || fits(root, project)) return;
  mkdirSync(join(root, 'dist'), { recursive: true });
  const unlock = await lock(join(root, 'dist/.lock'));
  try {
    if (fits(root, project)) return;
    const built = noted(root, project);
    const wording = fingerprint(root, [wordingFolder]);
    if (built.wording !== wording) (await import('./sentences.js')).writeSentences(root);
    const sources = fingerprint(root, project.sources);
    if (built.sources !== sources) compile(root, project.config);
    if (project.copied) cpSync(join(root, project.copied[0]), join(root, project.copied[1]), { recursive: true });
    // What was edited meanwhile is not in this fingerprint, and is built at the next start.
    writeFileSync(join(root, project.stamp), JSON.stringify({ sources, wording }));
  } finally {
    unlock();
  }
}

/** @param {string} root @param {Project} project */
function fits(root, project) {
  const { sources, wording } = noted(root, project);
  return sources === fingerprint(root, project.sources) && wording === fingerprint(root, [wordingFolder]);
}

/** What was built last. @param {string} root @param {Project} project @returns {{ sources?: string, wording?: string }} */
function noted(root, { stamp }) {
  try {
    return JSON.parse(readFileSync(join(root, stamp), 'utf8'));
  } catch {
    return {};
  }
}

/**
 * By what stands in the files, not by their times: those change when a project is copied or checked out.
 * @param {string} root @param {string[]} paths
 */
export function fingerprint(root, paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((each) => filesAt(root, each))) hash.update(`${path}\n`).update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

/** @param {string} root @param {string} path @returns {string[]} */
function filesAt(root, path) {
  if (!existsSync(join(root, path))) return [];
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules')
    .flatMap((entry) => (entry.isDirectory() ? filesAt(root, `${path}/${entry.name}`) : [`${path}/${entry.name}`]))
    .sort();
}

/** @param {string} root @param {string} config */
function tsc(root, config) {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  if (!existsSync(compiler)) throw new BuildError('dist/ was not built of what is in src/, and there is no TypeScript to build it: npm ci');
  const { status, error, stdout, stderr } = spawnSync(process.execPath, [compiler, '--project', config], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new BuildError(error?.message ?? `${stdout}${stderr}`.trim());
}

/** A build takes seconds: what is older was left behind. */
const abandonedMs = 5 * 60_000;

/** Takes the lock as soon as nobody has it who lives. @param {string} path @returns gives it back */
async function lock(path) {
  for (;;) {
    try {
      writeFileSync(path, `${process.pid}`, { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    if (abandoned(path)) rmSync(path, { force: true });
    else await sleep(50);
  }
}

/** @param {string} path */
function abandoned(path) {
  try {
    if (Date.now() - statSync(path).mtimeMs > abandonedMs) return true;
    const owner = Number(readFileSync(path, 'utf8'));
    // Nothing is written in it yet: it was taken just now.
    if (owner === 0) return false;
    // In a container the same pid comes back at every start.
    if (owner === process.pid) return true;
    process.kill(owner, 0);
    return false;
  } catch (error) {
    // ENOENT: it was given back. EPERM: its owner lives, but is another user's.
    return codeOf(error) === 'ESRCH';
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return /** @type {NodeJS.ErrnoException} */ (error).code;
}
