import type { Database } from './database.ts';

/** One channel for all: whoever owns the community that is named looks. */
const channel = 'lianxinqiao_inbox';

/** Something that was pushed to a community whose owner could not be asked. */
export interface Pushed {
  readonly id: string;
  readonly body: string;
}

/** What was pushed and is not heard yet. */
export interface Inbox {
  /** Keeps it for the owner; what is there already stays as it is. */
  put(community: string, pushed: Pushed): Promise<void>;
  /** What waits for a community, in the order in which it came. */
  waiting(community: string): Promise<readonly Pushed[]>;
  /** It was heard. */
  done(community: string, id: string): Promise<void>;
  /** Tells of a community as soon as something is put there. @returns ends it */
  listen(heard: (community: string) => void): Promise<() => Promise<void>>;
}

/** Over the table of the database. Ids and bodies are JSON text: in it U+0000 and halves of characters are escaped. */
export function createInbox(database: Pick<Database, 'query' | 'listen'>): Inbox {
  const { query } = database;
  return {
    async put(community, { id, body }) {
      await query('insert into inbox (community, id, body) values ($1, $2, $3) on conflict (community, id) do nothing', [
        community,
        JSON.stringify(id),
        body,
      ]);
      await query('select pg_notify($1, $2)', [channel, community]);
    },
    async waiting(community) {
      const { rows } = await query<Pushed>('select id, body from inbox where community = $1 order by at, id', [community]);
      return rows.map(({ id, body }) => ({ id: JSON.parse(id), body }));
    },
    async done(community, id) {
      await query('delete from inbox where community = $1 and id = $2', [community, JSON.stringify(id)]);
    },
    listen: (heard) => database.listen(channel, heard),
  };
}
