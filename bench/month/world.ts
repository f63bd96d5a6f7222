import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chineseWorkCalendar } from '../../src/adapters/calendar/work-calendar.ts';
import { type BackedUp, createBackups, journalToBackUp } from '../../src/adapters/store/backup.ts';
import { openJournalStore } from '../../src/adapters/store/journal.ts';
import { createVault } from '../../src/adapters/system/vault.ts';
import { wecomProfile } from '../../src/adapters/wecom/sending.ts';
import { createApp } from '../../src/desk/conversation/app.ts';
import { type Account, easyProfile, firstAccount, type Saying, SendError } from '../../src/desk/kernel/accounts.ts';
import type { Content } from '../../src/desk/kernel/content.ts';
import type { App } from '../../src/desk/kernel/desk.ts';
import type { Message } from '../../src/desk/kernel/message.ts';
import type { Papers } from '../../src/desk/kernel/papers.ts';
import type { Ids, Log, Store, Transaction } from '../../src/desk/kernel/ports.ts';
import type { Person } from '../../src/desk/kernel/rows.ts';
import { speaker } from '../../src/desk/kernel/say.ts';
import type { Outcome } from '../../src/desk/kernel/turn.ts';
import { createDirectory } from '../../src/desk/people/directory.ts';
import { Mortal } from '../../test/crash/mortal.ts';
import { callsIn, sayingsIn } from './ear.ts';
import { Followers } from './followers.ts';
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

/** Where a community is kept. */
export interface Place {
  /** @param mortal the process that opens it */
  open(mortal: Mortal, log: Log): Promise<Store>;
  readonly backedUp: BackedUp;
  /** Everything that lies there outside the folder of the world, as text. */
  text(): Promise<string>;
}

export interface WorldOptions {
  readonly folder: string;
  /** Absent: in a journal in the folder. */
  readonly place?: Place;
  readonly content: Content;
  readonly random: () => number;
  /** A process is killed after so many points at most (test/crash/mortal.ts); 0: never. */
  readonly livesAtMost: number;
  /** One message in so many surely does not arrive at first. */
  readonly lostOneIn: number;
  /** Called with every text that leaves the bot: lines of the log, sayings. */
  readonly overhear: (text: string) => void;
  /** Residents follow a 服务号 from this moment on (an ISO time) and are nowhere else; their ids are those of their phones. The staff are on 企业微信. */
  readonly followersFrom?: string;
}

/** One message in so many is delivered a second time. */
const twiceOneIn = 50;

/** Whatever is drawn is one picture: without one an edition is no article. */
const drawn = async () => 'card.png';
const pictured: Papers = { chart: drawn, card: drawn, workbook: drawn, page: drawn, word: drawn, sheet: drawn };

const journalIn = (folder: string): Place => ({
  open: (mortal, log) => openJournalStore({ folder, log, files: mortal.files() }),
  backedUp: journalToBackUp(folder, 'main'),
  text: async () => '',
});

/** What outlives the bot's process: the disk, WeChat, the time. */
export class World {
  readonly folder: string;
  /** Milliseconds that each turn took, from the call to the kept answer. */
  readonly turns: number[] = [];
  kills = 0;
  readonly #place: Place;
  #now = 0;
  #app: App | undefined;
  #store: Store | undefined;
  #mortal = new Mortal(0);
  /** Resolves when the process that was started last runs. */
  #born: Promise<void> = Promise.resolve();
  #said: Saying[] = [];
  #count = 0;
  readonly #options: WorldOptions;
  readonly #ids: Ids;
  readonly #key = Buffer.alloc(32, 7);
  readonly #people = new Map<string, Person>();
  /** What those who follow the account said in this slot, with what must become of it. */
  readonly #asked = new Map<string, Act[]>();
  readonly followers: Followers | undefined;
  model: Model | undefined;

  constructor(options: WorldOptions) {
    this.#options = options;
    this.folder = join(options.folder, 'main');
    const { random } = options;
    this.#place = options.place ?? journalIn(this.folder);
    const hex = () => Math.floor(random() * 16).toString(16);
    this.#ids = {
      // As long as those of a real bot.
      id: () => this.#now.toString(36).padStart(9, '0') + Array.from({ length: 20 }, hex).join(''),
      code: (length) => Array.from({ length }, hex).join('').toUpperCase(),
      chance: (below) => Math.floor(random() * below),
    };
    if (options.followersFrom === undefined) return;
    this.#now = Date.parse(options.followersFrom);
    this.followers = new Followers({
      at: options.followersFrom,
      random,
      alive: () => this.#alive(),
      differs: (what, who) => this.model?.differs(what, who),
      shown: (openid, { how, text }) => {
        options.overhear(text);
        if (how === 'error') this.model?.differs('saw that the account is out of order', openid);
        else if (how === 'mass') this.model?.said({ to: { person: openid }, text, kind: 'broadcast' });
        else for (const part of sayingsIn(text)) this.model?.said({ to: { person: openid }, text: part, kind: 'reply' });
      },
    });
  }

  /** The account on which the staff are. */
  get staffAccount(): string {
    return this.followers ? 'wecom' : firstAccount;
  }

  get place(): Place {
    return this.#place;
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
    const log = this.#log(mortal);
    const store = await Promise.race([this.#place.open(mortal, log), mortal.died]);
    if (store === 'died') return this.#again(mortal);
    this.#store = store;
    const clock = { now: () => new Date(this.#now) };
    const ids = this.#ids;
    const say = speaker(() => content.current().wording, ids);
    const mediaFolder = join(this.#options.folder, 'media');
    const line = await this.followers?.attach({ mortal, store, clock, ids, say, log, mediaFolder });
    if (this.followers) await mkdir(mediaFolder, { recursive: true });
    if (this.followers) await writeFile(join(mediaFolder, 'card.png'), 'a picture');
    const profile = this.followers ? wecomProfile : easyProfile;
    const staff: Account = { name: this.staffAccount, profile, send: (saying) => this.#send(mortal, saying) };
    this.#app = createApp({
      store,
      accounts: line ? [line.account, staff] : [staff],
      content,
      clock,
      ids,
      log,
      workCalendars: chineseWorkCalendar,
      ...(this.followers ? { papers: pictured } : {}),
      vault: createVault([this.#key]),
      backups: createBackups(this.#place.backedUp, join(this.#options.folder, 'backups')),
    });
    await this.#live((app) => app.outbox.recover());
    if (line && !mortal.isDead) await this.#live((app) => line.connect({ ...app, hear: (message) => this.#heard(app, mortal, message) }));
  }

  /** The clock shows `now`; then all of these speak at once, each person in the order given. */
  async slot(now: number, { acts, friends }: { acts: readonly Act[]; friends: readonly string[] }): Promise<void> {
    this.#now = now;
    this.followers?.platform.to(new Date(now).toISOString());
    this.#said = [];
    await this.#live((app) => app.tick());
    await this.furnish(async (tx) => {
      for (const id of friends) {
        const person = (await tx.get('people', id)) ?? this.#people.get(id);
        if (person) await tx.put('people', { ...person, reachable: true });
      }
    }, friends.length > 0);
    const pushed = acts.filter(({ person }) => this.followers?.has(person));
    if (pushed.length > 0) await this.#push(pushed);
    const others = acts.filter((act) => !pushed.includes(act));
    const left = new Map(others.map((act) => [`m${++this.#count}`, act]));
    let again = false;
    while (left.size > 0) {
      await this.#live((app) => Promise.all([...left].map(([id, act]) => this.#hear(app, id, act, again).then(() => left.delete(id)))));
      again = true;
    }
    await this.#live((app) => app.outbox.pump());
    if (this.followers) await this.#whatever(this.followers.sendMass());
  }

  /** These follow the account, so many at once. */
  async follow(openids: readonly string[]): Promise<void> {
    const atOnce = 50;
    for (let first = 0; first < openids.length; first += atOnce)
      await this.#whatever(Promise.all(openids.slice(first, first + atOnce).map((openid) => this.followers?.follow(openid))));
  }

  /** Asks or changes the store, again where the process is killed over it: it must come to the same. */
  async surely<T>(work: (store: Store) => Promise<T>): Promise<T> {
    const found: T[] = [];
    while (found.length === 0) await this.#live(({ store }) => work(store).then((is) => found.push(is)));
    return found[0] as T;
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
    await this.followers?.close();
    await this.store.close();
  }

  /** Everybody says theirs on their phone: whoever has two things to say, one after the other. */
  async #push(acts: readonly Act[]): Promise<void> {
    const ofEach = new Map<string, Act[]>();
    for (const act of acts) ofEach.set(act.person, [...(ofEach.get(act.person) ?? []), act]);
    this.#asked.clear();
    for (const [person, theirs] of ofEach) this.#asked.set(person, [...theirs]);
    const all = [...ofEach].map(async ([person, theirs]) => {
      for (const { text } of theirs) await this.followers?.say(person, text);
    });
    await this.#whatever(Promise.all(all));
  }

  /** What a follower said was heard: the outcome must be what it was to become. */
  async #heard(app: App, mortal: Mortal, message: Message): Promise<Outcome> {
    const started = performance.now();
    const outcome = await app.hear(message);
    if (mortal.isDead || message.event) return outcome;
    this.turns.push(performance.now() - started);
    const openid = (await createDirectory(app.store, this.#ids, 'official').nativeOf(message.person)) ?? '';
    const [act, ...rest] = this.#asked.get(openid) ?? [];
    if (act?.text !== message.text) return outcome;
    this.#asked.set(openid, rest);
    const difference = act.check?.(outcome);
    if (difference !== undefined) this.model?.differs(`${difference}: ${act.text}`, openid);
    return outcome;
  }

  /** Waits for something that goes on whatever happens to the process. */
  async #whatever(work: Promise<unknown>): Promise<void> {
    for (let done = false; !done; )
      await this.#live(() =>
        work.then(() => {
          done = true;
        }),
      );
  }

  /** The process that runs, once it can be asked. */
  async #alive(): Promise<Mortal> {
    await this.#born;
    while (this.#mortal.isDead) await this.#again(this.#mortal);
    return this.#mortal;
  }

  async #hear(app: App, id: string, { check, person, room, text, addressed = true }: Act, again: boolean): Promise<void> {
    // Who was forgotten as a passer-by is known to the channel again with the next word.
    const known = this.#people.get(person);
    if (known) await app.store.transaction((tx) => tx.insert('people', known));
    const started = performance.now();
    const account = this.staffAccount;
    const message: Message = { id, person, account, text, kind: 'text', addressed, ...(room === undefined ? {} : { room }) };
    const outcome = await app.hear(message);
    if (again) return;
    if (this.#options.random() * twiceOneIn < 1) {
      const twice = await app.hear(message);
      if (twice.replies.length > 0) this.model?.differs(`was answered twice: ${text}`, person);
    }
    this.turns.push(performance.now() - started);
    const difference = check?.(outcome);
    if (difference !== undefined) this.model?.differs(`${difference}: ${text}`, person);
  }

  /** Lets the process do something; when it is killed over it, another one is started. */
  async #live(work: (app: App) => Promise<unknown>): Promise<void> {
    const mortal = this.#mortal;
    if (!this.#app) throw new Error('the process does not run');
    if ((await Promise.race([work(this.#app), mortal.died])) === 'died') await this.#again(mortal);
  }

  /** Another process, one for each that died. */
  #again(dead: Mortal): Promise<void> {
    if (this.#mortal === dead) this.#born = this.#reborn();
    return this.#born;
  }

  async #reborn(): Promise<void> {
    this.kills++;
    this.model?.mayBeSaidAgain(this.#said);
    this.#said = [];
    // What is heard again has no outcome.
    this.#asked.clear();
    await this.start();
    await this.#live((app) => app.tick());
  }

  async #send(mortal: Mortal, saying: Saying): Promise<void> {
    await mortal.point();
    if (this.#options.lostOneIn > 0 && this.#options.random() * this.#options.lostOneIn < 1) throw new SendError('the line is busy', true);
    this.#options.overhear(saying.text);
    for (const text of callsIn(saying.text)) {
      this.#said.push({ ...saying, text });
      this.model?.said({ ...saying, text });
    }
    await mortal.point();
  }

  #log(mortal: Mortal): Log {
    const line = (fields: object, message: string) => {
      // Errors have no fields of their own.
      const plain = Object.entries(fields).map(([key, value]) => [key, value instanceof Error ? value.stack : value]);
      if (!mortal.isDead) this.#options.overhear(`${message} ${JSON.stringify(plain)}`);
    };
    return {
      info: line,
      warn: line,
      error: (fields, message) => {
        line(fields, message);
        if (!mortal.isDead && !message.startsWith('the last commit was cut off'))
          this.model?.differs(`logged an error: ${message} ${JSON.stringify(fields)}`);
      },
    };
  }
}
