import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournalStore } from '../../src/adapters/store/journal.ts';
import { readKept } from '../../src/adapters/store/kept-files.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import { steadyIds } from '../../src/adapters/system/system.ts';
import { openDesk } from '../../src/cli/desk.ts';
import type { Pace, Saying } from '../../src/desk/kernel/accounts.ts';
import type { App, Parts } from '../../src/desk/kernel/desk.ts';
import type { Message } from '../../src/desk/kernel/message.ts';
import type { Store } from '../../src/desk/kernel/ports.ts';
import { accountThat } from '../support/account.ts';
import { shippedContent } from '../support/content.ts';
import { Mortal } from './mortal.ts';

/** Something that happens to the bot: somebody says something, or the clock moves. */
export type Step = { readonly say: Pick<Message, 'person' | 'text'> & { readonly room?: string } } | { readonly at: string };

export const groups = Array.from({ length: 60 }, (_, index) => `居民群${index + 1}`);

/** What outlives the process: the disk, WeChat, the time. */
export class CrashWorld {
  readonly said: Saying[] = [];
  readonly folder: string;
  #idsGiven = 0;
  #now = new Date('2026-11-23T02:00:00Z');
  #mortal = new Mortal(0);
  #app: App | undefined;
  #store: Store | undefined;

  readonly #rooms: readonly string[];
  readonly #pace: Pace | undefined;
  readonly #slow: boolean;

  /** The groups there are, what the account bears, and whether pictures are drawn and backups made. */
  constructor(rooms: readonly string[] = groups, pace?: Pace, slow = false) {
    this.#rooms = rooms;
    this.#pace = pace;
    this.#slow = slow;
    // In memory where there is such a folder: what is tested is the order of writes, not the disk.
    this.folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'lianxinqiao-crash-'));
  }

  /** The same world a second time, as it is now, without its process. Nothing may be under way. */
  copy(): CrashWorld {
    const copy = new CrashWorld(this.#rooms, this.#pace, this.#slow);
    cpSync(this.folder, copy.folder, { recursive: true });
    copy.said.push(...this.said);
    copy.#idsGiven = this.#idsGiven;
    copy.#now = this.#now;
    return copy;
  }

  /** What is kept on the disk, as text, however it came there. Ids are numbered in their order: another process gives others. */
  async disk(): Promise<string> {
    const { dump, archive } = (await readKept(this.folder)) ?? { dump: {}, archive: {} };
    const lines = Object.entries(archive).map(([name, text]) => `${name}\n${text.split('\n').map(ordered).sort().join('\n')}`);
    const text = [ordered(JSON.stringify(dump)), ...lines.sort()].join('\n');
    const ids = [...new Set(text.match(/id\d{6}/g))].sort();
    const numbers = new Map(ids.map((id, index) => [id, `id${index}`]));
    return text.replace(/id\d{6}/g, (id) => numbers.get(id) ?? id);
  }

  /** Looks at it as if this had been said in it. */
  async asIfSaid(said: readonly Saying[], look: (world: CrashWorld) => Promise<void>): Promise<void> {
    const really = this.said.splice(0, this.said.length, ...said);
    await look(this);
    this.said.splice(0, this.said.length, ...really);
  }

  /** Starts the process, to be killed at its `killAt`-th point (0: never). */
  async start(killAt = 0): Promise<void> {
    // One that lives ends before the next begins.
    if (!this.#mortal.isDead) await this.#store?.close();
    const mortal = new Mortal(killAt);
    this.#mortal = mortal;
    this.#store = await openJournalStore({ folder: this.folder, log: silentLog, files: mortal.files() });
    this.#app = openDesk({
      store: this.#store,
      accounts: [
        accountThat(
          async (saying) => {
            await mortal.point();
            this.said.push(saying);
            await mortal.point();
          },
          this.#pace ? { pace: this.#pace } : {},
        ),
      ],
      ...(this.#slow ? slowPorts(() => mortal.point()) : {}),
      content: shippedContent(),
      clock: { now: () => this.#now },
      ids: { ...steadyIds(), id: () => `id${String(++this.#idsGiven).padStart(6, '0')}` },
    });
    await Promise.race([this.#app.outbox.recover().then(() => this.#app?.outbox.pump()), mortal.died]);
  }

  /** Who is there before anything happens. */
  async furnish(): Promise<void> {
    await this.#store?.transaction(async (tx) => {
      for (const id of ['张奶奶', '小刘', '陈姐']) await tx.put('people', { id, name: id, reachable: true });
      await tx.put('people', { id: '小周', name: '小周', role: 'worker', reachable: true });
      await tx.put('rooms', { id: '工作群', name: '工作群', kind: 'staff', speaks: 'addressed' });
      for (const id of this.#rooms)
        await tx.put('rooms', { id, name: id, kind: 'residents', speaks: 'addressed', boundAt: this.#now.toISOString() });
    });
  }

  /** Lets these happen at once. Those that a crash cuts short happen again to the next process. @returns whether it died */
  async happen(steps: readonly Step[], first: number): Promise<boolean> {
    const all = Promise.all(steps.map((step, index) => this.#happen(step, `m${first + index}`)));
    return (await Promise.race([all, this.#mortal.died])) === 'died';
  }

  get points(): number {
    return this.#mortal.passed;
  }

  read<R>(work: Parameters<Store['transaction']>[0]): Promise<R> {
    return this.#store?.transaction(work) as Promise<R>;
  }

  async end(): Promise<void> {
    await this.#store?.close();
    rmSync(this.folder, { recursive: true });
  }

  async #happen(step: Step, id: string): Promise<void> {
    if ('say' in step) {
      await this.#app?.hear({ id, kind: 'text', addressed: true, ...step.say });
      await this.#app?.outbox.pump();
      return;
    }
    this.#now = new Date(step.at);
    await this.#app?.tick();
  }
}

/** The same JSON, with the fields of objects in the order of their names and without empty tables. */
function ordered(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), (_, value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .filter(([, each]) => !Array.isArray(each) || each.length > 0)
              .sort(),
          )
        : value,
    );
  } catch {
    return text;
  }
}

/** What takes long: it may be killed before and after. */
function slowPorts(point: () => Promise<void>): Pick<Parts, 'papers' | 'backups'> {
  const made = async <T>(what: T) => {
    await point();
    await point();
    return what;
  };
  const paper = () => made('papers/drawn');
  return {
    papers: { chart: paper, card: paper, workbook: paper, page: paper, word: paper, sheet: paper },
    backups: { make: () => made({ name: 'copy', bytes: 1, rows: 1 }), goneOn: () => '2026-12-08' },
  };
}
