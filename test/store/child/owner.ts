/**
 * A process that owns a community as soon as it can, and writes without a pause. Arguments: address, community, lease in milliseconds. It tells
 * its parent what is acknowledged, and what it says to people: only while it is sure to be the owner.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openPostgresStore } from '../../../src/adapters/store/postgres.ts';
import { openPostgres } from '../../../src/adapters/store/postgres-client.ts';
import { silentLog as log } from '../../../src/adapters/system/log.ts';
import type { Store } from '../../../src/desk/kernel/ports.ts';

export type Told =
  | { readonly event: 'owns' | 'refused' | 'lost' }
  | { readonly event: 'kept'; readonly number: number; readonly id: string }
  /** `at`: nanoseconds on the clock of the machine, which all of its processes share; what two tell reaches their parent in any order. */
  | { readonly event: 'said'; readonly at: bigint };

const [url = '', community = '', lease = ''] = process.argv.slice(2);
const leaseMs = Number(lease);
const writers = 20;
const tell = (told: Told): void => void process.send?.(told);
process.once('disconnect', () => process.exit());

const database = openPostgres({ url, log, leaseMs });
let store: Store | undefined;
while (!store) {
  store = await openPostgresStore({ database, community, leaseMs, log }).catch(() => undefined);
  if (!store) await sleep(100);
}
tell({ event: 'owns' });
void store.ownership?.lost.then(() => {
  tell({ event: 'lost' });
  process.exit(75);
});

async function write(owned: Store, writer: number): Promise<void> {
  for (let count = 0; ; count++) {
    const id = `${process.pid}-${writer}-${count}`;
    try {
      const number = await owned.transaction(async (tx) => {
        await tx.insert('heard', { id, at: '2026-11-23T00:00:00.000Z' });
        return tx.next('n');
      });
      tell({ event: 'kept', number, id });
      const at = process.hrtime.bigint();
      if (owned.ownership?.isSure()) tell({ event: 'said', at });
    } catch {
      tell({ event: 'refused' });
      await sleep(100);
    }
  }
}
await Promise.all(Array.from({ length: writers }, (_, writer) => write(store, writer)));
