import type { WebClient, WebPuppet } from './web-client.ts';

/**
 * wechat4u never forgets a contact (nodeWechat/wechat4u#182): after another login every person and room is there twice, and
 * what is said to the dead one fails with "-1 == 0" (danni-cool/wechatbot-webhook#60). Forgotten before the next start, not at
 * the logout: whoever hears of the logout may still look somebody up, and waits 51 seconds for a contact that is not there.
 */
export function forgetAtStart(client: WebClient, puppet: WebPuppet): void {
  const start = client.start;
  client.start = () => {
    client.contacts = {};
    puppet.unknownContactId.length = 0;
    puppet.cache.clear();
    return start.call(client);
  };
}
