import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Texts are padded to a multiple of so many bytes. */
const block = 32;
const randomLength = 16;
const headLength = randomLength + 4;

/** A text as it was opened, and the key that opened it: it is answered with the same. */
export interface Opened {
  readonly text: string;
  readonly key: Buffer;
}

/** The key that an `EncodingAESKey` (43 characters) stands for: 32 bytes. */
export function keyOf(encoded: string): Buffer {
  return Buffer.from(`${encoded}=`, 'base64');
}

/**
 * Opens what WeChat encrypted for an account. After a change at the platform the previous key is tried too.
 * @returns undefined when no key fits, the padding is wrong, or it is meant for another account: nobody is told which
 */
export function openSealed(sealed: string, keys: readonly Buffer[], appId: string): Opened | undefined {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length === 0 || bytes.length % block !== 0) return undefined;
  for (const key of keys) {
    const text = textIn(decrypted(bytes, key), appId);
    if (text !== undefined) return { text, key };
  }
  return undefined;
}

/** Encrypts a text for WeChat: 16 random bytes, its length, itself, the account, padded to 32 bytes. */
export function seal(text: string, key: Buffer, appId: string, random = randomBytes(randomLength)): string {
  const words = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(words.length);
  const plain = Buffer.concat([random, length, words, Buffer.from(appId)]);
  const pad = block - (plain.length % block);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(pad, pad)), cipher.final()]).toString('base64');
}

function decrypted(bytes: Buffer, key: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([decipher.update(bytes), decipher.final()]);
}

function textIn(padded: Buffer, appId: string): string | undefined {
  const pad = padded.at(-1) ?? 0;
  if (pad < 1 || pad > block || !padded.subarray(-pad).every((byte) => byte === pad)) return undefined;
  const plain = padded.subarray(0, -pad);
  if (plain.length < headLength) return undefined;
  const end = headLength + plain.readUInt32BE(randomLength);
  if (end > plain.length || plain.subarray(end).toString() !== appId) return undefined;
  return plain.subarray(headLength, end).toString();
}
