import type { Store } from '../../desk/kernel/ports.ts';
import { type Archived, concerns, createEngine, type Disk } from './engine.ts';
import { type Dump, emptyDump, loadRows, type Row } from './rows.ts';

/** A store that keeps nothing: for tests, `ask`, and `converse` without --state; over the rows of a dump, if one is given. */
export function openMemoryStore(dump: Dump = emptyDump(0)): Store {
  let archive: Archived[] = [];
  const disk: Disk = {
    write: async () => undefined,
    appendArchive: async (entries) => void archive.push(...entries),
    async readArchive(table, month, holding = '') {
      const rows = archive.filter((entry) => entry.table === table && entry.month === month).map(({ row }) => row);
      return latestOfEach(rows.filter((row) => JSON.stringify(row).includes(holding)));
    },
    archiveMonths: async (table) => [...new Set(archive.filter((entry) => entry.table === table).map(({ month }) => month))].sort(),
    async amendArchive(amendment) {
      archive = archive.flatMap((entry) => {
        if (entry.table !== amendment.table || !concerns(amendment, JSON.stringify(entry.row))) return [entry];
        const row = amendment.change(structuredClone(entry.row));
        return row ? [{ ...entry, row }] : [];
      });
    },
    close: async () => undefined,
  };
  return createEngine(loadRows(dump), disk, dump.version);
}

/** A row archived twice (a crash between archive and commit) counts once, as it was last. */
export function latestOfEach(rows: readonly Row[]): Row[] {
  const latest = new Map(rows.map((row) => [row.id, row]));
  return [...latest.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).map((row) => structuredClone(row));
}
