/** An answer to a message is good for minutes; later, what is said is pushed. */
const freshMs = 2 * 60_000;
/** So many messages of one chat are open at once; the service takes no more from one person. */
const openAtMost = 3;

interface Open {
  readonly id: string;
  readonly until: number;
}

/** The messages that nobody has answered yet, oldest first, by chat. What answers one stands below it, and closes it. */
export interface OpenAnswers {
  note(chat: string, id: string): void;
  /** The id of the oldest that can be answered still; it is taken. */
  take(chat: string): string | undefined;
  /** Nothing is to be said to this one. */
  drop(chat: string, id: string): void;
  /** After a lost connection what was open is answered by a push. */
  forget(): void;
}

/** @param now milliseconds of a clock that only goes forward */
export function createOpenAnswers(now: () => number): OpenAnswers {
  const open = new Map<string, Open[]>();
  const fresh = (chat: string) => (open.get(chat) ?? []).filter(({ until }) => until > now());
  const keep = (chat: string, those: Open[]) => (those.length === 0 ? open.delete(chat) : open.set(chat, those));
  return {
    note: (chat, id) => void keep(chat, [...fresh(chat), { id, until: now() + freshMs }].slice(-openAtMost)),
    take(chat) {
      const [first, ...rest] = fresh(chat);
      keep(chat, rest);
      return first?.id;
    },
    drop: (chat, id) =>
      void keep(
        chat,
        fresh(chat).filter((each) => each.id !== id),
      ),
    forget: () => open.clear(),
  };
}
