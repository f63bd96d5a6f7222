import { remarkWith } from '../../domain/people/token.ts';
import { inShanghai } from '../../domain/time/clock-time.ts';
import type { App } from '../kernel/desk.ts';
import { countMarks, markOnce } from '../kernel/marks.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { Person, Room } from '../kernel/rows.ts';
import type { Say } from '../kernel/say.ts';
import { toDirectors, toEach } from '../kernel/staff.ts';
import { standingOn } from '../kernel/standing.ts';
import { queue } from '../sending/deliveries.ts';

/** Twenty in a row got an account limited (wechaty/wechaty#113). */
const writtenADay = 10;
const toldAtMost = 10;
const morningHour = 9;
/** What is told once a login is remembered for longer than a login lasts. */
const loginDays = 400;

/** The next friend whose remark is to be written by the bot itself, staff first, each tried once a login; undefined when it should not, or enough were today. */
export async function remarkNext(tx: Transaction, account: string, now: Date): Promise<Person | undefined> {
  const login = await tx.get('logins', account);
  if (!login || login.remarksFail) return undefined;
  const { date } = inShanghai(now);
  if ((await countMarks(tx, `remark/${date}/`)) >= writtenADay) return undefined;
  const [next] = unnamed(await tx.find('people', { reachable: true }), account);
  if (next) await markOnce({ tx, now }, `remark/${date}/${next.id}`, { person: next.id });
  return next;
}

/** Writing remarks does nothing on this account. */
export async function remarksFail(tx: Transaction, account: string): Promise<void> {
  const login = await tx.get('logins', account);
  if (login) await tx.put('logins', { ...login, remarksFail: true });
}

/** Once a day the directors hear which friends' remarks have to be written on the phone, each friend once; all are in /备注名. */
export async function tellRemarks(app: App, account: string): Promise<void> {
  const now = app.clock.now();
  const { date, hour } = inShanghai(now);
  if (hour < morningHour) return;
  await app.store.transaction(async (tx) => {
    if (!(await tx.get('logins', account))?.remarksFail) return;
    if (!(await markOnce({ tx, now }, `remarks/${date}`))) return;
    const fresh = unnamed(await tx.find('people', { reachable: true }), account).filter(({ tokenAsked }) => !tokenAsked);
    const told = fresh.slice(0, toldAtMost);
    if (told.length === 0) return;
    for (const person of told) await tx.put('people', { ...person, tokenAsked: true });
    const more = fresh.length > told.length ? app.say('todo.more', { count: fresh.length - told.length }) : '';
    const lines = told.map(({ name, token = '' }) => remarkWith(name, token)).join('\n');
    for (const reply of await toDirectors(tx, app.say('remark.list', { count: fresh.length, lines, more })))
      await queue(tx, app.ids, now, reply);
  });
}

/** The friends of an account without a token in their remark, staff first. */
export function unnamed(people: readonly Person[], account: string): Person[] {
  return people
    .filter((each) => each.token !== undefined && !each.tokenSeen && standingOn(each, account)?.reachable)
    .sort((a, b) => Number(b.role !== undefined) - Number(a.role !== undefined) || a.name.localeCompare(b.name));
}

/**
 * After a new login, when all that can be found has been: the directors hear once which groups wait, and what proves each; all of the staff
 * hear which are in doubt, and why. @returns what is to be told at the computer, where somebody has made a second group of a title
 */
export async function tellHeld(app: App, account: string): Promise<string | undefined> {
  const now = app.clock.now();
  const doubtful = await app.store.transaction(async (tx) => {
    const login = await tx.get('logins', account);
    const held = await tx.find('rooms', { held: true }, { by: 'name' });
    const fresh: Room[] = [];
    for (const room of login ? held : [])
      if (await markOnce({ tx, now }, `held/${login?.since}/${room.id}/${room.doubt ?? ''}`, { days: loginDays })) fresh.push(room);
    if (fresh.length === 0) return [];
    const inDoubt = fresh.filter(({ doubt }) => doubt !== undefined);
    const text = app.say('identity.newLogin', { rooms: fresh.map((room) => heldLine(room, app.say)).join('\n') });
    for (const reply of await (inDoubt.length > 0 ? toEach(tx, text) : toDirectors(tx, text))) await queue(tx, app.ids, now, reply);
    return inDoubt;
  });
  await app.outbox.pump();
  if (doubtful.length === 0) return undefined;
  return app.say('host.groupDoubt', { rooms: doubtful.map((room) => heldLine(room, app.say)).join('\n') });
}

function heldLine({ name, code = '', doubt }: Room, say: Say): string {
  return say('identity.room', { name, code, doubt: doubt === undefined ? '' : say(`identity.${doubt}`) });
}
