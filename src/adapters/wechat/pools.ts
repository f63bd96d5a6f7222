import type { Wechaty } from 'wechaty';

/**
 * Wechaty keeps every message, person and group that it ever made (user-mixins/poolify.ts), those of ended logins too.
 * @param all whether people and groups are let go as well, which after a login have other ids
 */
export function emptyPools(bot: Wechaty, all: boolean): void {
  const kinds = all ? [bot.Message, bot.Contact, bot.ContactSelf, bot.Room] : [bot.Message];
  for (const kind of kinds) (kind as unknown as { pool?: Map<string, unknown> }).pool?.clear();
}
