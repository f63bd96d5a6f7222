/** The accounts that the trial plays. On WeChat everybody is from the beginning. */
export const playedAccounts = ['wechat', 'official', 'wecom'] as const;
export type PlayedAccount = (typeof playedAccounts)[number];

/** Where something is said: a person's private chat with the bot, or a group, on an account. */
export interface Place {
  readonly account: PlayedAccount;
  /** The person's or group's. */
  readonly id: string;
}

/** A conversation's id: that of its person or group; on another account than WeChat its name follows: "zhang@official". */
export const conversationOn = ({ account, id }: Place): string => (account === 'wechat' ? id : `${id}@${account}`);

export function placeOf(conversation: string): Place {
  const [id = '', name] = conversation.split('@');
  return { id, account: playedAccounts.find((account) => account === name) ?? 'wechat' };
}
