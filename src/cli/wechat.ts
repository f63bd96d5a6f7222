import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchAccount } from '../adapters/wechat/account.ts';
import { connect } from '../adapters/wechat/connect.ts';
import { createEyes } from '../adapters/wechat/eyes.ts';
import { guard } from '../adapters/wechat/guards/guard.ts';
import { healthOf } from '../adapters/wechat/guards/health.ts';
import type { WebPuppet } from '../adapters/wechat/guards/web-client.ts';
import { receiveNewcomers } from '../adapters/wechat/newcomers.ts';
import { createOwnWords } from '../adapters/wechat/own-words.ts';
import { paced } from '../adapters/wechat/paced.ts';
import { emptyPools } from '../adapters/wechat/pools.ts';
import { profileOf } from '../adapters/wechat/profile.ts';
import { createPulse } from '../adapters/wechat/pulse.ts';
import { writeRemark } from '../adapters/wechat/remarks.ts';
import { wechatyAccount } from '../adapters/wechat/speaking.ts';
import { newWechaty } from '../adapters/wechat/wechaty.ts';
import { unheardCall } from '../desk/danger/unheard.ts';
import { wasAway } from '../desk/keeping/away.ts';
import { firstAccount } from '../desk/kernel/accounts.ts';
import type { App } from '../desk/kernel/desk.ts';
import { createDirectory } from '../desk/people/directory.ts';
import { tellHeld, tellRemarks } from '../desk/people/remarks.ts';
import { openAccountDesk } from './account-desk.ts';
import type { Attached, CommunityDesk } from './community-desk.ts';
import { type End, every, nightly } from './rounds.ts';

/** What the server may still deliver from before the bot was in touch last: a little more than needed, since nothing is heard twice. */
const overlapMs = 10 * 60_000;
/** What is older is nobody's question any more. */
const oldestMs = 24 * 3_600_000;

/** Attaches web WeChat, or anything else that a Wechaty puppet speaks. */
export async function attachWechat(desk: CommunityDesk): Promise<Attached> {
  const { config, folder, mediaFolder, store, library, ids, log, say, print, notify, restart } = desk;
  const { now } = desk.clock;
  const profile = profileOf(config.WECHATY_PUPPET);
  const directory = createDirectory(store, ids, firstAccount, profile.idsSurviveLogin ? undefined : { now, say });
  const before = await directory.lastLogin();
  const begun = now().getTime();

  // The name is the path of Wechaty's memory card, which holds the session's keys: it belongs into the private folder.
  const bot = newWechaty({ name: join(folder, 'wechaty'), puppet: config.WECHATY_PUPPET as never });
  await bot.init();
  const page = await openAccountDesk(config, say, { print, notify, renew: desk.codes.renew });
  desk.codes.follow(page.showCode);
  const state = watchAccount(bot, page.show);
  const web = profile.guarded ? (bot.puppet as unknown as WebPuppet) : undefined;
  if (web) {
    const heardFrom = before ? Date.parse(before.aliveAt) - overlapMs : begun;
    const line = () => Math.floor(Math.max(heardFrom, now().getTime() - oldestMs) / 1000);
    const onRefused = (words: string, code: string) => state.refused(words === '' ? code : words);
    guard(web, { line, onRefused, sleep, now: () => performance.now() });
  }

  const ownWords = createOwnWords(now);
  const speaking = paced(wechatyAccount(bot, { name: firstAccount, directory, profile, ownWords, mediaFolder }), {
    profile,
    sleep,
    chance: ids.chance,
    onLimited: () => notify(say('host.limited')),
  });
  const eyes = createEyes(bot, directory, profile);
  const failed = (error: unknown) => log.warn({ err: error }, 'a round failed; it is made again');
  let rounds: readonly End[] = [];
  let settled: Promise<unknown> = Promise.resolve();

  /** On the puppet, not on the bot: Wechaty tells of a login later than of what is heard in it. */
  function followLogins(): void {
    bot.puppet.on('login', ({ contactId }) => {
      settled = settled.then(async () => {
        if (!(await directory.login(contactId))) return;
        eyes.forget();
        log.info({}, 'a new login: everybody has to be known again');
        await desk.codes.afterLogin();
      });
      // Who is who is not known: nothing is heard any more, and only a new process tries again.
      settled.catch((error: unknown) => {
        log.error({ err: error }, 'the login could not be noted: the bot is started again');
        restart();
      });
    });
  }

  async function lookAround(app: App): Promise<void> {
    if (profile.idsSurviveLogin || !bot.isLoggedIn) return;
    await settled;
    await eyes.lookAround();
    const doubt = await tellHeld(app, firstAccount);
    if (doubt !== undefined) {
      print(doubt);
      notify(say('host.groupDoubtPast'));
    }
    await tellRemarks(app, firstAccount);
    await app.outbox.pump();
  }

  let called: string | undefined;
  /** Somebody calls for help, and nobody can be told through the account. */
  async function callPast(app: App): Promise<void> {
    const call = await unheardCall(app, bot.isLoggedIn);
    if (call === undefined) return;
    notify(call);
    if (call !== called) print(call);
    called = call;
  }

  return {
    account: speaking,
    connect(app) {
      if (!profile.idsSurviveLogin) followLogins();
      bot.on('logout', () => emptyPools(bot, true));
      const pulse = createPulse(
        {
          health: () => (web ? healthOf(web) : { loggedIn: false, lastSync: 0 }),
          now,
          alive: directory.alive,
          away: (from, to) => wasAway(app, from, to),
          deaf() {
            log.error({}, 'logged in, but nothing is heard: the bot is started again');
            restart();
          },
        },
        before && Date.parse(before.aliveAt),
      );
      const botName = () => library.current().community.botName;
      connect(bot, app, { eyes, profile, ownWords, botName, mediaFolder, settled: () => settled, onHeard: pulse.heard, speaking }, log);
      receiveNewcomers(bot, app, { eyes, settled: () => settled, sleep, chance: ids.chance }, log);
      bot.on('ready', () => void lookAround(app).catch(failed));
      const name = async () => {
        if (profile.writesRemarks && bot.isLoggedIn) await writeRemark(bot, { store, account: firstAccount, directory, now, sleep }, log);
      };
      rounds = [
        every(30_000, pulse.beat, failed),
        every(30_000, () => callPast(app), failed),
        every(5 * 60_000, () => lookAround(app), failed),
        every(7 * 60_000, name, failed),
        every(3_600_000, async () => emptyPools(bot, false), failed),
        nightly(config.NIGHTLY_RESTART, restart),
      ];
    },
    begin: () => bot.start(),
    // bot.stop() would log out and throw the session away (wechaty-puppet-wechat4u#77); ending the process keeps it.
    async end() {
      for (const end of rounds) await end();
      await page.close();
    },
  };
}
