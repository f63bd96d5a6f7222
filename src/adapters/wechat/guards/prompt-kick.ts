import { sessionEnded, type WebClient } from './web-client.ts';

/**
 * wechat4u compares the server's "you are logged out" (a string) with a number by `===` (core.js, syncCheck) and so notices
 * only after three failures and a restart.
 */
export function noticeKick(client: WebClient): void {
  const syncCheck = client.syncCheck.bind(client);
  client.syncCheck = async () => {
    try {
      return await syncCheck();
    } catch (error) {
      if (sessionEnded(error) && client.state === client.CONF.STATE.login) client.stop();
      throw error;
    }
  };
}
