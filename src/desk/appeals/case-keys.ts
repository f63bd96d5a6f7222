import type { Ids, Transaction, Vault } from '../kernel/ports.ts';
import type { Turn } from '../kernel/turn.ts';
import type { Appeal, CaseKey } from './rows.ts';

/** 13 of 32 letters are 65 bits: at a thousand tries a second nobody finds one in the age of the earth. */
const secretLength = 13;

interface Means {
  readonly tx: Transaction;
  readonly now: Date;
  readonly ids: Ids;
  readonly vault: Vault;
}

/** The secret with which a voice of an appeal opens its page; made when it is first wanted. */
export async function caseSecret({ tx, now, ids, vault }: Means, appeal: string, person: string): Promise<string> {
  const known = (await tx.find('caseKeys', { appeal })).find((key) => key.person === person);
  const before = known && vault.open(known.sealed);
  if (before !== undefined) return before;
  // Its key is gone: nobody could be told it again.
  if (known) await tx.remove('caseKeys', known.id);
  const secret = ids.code(secretLength);
  const sealed = vault.seal(secret);
  await tx.insert('caseKeys', { id: vault.digest(secret), sealed, appeal, person, at: now.toISOString() });
  return secret;
}

/** Whose page of which appeal a secret opens. */
export async function caseKey({ tx, vault }: Pick<Means, 'tx' | 'vault'>, secret: string): Promise<CaseKey | undefined> {
  return tx.get('caseKeys', vault.digest(readSecret(secret)));
}

/** As it is typed: small letters, gaps and hyphens, and signs that look like others, which no secret holds. */
export function readSecret(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, 4 * secretLength);
}

/** In groups, to be read and typed: "ABCDE-FGHJ-KLMN". */
export function writtenSecret(secret: string): string {
  return [secret.slice(0, 5), secret.slice(5, 9), secret.slice(9)].filter((each) => each !== '').join('-');
}

/** Notes secrets for what a turn has filed, or made one's own by joining it. */
export async function openPagesFor(turn: Turn): Promise<void> {
  for (const id of turn.changed.keys()) {
    const appeal = await turn.tx.get('appeals', id);
    if (appeal && isVoice(appeal, turn.person.id)) await caseSecret(turn, id, turn.person.id);
  }
}

/** Whether somebody told of an appeal, or joined it. */
export function isVoice({ person, followers }: Appeal, who: string): boolean {
  return person === who || followers.some((each) => each.person === who);
}
