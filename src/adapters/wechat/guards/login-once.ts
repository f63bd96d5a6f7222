import type { WebPuppet } from './web-client.ts';

/**
 * A reconnection logs in again, and the puppet throws "must logout first before login again!" out of an event handler
 * (wechaty-puppet, login-mixin). The same account again is no news; another one ends the session before.
 */
export function loginOnce(puppet: WebPuppet): void {
  const login = puppet.login.bind(puppet);
  puppet.login = async (self) => {
    if (puppet.isLoggedIn && puppet.currentUserId === self) return;
    if (puppet.isLoggedIn) await puppet.logout('another login');
    login(self);
  };
}
