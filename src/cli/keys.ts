import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVault, KeyError, keyName, readKeys } from '../adapters/system/vault.ts';
import type { Store, Transaction, Vault } from '../desk/kernel/ports.ts';
import { eachTable } from '../desk/kernel/table.ts';
import type { Config } from './config.ts';

/** Where the keys of a state lie. */
export const keyFile = (folder: string) => join(folder, 'keys');
/** The names of keys that are lost for good: what was sealed with them may stay unreadable. */
const lostFile = (folder: string) => join(folder, 'keys.lost');

/** How a sealed text begins, with the name of its key (adapters/system/vault.ts). */
const sealedText = /"v1\.([0-9a-f]{8})\./g;

/**
 * The vault of a state. A key is made only where nothing is sealed yet: a new one would open none of it, and neither would another community's.
 * @throws KeyError
 */
export async function openVault(config: Pick<Config, 'DATA_KEY'>, folder: string, store: Store): Promise<Vault> {
  const file = keyFile(folder);
  const back = 'put it back from where it was copied to (or set DATA_KEY); if it is lost for good, go on without it: rotate-key --lost';
  if (config.DATA_KEY === undefined && !existsSync(file) && (await isSealed(store)))
    throw new KeyError(`${file} is missing, and the state holds sealed texts that no other key opens: ${back}`);
  const keys = readKeys(file, config.DATA_KEY);
  const where = config.DATA_KEY === undefined ? file : 'DATA_KEY';
  if ((await wrongFor(folder, store, keys)).length > 0)
    throw new KeyError(`${where} is not the key of this state, it may be another community's: it opens none of the sealed texts; ${back}`);
  return createVault(keys);
}

/** Goes on without keys that are lost: what they sealed stays unreadable. @throws KeyError where none is missing */
export async function giveUpLostKeys(config: Pick<Config, 'DATA_KEY'>, folder: string, store: Store): Promise<void> {
  const file = keyFile(folder);
  const isMissing = config.DATA_KEY === undefined && !existsSync(file);
  const keys = readKeys(file, config.DATA_KEY);
  const lost = await wrongFor(folder, store, keys);
  if (!isMissing && lost.length === 0) throw new KeyError('there is a key that opens what is sealed: --lost is for where there is none');
  writeFileSync(lostFile(folder), `${[...givenUp(folder), ...lost].join('\n')}\n`, { mode: 0o600 });
}

/** The names of the keys that would be needed, where none of those that are there opens anything. */
async function wrongFor(folder: string, store: Store, keys: readonly Buffer[]): Promise<string[]> {
  const names = await store.transaction(sealingKeys);
  const there = keys.map(keyName);
  return names.some((name) => there.includes(name)) ? [] : names.filter((name) => !givenUp(folder).includes(name));
}

const givenUp = (folder: string): string[] =>
  existsSync(lostFile(folder)) ? readFileSync(lostFile(folder), 'utf8').split('\n').filter(Boolean) : [];

/** The names of the keys with which something at hand is sealed. */
async function sealingKeys(tx: Transaction): Promise<string[]> {
  const names = new Set<string>();
  for (const [table, { row }] of eachTable(tx.tables)) {
    if (!('shape' in row && 'sealed' in (row.shape as object))) continue;
    for (const each of await tx.find(table)) for (const [, name = ''] of JSON.stringify(each).matchAll(sealedText)) names.add(name);
  }
  return [...names];
}

/** Whether anything is sealed, here or in the archive. */
function isSealed(store: Store): Promise<boolean> {
  return store.transaction(async (tx) => {
    for (const [name] of eachTable(tx.tables)) {
      for (const row of await tx.find(name)) if (JSON.stringify(row).search(sealedText) >= 0) return true;
      for (const month of await tx.archivedMonths(name))
        for (const row of await tx.archived(name, month, '"v1.')) if (JSON.stringify(row).search(sealedText) >= 0) return true;
    }
    return false;
  });
}
