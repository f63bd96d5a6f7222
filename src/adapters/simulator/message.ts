/** A picture or a file as it is sent. */
export interface Attachment {
  readonly name: string;
  /** The media type, for example `image/png`. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** What is said at once: words, or a picture, or (by the bot) a file. */
export interface Saying {
  readonly text?: string;
  readonly image?: Attachment;
  readonly file?: Attachment;
  /** Members picked from the list, beside those the text names. */
  readonly mention?: readonly string[];
  /** On the 服务号: what is done there instead of speaking; the text is what it is called. */
  readonly event?: string;
}

export interface WorldMessage {
  readonly id: string;
  /** A room's id, or the person's whose private chat with the bot it is; on another account than WeChat with its name (place.ts). */
  readonly conversation: string;
  readonly from: string;
  readonly at: Date;
  readonly text: string;
  readonly image?: Attachment;
  readonly file?: Attachment;
  readonly mentions: readonly string[];
  /** What was done instead of speaking. */
  readonly event?: string;
  /** Said privately by somebody who is not the bot's friend: they see it in their chat, it never arrived. */
  readonly refused?: true;
  /** Taken back: its words and picture are gone. */
  readonly recalled?: true;
}

export type WorldEvent =
  | { readonly type: 'message' | 'recalled'; readonly message: WorldMessage }
  | { readonly type: 'clock'; readonly now: Date }
  | { readonly type: 'topic'; readonly room: string; readonly topic: string };
