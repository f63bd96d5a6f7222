import { createHash } from 'node:crypto';
import { SendError } from '../../desk/kernel/accounts.ts';
import type { Connection } from './connection.ts';

/** In bytes: a part of an upload, a picture, and any file (Tencent's page of 2026-04-01, as others quote it). */
const partBytes = 512 * 1024;
const largestPicture = 10_000_000;
const largestFile = 20_000_000;

export interface Uploaded {
  readonly type: 'image' | 'file';
  readonly mediaId: string;
}

/**
 * Hands a file to the service, in parts, to be sent by its id; it keeps it for three days. What is no picture that it shows goes as a file.
 * @throws SendError when it is too large or not taken: nothing has arrived at anybody
 */
export async function upload(connection: Connection, name: string, bytes: Uint8Array): Promise<Uploaded> {
  const type = /\.(?:png|jpe?g)$/i.test(name) && bytes.length <= largestPicture ? 'image' : 'file';
  if (bytes.length > largestFile || bytes.length === 0) throw new SendError('企业微信 takes no file of this size', true);
  const parts = Math.ceil(bytes.length / partBytes);
  const md5 = createHash('md5').update(bytes).digest('hex');
  const about = { type, filename: name, total_size: bytes.length, total_chunks: parts, md5 };
  try {
    const { upload_id } = await connection.ask('aibot_upload_media_init', about);
    for (let index = 0; index < parts; index++) {
      const part = Buffer.from(bytes.subarray(index * partBytes, (index + 1) * partBytes)).toString('base64');
      await connection.ask('aibot_upload_media_chunk', { upload_id, chunk_index: index, base64_data: part });
    }
    const { media_id } = await connection.ask('aibot_upload_media_finish', { upload_id });
    if (typeof media_id !== 'string' || media_id === '') throw new SendError('the upload has no id', true);
    return { type, mediaId: media_id };
  } catch (error) {
    // An upload shows nothing to anybody, whatever became of it.
    throw new SendError((error as Error).message, true);
  }
}
