import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Vault } from '../../desk/kernel/ports.ts';

const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;
const version = 'v1';

/** The keys cannot be used; the message says why and what to do. */
export class KeyError extends Error {
  override readonly name = 'KeyError';
}

/**
 * A vault over 256-bit keys: AES-256-GCM, a fresh nonce each time (NIST SP 800-38D §8.2.2). It seals with the first key and opens
 * with whichever it was: a sealed text names its key by the beginning of the key's digest.
 */
export function createVault(keys: readonly Buffer[]): Vault {
  const [current] = keys;
  if (!current || keys.some((key) => key.length !== keyBytes)) throw new KeyError(`a key has ${keyBytes} bytes`);
  const named = new Map(keys.map((key) => [keyName(key), key]));
  return {
    seal(text) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', current, iv);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return [version, keyName(current), Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64')].join('.');
    },
    open(sealed) {
      const [form, name = '', body = ''] = sealed.split('.');
      const key = named.get(name);
      if (form !== version || !key) return undefined;
      const bytes = Buffer.from(body, 'base64');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
        decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
        return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
    digest: (text) => createHash('sha256').update(text).digest('hex'),
  };
}

/** A vault whose key is forgotten with the process: where nothing is kept. */
export function passingVault(): Vault {
  return createVault([randomBytes(keyBytes)]);
}

/**
 * The keys of a state: from the environment (DATA_KEY: base64, the current one first, older ones after commas), otherwise from a
 * file that only its owner can read, made with a fresh key when there is none.
 * @throws KeyError when they cannot be used
 */
export function readKeys(file: string, fromEnvironment: string | undefined): Buffer[] {
  if (fromEnvironment !== undefined) return parseKeys(fromEnvironment, 'DATA_KEY');
  if (!existsSync(file)) writeKeys(file, [randomBytes(keyBytes)]);
  return parseKeys(readFileSync(file, 'utf8'), file);
}

/** Puts a fresh key before the ones that are there. @returns all of them */
export function addKey(file: string): Buffer[] {
  const keys = [randomBytes(keyBytes), ...readKeys(file, undefined)];
  writeKeys(file, keys);
  return keys;
}

/** Keeps only these keys. The file is replaced as a whole and flushed: without its key what was sealed is lost. */
export function writeKeys(file: string, keys: readonly Buffer[]): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const handle = openSync(`${file}.new`, 'w', 0o600);
  writeFileSync(handle, `${keys.map((key) => key.toString('base64')).join(',\n')}\n`);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(`${file}.new`, file);
}

function parseKeys(text: string, where: string): Buffer[] {
  const keys = text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each) => Buffer.from(each, 'base64'));
  if (keys.length === 0 || keys.some((key) => key.length !== keyBytes))
    throw new KeyError(`${where} holds no usable key: each is ${keyBytes} bytes in base64 (make one: openssl rand -base64 32)`);
  return keys;
}

/** Not secret: tells which key it was, not the key. */
export function keyName(key: Buffer): string {
  return createHash('sha256').update('lianxinqiao key').update(key).digest('hex').slice(0, 8);
}
