import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ms, percentile } from './measure.ts';
import type { Row } from './row.ts';
import type { Opened, Talked } from './site/lines.ts';

const script = fileURLToPath(new URL('./site/child.js', import.meta.url));
const requestsASecond = 200;
const turnsASecond = 5;
const seconds = 20;
/** Below what a server keeps a connection open for that nothing is asked on. */
const idleMs = 2_000;
/** A desk that has just begun is slower: it talks for so long before anything is measured. */
const warmUpMs = 15_000;
/** The site lets so many wrong secrets through at once; further ones wait. */
const wrongTries = 220;

/** The site in a process of its own, beside the chat that it answers meanwhile; it is read from here over loopback. */
export async function benchSite(folder: string): Promise<Row[]> {
  const desk = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, folder, String(turnsASecond)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // A model that was trained there is taken.
    env: { ...process.env, STATE_DIR: process.env.STATE_DIR || folder },
  });
  const lines = createInterface({ input: desk.stdout })[Symbol.asyncIterator]();
  const opened = JSON.parse((await lines.next()).value ?? '') as Opened;
  await sleep(warmUpMs);
  const agent = new Agent({ keepAlive: true, maxSockets: 200, timeout: idleMs });
  const get = (path: string) => answered(agent, new URL(path, opened.address));
  const rows: Row[] = [];
  const guides = opened.topics.map((id) => `/guide/${encodeURIComponent(id)}`);
  for (const [name, paths] of [
    ['guides and news', [...guides, '/', '/guide', '/news', '/news/feed']],
    ['办理公示', ['/open', '/open/verify']],
  ] as const) {
    for (const path of paths) await get(path);
    rows.push([`${name}, ${requestsASecond} a second beside ${turnsASecond} turns a second`, await atSteadyRate(paths, get)]);
  }
  rows.push(...(await wrongSecrets(agent, opened)));
  desk.stdin.end();
  const talked = JSON.parse((await lines.next()).value ?? '') as Talked;
  rows.push([`the turns meanwhile (${talked.turns})`, `p50 ${ms(talked.p50)}, p99 ${ms(talked.p99)}`]);
  agent.destroy();
  await once(desk, 'close');
  return rows;
}

/** Asks at a steady rate, whatever becomes of the questions before. Counted from when each was due, so that waiting in a line counts. */
async function atSteadyRate(paths: readonly string[], get: (path: string) => Promise<Answer>): Promise<string> {
  const begun = performance.now();
  const all: Promise<readonly [number, number]>[] = [];
  for (let index = 0; index < requestsASecond * seconds; index++) {
    const due = begun + (index * 1000) / requestsASecond;
    if (due > performance.now()) await sleep(due - performance.now());
    all.push(get(paths[index % paths.length] ?? '/').then(({ status }) => [status, performance.now() - due] as const));
  }
  const done = await Promise.all(all);
  const refused = done.filter(([status]) => status !== 200).length;
  const each = done.map(([, taken]) => taken);
  const told = `p50 ${ms(percentile(each, 0.5))}, p99 ${ms(percentile(each, 0.99))}, longest ${ms(percentile(each, 1))}`;
  return refused === 0 ? told : `${told}; ${refused} not answered`;
}

/** What opens nothing, by turns, from as many addresses: how long each takes, and how far from the first. */
async function wrongSecrets(agent: Agent, { address, number, secret }: Opened): Promise<Row[]> {
  const kinds: Readonly<Record<string, (index: number) => string>> = {
    'no such number': (index) => form({ number: 'SQ261101-0000', secret: wrong(index) }),
    'a number, another secret': (index) => form({ number, secret: wrong(index) }),
    'a secret, another number': () => form({ number: 'SQ261101-0000', secret }),
    'neither is one': (index) => form({ number: `x${index}`, secret: '' }),
  };
  const taken = new Map(Object.keys(kinds).map((kind) => [kind, [] as number[]]));
  for (let index = 0; index < wrongTries; index++)
    for (const [kind, body] of Object.entries(kinds)) {
      const begun = performance.now();
      await answered(agent, new URL('/case', address), { body: body(index), from: `2001:db8:${index}::1` });
      taken.get(kind)?.push(performance.now() - begun);
    }
  const medians = [...taken].map(([kind, each]) => [kind, percentile(each, 0.5)] as const);
  const [, first = 0] = medians[0] ?? [];
  return medians.map(
    ([kind, median]): Row => [
      `/case, ${kind} (median of ${wrongTries})`,
      `${ms(median)}, ${Math.round((median - first) * 1000)} µs from the first`,
    ],
  );
}

const wrong = (index: number) => `BBBBB${String(index).padStart(8, 'C')}`;
const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

interface Answer {
  readonly status: number;
}

/** Reads an answer whole. */
function answered(agent: Agent, url: URL, posted?: { readonly body: string; readonly from: string }): Promise<Answer> {
  const headers = posted ? { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': posted.from } : {};
  return new Promise((resolve, reject) => {
    request(url, { agent, headers, method: posted ? 'POST' : 'GET' }, (response) => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode ?? 0 }));
    })
      .on('error', reject)
      .end(posted?.body);
  });
}
