import type { Account, Session } from './account.ts';
import { ticketOf } from './contacts.ts';
import type { Media } from './media.ts';
import { contactPayload, escaped, messagePayload } from './payloads.ts';
import type { Member, Person, Room } from './world.ts';

export interface Where {
  /** Default: privately. */
  readonly room?: Room;
}

/** What people say to the account, and do in its rooms. Everything is told to the client as the protocol words it. */
export class Talk {
  readonly #account: Account;
  readonly #media: Media;

  constructor(account: Account, media: Media) {
    this.#account = account;
    this.#media = media;
  }

  /** A text. `mention`: the bot is picked with @ before it, as a phone does: its name in the room and U+2005. */
  say(person: Person, text: string, { room, mention = false }: Where & { mention?: boolean } = {}): void {
    const own = room?.members.find((member) => member.person === this.#account.world.self)?.displayName;
    const picked = mention ? `@${own || this.#account.world.self.nickname}\u2005` : '';
    this.raw(person, escaped(`${picked}${text}`), { room });
  }

  /** A message whose content is given as the protocol has it; any other field may be given too. */
  raw(person: Person, content: string, { room, ...fields }: { room?: Room | undefined; [field: string]: unknown } = {}): void {
    this.#account.tell((session) => ({ message: this.#message(session, person, content, room, fields) }));
  }

  /** The same message twice, under one id. */
  twice(person: Person, text: string, { room }: Where = {}): void {
    const MsgId = `78${String(this.#account.world.count()).padStart(16, '0')}`;
    for (const _ of [1, 2]) this.raw(person, escaped(text), { room, MsgId });
  }

  picture(person: Person, bytes: Buffer, { room }: Where = {}): void {
    const MsgId = this.#keep('picture.jpg', bytes);
    this.raw(person, escaped('<?xml version="1.0"?>\n<msg><img length="1" /></msg>'), { room, MsgId, MsgType: 3 });
  }

  video(person: Person, bytes: Buffer, { room }: Where = {}): void {
    const MsgId = this.#keep('video.mp4', bytes);
    this.raw(person, escaped('<?xml version="1.0"?>\n<msg><videomsg length="1" /></msg>'), { room, MsgId, MsgType: 43 });
  }

  sticker(person: Person, { room }: Where = {}): void {
    this.raw(person, escaped('<msg><emoji md5="0" type="2" len="1" cdnurl="http://emoji.qpic.cn/x" /></msg>'), { room, MsgType: 47 });
  }

  voice(person: Person, { room, seconds = 3 }: Where & { seconds?: number } = {}): void {
    const MsgId = this.#keep('voice.sil', Buffer.from('silk'));
    this.raw(person, '', { room, MsgId, MsgType: 34, VoiceLength: seconds * 1000 });
  }

  file(person: Person, name: string, bytes: Buffer, { room }: Where = {}): void {
    const MediaId = `@file${this.#account.world.count()}`;
    this.#media.add(MediaId, name, bytes);
    const xml = `<?xml version="1.0"?>\n<msg><appmsg><title>${name}</title><type>6</type><appattach><totallen>${bytes.length}</totallen></appattach></appmsg></msg>`;
    this.raw(person, escaped(xml), { room, MsgType: 49, AppMsgType: 6, FileName: name, FileSize: String(bytes.length), MediaId });
  }

  /** A place, sent from the map: a text with a picture of the map below it. */
  location(person: Person, place: string, { room }: Where = {}): void {
    const map = '/cgi-bin/mmwebwx-bin/webwxgetpubliclinkimg?url=xxx&msgid=1&pictype=location';
    this.raw(person, `${escaped(place)}:<br/>${map}`, {
      room,
      SubMsgType: 48,
      Url: 'http://apis.map.qq.com/uri/v1/geocoder?coord=26.591,104.830',
      OriContent: `<?xml version="1.0"?>\n<msg>\n\t<location x="26.591" y="104.830" scale="16" label="${place}" maptype="0" poiname="[位置]" />\n</msg>\n`,
    });
  }

  /** Says something with somebody's words quoted. */
  quote(person: Person, text: string, quoted: { readonly by: Person; readonly text: string }, { room }: Where = {}): void {
    this.#account.tell((session) => {
      const refer = `<refermsg><type>1</type><svrid>1</svrid><fromusr>${this.#account.idOf(room ?? quoted.by, session)}</fromusr><chatusr></chatusr><displayname>${escaped(quoted.by.nickname)}</displayname><content>${escaped(quoted.text)}</content></refermsg>`;
      const xml = `<?xml version="1.0"?>\n<msg><appmsg><title>${escaped(text)}</title><type>57</type>${refer}</appmsg></msg>`;
      return { message: this.#message(session, person, escaped(xml), room, { MsgType: 49, AppMsgType: 57 }) };
    });
  }

  /** Asks to become a friend. */
  askToBeFriend(person: Person, hello: string): void {
    this.#account.tell((session) => {
      const id = this.#account.idOf(person, session);
      const xml = `<msg fromusername="${id}" encryptusername="v1_${person.key}@stranger" fromnickname="${escaped(person.nickname)}" content="${escaped(hello)}" scene="30" ticket="${ticketOf(person.key)}" />`;
      return {
        message: messagePayload(this.#account, {
          FromUserName: 'fmessage',
          ToUserName: this.#account.idOf(this.#account.world.self, session),
          MsgType: 37,
          Content: escaped(xml),
          RecommendInfo: { UserName: id, NickName: person.nickname, Content: hello, Ticket: ticketOf(person.key), Scene: 30, OpCode: 2 },
        }),
      };
    });
  }

  /** A newcomer to a room. `late`: only the grey line comes; the list of members does when the function that is returned is called. */
  join(room: Room, person: Person, by: Person, { late = false, displayName = '' } = {}): () => void {
    const list = () => {
      room.members.push({ person, displayName });
      this.changed(room);
    };
    if (!late) list();
    this.grey(room, `"${shown(room, by)}"邀请"${person.nickname}"加入了群聊`);
    return late ? list : () => undefined;
  }

  /** Somebody leaves: no line tells of it, only the list of members. */
  leave(room: Room, person: Person): void {
    room.members = room.members.filter((member) => member.person !== person);
    this.changed(room);
  }

  rename(room: Room, topic: string, by: Person): void {
    room.topic = topic;
    this.changed(room);
    this.grey(room, `"${shown(room, by)}"修改群名为“${topic}”`);
  }

  /** A grey line of the system in a chat. */
  grey(chat: Person | Room, text: string): void {
    this.#account.tell((session) => ({
      message: messagePayload(this.#account, {
        FromUserName: this.#account.idOf(chat, session),
        ToUserName: this.#account.idOf(this.#account.world.self, session),
        MsgType: 10000,
        Content: escaped(text),
      }),
    }));
  }

  /** Tells of what a person or room is now. */
  changed(chat: Person | Room): void {
    this.#account.tell((session) => ({ contact: contactPayload(this.#account, session, chat) }));
  }

  #keep(name: string, bytes: Buffer): string {
    const id = `79${String(this.#account.world.count()).padStart(16, '0')}`;
    this.#media.add(id, name, bytes);
    return id;
  }

  #message(session: Session, person: Person, content: string, room: Room | undefined, fields: Record<string, unknown>) {
    const from = this.#account.idOf(person, session);
    return messagePayload(this.#account, {
      FromUserName: room ? this.#account.idOf(room, session) : from,
      ToUserName: this.#account.idOf(this.#account.world.self, session),
      Content: room ? `${from}:<br/>${content}` : content,
      ...fields,
    });
  }
}

const shown = (room: Room, person: Person) =>
  room.members.find((member: Member) => member.person === person)?.displayName || person.nickname;
