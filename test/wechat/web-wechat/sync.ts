import type { Session } from './account.ts';
import { type Handler, inSession, loggedOut, ret } from './call.ts';

/** A sync key that says how many entries of the session's log the client has been told. */
export function syncKey({ base, told }: Session): { Count: number; List: { Key: number; Val: number }[] } {
  const keys = [1, 2, 3, 1000];
  return { Count: keys.length, List: keys.map((Key) => ({ Key, Val: base + told })) };
}

/** How many entries a client with this value in its key has. wechat4u checks with the key of the login before: that is less than none. */
const toldBy = (value: unknown, { base }: Session) => Number(value) - base;

/** synccheck: held until there is news (selector 2), at most for 25 seconds (selector 0). Return codes are strings. */
export const syncCheck: Handler = async ({ session, query }, { account }) => {
  const answer = (retcode: number, selector: number) => ({ body: `window.synccheck={retcode:"${retcode}",selector:"${selector}"}` });
  if (!session) return answer(loggedOut, 0);
  const told = toldBy(query.get('synckey')?.split('|')[0]?.split('_')[1], session);
  session.heard = told;
  account.world.signal.changed();
  await account.world.signal.until(() => !session.alive || session.log.length > told, account.world.wallMs(25));
  if (!session.alive) return answer(loggedOut, 0);
  return answer(0, session.log.length > told ? 2 : 0);
};

/** webwxsync: what is new since the sync key. */
export const sync: Handler = inSession(({ json }, _backend, session) => {
  const news = session.log.slice(Math.max(0, toldBy(json.SyncKey.List[0].Val, session)));
  const messages = news.flatMap((entry) => ('message' in entry ? [entry.message] : []));
  const contacts = news.flatMap((entry) => ('contact' in entry ? [entry.contact] : []));
  session.told = session.log.length;
  return ret(0, {
    AddMsgCount: messages.length,
    AddMsgList: messages,
    ModContactCount: contacts.length,
    ModContactList: contacts,
    DelContactCount: 0,
    DelContactList: [],
    ContinueFlag: 0,
    SyncKey: syncKey(session),
    SyncCheckKey: syncKey(session),
    SKey: '',
  });
});
