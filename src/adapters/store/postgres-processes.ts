import { type Database, isAway, type Query } from './database.ts';

/** Where a process is reached by the others, and by what they show that they are of the same installation. */
export interface Peer {
  /** `http://10.0.0.3:8688/` */
  readonly address: string;
  readonly secret: string;
}

/** All processes of an installation and what they own, at one moment. */
export interface Processes {
  /** Those that live, in the order in which they came. */
  readonly holders: readonly string[];
  /** The owner of each community that is owned. */
  readonly owners: ReadonlyMap<string, string>;
  /** Communities to which something was pushed that nobody has heard yet. */
  readonly pushedTo: readonly string[];
}

/** A process among the others that serve the communities of one database. */
export interface Membership {
  readonly holder: string;
  /** Says that this process lives, and looks at all. */
  look(): Promise<Processes>;
  /** Is none of them any more. */
  leave(): Promise<void>;
}

/** Where the owner of a community is reached; undefined: nobody owns it, or this process. @param holder this process */
export async function ownerAt({ query }: Pick<Database, 'query'>, community: string, holder: string): Promise<Peer | undefined> {
  const { rows } = await query<Peer>(
    `select address, secret from owners join processes using (holder)
     where community = $1 and holder <> $2 and owners.until > clock_timestamp()`,
    [community, holder],
  );
  return rows[0];
}

/** Makes a process one of the installation's, as soon as it looks. @param ms how long it counts as alive */
export function joinProcesses(
  database: Database,
  { holder, address, secret, ms }: Peer & { readonly holder: string; readonly ms: number },
): Membership {
  return {
    holder,
    look: () =>
      database.transaction(async (query) => {
        // Who was away too long comes last, as if it had come anew.
        await query(
          `insert into processes (holder, address, secret, since, until)
           values ($1, $2, $3, clock_timestamp(), clock_timestamp() + $4 * interval '1 millisecond')
           on conflict (holder) do update set address = excluded.address, secret = excluded.secret, until = excluded.until,
           since = case when processes.until > clock_timestamp() then processes.since else excluded.since end`,
          [holder, address, secret, ms],
        );
        await query(`delete from processes where until < clock_timestamp() - interval '1 day'`);
        // A community that nobody has served for so long: words are kept no longer than in backups.
        await query(`delete from inbox where at < clock_timestamp() - interval '14 days'`);
        return processesIn(query);
      }),
    async leave() {
      await database.query('delete from processes where holder = $1', [holder]).catch((error: unknown) => {
        // Its row ends by itself.
        if (!isAway(error)) throw error;
      });
    },
  };
}

async function processesIn(query: Query): Promise<Processes> {
  const { rows: alive } = await query<{ holder: string }>(
    'select holder from processes where until > clock_timestamp() order by since, holder',
  );
  const { rows: owned } = await query<{ community: string; holder: string }>(
    'select community, holder from owners where until > clock_timestamp()',
  );
  const { rows: pushed } = await query<{ community: string }>('select distinct community from inbox');
  return {
    holders: alive.map(({ holder }) => holder),
    owners: new Map(owned.map(({ community, holder }) => [community, holder])),
    pushedTo: pushed.map(({ community }) => community),
  };
}
