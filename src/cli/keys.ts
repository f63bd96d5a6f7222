import { join } from 'node:path';
import { createVault, readKeys } from '../adapters/system/vault.ts';
import type { Vault } from '../desk/kernel/ports.ts';
import type { Config } from './config.ts';

/** Where the keys of a channel's state lie. */
export const keyFile = (folder: string) => join(folder, 'keys');

/** The vault of a channel's state. @throws KeyError */
export function openVault(config: Pick<Config, 'DATA_KEY'>, folder: string): Vault {
  return createVault(readKeys(keyFile(folder), config.DATA_KEY));
}
