import type { Recipient } from './message.ts';
import type { PlainKey, Say } from './say.ts';

/**
 * An account that the desk speaks through: web WeChat, a 服务号, the staff's robot of 企业微信, the simulator. It hears by `app.hear`
 * with its name in the message, and says things here.
 */
export interface Account {
  /** Also the beginning of its bindings: NAME/person/NATIVE. */
  readonly name: string;
  readonly profile: AccountProfile;
  /**
   * Says it. Resolves when the account took it; rejects with a `SendError`, which tells whether it surely did not arrive. How somebody is
   * called there the directory of the account knows (people/directory.ts).
   */
  send(saying: Saying): Promise<void>;
  /** Whether it is in touch; while it is not, what is to be said there waits and nothing is tried. Absent: its sending tells. */
  isUp?(): boolean;
  /** The process ends: what is being said is finished; what it was handed and has not begun rejects as surely not sent, and so does whatever comes. */
  stop?(): void;
}

/** What an account can and cannot do, as far as the desk has to know. */
export interface AccountProfile {
  /** Ids of people and groups are the same after another login. Where they are not, people are known by a token in their remark and staff by PINs. */
  readonly idsSurviveLogin: boolean;
  /** It is in groups. */
  readonly groups: boolean;
  /** It takes any file; otherwise pictures only. */
  readonly files: boolean;
  /** So many characters are sent in one message at most. */
  readonly longestText: number;
  /** A message costs something there: what waits for one person is said in one. */
  readonly packs?: true;
  /** What answers somebody goes with the answer to their word, which no limit forbids. */
  readonly answersAtOnce?: true;
  /** It writes to all who follow it at once; they stand on the desk as a room of residents. */
  readonly mass?: true;
  /** What broadcasts need; undefined: anything at any time. */
  readonly pace?: Pace;
}

/** What broadcasts on an account bear before it is limited. */
export interface Pace {
  /** So many seconds lie between two broadcasts, at least and at most. */
  readonly broadcastGap: readonly [atLeast: number, atMost: number];
  /** At most so many broadcasts on one day in Shanghai. */
  readonly broadcastsADay: number;
}

/** Something to be said, in private or in a room (there perhaps to one person). */
export interface Saying {
  readonly to: Recipient;
  readonly text: string;
  /** A picture or file to send with it. */
  readonly file?: string;
  readonly kind: 'reply' | 'notice' | 'broadcast';
  /** About danger to life: before everything else. */
  readonly urgent?: boolean;
  /** The id of its delivery, of several said together that of the first. */
  readonly id?: string;
  /** It is kept nowhere once it was said: it holds what was sealed. */
  readonly secret?: true;
  /** The edition that it is a copy of. */
  readonly edition?: string;
  /** What it tells of a case. */
  readonly progress?: Progress;
}

/** That something has become of somebody's case. */
export interface Progress {
  readonly step: 'accepted' | 'progress' | 'resolved' | 'asked';
  readonly appeal: string;
  /** What the case is about, in a word. */
  readonly title: string;
}

/** How long an account is limited where that is known: for a moment (it spoke too fast, or nothing can be reached), or until the day's quota is a new one. */
export type LimitedFor = 'moment' | 'day';

/**
 * A message that could not be sent. `certain`: it surely did not arrive; otherwise it may have. `limited`: the account is being
 * limited; whatever else is sent now makes it worse. `notNow`: it surely did not arrive and cannot before the person writes again (their
 * window is shut): it waits for their next word.
 */
export class SendError extends Error {
  readonly certain: boolean;
  readonly limited: boolean | LimitedFor;
  readonly notNow: boolean;
  constructor(
    message: string,
    certain: boolean,
    { limited = false, notNow = false, ...options }: ErrorOptions & { limited?: boolean | LimitedFor; notNow?: boolean } = {},
  ) {
    super(message, options);
    this.name = 'SendError';
    this.certain = certain || notNow;
    this.limited = limited;
    this.notNow = notNow;
  }
}

/** The one account there was until 0.2: what names none is of this one. */
export const firstAccount = 'wechat';

/** An account about which there is nothing to be careful. */
export const easyProfile: AccountProfile = { idsSurviveLogin: true, groups: true, files: true, longestText: 2000 };

/** An account by its name; where it is not switched on, the first there is, if any. */
export function accountOf(accounts: readonly Account[], name: string | undefined): Account | undefined {
  return accounts.find((each) => each.name === (name ?? firstAccount)) ?? accounts[0];
}

const titles: Readonly<Record<string, PlainKey>> = {
  wechat: 'accountName.wechat',
  official: 'accountName.official',
  wecom: 'accountName.wecom',
};

/** What people call an account: 微信, 服务号, 企业微信. */
export function accountName(name: string, say: Say): string {
  const title = titles[name];
  return title === undefined ? name : say(title);
}
