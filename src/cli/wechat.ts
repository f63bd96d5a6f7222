import { join, resolve } from 'node:path';
import qrcode from 'qrcode-terminal';
import { WechatyBuilder } from 'wechaty';
import type { Config } from '../config.ts';
import { openLibrary } from '../content/library.ts';
import { start, stateFolder } from '../start.ts';
import { createBackups } from '../store/backup.ts';
import { openLowdbStore } from '../store/lowdb.ts';
import { filesBelow } from '../system/files.ts';
import { createLog } from '../system/log.ts';
import { systemClock, systemIds } from '../system/system.ts';
import { wechatyChannel } from '../wechat/channel.ts';
import { connect } from '../wechat/connect.ts';
import { createDirectory } from '../wechat/directory.ts';
import { openVault } from './keys.ts';
import { papersIn } from './papers.ts';
import { contentFolder, makeReaders } from './understanding.ts';

/** The bot on WeChat (or anything else a Wechaty puppet speaks). `print` shows lines to whoever sits at the machine. */
export async function startWechat(config: Config, print: (line: string) => void): Promise<{ stop(): Promise<void> }> {
  const log = createLog(config.LOG_LEVEL);
  const folder = resolve(stateFolder(config.STATE_DIR, 'wechat'));
  const store = await openLowdbStore({ folder, log });
  const library = openLibrary(contentFolder(config), makeReaders(config, log, print), (error) =>
    log.error({ err: error }, 'learning failed; the old model goes on answering'),
  );
  const ids = systemIds(systemClock);
  const directory = createDirectory(store, ids, 'wechat');
  const mediaFolder = join(folder, 'media');
  // The name is the path of Wechaty's memory card, which holds the session's keys: it belongs into the private folder.
  const bot = WechatyBuilder.build({ name: join(folder, 'wechaty'), puppet: config.WECHATY_PUPPET as never });
  const backups = createBackups(folder, join(config.STATE_DIR, 'backups'));
  const running = await start({
    store,
    channel: wechatyChannel(bot, directory, mediaFolder),
    library,
    clock: systemClock,
    ids,
    log,
    backups,
    vault: openVault(config, folder),
    files: filesBelow(mediaFolder),
    papers: papersIn(mediaFolder, config),
  });
  const { say } = running.app;
  bot.on('scan', (code) => qrcode.generate(code, { small: true }, (picture) => print(say('host.scan', { code: picture }))));
  connect(bot, running.app, { directory, botName: library.current().community.botName, mediaFolder }, log);
  if (running.directorCode !== undefined) print(say('host.directorCode', { code: running.directorCode }));
  await bot.start();
  return {
    // bot.stop() would log out and throw the session away (wechaty-puppet-wechat4u#77); ending the process keeps it.
    stop: () => running.stop(),
  };
}
