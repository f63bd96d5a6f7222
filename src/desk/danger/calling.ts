import { oneLine } from '../../domain/words/one-line.ts';
import type { Snapshot } from '../kernel/content.ts';
import type { Recipient, Reply } from '../kernel/message.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { Person } from '../kernel/rows.ts';
import type { Say } from '../kernel/say.ts';
import { anyInReach, dutyOn, may, toDuty } from '../kernel/staff.ts';
import { isRestricted } from './alarms.ts';
import type { Alarm } from './rows.ts';

/** What it takes to call for help: a turn, or the clock. */
export interface Calling {
  readonly tx: Transaction;
  readonly now: Date;
  readonly say: Say;
  readonly content: Snapshot;
}

/** Who is called: with the words, and without. */
interface Callees {
  readonly whole: readonly Recipient[];
  readonly discreet: readonly Recipient[];
}

/** What they are told. The words of what is restricted stand in the first only, and only with them goes a picture. */
export interface Notice {
  readonly whole: string;
  readonly discreet: string;
  readonly file?: string | undefined;
}

/**
 * Who is called now. A fire is everybody's business: the staff's groups, and whoever is on duty. Of violence, suicide and children the
 * words go privately to whoever is on duty and to the directors; the groups hear that somebody is needed, and so does who has not been known again since a login.
 */
async function calleesNow({ tx, now, content }: Calling, alarm: Alarm): Promise<Callees> {
  if (!isRestricted(content, alarm)) return { whole: (await toDuty(tx, now, '')).map(({ to }) => to), discreet: [] };
  const staff = await tx.find('people', { role: ['worker', 'director'] });
  const onDuty = await dutyOn(tx, now);
  const concerned = staff.filter((person) => person.role === 'director' || person.id === onDuty?.id || alarm.takers.includes(person.id));
  const groups = await tx.find('rooms', { kind: 'staff' });
  const others = (await anyInReach(tx, groups)) ? [] : staff.filter((person) => !concerned.includes(person));
  const discreet = [...concerned.filter(({ asleep }) => asleep), ...others];
  return {
    whole: concerned.filter(({ asleep }) => !asleep).map(toPerson),
    discreet: [...groups.map(({ id }): Recipient => ({ room: id })), ...discreet.map(toPerson)],
  };
}

/** Calls them. @returns the alarm with those who were called, and what they are told */
export async function callNow(means: Calling, alarm: Alarm, notice: Notice): Promise<{ alarm: Alarm; replies: Reply[] }> {
  const callees = await calleesNow(means, alarm);
  const all = [...callees.whole, ...callees.discreet];
  const { people, rooms, words } = alarm.called;
  const called = {
    people: union(people, all.flatMap(personOf)),
    rooms: union(rooms, all.flatMap(roomOf)),
    words: union(words, callees.whole.flatMap(personOf)),
  };
  return { alarm: { ...alarm, called }, replies: noticesTo(callees, notice) };
}

/** Tells everybody who was called, and whoever has taken it on. */
export function toCalled({ content }: Pick<Calling, 'content'>, alarm: Alarm, notice: Notice): Reply[] {
  const { called, takers } = alarm;
  const open = !isRestricted(content, alarm);
  const isTold = (id: string) => open || called.words.includes(id) || takers.includes(id);
  const people = union(called.people, takers);
  const rooms = called.rooms.map((room): Recipient => ({ room }));
  const toThem = (ids: readonly string[]) => ids.map((person): Recipient => ({ person }));
  return noticesTo(
    {
      whole: [...toThem(people.filter(isTold)), ...(open ? rooms : [])],
      discreet: [...toThem(people.filter((id) => !isTold(id))), ...(open ? [] : rooms)],
    },
    notice,
  );
}

/** Tells whoever has taken it on, privately. */
export function toTakers({ takers }: Alarm, notice: Pick<Notice, 'whole' | 'file'>): Reply[] {
  return noticesTo({ whole: takers.map((person): Recipient => ({ person })), discreet: [] }, { ...notice, discreet: '' });
}

function noticesTo(callees: Callees, { whole, discreet, file }: Notice): Reply[] {
  return [
    ...callees.whole.map((to): Reply => ({ to, text: whole, kind: 'notice', ...(file === undefined ? {} : { file }) })),
    ...callees.discreet.map((to): Reply => ({ to, text: discreet, kind: 'notice' })),
  ];
}

/** Whom a call reaches now: groups that are known, and people who can be written to. */
async function reached({ tx }: Calling, replies: readonly Reply[]): Promise<{ people: Person[]; rooms: number }> {
  const people: Person[] = [];
  let rooms = 0;
  for (const { to } of replies) {
    if ('room' in to) rooms += Number((await tx.get('rooms', to.room))?.held !== true);
    else {
      const person = await tx.get('people', to.person);
      if (person?.reachable) people.push(person);
    }
  }
  return { people, rooms };
}

/** Who was told, as it is: "我已经叫了值班的小周", or that nobody could be reached and whom to phone. */
export async function whoWasTold(means: Calling, alarm: Alarm, replies: readonly Reply[], call: string): Promise<string> {
  const { say, tx, now, content } = means;
  const { people, rooms } = await reached(means, replies);
  const number = alarm.id;
  const onDuty = await dutyOn(tx, now);
  const names = people.map(({ name }) => oneLine(name)).join(say('list.separator'));
  if (people.some(({ id }) => id === onDuty?.id)) return say('emergency.toldDuty', { name: oneLine(onDuty?.name ?? ''), number });
  if (isRestricted(content, alarm)) {
    if (people.length > 0 && alarm.called.words.some((id) => people.some((person) => person.id === id)))
      return say('emergency.toldPrivately', {
        names: people
          .filter(({ id }) => alarm.called.words.includes(id))
          .map(({ name }) => oneLine(name))
          .join(say('list.separator')),
        number,
      });
    return people.length + rooms > 0 ? say('emergency.toldDiscreetly', { number }) : say('emergency.toldNobody', { number, call });
  }
  if (rooms > 0) return say('emergency.toldGroup', { number });
  return names === '' ? say('emergency.toldNobody', { number, call }) : say('emergency.toldPeople', { names, number });
}

/** Whom it was that was called, in words: "值班的小周、工作群". Of those who cannot be reached nothing is said. */
export async function calledInWords(means: Calling, { called }: Alarm): Promise<string> {
  const { tx, now, say } = means;
  const replies = [...called.people.map((person) => ({ person })), ...called.rooms.map((room) => ({ room }))].map(
    (to): Reply => ({ to, text: '', kind: 'notice' }),
  );
  const { people, rooms } = await reached(means, replies);
  const onDuty = await dutyOn(tx, now);
  const named = people.map(({ id, name }) => (id === onDuty?.id ? say('emergency.whomDuty', { name: oneLine(name) }) : oneLine(name)));
  return [...named, ...(rooms > 0 ? [say('emergency.whomGroup')] : [])].join(say('list.separator'));
}

/** Whether a member of staff may read what was said: of what is restricted who was called with the words, who has taken it on, and directors. */
export function mayRead(content: Snapshot, person: Person, alarm: Alarm): boolean {
  if (!may(person, 'worker')) return false;
  return !isRestricted(content, alarm) || may(person, 'director') || [...alarm.takers, ...alarm.called.words].includes(person.id);
}

const toPerson = ({ id }: Person): Recipient => ({ person: id });
const personOf = (to: Recipient): string[] => ('room' in to ? [] : [to.person]);
const roomOf = (to: Recipient): string[] => ('room' in to ? [to.room] : []);

function union(one: readonly string[], other: readonly string[]): string[] {
  return [...new Set([...one, ...other])];
}
