import type { Conversation } from './tables.ts';
import type { Turn } from './turn.ts';

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
