import type { Wechaty } from 'wechaty';
import type { App } from '../app/desk.ts';
import type { Log } from '../app/ports.ts';
import { type InboundOptions, toMessage } from './inbound.ts';

/** Lets the app hear what a Wechaty bot hears. Events of one conversation are taken over in the order in which they come. */
export function connect(bot: Wechaty, app: App, options: InboundOptions, log: Log): void {
  const order = new Map<string, Promise<unknown>>();
  bot.on('message', (heard) => {
    const conversation = heard.room()?.id ?? heard.talker().id;
    // Turning an event into a message may fetch a picture: it must not be overtaken by the text that follows it, nor hold up
    // what somebody else says meanwhile.
    const message = (order.get(conversation) ?? Promise.resolve()).then(() => toMessage(heard, options, log));
    const settled = message.catch(() => undefined);
    order.set(conversation, settled);
    void settled.then(() => order.get(conversation) === settled && order.delete(conversation));
    message
      .then((each) => each && app.hear(each))
      .catch((error: unknown) => log.error({ message: heard.id, err: error }, 'a message could not be taken over'));
  });
  bot.on('login', (user) => log.info({ self: user.id }, 'logged in'));
  bot.on('logout', (user, reason) => log.warn({ self: user.id, reason }, 'logged out'));
  // Without a listener an error event would end the process.
  bot.on('error', (error) => log.error({ err: { message: error.message, code: error.code } }, 'the puppet reports an error'));
}
