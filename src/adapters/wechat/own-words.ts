/** Remembered for so long: an echo comes within seconds. */
const keptMs = 2 * 60_000;

/** What the bot has said of late, to tell it from what the account's owner types on the phone: both come from the same account. */
export interface OwnWords {
  /** To be called before it is sent. `conversation` is a native id; a file has no text. */
  remember(conversation: string, text: string | undefined): void;
  /** Whether a message from the account is the bot's own. */
  said(conversation: string, text: string | undefined): boolean;
}

export function createOwnWords(now: () => Date): OwnWords {
  let kept: { conversation: string; text: string | undefined; at: number }[] = [];
  // What WeChat makes of spaces, signs and emoji on the way back is its own business.
  const plain = (text: string | undefined) => text?.replace(/[^\p{L}\p{N}]/gu, '');
  return {
    remember(conversation, text) {
      const at = now().getTime();
      kept = [...kept.filter((each) => at - each.at <= keptMs), { conversation, text: plain(text), at }];
    },
    said(conversation, text) {
      const at = now().getTime();
      const typed = plain(text);
      // In a group a name may have been put before it.
      const fits = (ours: string | undefined) => (ours === undefined || typed === undefined ? ours === typed : typed.endsWith(ours));
      return kept.some((each) => each.conversation === conversation && at - each.at <= keptMs && fits(each.text));
    },
  };
}
