import { openMemoryStore } from '../../src/adapters/store/memory.ts';
import { storeContract } from './contract.ts';

storeContract('memory', { open: async () => openMemoryStore() });
