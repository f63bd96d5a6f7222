import { type Handler, inSession, ret } from './call.ts';
import { contactPayload, messagePayload, roomEntry, specialPayload } from './payloads.ts';
import { isRoom } from './world.ts';

/** webwxgetcontact: friends, and the rooms that were saved to the contacts, these without their members. */
export const getContact: Handler = inSession((_call, { account }, session) => {
  const { world } = account;
  const members = [
    specialPayload('fmessage'),
    ...world.people.filter(({ friend }) => friend).map((person) => contactPayload(account, session, person)),
    ...world.rooms.filter(({ saved }) => saved).map((room) => roomEntry(account, session, room)),
  ];
  return ret(0, { MemberCount: members.length, MemberList: members, Seq: 0 });
});

/** webwxbatchgetcontact: people and rooms by id; of ids of another login nothing is known. */
export const batchGetContact: Handler = inSession(({ json }, { account }, session) => {
  const found = (json.List as { UserName: string }[]).flatMap(({ UserName }) => {
    if (!UserName.startsWith('@')) return [specialPayload(UserName)];
    const chat = account.byId(UserName, session);
    return chat ? [contactPayload(account, session, chat)] : [];
  });
  return ret(0, { Count: found.length, ContactList: found });
});

/** webwxoplog: sets a remark name, or says so and does nothing. */
export const opLog: Handler = inSession(({ json }, { account }, session) => {
  const person = account.byId(json.UserName, session);
  if (json.CmdId === 2 && person && !isRoom(person) && account.world.remarksCanBeSet) {
    person.remark = json.RemarkName ?? '';
    account.tell((each) => ({ contact: contactPayload(account, each, person) }));
  }
  return ret(0);
});

/** webwxverifyuser: a friend request is accepted; the ticket must be that of the request. */
export const verifyUser: Handler = inSession(({ json }, { account }, session) => {
  const [{ Value, VerifyUserTicket }] = json.VerifyUserList;
  const person = account.byId(Value, session);
  if (!person || isRoom(person) || VerifyUserTicket !== ticketOf(person.key)) return ret(-1);
  person.friend = true;
  account.tell((each) => ({ contact: contactPayload(account, each, person) }));
  account.tell((each) => ({
    message: messagePayload(account, {
      FromUserName: account.idOf(person, each),
      ToUserName: account.idOf(account.world.self, each),
      MsgType: 10000,
      Content: `你已添加了${person.nickname}，现在可以开始聊天了。`,
    }),
  }));
  return ret(0);
});

/** The ticket of somebody's friend request. */
export const ticketOf = (key: string) => `v2_${key}@stranger`;

/** webwxupdatechatroom: the topic, or members. */
export const updateChatroom: Handler = inSession(({ json, query }, { account }, session) => {
  const room = account.byId(json.ChatRoomName, session);
  if (!room || !isRoom(room)) return ret(-1);
  if (query.get('fun') === 'modtopic') room.topic = json.NewTopic;
  if (query.get('fun') === 'delmember')
    room.members = room.members.filter(({ person }) => account.idOf(person, session) !== json.DelMemberList);
  account.tell((each) => ({ contact: contactPayload(account, each, room) }));
  return ret(0, { MemberCount: 0, MemberList: [] });
});
