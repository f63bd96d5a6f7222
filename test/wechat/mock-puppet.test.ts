import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FileBox } from 'file-box';
import type { Wechaty } from 'wechaty';
import { types } from 'wechaty-puppet';
import { mock, PuppetMock } from 'wechaty-puppet-mock';
import { openMemoryStore } from '../../src/adapters/store/memory.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import { steadyIds } from '../../src/adapters/system/system.ts';
import { connect } from '../../src/adapters/wechat/connect.ts';
import { createEyes } from '../../src/adapters/wechat/eyes.ts';
import { createOwnWords } from '../../src/adapters/wechat/own-words.ts';
import { simulatorProfile as profile } from '../../src/adapters/wechat/profile.ts';
import { wechatyAccount } from '../../src/adapters/wechat/speaking.ts';
import { newWechaty } from '../../src/adapters/wechat/wechaty.ts';
import { openDesk } from '../../src/cli/desk.ts';
import type { App } from '../../src/desk/kernel/desk.ts';
import type { Clock } from '../../src/desk/kernel/ports.ts';
import { createDirectory } from '../../src/desk/people/directory.ts';
import { PNG } from '../simulator/stage.ts';
import { accountThat } from '../support/account.ts';
import { shippedContent } from '../support/content.ts';

const clock: Clock = { now: () => new Date('2026-11-23T02:00:00Z') };

/** The whole bot behind the puppet that Wechaty itself tests with. */
describe('on wechaty-puppet-mock', () => {
  let mocker: InstanceType<typeof mock.Mocker>;
  let bot: Wechaty;
  let app: App;
  let self: ReturnType<InstanceType<typeof mock.Mocker>['createContact']>;
  let resident: typeof self;
  let said: { text: string; to: string }[];
  let waiting: (() => void)[];

  beforeEach(async () => {
    // A mocker that has seen a puppet cannot be given to another: the puppet writes its options to JSON.
    mocker = new mock.Mocker();
    const store = openMemoryStore();
    const ids = steadyIds();
    const directory = createDirectory(store, ids, 'wechat');
    bot = newWechaty({ puppet: new PuppetMock({ mocker }) });
    const ownWords = createOwnWords(() => clock.now());
    said = [];
    waiting = [];
    const account = wechatyAccount(bot, { name: 'wechat', directory, profile, ownWords, mediaFolder: tmpdir() });
    const listening = accountThat(async (delivery) => {
      await account.send(delivery);
      said.push({ text: delivery.text, to: 'room' in delivery.to ? 'room' : 'private' });
      for (const wake of waiting.splice(0)) wake();
    });
    app = openDesk({ store, accounts: [listening], content: shippedContent(), clock, ids });
    const mediaFolder = mkdtempSync(join(tmpdir(), 'lianxinqiao-media-'));
    await bot.init();
    connect(bot, app, { eyes: createEyes(bot, directory, profile), profile, ownWords, botName: () => '小桥', mediaFolder }, silentLog);
    await bot.start();
    self = mocker.createContact({ name: '小桥' });
    mocker.login(self);
    resident = mocker.createContact({ name: '张奶奶', friend: true, type: types.Contact.Individual });
  });

  afterEach(() => bot.stop());

  const reply = () => new Promise<void>((resolve) => waiting.push(resolve));

  test('a private question is answered', async () => {
    const answered = reply();
    resident.say('居住证怎么办').to(self);
    await answered;
    expect(said).toEqual([{ text: expect.stringContaining('居住证'), to: 'private' }]);
  });

  test('a picture by itself begins a report', async () => {
    const answered = reply();
    resident.say(FileBox.fromBase64(PNG.toString('base64'), '楼道.png')).to(self);
    await answered;
    await app.outbox.pump();
    // Before anything of a person is taken down, they are told what becomes of it.
    expect(said.map(({ text }) => text)).toEqual([expect.stringContaining('先说三句'), expect.stringContaining('照片收到了')]);
  });

  test('a recalled message, and one of an official account, are nobody’s word', async () => {
    const official = mocker.createContact({ name: '公众号', type: types.Contact.Official });
    official.say('低保怎么办').to(self);
    mocker.MessageMock.create({ id: 'recalled', talkerId: resident.id, listenerId: self.id, timestamp: 1, type: types.Message.Recalled });
    bot.puppet.emit('message', { messageId: 'recalled' });
    const answered = reply();
    resident.say('谢谢').to(self);
    await answered;
    expect(said).toHaveLength(1);
    expect(said[0]?.text).not.toContain('低保');
  });
});
