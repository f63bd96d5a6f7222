import type { Account, Session } from './account.ts';
import { type Chat, isRoom, type Member, type Person, type Room } from './world.ts';

/** How web WeChat writes people, rooms and messages. Field names are its own. */

/** Any contact, with everything that is known of it. */
export function contactPayload(account: Account, session: Session, chat: Chat): Record<string, unknown> {
  return isRoom(chat) ? roomPayload(account, session, chat) : personPayload(account, session, chat);
}

function personPayload(account: Account, session: Session, person: Person): Record<string, unknown> {
  return {
    Uin: 0,
    UserName: account.idOf(person, session),
    NickName: escaped(person.nickname),
    RemarkName: escaped(person.remark),
    HeadImgUrl: `/cgi-bin/mmwebwx-bin/webwxgeticon?username=${account.idOf(person, session)}`,
    ContactFlag: person.friend ? 3 : 0,
    VerifyFlag: person.official ? 8 : 0,
    MemberCount: 0,
    MemberList: [],
    Sex: 0,
    Signature: '',
    Province: '',
    City: '',
    Alias: '',
    DisplayName: '',
    StarFriend: 0,
  };
}

function roomPayload(account: Account, session: Session, room: Room): Record<string, unknown> {
  return {
    ...roomEntry(account, session, room),
    MemberCount: room.members.length,
    MemberList: room.members.map((member) => memberPayload(account, session, member)),
  };
}

/** A room as the contact list has it: without its members, which are asked for. */
export function roomEntry(account: Account, session: Session, room: Room): Record<string, unknown> {
  return {
    Uin: 0,
    UserName: account.idOf(room, session),
    NickName: escaped(room.topic),
    RemarkName: '',
    HeadImgUrl: '',
    ContactFlag: 2,
    MemberCount: 0,
    MemberList: [],
    VerifyFlag: 0,
    EncryChatRoomId: room.key,
  };
}

function memberPayload(account: Account, session: Session, { person, displayName }: Member): Record<string, unknown> {
  return {
    Uin: 0,
    UserName: account.idOf(person, session),
    NickName: escaped(person.nickname),
    DisplayName: escaped(displayName),
    AttrStatus: 0,
    MemberStatus: 0,
    KeyWord: '',
  };
}

/** Contacts that are not people, known by their names in every login. */
export function specialPayload(id: string): Record<string, unknown> {
  return { Uin: 0, UserName: id, NickName: id, RemarkName: '', ContactFlag: 1, VerifyFlag: 0, MemberCount: 0, MemberList: [] };
}

/** A message with all its fields. `Content` is given as the protocol has it: escaped, with the speaker in front in a room. */
export function messagePayload(account: Account, fields: Record<string, unknown>): Record<string, unknown> {
  return {
    MsgId: `77${String(account.world.count()).padStart(16, '0')}`,
    FromUserName: '',
    ToUserName: '',
    MsgType: 1,
    Content: '',
    Status: 3,
    ImgStatus: 1,
    CreateTime: Math.floor(account.world.clock.now().getTime() / 1000),
    VoiceLength: 0,
    FileName: '',
    FileSize: '',
    MediaId: '',
    Url: '',
    AppMsgType: 0,
    StatusNotifyCode: 0,
    StatusNotifyUserName: '',
    RecommendInfo: {},
    SubMsgType: 0,
    Ticket: '',
    OriContent: '',
    ...fields,
  };
}

/** Text as the protocol has it within a message or a name. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br/>');
}
