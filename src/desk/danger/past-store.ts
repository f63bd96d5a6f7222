import type { Emergency } from '../../domain/understanding/result.ts';
import { mask } from '../../domain/words/masking.ts';
import { oneLine } from '../../domain/words/one-line.ts';
import { accountOf } from '../kernel/accounts.ts';
import type { App } from '../kernel/desk.ts';
import type { Message, Reply } from '../kernel/message.ts';
import { addressOf } from '../sending/address.ts';
import { kindOf } from './alarms.ts';
import { callNow } from './calling.ts';
import { cardOf } from './cards.ts';
import { firstPage } from './raising.ts';
import type { Alarm } from './rows.ts';

/**
 * Somebody is in danger and the store takes nothing down: the card is said all the same, and those who would be called are, once, past
 * the store. Nobody has a number for it, and nobody is called again: the card says so. Nothing is kept.
 */
export async function helpPastStore(app: App, message: Message, { kind }: Emergency): Promise<void> {
  const content = app.overlay.last(app.content.current());
  const text = oneLine(mask(message.text).text);
  const card = cardOf(content, kind, text);
  const reached = await callPastStore(app, message, kind.id, text);
  const told = reached ? app.say('emergency.notKeptTold') : app.say('emergency.notKeptNobody', { call: card.call });
  const inRoom = message.room !== undefined;
  const whole = inRoom ? card.short : app.say('emergency.notKept', { card: card.whole, told });
  await send(
    app,
    {
      to: inRoom ? { room: message.room ?? '', person: message.person } : { person: message.person },
      text: whole,
      kind: 'reply',
    },
    message.account,
  );
}

/** @returns whether it was said to anybody */
async function callPastStore(app: App, message: Message, kind: string, text: string): Promise<boolean> {
  const now = app.clock.now();
  const at = now.toISOString();
  const alarm: Alarm = {
    id: '',
    state: 'called',
    kinds: [kind],
    person: message.person,
    voices: [],
    ...(message.room === undefined ? {} : { room: message.room }),
    createdAt: at,
    lastAt: at,
    nextAt: at,
    pages: 1,
    pagedAt: at,
    called: { people: [], rooms: [], words: [] },
    takers: [],
    history: [{ at, actor: message.person, move: 'call', text }],
  };
  const content = app.overlay.last(app.content.current());
  if (!kindOf(content, kind)) return false;
  // Reading is possible though writing is not.
  const replies = await app.store
    .transaction(async (tx) => {
      const means = { tx, now, say: app.say, content };
      const { replies } = await callNow(means, alarm, await firstPage(means, alarm, ''));
      return Promise.all(replies.map(async (reply) => ({ reply, account: (await addressOf(tx, reply.to)).account })));
    })
    .catch((error: unknown) => {
      app.log.error({ message: message.id, err: error }, 'nobody could be looked up who is to be called');
      return [];
    });
  const sent = await Promise.all(replies.map(({ reply, account }) => send(app, { ...reply, urgent: true }, account)));
  return sent.includes(true);
}

async function send(app: App, { to, text, kind, urgent }: Reply, account: string | undefined): Promise<boolean> {
  const saying = { to, text, kind, ...(urgent ? { urgent } : {}) };
  return Promise.resolve(accountOf(app.accounts, account)?.send(saying)).then(
    () => true,
    (error: unknown) => {
      app.log.error({ err: error }, 'what is said past the store could not be sent');
      return false;
    },
  );
}
