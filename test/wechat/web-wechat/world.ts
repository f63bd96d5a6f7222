import { fastClock } from './clock.ts';
import { Signal } from './signal.ts';

/** Somebody on WeChat, as the account that is emulated sees them. */
export interface Person {
  readonly key: string;
  nickname: string;
  friend: boolean;
  /** The remark name that the account has given them. */
  remark: string;
  /** A public account. */
  readonly official: boolean;
}

export interface Member {
  readonly person: Person;
  /** Their nickname in this room. */
  displayName: string;
}

export interface Room {
  readonly key: string;
  topic: string;
  members: Member[];
  /** In the contacts (通讯录): the account knows the room from its login on. */
  readonly saved: boolean;
  /** Among the recent chats when the account logs in. */
  readonly recent: boolean;
}

export type Chat = Person | Room;

/** What the bot has sent, in terms of people and rooms. */
export interface Sent {
  readonly to: Chat;
  readonly text?: string;
  readonly file?: { readonly name: string; readonly bytes: Buffer };
  readonly at: Date;
  /** False when WeChat said that it took it, but the other is no friend. */
  readonly delivered: boolean;
}

export interface WorldOptions {
  /** Other seeds give other ids. */
  readonly seed?: string;
  /** The account's nickname. */
  readonly self?: string;
  /** Where its clock begins. Default: a Monday, ten in the morning in China. */
  readonly from?: Date;
  /** How much faster than the wall's its clock runs. */
  readonly factor?: number;
}

/** The people and rooms there are, and what the bot has sent to them. */
export class World {
  readonly clock;
  readonly seed: string;
  readonly self: Person;
  readonly people: Person[] = [];
  readonly rooms: Room[] = [];
  readonly sent: Sent[] = [];
  /** Whether setting a remark name through the web does anything. It is said not to since 2023-09 (wechaty/puppet-wechat4u#65). */
  remarksCanBeSet = true;
  /** Called with everything that is sent, before the sender hears that it was: for what shall go wrong at exactly this point. */
  onSent: (sent: Sent) => void = () => undefined;
  readonly signal = new Signal();
  #count = 0;

  constructor({ seed = 'web-wechat', self = '小桥', from = new Date('2026-11-23T02:00:00Z'), factor = 20 }: WorldOptions = {}) {
    this.seed = seed;
    this.clock = fastClock(from, factor);
    this.self = this.person(self);
  }

  person(nickname: string, { friend = false, remark = '', official = false }: Partial<Omit<Person, 'key' | 'nickname'>> = {}): Person {
    const person = { key: `person-${++this.#count}`, nickname, friend, remark, official };
    this.people.push(person);
    return person;
  }

  /** A friend of the account. */
  friend(nickname: string, remark = ''): Person {
    return this.person(nickname, { friend: true, remark });
  }

  /** A room with the account and these in it; a pair gives the nickname in the room. */
  room(
    topic: string,
    members: readonly (Person | readonly [Person, string])[],
    { saved = true, recent = false, self = '' }: { saved?: boolean; recent?: boolean; self?: string } = {},
  ): Room {
    const all = [[this.self, self] as const, ...members].map((each) => ('key' in each ? ([each, ''] as const) : each));
    const room = {
      key: `room-${++this.#count}`,
      topic,
      members: all.map(([person, displayName]) => ({ person, displayName })),
      saved,
      recent,
    };
    this.rooms.push(room);
    return room;
  }

  /** A number that nobody else has been given. */
  count(): number {
    return ++this.#count;
  }

  /** Milliseconds of the wall's clock in which so many seconds of the world's pass. */
  wallMs(seconds: number): number {
    return (seconds * 1000) / this.clock.rate.factor;
  }

  /** The texts that a person has been sent privately, or a room. */
  saidTo(chat: Chat): string[] {
    return this.sent.flatMap(({ to, text, delivered }) => (to === chat && text !== undefined && delivered ? [text] : []));
  }

  /** Waits until the condition holds. @throws when it does not within `seconds` of the wall's clock, with what was sent last */
  async until(condition: () => boolean, what = condition.toString(), seconds = 20): Promise<void> {
    if (await this.signal.until(condition, seconds * 1000)) return;
    const last = this.sent.slice(-8).map(({ to, text, file }) => `  → ${nameOf(to)}：${text ?? `[${file?.name}]`}`);
    throw new Error(`waited ${seconds} s in vain for: ${what}\nlast sent:\n${last.join('\n')}`);
  }
}

export const isRoom = (chat: Chat): chat is Room => 'topic' in chat;
export const nameOf = (chat: Chat): string => (isRoom(chat) ? chat.topic : chat.nickname);
