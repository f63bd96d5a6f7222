import { mask } from '../../domain/words/masking.ts';
import { helpPastStore } from '../danger/past-store.ts';
import { accountOf } from '../kernel/accounts.ts';
import type { App } from '../kernel/desk.ts';
import type { Message } from '../kernel/message.ts';
import type { Outcome } from '../kernel/turn.ts';
import { localValue } from '../knowledge/answer-text.ts';

/**
 * A turn that failed left nothing in the store. Its person is still told, past the store: the card when somebody is in
 * danger, otherwise an apology with whom to phone. In a group only what was meant for the bot is answered.
 */
export async function apologise(app: App, message: Message, error: unknown): Promise<Outcome> {
  app.log.error({ message: message.id, err: error }, 'a turn failed');
  const content = app.overlay.last(app.content.current());
  const emergency = content.emergencyOf(mask(message.text).text);
  if (emergency) {
    await helpPastStore(app, message, emergency);
    return { decision: 'emergency', topic: null, replies: [] };
  }
  if (message.room !== undefined && !message.addressed) return { decision: 'silent', topic: null, replies: [] };
  const to = message.room === undefined ? { person: message.person } : { room: message.room, person: message.person };
  await accountOf(app.accounts, message.account)
    ?.send({ to, text: app.say('trouble.apology', { phone: localValue('office.phone', { content }) }), kind: 'reply' })
    .catch((failure: unknown) => app.log.error({ message: message.id, err: failure }, 'the apology could not be sent'));
  return { decision: 'fallback', topic: null, replies: [] };
}
