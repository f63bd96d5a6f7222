import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createVault, KeyError, readKeys } from '../adapters/system/vault.ts';
import type { Store, Vault } from '../desk/kernel/ports.ts';
import { eachTable } from '../desk/kernel/table.ts';
import type { Config } from './config.ts';

/** Where the keys of a state lie. */
export const keyFile = (folder: string) => join(folder, 'keys');

/** How a sealed text begins (adapters/system/vault.ts). */
const sealedText = /"v1\.[0-9a-f]{8}\./;

/**
 * The vault of a state. A key is made only where nothing is sealed yet: a new one would open none of it.
 * @throws KeyError
 */
export async function openVault(config: Pick<Config, 'DATA_KEY'>, folder: string, store: Store): Promise<Vault> {
  const file = keyFile(folder);
  if (config.DATA_KEY === undefined && !existsSync(file) && (await isSealed(store)))
    throw new KeyError(
      `${file} is missing, and the state holds sealed texts that no other key opens: put it back from where it was copied to (or set DATA_KEY); if it is lost for good, make a new one with rotate-key --lost`,
    );
  return createVault(readKeys(file, config.DATA_KEY));
}

function isSealed(store: Store): Promise<boolean> {
  return store.transaction(async (tx) => {
    for (const [name] of eachTable(tx.tables)) {
      for (const row of await tx.find(name)) if (sealedText.test(JSON.stringify(row))) return true;
      for (const month of await tx.archivedMonths(name))
        for (const row of await tx.archived(name, month, '"v1.')) if (sealedText.test(JSON.stringify(row))) return true;
    }
    return false;
  });
}
