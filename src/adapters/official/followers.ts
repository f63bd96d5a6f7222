import type { Ids, Store } from '../../desk/kernel/ports.ts';
import type { Say } from '../../desk/kernel/say.ts';
import type { Directory } from '../../desk/people/directory.ts';

export interface FollowersOptions {
  /** The account's name on the desk. */
  readonly name: string;
  readonly store: Store;
  readonly directory: Directory;
  readonly ids: Ids;
  readonly say: Say;
}

/** How long the code is by which somebody is called as long as they have not said how. */
const codeLength = 4;

/** Our id of a follower by the account's own. WeChat tells no names: until they say one they are called by a code. */
export function createFollowers({ name, store, directory, ids, say }: FollowersOptions): (openid: string) => Promise<string> {
  return async (openid) => {
    const known = await store.transaction(async (tx) => {
      const binding = await tx.get('bindings', `${name}/person/${openid}`);
      return binding && tx.get('people', binding.target);
    });
    const called = known?.nickname ?? known?.name ?? say('official.nameless', { code: ids.code(codeLength) });
    const id = await directory.person(openid, { name: called, reachable: true });
    if (!known)
      await store.transaction(async (tx) => {
        const person = await tx.get('people', id);
        if (person) await tx.put('people', { ...person, nameless: true });
      });
    return id;
  };
}
