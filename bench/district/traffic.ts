import { setTimeout as sleep } from 'node:timers/promises';
import { phoneOf } from '../../test/official/emulator/phone.ts';
import { ms, percentile } from '../measure.ts';
import type { Community } from './community.ts';
import type { Bot } from './process.ts';

/** WeChat brings a push again after so long without an answer, three times in all. */
const againMs = 5_000;
/** One message in so many is a grievance, which gets a number. */
const grievanceIn = 3;
const questions = [
  '低保怎么申请',
  '居住证怎么办',
  '医保怎么报销',
  '社区上班时间',
  '高龄津贴怎么领',
  '身份证丢了怎么办',
  '怎么办老年证',
  '垃圾怎么分类',
];

/** One message, and what was read in answer. */
export interface Sent {
  readonly community: string;
  readonly isGrievance: boolean;
  /** When it was due, by `performance.now()`. */
  readonly at: number;
  answeredAt?: number;
  readonly answers: string[];
}

/** Somebody new of the next community says something, to whichever process is next: the `number`-th message of all. Resolves when WeChat has brought it. */
export async function say(communities: readonly Community[], bots: readonly Bot[], number: number, at = performance.now()): Promise<Sent> {
  const { id, world } = communities[number % communities.length] as Community;
  const openid = `o-${number}`;
  world.person(openid).follows = true;
  const isGrievance = number % grievanceIn === 0;
  const sent: Sent = { community: id, isGrievance, at, answers: [] };
  readers.set(`${id} ${openid}`, sent);
  world.show = (who, how, text) => {
    const reader = readers.get(`${id} ${who}`);
    if (!reader || how === 'error') return;
    reader.answeredAt ??= performance.now();
    reader.answers.push(text);
  };
  const bring = (query: string, body: string) => push(bots, number, `/official/${id}?${query}`, body);
  const place = `${1 + (Math.floor(number / communities.length) % 900)}栋${1 + (number % 4)}单元${1 + (number % 9)}01`;
  const text = isGrievance ? `${place}天花板漏水` : (questions[number % questions.length] ?? '');
  // What was not answered is brought again at once: `push` has waited.
  await phoneOf(world, bring, openid, { waited: () => undefined }).say(text);
  return sent;
}

const readers = new Map<string, Sent>();

/** As a proxy before the processes does it: to the one whose turn it is, and to another one where nobody listens. */
async function push(bots: readonly Bot[], turn: number, path: string, body: string) {
  const begun = performance.now();
  for (let tries = 0; tries < bots.length; tries++) {
    const address = bots[(turn + tries) % bots.length]?.address ?? '';
    const signal = AbortSignal.timeout(againMs);
    const answer = await fetch(address + path, { method: 'POST', body, signal }).catch((error: Error) => error.name);
    if (answer === 'TimeoutError') break;
    if (typeof answer === 'string') continue;
    if (answer.ok) return { status: 200, text: await answer.text() };
    break;
  }
  await sleep(Math.max(0, againMs - (performance.now() - begun)));
  return { status: 503, text: '' };
}

/** Waits until everybody has read something, or no longer. */
export async function settled(sent: readonly Sent[], patienceMs: number): Promise<void> {
  await until(async () => sent.every(({ answeredAt }) => answeredAt !== undefined), patienceMs);
}

export async function until(isTrue: () => Promise<boolean>, patienceMs: number): Promise<void> {
  const end = performance.now() + patienceMs;
  while (performance.now() < end && !(await isTrue())) await sleep(100);
}

/** How long it took until something was read. */
export function spread(sent: readonly Sent[]): string {
  const each = sent.flatMap(({ at, answeredAt }) => (answeredAt === undefined ? [] : [answeredAt - at]));
  return `${each.length} replies, p50 ${ms(percentile(each, 0.5))}, p99 ${ms(percentile(each, 0.99))}, longest ${ms(percentile(each, 1))}`;
}
