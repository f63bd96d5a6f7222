/** Somebody whose push waits for an answer. */
interface Waiting {
  readonly push: string;
  readonly give: (text: string) => void;
}

/**
 * The passive answers: what is said to somebody while their push waits goes with its answer, once, and costs nothing of their window. Where nothing is
 * said in time the push is answered empty, and whatever comes then goes by the API.
 */
export interface Answers {
  /** Begins to wait for something to be said to somebody; the newest push is answered first. */
  wait(openid: string, push: string): { readonly said: Promise<string>; stop(): void };
  /** The push that would be answered; undefined: none waits. */
  waiting(openid: string): string | undefined;
  /** Hands over what is said to them. @returns whether a push was waiting */
  give(openid: string, text: string): boolean;
  /** From now on nothing is said to them: another desk answers. @returns what ends it */
  mute(openid: string): () => void;
  isMuted(openid: string): boolean;
}

export function createAnswers(): Answers {
  const waiting = new Map<string, Waiting[]>();
  const muted = new Set<string>();
  const drop = (openid: string, one: Waiting) => {
    const rest = (waiting.get(openid) ?? []).filter((each) => each !== one);
    if (rest.length === 0) waiting.delete(openid);
    else waiting.set(openid, rest);
  };
  return {
    waiting: (openid) => waiting.get(openid)?.at(-1)?.push,
    wait(openid, push) {
      let give: (text: string) => void = () => undefined;
      const said = new Promise<string>((resolve) => {
        give = resolve;
      });
      const one = { push, give };
      waiting.set(openid, [...(waiting.get(openid) ?? []), one]);
      return { said, stop: () => drop(openid, one) };
    },
    give(openid, text) {
      const one = waiting.get(openid)?.at(-1);
      if (!one) return false;
      drop(openid, one);
      one.give(text);
      return true;
    },
    mute(openid) {
      muted.add(openid);
      return () => muted.delete(openid);
    },
    isMuted: (openid) => muted.has(openid),
  };
}
