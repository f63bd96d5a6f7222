import type { Chore } from '../kernel/chore.ts';
import type { Transaction } from '../kernel/ports.ts';
import { toStaff } from '../kernel/staff.ts';
import { queue } from '../sending/deliveries.ts';

/** Staff hear once of the rows that could not be read when the state was loaded and were put aside. */
export const damagedRows: Chore = {
  id: 'damaged',
  isDue: async (_app, _now, tx) => (await untold(tx)).length > 0,
  async run({ store, say, ids }, now) {
    await store.transaction(async (tx) => {
      const fresh = await untold(tx);
      if (fresh.length === 0) return;
      for (const row of fresh) await tx.put('damaged', { ...row, told: true });
      for (const reply of await toStaff(tx, say('trouble.damaged', { count: fresh.length }))) await queue(tx, ids, now, reply);
    });
  },
};

const untold = async (tx: Transaction) => (await tx.find('damaged')).filter(({ told }) => !told);
