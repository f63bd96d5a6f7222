import { join } from 'node:path';
import { chineseWorkCalendar } from '../../src/adapters/calendar/work-calendar.ts';
import { createBackups, journalToBackUp } from '../../src/adapters/store/backup.ts';
import { openJournalStore } from '../../src/adapters/store/journal.ts';
import { createVault } from '../../src/adapters/system/vault.ts';
import { createApp } from '../../src/desk/conversation/app.ts';
import { easyProfile, firstAccount, type Saying, SendError } from '../../src/desk/kernel/accounts.ts';
import type { Content } from '../../src/desk/kernel/content.ts';
import type { App } from '../../src/desk/kernel/desk.ts';
import type { Ids, Log, Store, Transaction } from '../../src/desk/kernel/ports.ts';
import type { Person } from '../../src/desk/kernel/rows.ts';
import type { Outcome } from '../../src/desk/kernel/turn.ts';
import { Mortal } from '../../test/crash/mortal.ts';
import type { Model } from './model.ts';

/** Something that somebody says. */
export interface Act {
  readonly person: string;
  readonly room?: string;
  readonly text: string;
  /** In a room: whether the bot is spoken to. */
  readonly addressed?: boolean;
  /** What the turn must have come to; the difference, or nothing. */
  readonly check?: (outcome: Outcome) => string | undefined;
}

export interface WorldOptions {
  readonly folder: string;
  readonly content: Content;
  readonly random: () => number;
  /** A process is killed after so many points at most (test/crash/mortal.ts); 0: never. */
  readonly livesAtMost: number;
  /** One message in so many surely does not arrive at first. */
  readonly lostOneIn: number;
  /** Called with every text that leaves the bot: lines of the log, sayings. */
  readonly overhear: (text: string) => void;
}

/** One message in so many is delivered a second time. */
const twiceOneIn = 50;

/** What outlives the bot's process: the disk, WeChat, the time. */
export class World {
  readonly folder: string;
  /** Milliseconds that each turn took, from the call to the kept answer. */
  readonly turns: number[] = [];
  kills = 0;
  #now = 0;
  #app: App | undefined;
  #store: Store | undefined;
  #mortal = new Mortal(0);
  #said: Saying[] = [];
  #count = 0;
  readonly #options: WorldOptions;
  readonly #ids: Ids;
  readonly #key = Buffer.alloc(32, 7);
  readonly #people = new Map<string, Person>();
  model: Model | undefined;

  constructor(options: WorldOptions) {
    this.#options = options;
    this.folder = join(options.folder, 'main');
    const { random } = options;
    const hex = () => Math.floor(random() * 16).toString(16);
    this.#ids = {
      // As long as those of a real bot.
      id: () => this.#now.toString(36).padStart(9, '0') + Array.from({ length: 20 }, hex).join(''),
      code: (length) => Array.from({ length }, hex).join('').toUpperCase(),
      chance: (below) => Math.floor(random() * below),
    };
  }

  get ids(): Ids {
    return this.#ids;
  }

  get store(): Store {
    if (!this.#store) throw new Error('the process does not run');
    return this.#store;
  }

  /** Who is on WeChat, whatever the bot still knows of them. */
  inhabit(people: readonly Person[]): void {
    for (const person of people) this.#people.set(person.id, person);
  }

  /** Starts the bot's process. */
  async start(): Promise<void> {
    const { random, livesAtMost, content } = this.#options;
    const mortal = new Mortal(livesAtMost === 0 ? 0 : 1 + Math.floor(random() * livesAtMost));
    this.#mortal = mortal;
    const log = this.#log();
    const store = await Promise.race([openJournalStore({ folder: this.folder, log, files: mortal.files() }), mortal.died]);
    if (store === 'died') return this.#again();
    this.#store = store;
    this.#app = createApp({
      store,
      accounts: [{ name: firstAccount, profile: easyProfile, send: (saying) => this.#send(mortal, saying) }],
      content,
      clock: { now: () => new Date(this.#now) },
      ids: this.#ids,
      log,
      workCalendars: chineseWorkCalendar,
      vault: createVault([this.#key]),
      backups: createBackups(journalToBackUp(this.folder, 'main'), join(this.#options.folder, 'backups')),
    });
    await this.#live((app) => app.outbox.recover());
  }

  /** The clock shows `now`; then all of these speak at once, each person in the order given. */
  async slot(now: number, { acts, friends }: { acts: readonly Act[]; friends: readonly string[] }): Promise<void> {
    this.#now = now;
    this.#said = [];
    await this.#live((app) => app.tick());
    await this.furnish(async (tx) => {
      for (const id of friends) {
        const person = (await tx.get('people', id)) ?? this.#people.get(id);
        if (person) await tx.put('people', { ...person, reachable: true });
      }
    }, friends.length > 0);
    const left = new Map(acts.map((act) => [`m${++this.#count}`, act]));
    let again = false;
    while (left.size > 0) {
      await this.#live((app) => Promise.all([...left].map(([id, act]) => this.#hear(app, id, act, again).then(() => left.delete(id)))));
      again = true;
    }
    await this.#live((app) => app.outbox.pump());
  }

  /** Changes what the channel or the office keeps, whatever happens to the process. Done twice it is as done once. */
  async furnish(work: (tx: Transaction) => Promise<void>, wanted = true): Promise<void> {
    for (let done = !wanted; !done; ) {
      await this.#live(({ store }) =>
        store.transaction(work).then(() => {
          done = true;
        }),
      );
    }
  }

  async end(): Promise<void> {
    await this.store.close();
  }

  async #hear(app: App, id: string, { check, person, room, text, addressed = true }: Act, again: boolean): Promise<void> {
    // Who was forgotten as a passer-by is known to the channel again with the next word.
    const known = this.#people.get(person);
    if (known) await app.store.transaction((tx) => tx.insert('people', known));
    const started = performance.now();
    const outcome = await app.hear({ id, person, text, kind: 'text', addressed, ...(room === undefined ? {} : { room }) });
    if (again) return;
    if (this.#options.random() * twiceOneIn < 1) {
      const twice = await app.hear({ id, person, text, kind: 'text', addressed, ...(room === undefined ? {} : { room }) });
      if (twice.replies.length > 0) this.model?.differs(`was answered twice: ${text}`, person);
    }
    this.turns.push(performance.now() - started);
    const difference = check?.(outcome);
    if (difference !== undefined) this.model?.differs(`${difference}: ${text}`, person);
  }

  /** Lets the process do something; when it is killed over it, another one is started. */
  async #live(work: (app: App) => Promise<unknown>): Promise<void> {
    const { died } = this.#mortal;
    if (!this.#app) throw new Error('the process does not run');
    if ((await Promise.race([work(this.#app), died])) === 'died') await this.#again();
  }

  async #again(): Promise<void> {
    this.kills++;
    this.model?.mayBeSaidAgain(this.#said);
    this.#said = [];
    await this.start();
    await this.#live((app) => app.tick());
  }

  async #send(mortal: Mortal, saying: Saying): Promise<void> {
    await mortal.point();
    if (this.#options.lostOneIn > 0 && this.#options.random() * this.#options.lostOneIn < 1) throw new SendError('the line is busy', true);
    this.#options.overhear(saying.text);
    this.#said.push(saying);
    this.model?.said(saying);
    await mortal.point();
  }

  #log(): Log {
    const line = (fields: object, message: string) => {
      // Errors have no fields of their own.
      const plain = Object.entries(fields).map(([key, value]) => [key, value instanceof Error ? value.stack : value]);
      this.#options.overhear(`${message} ${JSON.stringify(plain)}`);
    };
    return {
      info: line,
      warn: line,
      error: (fields, message) => {
        line(fields, message);
        if (!message.startsWith('the last commit was cut off'))
          this.model?.differs(`logged an error: ${message} ${JSON.stringify(fields)}`);
      },
    };
  }
}
