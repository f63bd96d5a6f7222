import { firstAccount } from './accounts.ts';
import type { Person, Standing } from './rows.ts';

/** How somebody stands on each account that knows them. A row of before, and of who is known on WeChat alone, says it for that one. */
export function standingsOf({ accounts, reachable, asleep }: Person): Readonly<Record<string, Standing>> {
  return accounts ?? { [firstAccount]: { reachable, ...(asleep ? { asleep } : {}) } };
}

/** How somebody stands on one account; undefined: it does not know them. */
export const standingOn = (person: Person, account: string): Standing | undefined => standingsOf(person)[account];

/** The person with another standing on one account; undefined: it does not know them any more. */
export function withStanding(person: Person, account: string, standing: Standing | undefined): Person {
  const { [account]: _, ...others } = standingsOf(person);
  return withStandings(person, standing ? { ...others, [account]: standing } : others);
}

/** The person as all of their accounts together have it: they can be written to where one reaches them, and are awake where one has proved them. */
export function withStandings(person: Person, standings: Readonly<Record<string, Standing>>): Person {
  const { accounts: _, asleep: __, ...rest } = person;
  const all = Object.values(standings);
  const isFirstOnly = Object.keys(standings).every((name) => name === firstAccount);
  return {
    ...rest,
    reachable: all.some(({ reachable }) => reachable),
    ...(all.length > 0 && all.every(({ asleep }) => asleep) ? { asleep: true } : {}),
    ...(isFirstOnly ? {} : { accounts: { ...standings } }),
  };
}

/** The person after they have proved on an account that it is they who speak there: they can be written to, and their authority is awake. */
export const provedOn = (person: Person, account: string): Person => withStanding(person, account, { reachable: true });

/** The person as a turn has them, for the store: what holds on the turn's account alone (`asHeardOn`) is not kept. */
export const asKept = (person: Person): Person => withStandings(person, standingsOf(person));

/** The person as whoever speaks through this account: what was proved on another is not proved here. */
export function asHeardOn(person: Person, account: string): Person {
  if (person.accounts === undefined) return person;
  const { asleep: _, ...rest } = person;
  return standingOn(person, account)?.asleep ? { ...rest, asleep: true } : rest;
}

/**
 * On which account somebody is written to: staff where they chose, everybody where they spoke last, or where that one does not reach them,
 * on another that does. Nothing is said where the authority of staff sleeps while it is awake elsewhere.
 * @param on the accounts that are switched on; undefined: all
 */
export function routeOf(person: Person, on: readonly string[] | undefined): string {
  const standings = standingsOf(person);
  const names = Object.keys(standings);
  const awake = names.filter((name) => !standings[name]?.asleep);
  const wished = [...(person.role === undefined ? [] : [person.inbox]), person.account, firstAccount];
  const known = (awake.length > 0 ? awake : names).sort((a, b) => rank(wished, a) - rank(wished, b));
  const reaches = (name: string) => standings[name]?.reachable === true && (on?.includes(name) ?? true);
  return known.find(reaches) ?? known[0] ?? firstAccount;
}

/** What is wished for first comes first. */
function rank(wished: readonly (string | undefined)[], name: string): number {
  const index = wished.indexOf(name);
  return index < 0 ? wished.length : index;
}
