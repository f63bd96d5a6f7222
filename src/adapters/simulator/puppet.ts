import { FileBox, type FileBoxInterface } from 'file-box';
import { type payloads, types } from 'wechaty-puppet';
import type { WorldEvent, WorldMessage } from './message.ts';
import { placeOf } from './place.ts';
import { UnsupportedPuppet } from './unsupported.ts';
import type { World } from './world.ts';

/** A recalled message is a message of its own, whose text is the id of what was taken back. */
const RECALL = 'recall:';

/** Pictures the page can show; anything else the bot sends is a file. */
const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/**
 * Plays WeChat for Wechaty over a `World`: what is said there becomes Wechaty's `message` events, and what the bot
 * says arrives there. So a trial runs the same code as real WeChat, from the event on.
 *
 * Like web WeChat it does not echo what the bot itself sends. Unlike it, writing privately to somebody who is not a
 * friend rejects instead of vanishing, so that the core can see it did not arrive.
 */
export class SimulatorPuppet extends UnsupportedPuppet {
  readonly #world: World;
  #unsubscribe: () => void = () => {};

  constructor(world: World) {
    super();
    this.#world = world;
  }

  override name(): string {
    return 'simulator';
  }

  override async onStart(): Promise<void> {
    this.#unsubscribe = this.#world.subscribe((event) => this.#hear(event));
    this.login(this.#world.cast.bot.id);
    // Only after start() is through does the base class listen for it.
    setImmediate(() => {
      if (this.isLoggedIn) this.emit('ready', { data: 'the cast is there' });
    });
  }

  override async onStop(): Promise<void> {
    this.#unsubscribe();
  }

  override ding(data = ''): void {
    setImmediate(() => this.emit('dong', { data }));
  }

  #hear(event: WorldEvent): void {
    if (event.type !== 'message' && event.type !== 'recalled') return;
    const { id, conversation, from, refused } = event.message;
    if (placeOf(conversation).account !== 'wechat' || refused || from === this.#world.cast.bot.id) return;
    this.emit('message', { messageId: event.type === 'recalled' ? RECALL + id : id });
  }

  // Contacts

  override async contactList(): Promise<string[]> {
    return this.#world.cast.people.filter((person) => person.friend).map((person) => person.id);
  }

  override async contactRawPayload(id: string): Promise<payloads.Contact> {
    // As on real WeChat a room is a contact too: Wechaty asks for it as one whenever a room is synchronised.
    const topic = this.#world.topic(id);
    const person = topic === undefined ? this.#person(id) : { name: topic, friend: false };
    return {
      id,
      name: person.name,
      gender: types.ContactGender.Unknown,
      type: types.Contact.Individual,
      avatar: '',
      alias: this.#world.remark(id),
      friend: person.friend,
      phone: [],
    };
  }

  override async contactRawPayloadParser(payload: payloads.Contact): Promise<payloads.Contact> {
    return payload;
  }

  override contactAlias(contactId: string): Promise<string>;
  override contactAlias(contactId: string, alias: string | null): Promise<void>;
  override async contactAlias(contactId: string, alias?: string | null): Promise<unknown> {
    const person = this.#person(contactId);
    if (alias === undefined) return this.#world.remark(contactId);
    if (!person.friend) throw new Error(`${contactId} is not a friend: no remark can be set`);
    this.#world.setRemark(contactId, alias ?? '');
    this.dirtyPayload(types.Dirty.Contact, contactId);
  }

  #person(id: string) {
    const person = this.#world.person(id);
    if (!person) throw new Error(`there is no contact ${id}`);
    return person;
  }

  // Rooms

  override async roomList(): Promise<string[]> {
    return this.#world.cast.rooms.map((room) => room.id);
  }

  override async roomRawPayload(id: string): Promise<payloads.Room> {
    const room = this.#room(id);
    return { id, topic: this.#world.topic(id) ?? '', memberIdList: [...room.members], adminIdList: [] };
  }

  override async roomRawPayloadParser(payload: payloads.Room): Promise<payloads.Room> {
    return payload;
  }

  override async roomMemberList(roomId: string): Promise<string[]> {
    return [...this.#room(roomId).members];
  }

  override async roomMemberRawPayload(roomId: string, contactId: string): Promise<payloads.RoomMember> {
    const room = this.#room(roomId);
    if (!room.members.includes(contactId)) throw new Error(`${contactId} is not in ${roomId}`);
    return { id: contactId, name: this.#person(contactId).name, roomAlias: room.aliases[contactId] ?? '', avatar: '' };
  }

  override async roomMemberRawPayloadParser(payload: payloads.RoomMember): Promise<payloads.RoomMember> {
    return payload;
  }

  override roomTopic(roomId: string): Promise<string>;
  override roomTopic(roomId: string, topic: string): Promise<void>;
  override async roomTopic(roomId: string, topic?: string): Promise<unknown> {
    this.#room(roomId);
    if (topic === undefined) return this.#world.topic(roomId) ?? '';
    this.#world.setTopic(roomId, topic);
    this.dirtyPayload(types.Dirty.Room, roomId);
  }

  #room(id: string) {
    const room = this.#world.room(id);
    if (!room) throw new Error(`there is no room ${id}`);
    return room;
  }

  // Messages

  override async messageRawPayload(id: string): Promise<payloads.Message> {
    const recalled = id.startsWith(RECALL);
    const message = this.#message(recalled ? id.slice(RECALL.length) : id);
    return recalled ? { ...this.#payload(message), id, type: types.Message.Recalled, text: message.id } : this.#payload(message);
  }

  override async messageRawPayloadParser(payload: payloads.Message): Promise<payloads.Message> {
    return payload;
  }

  override async messageFile(id: string): Promise<FileBoxInterface> {
    const { image, file } = this.#message(id);
    const attachment = image ?? file;
    if (!attachment) throw new Error(`message ${id} has no file`);
    return FileBox.fromBuffer(Buffer.from(attachment.bytes), attachment.name);
  }

  override messageImage(id: string): Promise<FileBoxInterface> {
    return this.messageFile(id);
  }

  override async messageSendText(conversationId: string, text: string, mention: string[] = []): Promise<string> {
    return this.#world.botSays(conversationId, { text, mention }).id;
  }

  override async messageSendFile(conversationId: string, file: FileBoxInterface): Promise<string> {
    const attachment = { name: file.name, type: file.mediaType, bytes: await file.toBuffer() };
    return this.#world.botSays(conversationId, PICTURES.includes(attachment.type) ? { image: attachment } : { file: attachment }).id;
  }

  override async messageRecall(id: string): Promise<boolean> {
    return this.#world.recall(this.currentUserId, id);
  }

  #message(id: string): WorldMessage {
    const message = this.#world.message(id);
    if (!message) throw new Error(`there is no message ${id}`);
    return message;
  }

  #payload({ id, conversation, from, at, text, image, file, mentions }: WorldMessage): payloads.Message {
    const attachment = image ?? file;
    const base = {
      id,
      talkerId: from,
      timestamp: Math.floor(at.getTime() / 1000),
      type: image ? types.Message.Image : file ? types.Message.Attachment : types.Message.Text,
      text,
      ...(attachment && { filename: attachment.name }),
    };
    if (this.#world.room(conversation)) return { ...base, roomId: conversation, mentionIdList: [...mentions] };
    const bot = this.#world.cast.bot.id;
    return { ...base, listenerId: from === bot ? conversation : bot };
  }
}
