import type { Ids, Store } from '../app/ports.ts';
import type { Room } from '../app/tables.ts';
import { mask } from '../domain/masking.ts';

/**
 * Who is who: the ids of a channel are its own business and may change with every login; people and rooms have ids of ours
 * from the first word on, and only this table knows both.
 */
export interface Directory {
  /** Our id of a person, made at first sight; their name and reachability are kept up to date. */
  person(native: string, seen: { readonly name: string; readonly reachable: boolean }): Promise<string>;
  /** Our id of a room, made at first sight. */
  room(native: string, seen: { readonly name: string }): Promise<string>;
  /** The channel's id of a person or room of ours; undefined when this channel has not seen it. */
  nativeOf(id: string): Promise<string | undefined>;
}

/** The directory of one channel. */
export function createDirectory(store: Store, ids: Ids, channel: string): Directory {
  const keyOf = (kind: 'person' | 'room', native: string) => `${channel}/${kind}/${native}`;
  return {
    async person(native, { name: shown, reachable }) {
      // People put telephone numbers into their names.
      const name = mask(shown).text;
      const key = keyOf('person', native);
      return store.transaction(async (tx) => {
        const bound = await tx.get('bindings', key);
        const person = bound && (await tx.get('people', bound.target));
        if (person) {
          if (person.name !== name || person.reachable !== reachable) await tx.put('people', { ...person, name, reachable });
          return person.id;
        }
        const id = ids.id();
        await tx.put('bindings', { id: key, kind: 'person', target: id });
        await tx.put('people', { id, name, reachable });
        return id;
      });
    },
    async room(native, { name: shown }) {
      const name = mask(shown).text;
      const key = keyOf('room', native);
      return store.transaction(async (tx) => {
        const bound = await tx.get('bindings', key);
        const room = bound && (await tx.get('rooms', bound.target));
        if (room) {
          if (room.name !== name) await tx.put('rooms', { ...room, name });
          return room.id;
        }
        const fresh: Room = { id: ids.id(), name, kind: 'unbound', speaks: 'addressed' };
        await tx.put('bindings', { id: key, kind: 'room', target: fresh.id });
        await tx.put('rooms', fresh);
        return fresh.id;
      });
    },
    nativeOf: (id) =>
      store.transaction(async (tx) => {
        const [binding] = await tx.find('bindings', { target: id }, { limit: 1 });
        return binding?.id.split('/').slice(2).join('/');
      }),
  };
}
