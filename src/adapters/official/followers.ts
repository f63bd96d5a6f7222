import type { Ids, Store, Transaction } from '../../desk/kernel/ports.ts';
import type { Say } from '../../desk/kernel/say.ts';
import { standingOn } from '../../desk/kernel/standing.ts';
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

/** Our id of a follower of whom there is nothing to note: they are known, and reached on the account. Undefined of anybody else. */
export async function knownFollower(tx: Transaction, account: string, openid: string): Promise<string | undefined> {
  const binding = await tx.get('bindings', `${account}/person/${openid}`);
  const person = binding && (await tx.get('people', binding.target));
  return person && standingOn(person, account)?.reachable ? person.id : undefined;
}

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
