import type { Wechaty } from 'wechaty';
import type { App } from '../app/app.ts';
import type { Log } from '../app/ports.ts';
import { type InboundOptions, toMessage } from './inbound.ts';

/** Lets the app hear what a Wechaty bot hears. Events of one bot are taken over in the order in which they come. */
export function connect(bot: Wechaty, app: App, options: InboundOptions, log: Log): void {
  let order: Promise<unknown> = Promise.resolve();
  bot.on('message', (heard) => {
    // Turning an event into a message may fetch a picture: it must not be overtaken by the text that follows it.
    const message = order.then(() => toMessage(heard, options));
    order = message.catch(() => undefined);
    message
      .then((each) => each && app.hear(each))
      .catch((error: unknown) => log.error({ message: heard.id, err: error }, 'a message could not be taken over'));
  });
  bot.on('login', (user) => log.info({ self: user.id }, 'logged in'));
  bot.on('logout', (user, reason) => log.warn({ self: user.id, reason }, 'logged out'));
  // Without a listener an error event would end the process.
  bot.on('error', (error) => log.error({ err: { message: error.message, code: error.code } }, 'the puppet reports an error'));
}
