import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Message } from '../../desk/kernel/message.ts';
import { plainFile } from '../../domain/content/received-file.ts';
import type { Client, Upload } from './client.ts';

/** Tencent's page says 10 MB, and 2 MB on the same page: below both. */
const largestPicture = 2_000_000;
/** So large a picture of a resident may be, in bytes. */
const largestReceived = 25_000_000;

const pictureTypes: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
};

/** A picture as followers can be sent it; undefined: a file of another kind, or too large, which the platform does not take. */
export async function pictureIn(folder: string, file: string): Promise<Upload | undefined> {
  const type = pictureTypes[extname(file).toLowerCase()];
  if (type === undefined) return undefined;
  const bytes = await readFile(join(folder, file));
  return bytes.length > largestPicture ? undefined : { name: `picture${extname(file).toLowerCase()}`, type, bytes: Uint8Array.from(bytes) };
}

/** Hands a picture to WeChat for three days. @returns the id it is sent by @throws ApiError */
export async function uploadPicture(client: Client, picture: Upload): Promise<string> {
  const { media_id } = await client.upload('/cgi-bin/media/upload', { type: 'image' }, picture);
  return String(media_id);
}

/** What became of a picture that somebody sent: where it lies and how large it is, or why it is not kept. */
export type Kept = Pick<Message, 'file' | 'bytes' | 'unkept'>;

/**
 * Fetches a picture at once: in three days it is gone. It is kept without where and when it was taken.
 * @param name what its file is called, without an ending
 * @throws ApiError
 */
export async function fetchPicture(client: Client, mediaId: string, folder: string, name: string): Promise<Kept> {
  const bytes = await client.download('/cgi-bin/media/get', { media_id: mediaId }, largestReceived);
  return bytes ? keepPicture(bytes, folder, name) : { unkept: 'large' };
}

/** Keeps a picture without where and when it was taken. @param name what its file is called, without an ending */
export async function keepPicture(bytes: Uint8Array, folder: string, name: string): Promise<Kept> {
  const plain = plainFile(bytes);
  if (!plain) return { unkept: 'kind' };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = `${name.replace(/[^A-Za-z0-9-]/g, '')}${plain.ending}`;
  await writeFile(join(folder, file), plain.bytes, { mode: 0o600 });
  return { file, bytes: plain.bytes.length };
}
