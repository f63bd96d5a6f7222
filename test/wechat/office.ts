import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../tools/build.js';
import { trainedFolder } from '../support/trained.ts';
import { type Child, projectFolder, sessionSaved, startChild } from './child/child.ts';
import { startWebWechat, type WebWechat } from './web-wechat/web-wechat.ts';
import { type Chat, nameOf, type Person, type Room, type WorldOptions } from './web-wechat/world.ts';

export interface OfficeOptions extends WorldOptions {
  /** More of the bot's environment. */
  readonly env?: Record<string, string>;
}

/** The whole bot, as `npm start` runs it, against the emulated server; and the people who talk to it. */
export class Office {
  readonly wechat: WebWechat;
  readonly stateDir: string;
  /** The process that runs now. */
  bot: Child;
  readonly #env: Record<string, string>;

  private constructor(wechat: WebWechat, stateDir: string, env: Record<string, string>) {
    this.wechat = wechat;
    this.stateDir = stateDir;
    this.#env = env;
    this.bot = this.#spawn();
  }

  /** Starts server and bot. The bot shows its QR code; nobody has scanned it yet. */
  static async open({ env = {}, ...options }: OfficeOptions = {}): Promise<Office> {
    await build(projectFolder);
    const wechat = await startWebWechat(options);
    const stateDir = mkdtempSync(join(tmpdir(), 'lianxinqiao-office-'));
    // Reading and training take seconds.
    cpSync(join(trainedFolder, 'cache'), join(stateDir, 'cache'), { recursive: true });
    return new Office(wechat, stateDir, env);
  }

  /** Waits until this is said privately to somebody, or in a room, after the first `from` sayings there. @returns the whole saying */
  async hears(chat: Chat, words: string | RegExp, from = 0): Promise<string> {
    const fits = (text: string) => (typeof words === 'string' ? text.includes(words) : words.test(text));
    const found = () => this.wechat.world.saidTo(chat).slice(from).find(fits);
    await this.until(() => found() !== undefined, `“${words}” to ${nameOf(chat)}`);
    return found() ?? '';
  }

  /** Says something privately, and waits until this is answered. */
  async ask(person: Person, text: string, words: string | RegExp): Promise<string> {
    const from = this.wechat.world.saidTo(person).length;
    this.wechat.talk.say(person, text);
    return this.hears(person, words, from);
  }

  /** Says something in a room, naming the bot, and waits until this is answered there. */
  async askIn(room: Room, person: Person, text: string, words: string | RegExp): Promise<string> {
    const from = this.wechat.world.saidTo(room).length;
    this.wechat.talk.say(person, text, { room, mention: true });
    return this.hears(room, words, from);
  }

  /** Logs in by the QR code, and makes this person the first director with the code that the bot printed. */
  async begin(director: Person): Promise<void> {
    await this.wechat.phone.logIn();
    await this.until(() => directorCode.test(this.bot.stdout()), 'the code of the first director');
    await this.wechat.account.heardAll();
    await this.ask(director, directorCode.exec(this.bot.stdout())?.[1] ?? '', '主任');
  }

  /** Ends the bot as a power cut does, once it has saved its session, and starts it again over the same state. */
  async restart(): Promise<void> {
    await sessionSaved(this.wechat, this.stateDir);
    await this.bot.kill();
    const { session } = this.wechat.account;
    if (session) session.heard = 0;
    this.bot = this.#spawn();
  }

  async until(condition: () => boolean, what?: string): Promise<void> {
    try {
      await this.wechat.world.until(condition, what);
    } catch (error) {
      throw new Error(`${(error as Error).message}\nthe bot printed:\n${this.bot.stderr().slice(-3000)}`);
    }
  }

  async close(): Promise<void> {
    await this.bot.kill();
    await this.wechat.close();
    rmSync(this.stateDir, { recursive: true });
  }

  #spawn(): Child {
    return startChild(this.wechat, join(projectFolder, 'dist/cli/main.js'), {
      args: ['bot'],
      env: {
        WECHATY_PUPPET: 'wechaty-puppet-wechat4u',
        STATE_DIR: this.stateDir,
        PORT: '0',
        SITE_PORT: '0',
        LOG_LEVEL: 'info',
        ...this.#env,
      },
    });
  }
}

/** The code in what the bot prints at a start without a director. */
const directorCode = /：([A-Z0-9]{8})$/m;
