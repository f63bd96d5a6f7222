import { inShanghai } from '../../domain/time/clock-time.ts';
import type { Transaction } from './ports.ts';
import type { TableName, Tables } from './table.ts';

/** Every archived row of a table in whose JSON `holding` stands. Slow: it is read from disk. */
export async function archivedRows<T extends TableName>(tx: Transaction, table: T, holding: string): Promise<Tables[T][]> {
  const months = await tx.archivedMonths(table);
  return (await Promise.all(months.map((month) => tx.archived(table, month, holding)))).flat();
}

/** The month of the archive to which a row of a moment (ISO time) goes: yyyy-MM in Shanghai. */
export function monthOf(at: string): string {
  return inShanghai(new Date(at)).date.slice(0, 7);
}
