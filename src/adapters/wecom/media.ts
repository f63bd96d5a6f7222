import { createDecipheriv } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Message } from '../../desk/kernel/message.ts';
import type { Log } from '../../desk/kernel/ports.ts';
import { plainFile } from '../../domain/content/received-file.ts';

/** So large a file may be, in bytes. */
const largest = 25_000_000;
const blockBytes = 32;

/** A picture or file that somebody sent: where it lies for five minutes, and the key with which it was closed (base64). */
export interface Enclosure {
  readonly url: string;
  readonly key: string;
}

/** Fetches what lies at an address; undefined when it is more than so many bytes. */
export type Fetch = (url: string, most: number) => Promise<Uint8Array | undefined>;

type Kept = Pick<Message, 'file' | 'bytes' | 'unkept'>;

/** A picture or file, saved below `folder` as `name` without where and when it was taken; one that cannot be fetched or opened is left. */
export async function savedEnclosure(
  { url, key }: Enclosure,
  name: string,
  { folder, fetch, log }: { readonly folder: string; readonly fetch: Fetch; readonly log: Log },
): Promise<Kept> {
  try {
    const closed = await fetch(url, largest + blockBytes);
    if (!closed) return { unkept: 'large' };
    const plain = plainFile(opened(closed, key));
    if (!plain) return { unkept: 'kind' };
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = `${name.replace(/[^A-Za-z0-9-]/g, '')}${plain.ending}`;
    await writeFile(join(folder, file), plain.bytes, { mode: 0o600 });
    return { file, bytes: plain.bytes.length };
  } catch (error) {
    // Not the error itself: it may hold the address.
    log.warn({ message: name, reason: (error as Error).name }, 'a picture or file could not be saved');
    return {};
  }
}

/**
 * AES-256-CBC, the first 16 bytes of the key before it, filled up to whole 32 bytes (PKCS#7), which Node does not take off by itself.
 * @throws Error when the key does not fit
 */
export function opened(closed: Uint8Array, key: string): Uint8Array {
  const secret = Buffer.from(key, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', secret, secret.subarray(0, 16));
  decipher.setAutoPadding(false);
  const filled = Buffer.concat([decipher.update(closed), decipher.final()]);
  const fill = filled.at(-1) ?? 0;
  const isFilled = fill >= 1 && fill <= blockBytes && fill <= filled.length;
  if (!isFilled || !filled.subarray(-fill).every((byte) => byte === fill)) throw new Error('the key does not open it');
  return new Uint8Array(filled.subarray(0, filled.length - fill));
}

const patienceMs = 60_000;

/** Over HTTPS; on this machine also without. */
export const fetchFile: Fetch = async (url, most) => {
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'https:' && hostname !== '127.0.0.1') throw new Error('not by HTTPS');
  const answer = await globalThis.fetch(url, { signal: AbortSignal.timeout(patienceMs) });
  if (!answer.ok || !answer.body) throw new Error(`answered ${answer.status}`);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body as unknown as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > most) return undefined;
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
};
