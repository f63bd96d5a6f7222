import { officialProfile, windowRule } from '../adapters/official/speaking.ts';
import { type PlayedAccount, playedAccounts } from '../adapters/simulator/place.ts';
import { wecomProfile } from '../adapters/wecom/sending.ts';
import {
  type Account,
  type AccountProfile,
  easyProfile,
  firstAccount,
  type Pace,
  type Saying,
  SendError,
} from '../desk/kernel/accounts.ts';
import type { Message } from '../desk/kernel/message.ts';
import type { Store, Transaction } from '../desk/kernel/ports.ts';
import { standingOn, withStanding, withStandings } from '../desk/kernel/standing.ts';
import { leftInWindow, openWindow, takeFromWindow } from '../desk/sending/windows.ts';

export const playedProfiles: Readonly<Record<PlayedAccount, AccountProfile>> = {
  wechat: easyProfile,
  // Whoever follows it is told the news privately: there is no mass message on a stage.
  official: {
    idsSurviveLogin: officialProfile.idsSurviveLogin,
    groups: false,
    files: false,
    longestText: officialProfile.longestText,
    packs: true,
  },
  wecom: wecomProfile,
};

/** What somebody says or does on one of the stage's accounts. */
export interface Seen {
  readonly account: PlayedAccount;
  readonly name: string;
  /** Whether they can be written to privately; undefined: as before. */
  readonly reachable?: boolean | undefined;
  /** They follow, scan or press a button. */
  readonly touches?: boolean;
}

/** The accounts of a stage: WeChat from the beginning, each other from the first line that names it. */
export interface StageAccounts {
  readonly list: readonly Account[];
  /** @returns whether it is new */
  open(account: PlayedAccount): boolean;
  /** Our id of somebody. On WeChat it is their name; who bears the same name on another account is somebody else, until it is proved. */
  see(tx: Transaction, seen: Seen): Promise<string>;
  /** What somebody is called on an account. */
  nameOf(account: string, id: string): string;
}

export interface StageMeans {
  readonly store: Store;
  readonly now: () => Date;
  /** How fast broadcasts follow each other on WeChat. */
  readonly pace: Pace;
  /** Says something through an account. */
  readonly send: (account: string, saying: Saying) => Promise<void>;
}

/** What the window of the 服务号 forbids waits whole, as on the real one. @param messages what it is said in @throws SendError (not now) while it is shut */
export async function passWindow(
  { store, now }: Pick<StageMeans, 'store' | 'now'>,
  account: PlayedAccount,
  { to }: Saying,
  messages = 1,
): Promise<void> {
  if (account !== 'official' || 'room' in to) return;
  const isOpen = await store.transaction(async (tx) => {
    if ((await leftInWindow(tx, account, to.person, now())) < messages) return false;
    for (let each = 0; each < messages; each++) await takeFromWindow(tx, account, to.person, now());
    return true;
  });
  if (!isOpen) throw new SendError('the window is shut', true, { notNow: true });
}

/** Somebody says or does something there: for a while they can be written to. */
export async function openPlayedWindow(
  tx: Transaction,
  account: PlayedAccount,
  person: string,
  touches: boolean,
  now: Date,
): Promise<void> {
  if (account === 'official') await openWindow(tx, account, person, touches ? 'touch' : 'message', windowRule, now);
}

export function createStageAccounts({ store, now, pace, send }: StageMeans): StageAccounts {
  const names = new Map<string, string>();

  async function say(account: PlayedAccount, saying: Saying): Promise<void> {
    await passWindow({ store, now }, account, saying);
    await send(account, saying);
  }
  const opened = (name: PlayedAccount): Account => ({
    name,
    profile: name === firstAccount ? { ...playedProfiles[name], pace } : playedProfiles[name],
    send: (saying) => say(name, saying),
  });
  const list = [opened(firstAccount)];
  return {
    list,
    open(account) {
      if (list.some(({ name }) => name === account)) return false;
      list.push(opened(account));
      return true;
    },
    async see(tx, { account, name, reachable, touches }) {
      const key = `${account}/person/${name}`;
      const id = (await tx.get('bindings', key))?.target ?? (account === firstAccount ? name : `${name}@${account}`);
      const known = await tx.get('people', id);
      const standing = { ...(known && standingOn(known, account)), reachable: reachable ?? known?.reachable ?? true };
      const person = known ? withStanding(known, account, standing) : withStandings({ id, name, reachable: true }, { [account]: standing });
      await tx.put('people', person);
      names.set(`${account}/${id}`, name);
      await openPlayedWindow(tx, account, id, touches ?? false, now());
      // On WeChat alone a name is all there is to know somebody by.
      if (list.length > 1) await tx.put('bindings', { id: key, kind: 'person', target: id });
      return id;
    },
    nameOf: (account, id) => names.get(`${account}/${id}`) ?? id.replace(/@(?:official|wecom)$/, ''),
  };
}

/** The accounts that a kept stage had open. */
export async function accountsBefore(store: Store): Promise<PlayedAccount[]> {
  const { names = [] } = (await store.transaction((tx) => tx.get('switches', 'accounts'))) ?? {};
  return playedAccounts.filter((name) => names.includes(name));
}

/** "follow", "unfollow", "scan:SCENE": what of a message it is; "click:KEY" is what the button says. */
export function readEvent(event: string): Pick<Message, 'event' | 'text' | 'kind'> {
  const [does = '', ...rest] = event.split(':');
  const what = rest.join(':');
  if (does === 'click') return { text: what, kind: 'text' };
  return { event: does === 'unfollow' ? { does } : { does: does === 'scan' ? does : 'follow', scene: what }, text: '', kind: 'other' };
}
