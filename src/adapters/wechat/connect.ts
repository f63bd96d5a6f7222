import type { Wechaty, Message as WechatyMessage } from 'wechaty';
import type { App } from '../../desk/kernel/desk.ts';
import type { Log } from '../../desk/kernel/ports.ts';
import { typedByOwner } from '../../desk/people/take-over.ts';
import { type InboundOptions, kindOf, textOf, toMessage } from './inbound.ts';
import type { OwnWords } from './own-words.ts';
import { rawMessage } from './raw-puppet.ts';
import { saysLimited } from './send-error.ts';

export interface ConnectOptions extends Omit<InboundOptions, 'receives'> {
  readonly ownWords: OwnWords;
  /** Resolves when it is known whether the login is a new one; what is heard waits for it. */
  readonly settled?: () => Promise<unknown>;
  /** Hears the time (milliseconds since 1970) of what was said. */
  readonly onHeard?: (saidAt: number) => void;
  /** Is told when WeChat says in a line of its own that the account is limited. */
  readonly speaking?: { limited(): void };
}

/** Lets the app hear what a Wechaty bot hears. Events of one conversation are taken over in the order in which they come. */
export function connect(bot: Wechaty, app: App, options: ConnectOptions, log: Log): void {
  const order = new Map<string, Promise<unknown>>();
  bot.on('message', (heard) => {
    const conversation = heard.room()?.id ?? (heard.self() ? heard.listener()?.id : heard.talker().id) ?? '';
    // Turning an event into a message may fetch a picture: it must not be overtaken by the text that follows it, nor hold up
    // what somebody else says meanwhile.
    const message = (order.get(conversation) ?? Promise.resolve()).then(async () => {
      await options.settled?.();
      if (kindOf(heard) === undefined) return noticed(heard, bot, options);
      return heard.self()
        ? byOwner(heard, bot, app, options)
        : toMessage(heard, bot, { ...options, receives: (from) => app.receives(from) }, log);
    });
    const settled = message.catch(() => undefined);
    order.set(conversation, settled);
    void settled.then(() => order.get(conversation) === settled && order.delete(conversation));
    message
      .then((each) => {
        options.onHeard?.(heard.date().getTime());
        return each && app.hear(each);
      })
      .catch((error: unknown) => log.error({ message: heard.id, err: error }, 'a message could not be taken over'));
  });
  bot.on('login', (user) => log.info({ self: user.id }, 'logged in'));
  bot.on('logout', (user, reason) => log.warn({ self: user.id, reason }, 'logged out'));
  // Without a listener an error event would end the process.
  bot.on('error', (error) =>
    log.error({ err: { message: error.message.split('\n')[0], code: error.code } }, 'the puppet reports an error'),
  );
}

/** What comes from the account itself and was not said by the bot was typed by its owner on the phone: nobody answers it. */
async function byOwner(heard: WechatyMessage, bot: Wechaty, app: App, { ownWords, eyes, profile }: ConnectOptions): Promise<undefined> {
  const kind = kindOf(heard);
  const room = heard.room();
  const listener = heard.listener();
  if (kind === undefined || (!room && (!listener || listener.self()))) return undefined;
  const text = kind === 'text' ? await textOf(heard, bot, profile) : undefined;
  if (ownWords.said(room?.id ?? listener?.id ?? '', text)) return undefined;
  if (room) await typedByOwner(app, { room: await eyes.room(room) });
  else if (listener) await typedByOwner(app, { person: await eyes.person(listener, false) });
  return undefined;
}

const systemLine = 10000;

/** A grey line of WeChat's in a chat. */
async function noticed(heard: WechatyMessage, bot: Wechaty, { profile, speaking }: ConnectOptions): Promise<undefined> {
  if (!speaking || !profile.webRaw) return undefined;
  const raw = await rawMessage(bot, heard.id);
  if (raw.MsgType === systemLine && saysLimited(raw.Content)) speaking.limited();
  return undefined;
}
