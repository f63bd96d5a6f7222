import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Message as WechatyMessage } from 'wechaty';
import type { Message } from '../../desk/kernel/message.ts';
import type { Log } from '../../desk/kernel/ports.ts';
import { plainFile } from '../../domain/content/received-file.ts';

/** So large a file may be, in bytes. */
const largest = 25_000_000;

/** What became of a file: where it lies and how large it is, or why it is not kept. */
type Kept = Pick<Message, 'file' | 'bytes' | 'unkept'>;

/**
 * The picture or file of a message, saved below `folder` without where and when it was taken; a message whose file cannot be fetched, or is none
 * that is kept, is heard all the same.
 */
export async function savedFile(heard: WechatyMessage, folder: string, log: Log): Promise<Kept> {
  try {
    const bytes = await fetched(heard);
    if (!bytes) return { unkept: 'large' };
    const plain = plainFile(bytes);
    if (!plain) return { unkept: 'kind' };
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = `${heard.id.replace(/[^A-Za-z0-9-]/g, '')}${plain.ending}`;
    await writeFile(join(folder, file), plain.bytes, { mode: 0o600 });
    return { file, bytes: plain.bytes.length };
  } catch (error) {
    log.warn({ message: heard.id, err: error }, 'a picture or file could not be saved');
    return {};
  }
}

/** The bytes of a message's file; undefined when they are too many: then the rest is not fetched. */
async function fetched(heard: WechatyMessage): Promise<Uint8Array | undefined> {
  const stream = await (await heard.toFileBox()).toStream();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += (chunk as Buffer).length;
    if (size > largest) return undefined;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
