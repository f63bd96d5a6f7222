import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Message as WechatyMessage } from 'wechaty';
import * as PUPPET from 'wechaty-puppet';
import type { Message } from '../app/message.ts';
import type { Log } from '../app/ports.ts';
import type { Directory } from './directory.ts';

export interface InboundOptions {
  readonly directory: Directory;
  /** The name by which people call the bot in groups. */
  readonly botName: string;
  /** Where pictures and files are saved. */
  readonly mediaFolder: string;
}

const Type = PUPPET.types.Message;

const kinds: Partial<Record<PUPPET.types.Message, Message['kind']>> = {
  [Type.Text]: 'text',
  [Type.Image]: 'image',
  [Type.Attachment]: 'file',
  [Type.Video]: 'file',
  [Type.Audio]: 'voice',
  [Type.Emoticon]: 'sticker',
};

/** A message of Wechaty in our terms; undefined for what is nobody's word: the bot's own, the system's, recalls, official accounts. */
export async function toMessage(heard: WechatyMessage, options: InboundOptions, log: Log): Promise<Message | undefined> {
  const kind = kinds[heard.type()];
  const talker = heard.talker();
  if (kind === undefined || heard.self() || talker.type() === PUPPET.types.Contact.Official) return undefined;
  const room = heard.room();
  const person = await options.directory.person(talker.id, { name: talker.name(), reachable: room ? talker.friend() === true : true });
  const text = kind === 'text' ? heard.text() : '';
  const common = { id: heard.id, person, kind, ...(await fileOf(heard, kind, options.mediaFolder, log)) };
  if (!room) return { ...common, text, addressed: true };

  const named = new RegExp(`[@＠]\\s*${literally(options.botName)}(?:[\\s\\u2005:：,，]|$)?`, 'gu');
  const addressed = named.test(text) || (await heard.mentionSelf());
  return {
    ...common,
    room: await options.directory.room(room.id, { name: await room.topic() }),
    text: text.replace(named, ' ').trim(),
    addressed,
  };
}

/** The picture or file, saved; a message whose file cannot be fetched is heard all the same. */
async function fileOf(heard: WechatyMessage, kind: Message['kind'], folder: string, log: Log): Promise<{ file?: string }> {
  try {
    return await savedFile(heard, kind, folder);
  } catch (error) {
    log.warn({ message: heard.id, err: error }, 'a picture or file could not be saved');
    return {};
  }
}

async function savedFile(heard: WechatyMessage, kind: Message['kind'], folder: string): Promise<{ file?: string }> {
  if (kind !== 'image' && kind !== 'file') return {};
  const box = await heard.toFileBox();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // The name comes from outside: only its ending is kept.
  const ending = /\.[A-Za-z0-9]{1,5}$/.exec(box.name)?.[0] ?? '';
  const file = `${heard.id.replace(/[^A-Za-z0-9-]/g, '')}${ending}`;
  await box.toFile(join(folder, file), true);
  return { file };
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
