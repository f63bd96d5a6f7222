import { mask } from '../../domain/words/masking.ts';
import { oneLine } from '../../domain/words/one-line.ts';
import { firstAccount } from '../kernel/accounts.ts';
import type { Ids, Store, Transaction } from '../kernel/ports.ts';
import type { Room } from '../kernel/rows.ts';
import type { Say } from '../kernel/say.ts';
import { noteAlive, noteLogin } from './login.ts';
import { bindingsOn, personSeen, tellShared, unbind } from './people.ts';
import { roomSeen, type SeenRoom } from './rooms.ts';
import type { Login } from './rows.ts';

/** Somebody as the account sees them. */
export interface Sight {
  readonly name: string;
  readonly reachable: boolean;
  /** The token in their remark, and whether nobody else has it there. */
  readonly token?: string;
  readonly unique?: boolean;
}

/**
 * Who is who: the ids of an account are its own business and may change with every login; people and rooms have ids of ours
 * from the first word on, and only this table knows both.
 */
export interface Directory {
  /** Our id of a person, made at first sight; their name and reachability are kept up to date. */
  person(native: string, seen: Sight): Promise<string>;
  /** The same, inside a transaction. */
  personIn(tx: Transaction, native: string, seen: Sight): Promise<string>;
  /** Whether the account knows a person of its by this id. */
  knows(native: string): Promise<boolean>;
  /** Our id of a room, made at first sight; members are native ids. */
  room(native: string, seen: Pick<SeenRoom, 'name' | 'proof'>): Promise<string>;
  /** The account's id of a person or room of ours; undefined when this account has not seen it. */
  nativeOf(id: string): Promise<string | undefined>;
  /** The same, inside a transaction. */
  nativeIn(tx: Transaction, id: string): Promise<string | undefined>;
  /** Titles of groups that wait to be found again after a login. */
  heldRooms(): Promise<ReadonlySet<string>>;
  /** The account's ids of the groups that are bound and known in this login. */
  boundRooms(): Promise<readonly string[]>;
  /** Several friends carry one token: none of them is anybody until there is one. */
  shared(token: string): Promise<void>;
  /** Where ids change with each login: the account is in, under this id. @returns whether everybody has new ids now */
  login(self: string): Promise<boolean>;
  lastLogin(): Promise<Login | undefined>;
  alive(at: Date): Promise<void>;
}

/** What is needed besides where ids change with each login. */
export interface Changing {
  readonly now: () => Date;
  readonly say: Say;
}

/** The directory of one account, by its name. @param changing given where ids change with each login */
export function createDirectory(store: Store, ids: Ids, account: string, changing?: Changing): Directory {
  const keyOf = (kind: 'person' | 'room', native: string) => `${account}/${kind}/${native}`;
  const isOurs = (room: Pick<Room, 'account'>) => (room.account ?? firstAccount) === account;
  const nativeIn = async (tx: Transaction, id: string) => {
    const [binding] = await bindingsOn(tx, id, account);
    return binding?.id.split('/').slice(2).join('/');
  };
  const means = () => ({ ids, now: changing?.now() ?? new Date(0), say: changing?.say ?? (() => '') });
  // People put telephone numbers into their names.
  const personIn = (tx: Transaction, native: string, seen: Sight) =>
    personSeen(
      tx,
      { ...seen, account, key: keyOf('person', native), name: oneLine(mask(seen.name).text), nameless: seen.name === native },
      means(),
      changing !== undefined,
    );
  return {
    person: (native, seen) => store.transaction((tx) => personIn(tx, native, seen)),
    personIn,
    knows: (native) => store.transaction(async (tx) => (await tx.get('bindings', keyOf('person', native))) !== undefined),
    room: (native, { name, proof }) =>
      store.transaction((tx) => {
        const members = proof?.members.map((member) => keyOf('person', member)) ?? [];
        const proved = proof ? { proof: { ...proof, members } } : {};
        return roomSeen(tx, { account, key: keyOf('room', native), name: oneLine(mask(name).text), ...proved }, means());
      }),
    nativeOf: (id) => store.transaction((tx) => nativeIn(tx, id)),
    nativeIn,
    heldRooms: () =>
      store.transaction(async (tx) => new Set((await tx.find('rooms', { held: true })).filter(isOurs).map(({ name }) => name))),
    boundRooms: () =>
      store.transaction(async (tx) => {
        const rooms = (await tx.find('rooms', { kind: ['residents', 'staff'] })).filter(({ held }) => !held);
        const bindings = await Promise.all(rooms.map(({ id }) => bindingsOn(tx, id, account)));
        return bindings.flat().map(({ id }) => id.slice(keyOf('room', '').length));
      }),
    shared: (token) =>
      store.transaction(async (tx) => {
        const [owner] = await tx.find('people', { token });
        if (!owner) return;
        await unbind(tx, owner, account);
        await tellShared(tx, token, means());
      }),
    login: (self) => store.transaction((tx) => noteLogin(tx, ids, account, self, means().now)),
    lastLogin: () => store.transaction((tx) => tx.get('logins', account)),
    alive: (at) => store.transaction((tx) => noteAlive(tx, account, at)),
  };
}
