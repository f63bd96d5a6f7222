import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { filesBelow } from '../adapters/system/files.ts';
import { createLog } from '../adapters/system/log.ts';
import { createNotifier } from '../adapters/system/notify.ts';
import { ordersBelow } from '../adapters/system/orders.ts';
import { makePrivate } from '../adapters/system/private-folder.ts';
import { scryptSecrets } from '../adapters/system/secrets.ts';
import { systemClock, systemIds } from '../adapters/system/system.ts';
import { watchAccount } from '../adapters/wechat/account.ts';
import { wechatyChannel } from '../adapters/wechat/channel.ts';
import { connect } from '../adapters/wechat/connect.ts';
import { createDirectory } from '../adapters/wechat/directory.ts';
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
import { newWechaty } from '../adapters/wechat/wechaty.ts';
import { unheardCall } from '../desk/danger/unheard.ts';
import { wasAway } from '../desk/keeping/away.ts';
import { speaker } from '../desk/kernel/say.ts';
import { directorCode, type HostCode, hostCode, newDirectorCode } from '../desk/people/enrolment.ts';
import { tellHeld, tellRemarks } from '../desk/people/remarks.ts';
import { openAccountDesk } from './account-desk.ts';
import { backupsOf, communityOf, openStore } from './community.ts';
import type { Config } from './config.ts';
import { openVault } from './keys.ts';
import { papersIn } from './papers.ts';
import { every, nightly } from './rounds.ts';
import { openSite, siteDesk } from './site.ts';
import { openContent } from './understanding.ts';
import { start } from './wiring.ts';

const channelName = 'wechat';
/** What the server may still deliver from before the bot was in touch last: a little more than needed, since nothing is heard twice. */
const overlapMs = 10 * 60_000;
/** What is older is nobody's question any more. */
const oldestMs = 24 * 3_600_000;

/**
 * The bot on WeChat (or anything else a Wechaty puppet speaks). `print` shows lines to whoever sits at the machine; `restart` is
 * called when only a new process helps.
 */
export async function startWechat(config: Config, print: (line: string) => void, restart: () => void): Promise<{ stop(): Promise<void> }> {
  const log = createLog(config.LOG_LEVEL);
  const profile = profileOf(config.WECHATY_PUPPET);
  const community = communityOf(config);
  const folder = resolve(community.folder);
  await makePrivate(folder);
  const store = await openStore(community, log);
  const library = openContent(config, log, print);
  const ids = systemIds(systemClock);
  const now = systemClock.now;
  const say = speaker(() => library.current().wording, ids);
  const directory = createDirectory(store, ids, channelName, profile.idsSurviveLogin ? undefined : { now, say });
  const before = await directory.lastLogin();
  const begun = now().getTime();

  // The name is the path of Wechaty's memory card, which holds the session's keys: it belongs into the private folder.
  const bot = newWechaty({ name: join(folder, 'wechaty'), puppet: config.WECHATY_PUPPET as never });
  await bot.init();
  const notify = createNotifier(config.NOTIFY_WEBHOOK, log, () => performance.now());
  const desk = await openAccountDesk(config, say, { print, notify, renew: () => renewCode() });
  const account = watchAccount(bot, desk.show);
  const web = profile.guarded ? (bot.puppet as unknown as WebPuppet) : undefined;
  if (web) {
    const heardFrom = before ? Date.parse(before.aliveAt) - overlapMs : begun;
    const line = () => Math.floor(Math.max(heardFrom, now().getTime() - oldestMs) / 1000);
    const onRefused = (words: string, code: string) => account.refused(words === '' ? code : words);
    guard(web, { line, onRefused, sleep, now: () => performance.now() });
  }

  const mediaFolder = join(folder, 'media');
  const ownWords = createOwnWords(now);
  const channel = paced(wechatyChannel(bot, { directory, profile, ownWords, mediaFolder }), {
    profile,
    sleep,
    chance: ids.chance,
    onLimited: () => notify(say('host.limited')),
  });
  const running = await start({
    store,
    channel,
    library,
    clock: systemClock,
    ids,
    log,
    backups: backupsOf(config, community),
    vault: await openVault(config, folder, store),
    files: filesBelow(mediaFolder),
    papers: papersIn(mediaFolder, config, log),
    siteUrl: config.SITE_URL,
    orders: ordersBelow(folder),
    ...(profile.idsSurviveLogin ? {} : { secrets: scryptSecrets }),
  });
  const { app } = running;
  const site = await openSite(config, app, [siteDesk(app, mediaFolder)]);
  print(say('host.site', { address: site.address }));
  // How the host's code stands, on the screen and on the page: whoever was given one must not find it dead without a word.
  let code: HostCode = { dead: false };
  const printCode = async (made: string | undefined) => {
    if (made === undefined) return;
    print(say('host.directorCode', { code: made }));
    await watchCode(true);
  };
  const watchCode = async (wanted = code.code !== undefined || code.dead) => {
    const before = code;
    code = await hostCode(store, now(), wanted);
    desk.showCode(code);
    if (code.dead && !before.dead) print(say('host.directorCodeDead'));
  };
  const renewCode = async () => {
    if (code.dead) await printCode(await store.transaction((tx) => directorCode(tx, ids, now())));
  };
  await printCode(running.directorCode);

  const eyes = createEyes(bot, directory, profile);
  let settled: Promise<unknown> = Promise.resolve();
  if (!profile.idsSurviveLogin)
    // On the puppet, not on the bot: Wechaty tells of a login later than of what is heard in it.
    bot.puppet.on('login', ({ contactId }) => {
      settled = settled.then(async () => {
        if (!(await directory.login(contactId))) return;
        eyes.forget();
        log.info({}, 'a new login: everybody has to be known again');
        await printCode(await newDirectorCode(store, ids, now()));
      });
      // Who is who is not known: nothing is heard any more, and only a new process tries again.
      settled.catch((error: unknown) => {
        log.error({ err: error }, 'the login could not be noted: the bot is started again');
        restart();
      });
    });
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
  connect(bot, app, { eyes, profile, ownWords, botName, mediaFolder, settled: () => settled, onHeard: pulse.heard, channel }, log);
  receiveNewcomers(bot, app, { eyes, settled: () => settled, sleep, chance: ids.chance }, log);

  const lookAround = async () => {
    if (profile.idsSurviveLogin || !bot.isLoggedIn) return;
    await settled;
    await eyes.lookAround();
    const doubt = await tellHeld(app, channelName);
    if (doubt !== undefined) {
      print(doubt);
      notify(say('host.groupDoubtPast'));
    }
    await tellRemarks(app, channelName);
    await app.outbox.pump();
  };
  const failed = (error: unknown) => log.warn({ err: error }, 'a round failed; it is made again');
  bot.on('ready', () => void lookAround().catch(failed));
  let called: string | undefined;
  const callPast = async () => {
    const call = await unheardCall(app, bot.isLoggedIn);
    if (call === undefined) return;
    notify(call);
    if (call !== called) print(call);
    called = call;
  };
  const rounds = [
    every(30_000, pulse.beat, failed),
    every(30_000, callPast, failed),
    every(5_000, () => watchCode(), failed),
    every(5 * 60_000, lookAround, failed),
    every(
      7 * 60_000,
      async () => {
        if (profile.writesRemarks && bot.isLoggedIn) await writeRemark(bot, { store, channel: channelName, directory, now, sleep }, log);
      },
      failed,
    ),
    every(3_600_000, async () => emptyPools(bot, false), failed),
    nightly(config.NIGHTLY_RESTART, restart),
  ];
  await bot.start();
  return {
    // bot.stop() would log out and throw the session away (wechaty-puppet-wechat4u#77); ending the process keeps it.
    async stop() {
      for (const end of rounds) await end();
      await site.close();
      await desk.close();
      await running.stop();
    },
  };
}
