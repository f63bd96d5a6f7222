import { plusMinutes } from '../../domain/time/clock-time.ts';

/** So long what somebody said is read together with what they say next. */
const freshMinutes = 10;
/** So much is remembered: the last words of a person in a conversation, of so many conversations. */
const messagesAtMost = 5;
const lettersAtMost = 200;
const conversationsAtMost = 2000;

/**
 * What people said just now, by conversation: "老李倒了", "就在楼下", "喊不应" tell of danger only together. In memory, and for minutes
 * only: talk in a group leaves no trace in the store, and after a restart there is nothing to read together.
 */
export interface Lately {
  /** What was said in a conversation within ten minutes, the oldest first, masked. */
  before(conversation: string, now: Date): readonly string[];
  note(conversation: string, text: string, now: Date): void;
  /** What was said has been dealt with. */
  forget(conversation: string): void;
}

export function createLately(): Lately {
  const said = new Map<string, { text: string; at: Date }[]>();
  const fresh = (conversation: string, now: Date) =>
    (said.get(conversation) ?? []).filter(({ at }) => at > plusMinutes(now, -freshMinutes));
  return {
    before: (conversation, now) => fresh(conversation, now).map(({ text }) => text),
    note(conversation, text, now) {
      if (text.trim() === '') return;
      const words = [...fresh(conversation, now), { text: text.slice(0, lettersAtMost), at: now }].slice(-messagesAtMost);
      // Whoever spoke last is the last to be forgotten.
      said.delete(conversation);
      said.set(conversation, words);
      const [oldest] = said.keys();
      if (said.size > conversationsAtMost && oldest !== undefined) said.delete(oldest);
    },
    forget: (conversation) => void said.delete(conversation),
  };
}
