import type { Ids, Store } from '../../desk/kernel/ports.ts';
import type { Say } from '../../desk/kernel/say.ts';
import { noteAlive, noteLogin } from '../../desk/people/login.ts';
import { personSeen, tellShared, unbind } from '../../desk/people/people.ts';
import { roomSeen, type SeenRoom } from '../../desk/people/rooms.ts';
import type { Login } from '../../desk/people/rows.ts';
import { mask } from '../../domain/words/masking.ts';
import { oneLine } from '../../domain/words/one-line.ts';

/** Somebody as the account sees them. */
export interface Sight {
  readonly name: string;
  readonly reachable: boolean;
  /** The token in their remark, and whether nobody else has it there. */
  readonly token?: string;
  readonly unique?: boolean;
}

/**
 * Who is who: the ids of a channel are its own business and may change with every login; people and rooms have ids of ours
 * from the first word on, and only this table knows both.
 */
export interface Directory {
  /** Our id of a person, made at first sight; their name and reachability are kept up to date. */
  person(native: string, seen: Sight): Promise<string>;
  /** Our id of a room, made at first sight; members are native ids. */
  room(native: string, seen: Pick<SeenRoom, 'name' | 'proof'>): Promise<string>;
  /** The channel's id of a person or room of ours; undefined when this channel has not seen it. */
  nativeOf(id: string): Promise<string | undefined>;
  /** Titles of groups that wait to be found again after a login. */
  heldRooms(): Promise<ReadonlySet<string>>;
  /** The channel's ids of the groups that are bound and known in this login. */
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

/** The directory of one channel. @param changing given where ids change with each login */
export function createDirectory(store: Store, ids: Ids, channel: string, changing?: Changing): Directory {
  const keyOf = (kind: 'person' | 'room', native: string) => `${channel}/${kind}/${native}`;
  const means = () => ({ ids, now: changing?.now() ?? new Date(0), say: changing?.say ?? (() => '') });
  return {
    // People put telephone numbers into their names.
    person: (native, seen) =>
      store.transaction((tx) =>
        personSeen(tx, { ...seen, key: keyOf('person', native), name: oneLine(mask(seen.name).text) }, means(), changing !== undefined),
      ),
    room: (native, { name, proof }) =>
      store.transaction((tx) => {
        const members = proof?.members.map((member) => keyOf('person', member)) ?? [];
        const proved = proof ? { proof: { ...proof, members } } : {};
        return roomSeen(tx, { key: keyOf('room', native), name: oneLine(mask(name).text), ...proved }, means());
      }),
    nativeOf: (id) =>
      store.transaction(async (tx) => {
        const [binding] = await tx.find('bindings', { target: id }, { limit: 1 });
        return binding?.id.split('/').slice(2).join('/');
      }),
    heldRooms: () => store.transaction(async (tx) => new Set((await tx.find('rooms', { held: true })).map(({ name }) => name))),
    boundRooms: () =>
      store.transaction(async (tx) => {
        const rooms = (await tx.find('rooms', { kind: ['residents', 'staff'] })).filter(({ held }) => !held);
        const bindings = await Promise.all(rooms.map(({ id }) => tx.find('bindings', { target: id }, { limit: 1 })));
        return bindings.flat().flatMap(({ id }) => (id.startsWith(keyOf('room', '')) ? [id.slice(keyOf('room', '').length)] : []));
      }),
    shared: (token) =>
      store.transaction(async (tx) => {
        const [owner] = await tx.find('people', { token });
        if (!owner) return;
        await unbind(tx, owner);
        await tellShared(tx, token, means());
      }),
    login: (self) => store.transaction((tx) => noteLogin(tx, ids, channel, self, means().now)),
    lastLogin: () => store.transaction((tx) => tx.get('logins', channel)),
    alive: (at) => store.transaction((tx) => noteAlive(tx, channel, at)),
  };
}
