import { plusMinutes } from '../../domain/time/clock-time.ts';
import type { App } from '../kernel/desk.ts';
import type { Conversation } from '../kernel/rows.ts';
import type { Turn } from '../kernel/turn.ts';

/** How long after their last word the account's owner, on the phone, is not interrupted. */
const byHandMinutes = 15;

/** Who of the staff answers in a private chat by hand at a moment. */
export function holderOf({ takenOverUntil = '', takenOverBy }: Conversation, now: Date): string | undefined {
  return takenOverUntil > now.toISOString() ? takenOverBy : undefined;
}

/** The private chats that the person of this turn answers by hand now, the one that ends last first. */
export async function takenOverBy({ tx, now, person }: Turn): Promise<Conversation[]> {
  const taken = await tx.find('conversations', { takenOverBy: person.id });
  return taken
    .filter((conversation) => holderOf(conversation, now) !== undefined)
    .sort((a, b) => (b.takenOverUntil ?? '').localeCompare(a.takenOverUntil ?? ''));
}

/** Whether the account's owner speaks in a private chat on the phone: nobody has to be told what is said there. */
export function isByOwner({ takenOverUntil = '', takenOverBy }: Conversation, now: Date): boolean {
  return takenOverUntil > now.toISOString() && takenOverBy === undefined;
}

/**
 * The account's owner has typed something on the phone: a person has taken this chat over, and the bot is silent there for a while
 * but for danger. In the staff's groups the bot goes on: it works there for the owner too.
 */
export async function typedByOwner(app: App, to: { readonly person: string } | { readonly room: string }): Promise<void> {
  await app.store.transaction(async (tx) => {
    const until = plusMinutes(app.clock.now(), byHandMinutes).toISOString();
    if ('room' in to) {
      const room = await tx.get('rooms', to.room);
      if (room?.kind === 'residents') await tx.put('rooms', { ...room, byHandUntil: until });
      return;
    }
    const known = (await tx.get('conversations', to.person)) ?? { id: to.person, misses: 0 };
    // One of the staff who has taken it over keeps it, and goes on hearing what is said.
    if (holderOf(known, app.clock.now()) === undefined) await tx.put('conversations', withoutHolder(known, until));
  });
}

function withoutHolder({ takenOverBy: _, ...conversation }: Conversation, takenOverUntil: string): Conversation {
  return { ...conversation, takenOverUntil };
}
