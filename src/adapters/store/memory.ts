import type { Store } from '../../desk/kernel/ports.ts';
import { type Archived, concerns, createEngine, type Disk } from './engine.ts';
import { type Changes, type Dump, emptyDump, loadRows, type Row } from './rows.ts';

/** A store that keeps nothing: for tests, `ask`, and `converse` without --state; over the rows of a dump, if one is given. */
export function openMemoryStore(dump: Dump = emptyDump(0)): Store {
  return createEngine(loadRows(dump), createMemoryDisk());
}

/** A disk that lasts as long as the process. @param keep is told of all changes of rows and counters */
export function createMemoryDisk(keep: (changes: Changes) => void = () => undefined): Disk {
  let archive: Archived[] = [];
  return {
    async commit({ changes, archived, amendments }) {
      keep(changes);
      archive.push(...archived);
      for (const amendment of amendments) {
        archive = archive.flatMap((entry) => {
          if (entry.table !== amendment.table || !concerns(amendment, JSON.stringify(entry.row))) return [entry];
          const row = amendment.change(structuredClone(entry.row));
          return row ? [{ ...entry, row }] : [];
        });
      }
    },
    async readArchive(table, month, holding = '') {
      const rows = archive.filter((entry) => entry.table === table && entry.month === month).map(({ row }) => row);
      return latestOfEach(rows.filter((row) => JSON.stringify(row).includes(holding)));
    },
    archiveMonths: async (table) => [...new Set(archive.filter((entry) => entry.table === table).map(({ month }) => month))].sort(),
    close: async () => undefined,
  };
}

/** A row archived twice (a crash between archive and commit) counts once, as it was last. */
export function latestOfEach(rows: readonly Row[]): Row[] {
  const latest = new Map(rows.map((row) => [row.id, row]));
  return [...latest.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).map((row) => structuredClone(row));
}
