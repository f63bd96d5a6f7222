import type { Progress } from './accounts.ts';

/** What an account heard, in our own terms: ids of people and rooms are ours, not the account's. */
export interface Message {
  /** The account's id of the message, unlike those of other accounts; the same message may be delivered twice. */
  readonly id: string;
  /** Which account heard it; absent: WeChat. */
  readonly account?: string;
  readonly person: string;
  /** The group it was said in; absent in private. */
  readonly room?: string;
  /** Without what it quotes: that was said by somebody else. */
  readonly text: string;
  readonly kind: 'text' | 'image' | 'file' | 'voice' | 'sticker' | 'other';
  /** Where the picture or file was saved (a path below the state folder). */
  readonly file?: string;
  /** How large it is, in bytes. */
  readonly bytes?: number;
  /** Why there is none though one was sent: it is too large, none that we can keep, or there were too many today. */
  readonly unkept?: 'large' | 'kind' | 'many';
  /** In a group: whether the bot was spoken to. Always true in private. */
  readonly addressed: boolean;
  /** Something that they did on the account, without words. */
  readonly event?: { readonly does: 'follow' | 'scan'; readonly scene: string } | { readonly does: 'unfollow' };
  /** It was filled in on a page of the site: what answers it is read there, and is not sent. */
  readonly page?: Filled;
}

/** What somebody did on a page. `say`: they go on talking, as in a chat. */
export type Filled =
  | { readonly does: 'say' }
  | FilledReport
  /** Of their own appeal, by its number: more words, 催, taking it back. */
  | { readonly does: 'add' | 'urge' | 'withdraw'; readonly appeal: string }
  | {
      readonly does: 'rate';
      readonly appeal: string;
      readonly solved?: 'yes' | 'partly' | 'no' | 'dropped';
      readonly satisfied?: 'yes' | 'fairly' | 'no';
    };

/** A report with what was filled in beside its words. Who sends one is new to the desk: a name is what they call themselves. */
export interface FilledReport {
  readonly does: 'report';
  readonly name: string;
  readonly place?: string;
  readonly phone?: string;
  /** The place was asked for before: without one it goes on. */
  readonly placeAsked?: boolean;
  /** Whether it is the same as what others have told; undefined: not asked yet. */
  readonly same?: boolean;
  /** They said that nobody is in danger. */
  readonly safe?: boolean;
}

/** What a report that was filled in lacks, and the question that is put for it. */
export interface Lacking {
  readonly field: 'what' | 'where' | 'same';
  readonly question: string;
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
  /** What it tells of a case: an account whose window is shut says that much in its own way. */
  readonly progress?: Progress;
  /** The number of the appeal that it tells one of its voices of: where the site has an address, the page of that stands below it. */
  readonly page?: string;
  /** Whose words it passes on, when that is not who hears it: it goes when theirs are deleted. */
  readonly about?: string;
}

/** What became of a message, for whoever wants to know (logs, `ask`, `converse`). */
export type Decision = 'answer' | 'clarify' | 'appeal' | 'action' | 'emergency' | 'fallback' | 'silent';
