import type { Health } from '../pulse.ts';
import type { WebPuppet } from './web-client.ts';

/** How the connection of web WeChat is: the puppet's own heartbeat says "well" whatever happens. */
export function healthOf({ wechat4u: client }: WebPuppet): Health {
  if (!client) return { loggedIn: false, lastSync: 0 };
  return { loggedIn: client.state === client.CONF.STATE.login, lastSync: client.lastSyncTime };
}
