import { PGlite } from '@electric-sql/pglite';
import type { Database, Query } from '../../src/adapters/store/database.ts';

type Session = Pick<PGlite, 'query'>;

/** PostgreSQL in this process, in memory: one connection, so no second process. It takes seconds to start: start it once. */
export async function openPglite(): Promise<Database> {
  const server = await PGlite.create();
  const over =
    (session: Session): Query =>
    async <R extends object>(text: string, values: readonly unknown[] = []) => {
      const { rows, affectedRows } = await session.query<R>(text, [...values]);
      return { rows, count: affectedRows ?? rows.length };
    };
  return {
    place: 'pglite',
    query: over(server),
    transaction: (work, how) =>
      server.transaction(async (tx) => {
        if (how === 'reading') await tx.query('set transaction isolation level repeatable read read only');
        return work(over(tx as unknown as Session));
      }) as ReturnType<Database['transaction']> as never,
    listen: (channel, heard) => server.listen(channel, heard),
    close: () => server.close(),
  };
}
