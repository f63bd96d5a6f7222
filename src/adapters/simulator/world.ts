import { withoutQuote } from '../../domain/words/quotation.ts';
import { accountsOf, type Cast, type Person, type Room } from './cast.ts';
import { mentioned } from './mentions.ts';
import type { Saying, WorldEvent, WorldMessage } from './message.ts';
import { conversationOn, placeOf } from './place.ts';

/** Something that cannot be done in this world; `code` is stable and names why. */
export class WorldError extends Error {
  readonly code: 'unknown-person' | 'unknown-conversation' | 'not-a-member' | 'empty' | 'backwards' | 'not-a-friend';
  constructor(code: WorldError['code'], message: string) {
    super(message);
    this.name = 'WorldError';
    this.code = code;
  }
}

export interface WorldOptions {
  readonly cast: Cast;
  /** The real time. */
  readonly clock: () => Date;
  readonly newId: () => string;
  /** By how many milliseconds the world's clock is ahead of the real one, when it goes on from an earlier run. */
  readonly offset?: number;
}

/** As many messages of a conversation are kept. */
export const KEPT = 500;
/** WeChat lets one take a message back for so long. */
export const RECALL_WINDOW_MS = 2 * 60_000;

/** The small WeChat of the trial with its 服务号 and 企业微信, in memory: who said what, and a clock that can be moved forward. */
export class World {
  readonly cast: Cast;
  readonly #clock: () => Date;
  readonly #newId: () => string;
  readonly #people: ReadonlyMap<string, Person>;
  readonly #rooms: ReadonlyMap<string, Room>;
  readonly #conversations = new Map<string, WorldMessage[]>();
  readonly #remarks = new Map<string, string>();
  readonly #topics = new Map<string, string>();
  readonly #listeners = new Set<(event: WorldEvent) => void>();
  #offset: number;

  constructor({ cast, clock, newId, offset = 0 }: WorldOptions) {
    this.cast = cast;
    this.#clock = clock;
    this.#newId = newId;
    this.#offset = offset;
    this.#people = new Map(cast.people.map((person) => [person.id, person]));
    this.#rooms = new Map(cast.rooms.map((room) => [room.id, room]));
    for (const id of cast.conversations)
      for (const account of accountsOf(cast, id)) this.#conversations.set(conversationOn({ account, id }), []);
  }

  /** The world's time. It runs as the real one does, ahead of it by `offset`. */
  now(): Date {
    return new Date(this.#clock().getTime() + this.#offset);
  }

  /** By how many milliseconds the world's clock is ahead of the real one. */
  get offset(): number {
    return this.#offset;
  }

  /** Moves the clock forward to a time; back it does not go, for what was done cannot be undone. */
  moveClock(to: Date): void {
    const ahead = to.getTime() - this.#clock().getTime();
    if (!(ahead >= this.#offset)) throw new WorldError('backwards', 'the clock only goes forward');
    this.#offset = ahead;
    this.#tell({ type: 'clock', now: this.now() });
  }

  person(id: string): Person | undefined {
    return this.#people.get(id);
  }

  room(id: string): Room | undefined {
    return this.#rooms.get(id);
  }

  /**
   * A person says something, in a group they are in or in their private chat with the bot, on one of their accounts (place.ts).
   * @throws WorldError when there is no such person or conversation, or they are not in it, or nothing is said
   */
  say(personId: string, conversationId: string, saying: Saying): WorldMessage {
    const speaker = this.#people.get(personId);
    if (!speaker || speaker === this.cast.bot) throw new WorldError('unknown-person', `nobody is called ${personId}`);
    const { account, id } = placeOf(conversationId);
    const room = this.#rooms.get(id);
    if (!(room ? room.members.includes(personId) : id === personId)) {
      throw new WorldError('not-a-member', `${personId} is not in ${conversationId}`);
    }
    return this.#add(personId, conversationId, saying, account === 'wechat' && !room && !speaker.friend);
  }

  /** The bot says something. @throws WorldError when it is said privately on WeChat to somebody who is no friend */
  botSays(conversationId: string, saying: Saying): WorldMessage {
    if (this.#people.get(conversationId)?.friend === false) {
      throw new WorldError('not-a-friend', `${conversationId} is not a friend of the bot: not delivered`);
    }
    return this.#add(this.cast.bot.id, conversationId, saying, false);
  }

  /** Takes a message back. False when it is not theirs, or older than two minutes, or gone, or on an account that is not told of it. */
  recall(personId: string, messageId: string): boolean {
    const message = this.message(messageId);
    if (!message || message.from !== personId || message.recalled || message.refused) return false;
    if (placeOf(message.conversation).account !== 'wechat') return false;
    if (this.now().getTime() - message.at.getTime() > RECALL_WINDOW_MS) return false;

    const { id, conversation, from, at } = message;
    const empty: WorldMessage = { id, conversation, from, at, text: '', mentions: [], recalled: true };
    const messages = this.#conversations.get(conversation) ?? [];
    messages[messages.indexOf(message)] = empty;
    this.#tell({ type: 'recalled', message: empty });
    return true;
  }

  message(id: string): WorldMessage | undefined {
    for (const messages of this.#conversations.values()) {
      const found = messages.find((message) => message.id === id);
      if (found) return found;
    }
    return undefined;
  }

  /** The last messages of a conversation, oldest first. */
  messages(conversationId: string): readonly WorldMessage[] {
    return this.#conversations.get(conversationId) ?? [];
  }

  /** The remark (备注) the bot gave to a friend; empty without one. */
  remark(personId: string): string {
    return this.#remarks.get(personId) ?? '';
  }

  setRemark(personId: string, remark: string): void {
    this.#remarks.set(personId, remark);
  }

  topic(roomId: string): string | undefined {
    return this.#topics.get(roomId) ?? this.#rooms.get(roomId)?.topic;
  }

  setTopic(roomId: string, topic: string): void {
    this.#topics.set(roomId, topic);
    this.#tell({ type: 'topic', room: roomId, topic });
  }

  /** Hears everything that happens from now on. @returns what ends it */
  subscribe(listener: (event: WorldEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #add(from: string, conversation: string, { text = '', image, file, event, mention = [] }: Saying, refused: boolean): WorldMessage {
    const messages = this.#conversations.get(conversation);
    if (!messages) throw new WorldError('unknown-conversation', `there is no conversation ${conversation}`);
    if (text.trim() === '' && !image && !file) throw new WorldError('empty', 'nothing is said');

    const room = this.#rooms.get(placeOf(conversation).id);
    const message: WorldMessage = {
      id: this.#newId(),
      conversation,
      from,
      at: this.now(),
      text,
      mentions: room
        ? [...new Set([...mention.filter((one) => room.members.includes(one)), ...mentioned(withoutQuote(text), room, this.cast)])]
        : [],
      ...(image && { image }),
      ...(file && { file }),
      ...(event !== undefined && { event }),
      ...(refused && { refused: true as const }),
    };
    messages.push(message);
    if (messages.length > KEPT) messages.shift();
    this.#tell({ type: 'message', message });
    return message;
  }

  #tell(event: WorldEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}
