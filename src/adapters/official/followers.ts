import type { Ids, Transaction } from '../../desk/kernel/ports.ts';
import type { Say } from '../../desk/kernel/say.ts';
import { standingOn } from '../../desk/kernel/standing.ts';
import type { Directory } from '../../desk/people/directory.ts';

export interface FollowersOptions {
  /** The account's name on the desk. */
  readonly name: string;
  readonly directory: Directory;
  readonly ids: Ids;
  readonly say: Say;
}

/** How long the code is by which somebody is called as long as they have not said how. */
const codeLength = 4;

/** Our id of a follower by the account's own, made at first sight. WeChat tells no names: until they say one they are called by a code. */
export type FollowerIn = (tx: Transaction, openid: string) => Promise<string>;

export function createFollowers({ name, directory, ids, say }: FollowersOptions): FollowerIn {
  return async (tx, openid) => {
    const binding = await tx.get('bindings', `${name}/person/${openid}`);
    const known = binding && (await tx.get('people', binding.target));
    // There is nothing to note: they are known, and reached on the account.
    if (known && standingOn(known, name)?.reachable) return known.id;
    const called = known?.nickname ?? known?.name ?? say('official.nameless', { code: ids.code(codeLength) });
    const id = await directory.personIn(tx, openid, { name: called, reachable: true });
    const person = await tx.get('people', id);
    if (!known && person) await tx.put('people', { ...person, nameless: true });
    return id;
  };
}
