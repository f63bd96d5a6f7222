import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import type { Secrets } from '../../desk/kernel/ports.ts';

const derive = promisify(scrypt) as (text: string, salt: string, length: number) => Promise<Buffer>;

/** Digests by scrypt with its usual cost (about 50 ms): whoever steals the store cannot try all PINs in passing. */
export const scryptSecrets: Secrets = {
  digest: async (text, salt) => (await derive(text, salt, 32)).toString('base64'),
};
