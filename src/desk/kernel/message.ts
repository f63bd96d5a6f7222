/** What a channel heard, in our own terms: ids of people and rooms are ours, not the channel's. */
export interface Message {
  /** The channel's id of the message; the same message may be delivered twice. */
  readonly id: string;
  readonly person: string;
  /** The group it was said in; absent in private. */
  readonly room?: string;
  /** Without what it quotes: that was said by somebody else. */
  readonly text: string;
  readonly kind: 'text' | 'image' | 'file' | 'voice' | 'sticker' | 'other';
  /** Where the picture or file was saved (a path below the state folder). */
  readonly file?: string;
  /** In a group: whether the bot was spoken to. Always true in private. */
  readonly addressed: boolean;
}

export type Recipient = { readonly person: string } | { readonly room: string; readonly person?: string };

/** Stands for who is no longer known: their data was deleted. */
export const nobody = 'nobody';

/** What a handler wants said. In a room, `person` is the one it is addressed to. */
export interface Reply {
  readonly to: Recipient;
  readonly text: string;
  /** The text was sealed, since it holds what must not be kept in the clear. */
  readonly sealed?: true;
  readonly file?: string;
  readonly kind: 'reply' | 'notice';
  /** Said also while the account is limited: somebody is in danger, or somebody must act now. */
  readonly urgent?: boolean;
  /** Whose words it passes on, when that is not who hears it: it goes when theirs are deleted. */
  readonly about?: string;
}

/** What became of a message, for whoever wants to know (logs, `ask`, `converse`). */
export type Decision = 'answer' | 'clarify' | 'appeal' | 'action' | 'emergency' | 'fallback' | 'silent';
