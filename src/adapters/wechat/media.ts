import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Message as WechatyMessage } from 'wechaty';
import type { Message } from '../../desk/kernel/message.ts';
import type { Log } from '../../desk/kernel/ports.ts';

/** The picture or file of a message, saved below `folder`; a message whose file cannot be fetched is heard all the same. */
export async function fileOf(heard: WechatyMessage, kind: Message['kind'], folder: string, log: Log): Promise<{ file?: string }> {
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
