import type { WebClient } from './web-client.ts';

const text = 1;

/**
 * Words at which the layers below do something else than hand over a text, whoever wrote them:
 * - three moons with sun faces (🌚 🌝) log the account out, and so does "退出wechat4u" (wechat4u, wechat.js, handleMsg);
 * - what reads like a notice of friendship, a pasted invitation or a change of a group's name becomes an event, and the text is
 *   lost (wechaty-puppet-wechat4u, events/: they do not look at the type of the message).
 */
const magic =
  /\u{1F31A}|退出wechat4u|可以开始聊天了|开启了朋友验证|just added you to|enabled Friend Confirmation|as your WeChat contact|accepted your friend request|邀请你加入群聊|Group Chat Invitation|修改群名为|changed the group name/u;

/** Hides such words from them. They stay in `OriginalContent`, from which the text is read. */
export function keepText(client: WebClient): void {
  const { Message } = client;
  const extend = Message.extend;
  Message.extend = (raw) => {
    const message = extend(raw);
    if (message.MsgType === text && magic.test(message.Content)) message.Content = '';
    return message;
  };
}
