import type { Wechaty } from 'wechaty';
import type { Log, Store } from '../../desk/kernel/ports.ts';
import type { Directory } from '../../desk/people/directory.ts';
import { remarkNext, remarksFail } from '../../desk/people/remarks.ts';
import { readToken, remarkWith } from '../../domain/people/token.ts';
import { freshContact } from './raw-puppet.ts';
import { sendErrorOf } from './send-error.ts';

export interface RemarkOptions {
  readonly store: Store;
  /** The account's name on the desk. */
  readonly account: string;
  readonly directory: Directory;
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
}

/** A remark that was taken shows within seconds, if at all. */
const settlesMs = 10_000;

/**
 * Writes the token of one friend into the remark, and reads it back: through the web this is said to do nothing since 2023, without
 * an error (wechaty/puppet-wechat4u#65, #74). When it does nothing it is not tried again on this account, and people are asked.
 * What the owner wrote there stays, with the token behind it.
 */
export async function writeRemark(bot: Wechaty, { store, account, directory, now, sleep }: RemarkOptions, log: Log): Promise<void> {
  const person = await store.transaction((tx) => remarkNext(tx, account, now()));
  const native = person && (await directory.nativeOf(person.id));
  if (!person?.token || native === undefined) return;
  const see = async () => {
    const { name, alias, friend } = await freshContact(bot, native);
    return { name, alias: alias ?? '', friend: friend === true };
  };
  const before = await see();
  if (!before.friend) return;
  if (readToken(before.alias) !== person.token) {
    const own = before.alias.replace(/[·•]\s*[RS][A-Z2-9]{4,8}\s*$/i, '').trim();
    try {
      await bot.puppet.contactAlias(native, remarkWith(own || before.name, person.token));
    } catch (error) {
      log.warn({ person: person.id, err: sendErrorOf(error) }, 'a remark could not be written');
    }
    await sleep(settlesMs);
  }
  const { name, alias } = await see();
  if (readToken(alias) === person.token) await directory.person(native, { name, reachable: true, token: person.token, unique: true });
  else await store.transaction((tx) => remarksFail(tx, account));
}
