import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WebWechat } from '../web-wechat/web-wechat.ts';
import { refusedMark } from './network.ts';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
export const projectFolder = here('../../..');

/** A script that runs against the emulated server, by its clock, with no other way out of the machine. */
export interface Child {
  readonly process: ChildProcess;
  /** What it printed so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** The hosts that it tried to reach and was refused. */
  readonly refused: () => string[];
  /** Resolves with its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Ends it at once, as a power cut does. */
  kill(signal?: NodeJS.Signals): Promise<void>;
}

export interface ChildOptions {
  readonly args?: readonly string[];
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  readonly onMessage?: (message: unknown) => void;
}

/** Starts a TypeScript file with Node. It inherits nothing of the environment but what Node needs. */
export function startChild(
  wechat: WebWechat,
  script: string,
  { args = [], env = {}, cwd = projectFolder, onMessage }: ChildOptions = {},
): Child {
  const loaders = ['typescript.js', 'preload.ts'].flatMap((name) => ['--import', new URL(name, import.meta.url).href]);
  const quiet = ['--disable-warning=ExperimentalWarning', '--disable-warning=DEP0205', '--enable-source-maps'];
  const child = spawn(process.execPath, [...quiet, '--unhandled-rejections=strict', ...loaders, script, ...args], {
    cwd,
    env: {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(PATH|TMPDIR|TEMP|TMP|SystemRoot)$/i.test(name))),
      WEB_WECHAT_SERVER: wechat.url,
      WEB_WECHAT_CLOCK: JSON.stringify(wechat.world.clock.rate),
      WECHATY_LOG: 'error',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
      wechat.world.signal.changed();
    });
  }
  child.on('message', (message) => {
    onMessage?.(message);
    wechat.world.signal.changed();
  });
  const ended = new Promise<number | NodeJS.Signals>((resolve) => child.once('close', (code, signal) => resolve(signal ?? code ?? 1)));
  return {
    process: child,
    stdout: () => written.stdout,
    stderr: () => written.stderr,
    refused: () => written.stderr.split('\n').flatMap((line) => (line.startsWith(refusedMark) ? [line.slice(refusedMark.length)] : [])),
    ended,
    async kill(signal = 'SIGKILL') {
      child.kill(signal);
      await ended;
    },
  };
}

/** Waits until the client has saved the session that is now in a memory card below this folder: from then on it can resume it. */
export async function sessionSaved({ world, account }: WebWechat, folder: string): Promise<void> {
  await world.until(() => {
    const cards = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.memory-card.json'));
    return cards.some((name) => readFileSync(join(folder, name), 'utf8').includes(account.session?.sid ?? 'no session'));
  }, 'a saved session');
}
