import { type Handler, inSession, loggedOut, ret } from './call.ts';
import { contactPayload, messagePayload, specialPayload } from './payloads.ts';
import { syncKey } from './sync.ts';

/** webwxinit: the account itself, its recent chats, and where to sync from: after a resume, where the client stood. */
export const init: Handler = ({ session, json }, { account }) => {
  // Whoever was refused at the login page comes without a session at all.
  if (!session?.alive) return ret(json?.BaseRequest?.Sid ? loggedOut : 1);
  session.heard = 0;
  const { world } = account;
  const recent = world.rooms.filter((room) => room.recent).map((room) => contactPayload(account, session, room));
  return ret(0, {
    Count: recent.length + 1,
    ContactList: [specialPayload('filehelper'), ...recent],
    SyncKey: syncKey(session),
    User: { ...contactPayload(account, session, world.self), Uin: Number(session.uin) },
    SKey: session.skey,
    SystemTime: Math.floor(world.clock.now().getTime() / 1000),
  });
};

/** webwxstatusnotify: at the start the phone answers with the list of its recent chats. */
export const statusNotify: Handler = inSession(({ json }, { account }) => {
  if (json.Code === 3) {
    account.tell((session) => {
      const self = account.idOf(account.world.self, session);
      const chats = account.world.rooms.filter((room) => room.recent).map((room) => account.idOf(room, session));
      return {
        message: messagePayload(account, {
          FromUserName: self,
          ToUserName: self,
          MsgType: 51,
          StatusNotifyCode: 4,
          StatusNotifyUserName: ['filehelper', ...chats].join(','),
          Content: "&lt;msg&gt;<br/>&lt;op id='4'&gt;<br/>&lt;username&gt;filehelper&lt;/username&gt;<br/>&lt;/op&gt;<br/>&lt;/msg&gt;",
        }),
      };
    });
  }
  return ret(0, { MsgID: String(account.world.count()) });
});
