import type { Room, Wechaty, Message as WechatyMessage } from 'wechaty';
import * as PUPPET from 'wechaty-puppet';
import type { Message } from '../../desk/kernel/message.ts';
import type { Log } from '../../desk/kernel/ports.ts';
import { quotes, withoutQuote } from '../../domain/words/quotation.ts';
import { readAddress } from './addressed.ts';
import type { Eyes } from './eyes.ts';
import { savedFile } from './media.ts';
import type { Profile } from './profile.ts';
import { rawMessage } from './raw-puppet.ts';
import { readRaw } from './raw-text.ts';

export interface InboundOptions {
  readonly eyes: Eyes;
  readonly profile: Profile;
  /** The name by which people call the bot in groups. */
  readonly botName: () => string;
  /** Where pictures and files are saved. */
  readonly mediaFolder: string;
  /** Whether a file of somebody is to be fetched at all. */
  readonly receives: (from: Pick<Message, 'person' | 'room'>) => Promise<'yes' | 'no' | 'many'>;
}

const Type = PUPPET.types.Message;

const kinds: Partial<Record<PUPPET.types.Message, Message['kind']>> = {
  [Type.Text]: 'text',
  [Type.Image]: 'image',
  [Type.Attachment]: 'file',
  [Type.Video]: 'file',
  [Type.Audio]: 'voice',
  [Type.Emoticon]: 'sticker',
  [Type.Url]: 'other',
  [Type.MiniProgram]: 'other',
  [Type.Contact]: 'other',
  [Type.Location]: 'other',
  [Type.ChatHistory]: 'other',
};

/** What kind of word a message is; undefined for what is nobody's: the system's, recalls, notices. */
export const kindOf = (heard: WechatyMessage): Message['kind'] | undefined => kinds[heard.type()];

/** A message of Wechaty in our terms; undefined for what is nobody's word, and for official accounts. */
export async function toMessage(heard: WechatyMessage, bot: Wechaty, options: InboundOptions, log: Log): Promise<Message | undefined> {
  const kind = kindOf(heard);
  const talker = heard.talker();
  if (kind === undefined || talker.type() === PUPPET.types.Contact.Official) return undefined;
  const room = heard.room();
  const person = await options.eyes.person(talker, room === undefined);
  const from = { person, ...(room ? { room: await options.eyes.room(room) } : {}) };
  const text = kind === 'text' ? await textOf(heard, bot, options.profile) : '';
  const common = {
    id: heard.id,
    ...from,
    kind,
    ...(kind === 'image' || kind === 'file' ? await fileOf(heard, from, options, log) : {}),
  };
  if (!room) return { ...common, text, addressed: true };
  const address = readAddress(text, await namesIn(room, bot, options));
  // A mention in what is quoted was somebody else's.
  const addressed = address.addressed || (!quotes(heard.text()) && (await heard.mentionSelf()));
  return { ...common, text: address.text, addressed };
}

/** The picture or file of a message, where it concerns us: most of what is shown in groups does not, and is never fetched. */
async function fileOf(
  heard: WechatyMessage,
  from: Pick<Message, 'person' | 'room'>,
  { receives, mediaFolder }: InboundOptions,
  log: Log,
): Promise<Pick<Message, 'file' | 'bytes' | 'unkept'>> {
  const wanted = await receives(from);
  if (wanted === 'no') return {};
  return wanted === 'many' ? { unkept: 'many' } : savedFile(heard, mediaFolder, log);
}

/** What somebody typed, whole, without what is quoted. */
export async function textOf(heard: WechatyMessage, bot: Wechaty, profile: Profile): Promise<string> {
  const raw = profile.webRaw ? readRaw(await rawMessage(bot, heard.id)) : undefined;
  return raw ?? withoutQuote(heard.text());
}

/** Everything that the bot is called in a group. */
async function namesIn(room: Room, bot: Wechaty, { botName }: InboundOptions): Promise<string[]> {
  const self = bot.currentUser;
  return [botName(), self.name(), (await room.alias(self).catch(() => undefined)) ?? ''];
}
