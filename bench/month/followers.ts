import { createOfficial, type Official, type OfficialOptions } from '../../src/adapters/official/official.ts';
import type { Account } from '../../src/desk/kernel/accounts.ts';
import type { App } from '../../src/desk/kernel/desk.ts';
import type { Mortal } from '../../test/crash/mortal.ts';
import { openApi } from '../../test/official/emulator/api.ts';
import { type Bring, type Phone, phoneOf, tell } from '../../test/official/emulator/phone.ts';
import { type Fault, type MassJob, World as Platform, type Shown } from '../../test/official/emulator/world.ts';

/** How often something goes wrong between the account and WeChat: one in so many. */
const oneIn = { answerLost: 150, callFails: 60, massFails: 2, endLost: 3 };
const customerFaults: readonly Fault[] = [{ code: -1 }, 'reset', '502', { code: 40001 }];
/** `after`: it was taken, and its answer is lost. */
const massFaults: readonly Fault[] = [{ code: -1 }, 'after'];
const sendPath = '/cgi-bin/message/custom/send';
const massPath = '/cgi-bin/message/mass/sendall';

export interface FollowersOptions {
  readonly at: string;
  readonly random: () => number;
  /** The process that runs now, once it can be asked. */
  readonly alive: () => Promise<Mortal>;
  /** Something stands on somebody's phone. */
  readonly shown: (openid: string, shown: Pick<Shown, 'how' | 'text'>) => void;
  readonly differs: (what: string, who?: string) => void;
}

/** What a process of the bot has of its own. */
export interface Process extends Pick<OfficialOptions, 'store' | 'clock' | 'ids' | 'say' | 'log' | 'mediaFolder'> {
  readonly mortal: Mortal;
}

/** Those who follow the community's 服务号, each with a phone, and the platform between them and the bot. */
export class Followers {
  readonly platform: Platform;
  readonly #options: FollowersOptions;
  readonly #phones = new Map<string, Phone>();
  readonly #closing: (() => Promise<void>)[] = [];
  #official: Official | undefined;

  constructor(options: FollowersOptions) {
    this.#options = options;
    this.platform = new Crowd(options);
  }

  has(openid: string): boolean {
    return this.#phones.has(openid);
  }

  /** A process of the bot begins. @returns its account, and what to do once its desk can answer */
  async attach({ mortal, mediaFolder, ...process }: Process): Promise<{ account: Account; connect(app: App): Promise<void> }> {
    const { platform } = this;
    const api = await openApi(platform, () => mortal.isDead);
    this.#closing.push(api.close);
    const { appId, secret, token, key = '' } = platform.platform;
    const official = createOfficial({
      ...process,
      name: 'official',
      settings: { appId, secret, token, keys: [key], templates: {}, api: api.address },
      mediaFolder,
      // Nobody waits: only what is tried again after a minute or more is, at once.
      sleep: async (ms) => (ms < 60_000 ? new Promise<never>(() => undefined) : undefined),
      elapsed: () => platform.now().getTime(),
    });
    const { account } = official;
    const send: Account['send'] = async (saying) => {
      await mortal.point();
      await account.send(saying);
      await mortal.point();
    };
    return {
      account: { ...account, send },
      connect: async (app) => {
        await official.connect(app);
        this.#official = official;
      },
    };
  }

  /** Follows the account. */
  async follow(openid: string): Promise<void> {
    const phone = phoneOf(this.platform, this.#bring, openid, { waited: () => undefined });
    this.#phones.set(openid, phone);
    await phone.follow();
  }

  async say(openid: string, text: string): Promise<void> {
    await this.#phones.get(openid)?.say(text);
  }

  /** The platform sends what it took to all, and tells of it; now and then what it tells is lost. */
  async sendMass(): Promise<void> {
    for (const job of this.platform.jobs.filter(({ state }) => state === 'sending')) await this.#finish(job);
  }

  async close(): Promise<void> {
    for (const close of this.#closing) await close();
  }

  async #finish(job: MassJob): Promise<void> {
    const end = this.platform.finish(job);
    if (Number(end.ErrorCount) > 0) this.#options.differs(`${end.ErrorCount} followers had no mass message left in this month`);
    if (this.#chance(oneIn.endLost)) return;
    for (let tries = 0; tries < 3; tries++) {
      const status = await tell(this.platform, this.#bring, end).catch(() => 0);
      if (status === 200) return;
    }
  }

  /** Brings a push to whatever process runs; torn when that is killed over it, or when the answer is lost on its way. */
  readonly #bring: Bring = async (query, body) => {
    const mortal = await this.#options.alive();
    const asked = this.#official?.routes.request(`/?${query}`, { method: 'POST', body });
    const answer = await Promise.race([asked, mortal.died]);
    if (answer === undefined || answer === 'died') throw new Error('the connection was torn');
    const text = await answer.text();
    if (this.#chance(oneIn.answerLost)) throw new Error('the answer was lost');
    return { status: answer.status, text };
  };

  #chance(times: number): boolean {
    return this.#options.random() * times < 1;
  }
}

/** The platform, whose calls fail now and then, and which tells what it shows. */
class Crowd extends Platform {
  readonly #options: FollowersOptions;

  constructor(options: FollowersOptions) {
    super(options.at);
    this.#options = options;
  }

  override takeFault(path: string): Fault | undefined {
    const { random } = this.#options;
    const [faults, times] =
      path === sendPath ? [customerFaults, oneIn.callFails] : path === massPath ? [massFaults, oneIn.massFails] : [[], 1];
    return random() * times < 1 ? faults[Math.floor(random() * faults.length)] : undefined;
  }

  override show(openid: string, how: Shown['how'], text: string): void {
    super.show(openid, how, text);
    this.#options.shown(openid, { how, text });
  }
}
