import { type Backend, type Call, type Handler, inSession, ret } from './call.ts';
import { messagePayload } from './payloads.ts';
import { type Chat, isRoom, type Sent } from './world.ts';

/** webwxsendmsg */
export const sendText: Handler = sending(({ json }) => ({ text: json.Msg.Content }));

/** webwxsendmsgimg, webwxsendvideomsg, webwxsendemoticon */
export const sendMedia: Handler = sending(({ json }, { media }) => fileOf(media.get(json.Msg.MediaId)));

/** webwxsendappmsg: a file, named within XML. */
export const sendFile: Handler = sending(({ json }, { media }) => {
  const id = /<attachid>(.*?)<\/attachid>/.exec(json.Msg.Content)?.[1];
  return fileOf(media.get(id ?? ''));
});

const fileOf = (file: { name: string; bytes: Buffer } | undefined) => (file ? { file } : undefined);

type What = Pick<Sent, 'text' | 'file'>;

/** Takes down what is sent, unless it is sent too often (1205), or to an id of another login or with nothing in it (-1). */
function sending(whatOf: (call: Call, backend: Backend) => What | undefined): Handler {
  return inSession((call, backend, session) => {
    const { account, faults } = backend;
    if (faults.limited) return ret(1205);
    const to = account.byId(call.json.Msg.ToUserName, session);
    const what = whatOf(call, backend);
    if (!to || !what) return ret(-1);
    const delivered = isRoom(to) || to.friend || to === account.world.self;
    const record = { to, ...what, at: account.world.clock.now(), delivered };
    account.world.sent.push(record);
    account.world.onSent(record);
    if (!delivered) youAreNoFriend(backend, to);
    account.world.signal.changed();
    return ret(0, { MsgID: `88${account.world.count()}`, LocalID: String(call.json.Msg.LocalID) });
  });
}

/** The grey line that the phone shows when a message to somebody who is no friend is not delivered. */
function youAreNoFriend({ account }: Backend, to: Chat): void {
  const name = isRoom(to) ? to.topic : to.nickname;
  account.tell((session) => ({
    message: messagePayload(account, {
      FromUserName: account.idOf(to, session),
      ToUserName: account.idOf(account.world.self, session),
      MsgType: 10000,
      Content: `${name}开启了朋友验证，你还不是他（她）朋友。请先发送朋友验证请求，对方验证通过后，才能聊天。`,
    }),
  }));
}

/** webwxrevokemsg: accepted, and nothing more. */
export const revoke: Handler = inSession(() => ret(0));
