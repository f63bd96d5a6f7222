import type { Wechaty } from 'wechaty';
import type { payloads } from 'wechaty-puppet';
import type { RawMessage } from './guards/web-client.ts';

/** What a puppet knows now. Wechaty's interface hides it behind copies that stay as they were seen first (cache-agent.ts). */
interface RawPuppet {
  contactRawPayload(id: string): Promise<unknown>;
  contactRawPayloadParser(raw: unknown): Promise<payloads.Contact>;
  roomRawPayload(id: string): Promise<unknown>;
  roomRawPayloadParser(raw: unknown): Promise<payloads.Room>;
  messageRawPayload(id: string): Promise<unknown>;
}

const rawPuppet = (bot: Wechaty) => bot.puppet as unknown as RawPuppet;

export async function freshContact(bot: Wechaty, id: string): Promise<payloads.Contact> {
  const puppet = rawPuppet(bot);
  return puppet.contactRawPayloadParser(await puppet.contactRawPayload(id));
}

export async function freshRoom(bot: Wechaty, id: string): Promise<payloads.Room> {
  const puppet = rawPuppet(bot);
  return puppet.roomRawPayloadParser(await puppet.roomRawPayload(id));
}

/** A message as web WeChat delivered it; only of a puppet whose profile says `webRaw`. */
export async function rawMessage(bot: Wechaty, id: string): Promise<RawMessage> {
  return (await rawPuppet(bot).messageRawPayload(id)) as RawMessage;
}
