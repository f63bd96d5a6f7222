import { parseArgs } from 'node:util';
import { silentLog } from '../adapters/system/log.ts';
import { addKey, createVault, KeyError, readKeys, writeKeys } from '../adapters/system/vault.ts';
import { chosenCommunity } from './communities.ts';
import { communityOptions, openStore } from './community.ts';
import { giveUpLostKeys, keyFile, openVault } from './keys.ts';

/**
 * `rotate-key [--community ID]`: seals everything anew with a fresh key (or, when DATA_KEY is set, with the first of
 * its keys) and forgets the old ones. The bot must be stopped. Backups made before need the old key: it is printed nowhere, so copy
 * the file first if they shall stay readable.
 * `--lost`: the key is gone for good; where there is none a new one is made, and what was sealed with the old one stays unreadable.
 */
export async function rotateKey(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { ...communityOptions, lost: { type: 'boolean', default: false } } });
  const { config, community } = chosenCommunity(process.env, values);
  const { folder } = community;
  const store = await openStore(community, silentLog);
  try {
    if (values.lost) {
      await giveUpLostKeys(config, folder, store);
      process.stdout.write('what was sealed with a key that is lost stays unreadable; what is sealed from now on is not\n');
      return;
    }
    await openVault(config, folder, store);
    const keys = config.DATA_KEY === undefined ? addKey(keyFile(folder)) : readKeys(keyFile(folder), config.DATA_KEY);
    const vault = createVault(keys);
    const resealed = (id: string, sealed: string) => {
      const text = vault.open(sealed);
      if (text === undefined)
        throw new KeyError(`${id} was sealed with a key that is not there; nothing was changed, and no key was dropped`);
      return vault.seal(text);
    };
    const count = await store.transaction(async (tx) => {
      const originals = await tx.find('originals');
      for (const row of originals) await tx.put('originals', { ...row, sealed: resealed(row.id, row.sealed) });
      const reminders = await tx.find('reminders');
      for (const row of reminders) await tx.put('reminders', { ...row, sealed: resealed(row.id, row.sealed) });
      const caseKeys = await tx.find('caseKeys');
      for (const row of caseKeys) await tx.put('caseKeys', { ...row, sealed: resealed(row.id, row.sealed) });
      const deliveries = (await tx.find('deliveries')).filter(({ sealed }) => sealed);
      for (const row of deliveries) await tx.put('deliveries', { ...row, text: resealed(row.id, row.text) });
      return originals.length + reminders.length + caseKeys.length + deliveries.length;
    });
    if (config.DATA_KEY === undefined) writeKeys(keyFile(folder), keys.slice(0, 1));
    process.stdout.write(`${count} sealed texts are under the new key\n`);
  } finally {
    await store.close();
  }
}
