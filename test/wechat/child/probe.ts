/** A bot that tells its parent what Wechaty tells it, and does what it is told. Argument: the name of its memory card. */
import { FileBox } from 'file-box';
import { newWechaty } from '../../../src/adapters/wechat/wechaty.ts';

const bot = newWechaty({ name: process.argv[2] ?? '', puppet: 'wechaty-puppet-wechat4u' });
const tell = (event: string, about: object = {}): void => void process.send?.({ event, ...about });

bot.on('scan', (_code, status) => tell('scan', { status }));
bot.on('login', (user) => tell('login', { id: user.id, name: user.name() }));
bot.on('logout', (user) => tell('logout', { id: user.id }));
bot.on('ready', () => tell('ready'));
bot.on('error', (error) => tell('error', { text: error.message }));
bot.on('room-join', (room, invitees) => tell('room-join', { room: room.id, people: invitees.map((each) => each.name()) }));
bot.on('friendship', (friendship) =>
  tell('friendship', {
    message: friendship.id,
    type: friendship.type(),
    id: friendship.contact().id,
    name: friendship.contact().name(),
    text: friendship.hello(),
  }),
);
bot.on('message', async (message) => {
  const room = message.room();
  tell('message', {
    id: message.id,
    type: message.type(),
    text: message.text(),
    self: message.self(),
    from: message.talker().id,
    name: message.talker().name(),
    ...(room && { room: room.id, topic: await room.topic(), mentioned: await message.mentionSelf() }),
  });
});

/** Runs a function of the test's with the bot. */
process.on('message', async ({ call, source, given }: { call: number; source: string; given: unknown }) => {
  try {
    const work = new Function(`return (${source})`)() as (...all: unknown[]) => unknown;
    process.send?.({ call, result: (await work(bot, given, { FileBox })) ?? null });
  } catch (error) {
    process.send?.({ call, error: (error as Error).message });
  }
});
await bot.start();
