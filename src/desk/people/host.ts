import { bareName } from '../../domain/people/name.ts';
import { readToken } from '../../domain/people/token.ts';
import type { WorkingTime } from '../../domain/time/working-time.ts';
import { append } from '../kernel/audit.ts';
import type { Ids, Secrets, Store, Transaction, Vault } from '../kernel/ports.ts';
import type { Person } from '../kernel/rows.ts';
import type { Say } from '../kernel/say.ts';
import { toDirectors } from '../kernel/staff.ts';
import { queue } from '../sending/deliveries.ts';
import { directorCode } from './enrolment.ts';
import { leaveStaff } from './leaving.ts';

/** What whoever sits at the computer can have done about the staff, whoever has got hold of an authority meanwhile. */
export type HostOrder = { readonly order: 'code' } | { readonly order: 'stop'; readonly who: string };

export interface HostMeans {
  readonly store: Store;
  readonly ids: Ids;
  readonly now: Date;
  readonly say: Say;
  readonly vault: Vault;
  readonly time: WorkingTime;
  /** Present where ids change with each login. */
  readonly secrets?: Secrets | undefined;
}

/** Who acts in the audit trail. */
const actor = 'host';

/** Does it. @returns what is told at the computer */
export async function carryOutOrder(means: HostMeans, given: HostOrder): Promise<string> {
  return means.store.transaction(async (tx) => (given.order === 'code' ? makeCode(tx, means) : stop(tx, means, given.who)));
}

async function makeCode(tx: Transaction, { ids, now, say, vault }: HostMeans): Promise<string> {
  const code = await directorCode(tx, ids, now);
  await append({ tx, now, vault }, { actor, act: 'director-code', allowed: true });
  return say('host.code', { code });
}

/** Unlike a director the host may stop the last one, and lets another in by a code. */
async function stop(tx: Transaction, means: HostMeans, who: string): Promise<string> {
  const { ids, now, say, vault } = means;
  const staff = await staffInOrder(tx);
  const meant = staff.filter((person, row) => isMeant(person, row + 1, who));
  const [person, ...others] = meant;
  if (!person || others.length > 0) return say('host.noSuchStaff', { who: who.slice(0, 20), lines: await staffOnHost(tx, say) });
  await leaveStaff({ ...means, tx }, person);
  await append({ tx, now, vault }, { actor, act: 'staff.stop', target: person.id, allowed: true });
  for (const reply of await toDirectors(tx, say('staff.stoppedBy', { name: person.name, by: say('host.itself') })))
    await queue(tx, ids, now, reply);
  return say('host.stopped', { name: person.name });
}

function isMeant({ name, token }: Person, row: number, who: string): boolean {
  const said = who.normalize('NFKC').trim();
  if (/^\d{1,2}$/.test(said)) return Number(said) === row;
  const given = readToken(said);
  return given === undefined ? bareName(name) === bareName(said) : token === given;
}

/** The staff in the order of their rows. */
export async function staffInOrder(tx: Transaction): Promise<Person[]> {
  return tx.find('people', { role: ['worker', 'director'] }, { by: 'name' });
}

/** Who is on the staff, for the computer's screen: with their tokens, which stand in the remarks on the account's phone. */
export async function staffOnHost(tx: Transaction, say: Say): Promise<string> {
  const lines = (await staffInOrder(tx)).map(({ name, role = 'worker', asleep, nickname, token }, row) =>
    say('host.staffLine', {
      row: row + 1,
      name,
      role: say(`role.${role}`),
      asleep: asleep ? say('staff.asleep') : '',
      nickname: nickname === undefined ? '' : say('staff.nicknameNow', { nickname }),
      token: token === undefined ? '' : say('host.staffToken', { token }),
    }),
  );
  return say('host.staff', { count: lines.length, lines: lines.join('\n') });
}
