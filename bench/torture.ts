import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Fault, Order, Report, State } from './torture/lines.ts';
import { chance, groups, hostile, markOf, mischief, phoneOf, residents, staff } from './torture/people.ts';

const script = fileURLToPath(new URL('./torture/child.js', import.meta.url));
const begin = Date.parse('2026-11-23T02:00:00Z');
/** A process that says nothing for so long hangs. */
const patienceMs = 120_000;
const learningMs = 600_000;
const faults: readonly Fault[] = ['full', 'readonly', 'torn'];

/** A process of the desk and what it has reported. */
class Victim {
  readonly reports: Report[] = [];
  readonly #child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<void>;
  #wake = () => {};

  constructor(folder: string, now: Date) {
    const project = process.cwd();
    this.#child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', script, join(folder, 'wechat'), project, now.toISOString()],
      {
        env: { ...process.env, STATE_DIR: process.env.STATE_DIR || folder, LOG_LEVEL: 'info' },
      },
    );
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      this.reports.push(JSON.parse(line) as Report);
      this.#wake();
    });
    this.#child.stderr.on('data', (bytes: Buffer) => this.reports.push({ unhandled: bytes.toString('utf8') }));
    this.#child.stdin.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      this.#child.on('close', () => {
        resolve();
        this.#wake();
      });
    });
  }

  order(order: Order): void {
    this.#child.stdin.write(`${JSON.stringify(order)}\n`);
  }

  /** Waits for the next report that fits. @throws when none comes */
  async next<R>(fits: (report: Report) => R | undefined, from = this.reports.length, patience = patienceMs): Promise<R> {
    const until = performance.now() + patience;
    for (let at = from; ; ) {
      for (; at < this.reports.length; at++) {
        const found = fits(this.reports[at] as Report);
        if (found !== undefined) return found;
      }
      if (performance.now() > until || this.#child.exitCode !== null)
        throw new Error(`no answer; last: ${JSON.stringify(this.reports.slice(-3)).slice(0, 2000)}`);
      await Promise.race([
        sleep(1000),
        new Promise<void>((resolve) => {
          this.#wake = resolve;
        }),
      ]);
    }
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }
}

/** What was found, and how much was done. */
export interface Tortured {
  readonly rounds: number;
  readonly kills: number;
  readonly messages: number;
  readonly acknowledged: number;
  readonly findings: readonly string[];
}

/**
 * Tortures a desk: rounds of residents who report and hostile people who try whatever they can, while its process is killed at any
 * moment, its disk fails and its clock jumps. After each round what must always hold is looked at. The same seed does the same, but for the
 * moments of the kills, which are the machine's.
 */
export async function torture(folder: string, minutes: number, seed: number, print: (line: string) => void): Promise<Tortured> {
  const random = chance(seed);
  const told = new Map<string, { readonly person: string; readonly mark: string }>();
  const acknowledged = new Map<string, string>();
  const findings: string[] = [];
  let now = new Date(begin);
  let [rounds, kills, messages, count] = [0, 0, 0, 0];

  const furnish = (victim: Victim) => {
    for (const person of [...staff, ...residents, ...hostile]) victim.order({ meet: { ...person, reachable: true } });
    for (const group of groups) victim.order({ group });
  };

  const start = async (patience?: number): Promise<Victim> => {
    const victim = new Victim(folder, now);
    await victim.next((report) => ('ready' in report ? true : undefined), 0, patience);
    return victim;
  };

  /** A word of a resident: an appeal with a mark of its own, and a telephone number in some. */
  const report = (): Order => {
    const who = residents[count % residents.length] ?? residents[0];
    const mark = markOf(count);
    const id = `m${count}`;
    told.set(mark, { person: who?.id ?? '', mark });
    const phone = count % 3 === 0 ? `，电话${phoneOf(count)}` : '';
    count++;
    return { say: { id, person: who?.id ?? '', text: `${count}栋${(count % 4) + 1}单元楼道灯不亮，${mark}${phone}` } };
  };

  // The first start may have to learn before it is ready: that is no torture.
  let victim = await start(learningMs);
  const until = performance.now() + minutes * 60_000;
  furnish(victim);
  // Whoever is not there yet cannot be missed after a kill.
  victim.order({ settle: true });
  await victim.next((each) => ('idle' in each ? true : undefined), 0);
  for (; performance.now() < until && findings.length < 20; rounds++) {
    const dies = random() < 0.7;
    const fault = random() < 0.3 ? faults[Math.floor(random() * faults.length)] : undefined;
    const work = 20 + Math.floor(random() * 60);
    const killAfter = Math.floor(random() * work);
    for (let at = 0; at < work; at++) {
      messages++;
      if (random() < 0.4) victim.order(report());
      else victim.order({ say: { id: `x${rounds}-${at}`, ...mischief(random) } });
      if (random() < 0.05) {
        // Forward by hours or days, back by hours.
        const hours = random() < 0.25 ? -Math.floor(random() * 6) : Math.floor(random() ** 4 * 72);
        now = new Date(Math.max(begin, now.getTime() + hours * 3_600_000));
        victim.order({ clock: now.toISOString() });
      }
      if (fault && at === Math.floor(work / 3)) victim.order({ disk: fault });
      if (fault && at === Math.floor((work * 2) / 3)) victim.order({ disk: 'well' });
      if (dies && at === killAfter) {
        await sleep(random() * 400);
        await victim.kill();
        kills++;
        gather(victim.reports, { told, acknowledged, findings });
        victim = await start();
      }
    }
    const from = victim.reports.length;
    victim.order({ disk: 'well' });
    victim.order({ settle: true });
    await victim.next((each) => ('idle' in each ? true : undefined), from);
    victim.order({ look: true });
    const state = await victim.next((each) => ('state' in each ? each.state : undefined), from);
    gather(victim.reports.splice(0), { told, acknowledged, findings });
    findings.push(...holds(state, told, acknowledged));
    now = new Date(now.getTime() + 3_600_000);
    victim.order({ clock: now.toISOString() });
    if (rounds % 20 === 0)
      print(`round ${rounds}: ${kills} kills, ${messages} messages, ${acknowledged.size} numbers, ${findings.length} findings`);
  }
  await victim.kill();
  return { rounds, kills, messages, acknowledged: acknowledged.size, findings };
}

interface Gathered {
  readonly told: ReadonlyMap<string, { readonly person: string }>;
  /** Number → who was told it. */
  readonly acknowledged: Map<string, string>;
  readonly findings: string[];
}

const isStaff = new Set<string>([...staff.map(({ id }) => id), 'g-staff']);
const anyMark = /灯杆编号[零壹贰叁肆伍陆柒捌玖]{5}/gu;
const anyPhone = /1398580\d{4}/;
const registered = /登记[\s\S]*?(SQ\d{6}-\d{4,})/u;

/** Reads what a process has said: numbers that were given, words in a wrong chat, words in a log, errors that nobody handled. */
function gather(reports: readonly Report[], { told, acknowledged, findings }: Gathered): void {
  for (const each of reports) {
    if ('unhandled' in each) findings.push(`nobody handled: ${each.unhandled.slice(0, 600)}`);
    if ('log' in each) {
      if (each.log.match(anyMark) || anyPhone.test(each.log)) findings.push(`words in a log: ${each.log.slice(0, 300)}`);
      if (each.level === 'error' && !each.log.includes('on purpose')) findings.push(`an error: ${each.log.slice(0, 600)}`);
    }
    if (!('said' in each)) continue;
    const { room, person = '', text } = each.said;
    const reader = room ?? person;
    if (anyPhone.test(text)) findings.push(`a number was said to ${reader}: ${text.slice(0, 200)}`);
    for (const mark of text.match(anyMark) ?? [])
      if (!isStaff.has(reader) && told.get(mark)?.person !== reader) findings.push(`${mark} was read by ${reader}: ${text.slice(0, 200)}`);
    const number = room === undefined && person.startsWith('p-r') ? registered.exec(text)?.[1] : undefined;
    if (number === undefined || text.includes('一票')) continue;
    const before = acknowledged.get(number);
    if (before !== undefined && before !== person) findings.push(`${number} was given to ${before} and to ${person}`);
    acknowledged.set(number, person);
  }
}

/** What must hold of a state, whatever has happened. @returns what does not */
function holds(state: State, told: ReadonlyMap<string, { readonly person: string }>, acknowledged: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  const byId = new Map(state.appeals.map((appeal) => [appeal.id, appeal]));
  if (byId.size !== state.appeals.length) found.push('two appeals have one number');
  // What is closed goes to the archive only after weeks: a number that was given is at hand.
  for (const [number, person] of acknowledged) {
    const appeal = byId.get(number);
    if (!appeal) found.push(`${number} was acknowledged and is lost`);
    else if (appeal.person !== person) found.push(`${number} of ${person} is ${appeal.person}'s`);
  }
  const counted = new Map<string, string[]>();
  for (const { id, text, steps } of state.appeals) {
    if (steps.filter((move) => move === 'register').length !== 1) found.push(`${id} was registered ${steps.join()}`);
    for (const mark of new Set(text.match(anyMark))) counted.set(mark, [...(counted.get(mark) ?? []), id]);
  }
  for (const [mark, ids] of counted) {
    if (ids.length > 1) found.push(`${mark} was taken down twice: ${ids.join()}`);
    const appeal = byId.get(ids[0] ?? '');
    if (appeal && told.get(mark)?.person !== appeal.person) found.push(`${mark} of ${told.get(mark)?.person} is ${appeal.person}'s`);
  }
  const wanted = staff.map(({ id }) => id).sort();
  if (JSON.stringify(state.staff) !== JSON.stringify(wanted)) found.push(`the staff are ${state.staff.join()}`);
  if (state.damaged > 0) found.push(`${state.damaged} rows cannot be read`);
  if (state.broken !== undefined) found.push(`the audit trail does not fit from ${state.broken} on`);
  return found;
}

/** `npm run bench -- torture [minutes] [seed]`. */
export async function benchTorture(
  folder: string,
  [minutes = 10, seed = 20261126]: readonly number[],
  print: (line: string) => void,
): Promise<void> {
  const { findings, ...done } = await torture(folder, minutes, seed, print);
  print(
    `${minutes} minutes, seed ${seed}: ${done.rounds} rounds, ${done.kills} kills, ${done.messages} messages, ${done.acknowledged} numbers given`,
  );
  for (const each of findings) print(`FOUND ${each}`);
  print(`${findings.length} findings`);
  if (findings.length > 0) process.exitCode = 1;
}
