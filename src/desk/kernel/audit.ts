import type { Transaction, Vault } from './ports.ts';
import type { Audit, Person } from './rows.ts';

/** What it takes to note an act. */
export interface Noting {
  readonly tx: Transaction;
  readonly now: Date;
  readonly vault: Vault;
}

export type Act = Pick<Audit, 'actor' | 'act' | 'target' | 'allowed'>;

/** What counts the acts. */
export const trailCounter = 'audit';

/** Before the first act. */
const beginning = '';

/**
 * Notes an act at the end of the audit trail. It holds ids only, so that it outlives what it is about; each row seals the one
 * before it by a digest, so that a row that is changed, left out or put in between is found (`verifyAudit`).
 */
export async function append({ tx, now, vault }: Noting, { actor, act, target, allowed }: Act): Promise<void> {
  const at = now.toISOString();
  const id = String(await tx.next(trailCounter)).padStart(9, '0');
  const row = { id, at, actor, act, ...(target === undefined ? {} : { target }), allowed };
  const chain = digestOf(vault, (await tx.get('switches', 'audit'))?.head ?? beginning, row);
  await tx.insert('audit', { ...row, chain });
  await tx.put('switches', { id: 'audit', since: at, head: chain });
}

/** Notes what a person has done, or was not let do. `target` is the id of what it was done to. */
export async function noteAct(turn: Noting & { readonly person: Person }, act: string, allowed: boolean, target?: string): Promise<void> {
  await append(turn, { actor: turn.person.id, act, allowed, ...(target === undefined ? {} : { target }) });
}

/** How the trail stands: how many acts it holds, and the id of the first that does not fit the one before it. */
export interface Verified {
  readonly acts: number;
  readonly broken?: string;
  /** The digest of the last act. Noted elsewhere, it shows later that the end was not cut off. */
  readonly head: string;
}

/** Reads the whole trail, archived and not, and checks every digest. Slow: for a director or whoever keeps the machine. */
export async function verifyAudit({ tx, vault }: Pick<Noting, 'tx' | 'vault'>): Promise<Verified> {
  const rows = new Map<string, Audit>();
  for (const month of await tx.archivedMonths('audit')) for (const row of await tx.archived('audit', month)) rows.set(row.id, row);
  for (const row of await tx.find('audit')) rows.set(row.id, row);
  const trail = [...rows.values()].filter(({ chain }) => chain !== undefined).sort((a, b) => (a.id < b.id ? -1 : 1));
  let head = beginning;
  let expected = 1;
  for (const { chain = '', ...row } of trail) {
    if (Number(row.id) !== expected || digestOf(vault, head, row) !== chain) return { acts: trail.length, broken: row.id, head };
    head = chain;
    expected++;
  }
  // Rows of before the trail was chained stand outside it; later there is none but what somebody has put there.
  const [first] = trail;
  const foreign = [...rows.values()].find(({ chain, at }) => chain === undefined && first !== undefined && at >= first.at);
  if (foreign) return { acts: trail.length, broken: foreign.id, head };
  const kept = (await tx.get('switches', 'audit'))?.head ?? beginning;
  return kept === head ? { acts: trail.length, head } : { acts: trail.length, broken: String(expected).padStart(9, '0'), head };
}

function digestOf(vault: Vault, before: string, { id, at, actor, act, target, allowed }: Omit<Audit, 'chain'>): string {
  return vault.digest(JSON.stringify([before, id, at, actor, act, target ?? null, allowed]));
}
