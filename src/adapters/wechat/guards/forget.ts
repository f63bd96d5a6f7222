import type { WebClient, WebPuppet } from './web-client.ts';

/**
 * wechat4u never forgets a contact (nodeWechat/wechat4u#182): after another login every person and room is there twice, and
 * what is said to the dead one fails with "-1 == 0" (danni-cool/wechatbot-webhook#60). It also goes on asking "anything new?" with the
 * key of the login before (core.js, updateSyncKey), and may hear nothing for minutes. Forgotten before the next start, not at
 * the logout: whoever hears of the logout may still look somebody up, and waits 51 seconds for a contact that is not there.
 */
export function forgetAtStart(client: WebClient, puppet: WebPuppet): void {
  const start = client.start;
  client.start = () => {
    client.contacts = {};
    client.PROP.formatedSyncKey = '';
    puppet.unknownContactId.length = 0;
    puppet.cache.clear();
    return start.call(client);
  };
}
