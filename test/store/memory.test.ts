import { createEngine, type Disk } from '../../src/adapters/store/engine.ts';
import { createFold } from '../../src/adapters/store/fold.ts';
import { createMemoryDisk, openMemoryStore } from '../../src/adapters/store/memory.ts';
import { emptyDump, loadRows } from '../../src/adapters/store/rows.ts';
import { storeContract } from './contract.ts';

storeContract('memory', { open: async () => openMemoryStore() });

// What an engine tells its disk is all that the next one has.
let fold = createFold();
let disk: Disk;
storeContract('memory that is opened again', {
  async open() {
    fold = createFold();
    disk = createMemoryDisk((changes) => fold.add(changes));
    return createEngine(loadRows(emptyDump(0)), disk);
  },
  async reopen(store) {
    await store.close();
    return createEngine(loadRows(fold.dump(0)), disk);
  },
});
