import type { Saying } from '../../src/desk/kernel/accounts.ts';
import { hearing } from './ear.ts';
import { byHalfDays, clocks, dueBy, isOpen, type Matter, newMatter, resume } from './matters.ts';
import { dateOf, dayAfter, isWorked, onDay, weekdayOf } from './office.ts';

const minute = 60_000;
/** By then everything that is said at once was said, also what had to be tried again. */
const patience = 30 * minute;
/** So long what is not understood is taken for an alarm of its teller that is on, and for one that is over. */
const spokenOf = { on: 7 * 24 * 60 * minute, over: 6 * 60 * minute };
/** A broadcast is paced. */
const broadcastPatience = 4 * 60 * minute;

interface Expected {
  readonly from: number;
  readonly until: number;
}

/** Who works at the desk, and where. */
export interface Desk {
  readonly staffRoom: string;
  readonly director: string;
  /** Whoever is called first when somebody is in danger. */
  readonly onDuty: string;
  readonly rooms: readonly string[];
  /** Who follows an account that may write to them only for a while after they wrote, and to all of them four times a month. */
  readonly followers?: {
    readonly all: readonly string[];
    /** Whether somebody can surely be written to now. */
    readonly isOpen: (person: string) => boolean;
  };
}

/** Each follower gets so many messages to all in a calendar month. */
const editionsAMonth = 4;

/**
 * What should happen, told from the promises (docs/promises.md, desk.md), never from the program: every step of every matter, and
 * every sentence that somebody is to hear because of it, once, in its time. Whatever is heard beyond that, or not heard, is a
 * difference.
 */
export class Model {
  readonly matters: Matter[] = [];
  readonly differences: string[] = [];
  /** Broadcasts that a group never heard: after a crash nobody knows, and the store must say so. */
  readonly unheard: { room: string; edition: string }[] = [];
  heard = 0;
  readonly #desk: Desk;
  readonly #expected = new Map<string, Expected[]>();
  /** What was said by a process that died at once: it may be said again. */
  readonly #doubtful = new Map<string, number>();
  /** Who cannot be written to, and what waits for them. */
  readonly #waiting = new Map<string, string[]>();
  readonly #noticed = new Set<string>();
  /** Editions of each month (yyyy-MM). */
  readonly #editions = new Map<string, number>();
  #now = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  // What people do.

  filed(given: Pick<Matter, 'place' | 'what' | 'person' | 'danger'>, room?: string): Matter {
    const matter = newMatter(given, this.#now);
    this.matters.push(matter);
    const { staffRoom, onDuty } = this.#desk;
    if (matter.danger) {
      if (room === undefined) this.#expect('card', matter.person, '');
      for (const to of [staffRoom, onDuty]) this.#expect('page', to, matter.place);
      return matter;
    }
    this.#expect('receipt', matter.person, matter.place);
    this.#expect('new', staffRoom, matter.place);
    if (room !== undefined) this.#expect('groupReceipt', room, '');
    return matter;
  }

  joined(matter: Matter, person: string): void {
    matter.followers.push(person);
    this.#tell('joined', person, matter);
    this.#tell('similarStaff', this.#desk.staffRoom, matter);
  }

  accepted(matter: Matter, by: string): void {
    this.#firstWord(matter);
    matter.state = 'accepted';
    matter.handler = by;
    this.#tellVoices('accepted', matter);
  }

  acknowledged(matter: Matter, by: string): void {
    this.#firstWord(matter);
    matter.state = 'accepted';
    matter.handler = by;
    this.#expect('coming', matter.room ?? matter.person, '');
  }

  /** Somebody has been there: an alarm ends, and nobody is asked to rate it. */
  calmed(matter: Matter): void {
    matter.state = 'archived';
    matter.overAt = this.#now;
  }

  paged(matter: Matter, time: 2 | 3 | 'director'): void {
    const { staffRoom, onDuty, director } = this.#desk;
    if (time === 'director') this.#tell('pageDirector', director, matter);
    else for (const to of [staffRoom, onDuty]) this.#tell(`page${time}`, to, matter);
  }

  /** Somebody says what nothing can be made of: whoever has their alarm hears it, the same words once. */
  saidNothing(person: string, words: string): void {
    const alarm = this.alarmOf(person);
    if (alarm?.handler === undefined || alarm.words.has(words)) return;
    alarm.words.add(words);
    this.#tell('more', alarm.handler, alarm);
  }

  /** The alarm that somebody told of last and that is on, or was over some hours ago. */
  alarmOf(person: string): Matter | undefined {
    const theirs = this.matters.filter((each) => each.danger && each.person === person && each.filedAt >= this.#now - spokenOf.on);
    return theirs.findLast(isOpen) ?? theirs.findLast(({ overAt = 0 }) => overAt >= this.#now - spokenOf.over);
  }

  assigned(matter: Matter, by: string, to: string): void {
    this.#goOn(matter, 'in_progress');
    matter.handler = to;
    if (to !== by) this.#tell('assigned', to, matter);
  }

  answered(matter: Matter): void {
    this.#firstWord(matter);
    if (matter.state === 'registered') matter.state = 'accepted';
    this.#tell('answered', matter.person, matter);
  }

  referred(matter: Matter): void {
    this.#firstWord(matter);
    this.#goOn(matter, 'referred');
    this.#tellVoices('referred', matter);
  }

  asked(matter: Matter): void {
    this.#firstWord(matter);
    matter.state = 'waiting_resident';
    matter.pausedAt = this.#now;
    matter.told.delete('waited');
    this.#tell('asked', matter.person, matter);
  }

  supplemented(matter: Matter): void {
    this.#goOn(matter, 'in_progress');
    this.#tell('supplemented', matter.person, matter);
    this.#tell('supplementStaff', this.#inCharge(matter), matter);
  }

  extended(matter: Matter, until: number): void {
    this.#firstWord(matter);
    if (matter.state === 'registered') matter.state = 'accepted';
    matter.answerBy = until;
    matter.told = new Set([...matter.told].filter((each) => each === 'firstWord'));
    // What has passed by the new day is not said again.
    for (const each of dueBy(matter, this.#now)) if (each !== 'firstWord') matter.told.add(each);
    this.#tellVoices('extended', matter);
  }

  resolved(matter: Matter, by: string): void {
    this.#firstWord(matter);
    this.#goOn(matter, 'resolved');
    matter.handler ??= by;
    matter.resolvedAt = this.#now;
    matter.told = new Set();
    this.#tell('resolved', matter.person, matter);
    for (const to of matter.followers) this.#tell('resolvedJoined', to, matter);
  }

  declined(matter: Matter): void {
    this.#firstWord(matter);
    this.#goOn(matter, 'declined');
    this.#tellVoices('declined', matter);
  }

  rated(matter: Matter): void {
    matter.state = 'archived';
    matter.ratedRounds.add(matter.round);
  }

  notSatisfied(matter: Matter): void {
    this.#tell('unhappy', this.#inCharge(matter), matter);
  }

  notSolved(matter: Matter): void {
    matter.ratedRounds.add(matter.round);
    matter.state = 'in_progress';
    matter.round++;
    Object.assign(matter, clocks(matter.urgent, this.#now));
    delete matter.firstWordAt;
    delete matter.resolvedAt;
    this.#tell('reopened', matter.person, matter);
    this.#tell('reopenedStaff', this.#inCharge(matter), matter);
    if (matter.round >= 3) this.#tell('phone', this.#desk.director, matter);
  }

  merged(matter: Matter, into: Matter): void {
    // That it is told to be part of another is an answer.
    this.#firstWord(matter);
    this.#goOn(matter, 'merged');
    this.#tellVoices('merged', matter);
    for (const person of [matter.person, ...matter.followers])
      if (person !== into.person && !into.followers.includes(person)) into.followers.push(person);
  }

  withdrawn(matter: Matter): void {
    this.#goOn(matter, 'withdrawn');
    this.#tell('withdrawn', matter.person, matter);
    this.#tell('withdrawnStaff', this.#inCharge(matter), matter);
  }

  urged(matter: Matter): void {
    this.#tell('urged', matter.person, matter);
    this.#tell('urgedStaff', this.#inCharge(matter), matter);
  }

  limited(person: string): void {
    this.#expect('tooMuch', person, '');
  }

  blocked(person: string): void {
    this.#expect('blocked', person, '');
  }

  /** Cannot be written to from now on. */
  isStranger(person: string): void {
    this.#waiting.set(person, []);
  }

  /** Writes privately: what waited is said. */
  befriended(person: string): void {
    const waited = this.#waiting.get(person) ?? [];
    this.#waiting.delete(person);
    for (const key of waited) this.#add(key, this.#now, patience);
  }

  // What the clock does.

  /** The time is now; whatever is due by it is expected, before anybody speaks. */
  tick(now: number): void {
    this.#now = now;
    for (const matter of this.matters) if (!matter.danger) this.#wake(matter);
    const date = dateOf(now);
    if (isWorked(date) && (now === onDay(date, 510) || now === onDay(date, 840))) this.#remind(now === onDay(date, 510));
    if (now === onDay(date, 540) && weekdayOf(date) === 5) this.#edition(date.slice(0, 7));
    this.#overdue();
  }

  /** Every group hears it; those who follow an account hear four in a month, the fifth only stands there. */
  #edition(month: string): void {
    const { rooms, followers } = this.#desk;
    const count = (this.#editions.get(month) ?? 0) + 1;
    this.#editions.set(month, count);
    const readers = count > editionsAMonth ? rooms : [...rooms, ...(followers?.all ?? [])];
    for (const each of readers) this.#add(`edition|${each}|`, this.#now, broadcastPatience);
  }

  #wake(matter: Matter): void {
    const due = dueBy(matter, this.#now).filter((each) => !byHalfDays.includes(each));
    const last = due.at(-1);
    if (last === undefined) return;
    for (const each of due) matter.told.add(each);
    if (last === 'archive') matter.state = 'archived';
    else if (last === 'nudge') this.#tell('nudge', matter.person, matter);
    else {
      this.#tell(last, this.#inCharge(matter), matter);
      this.#goOn(matter, 'in_progress');
    }
  }

  /** When the office opens, and again after noon: each hears once of all that is theirs to do until the evening. */
  #remind(morning: boolean): void {
    const { staffRoom, director } = this.#desk;
    const evening = onDay(dayAfter(dateOf(this.#now)), 0);
    const told = new Map<string, string[]>();
    const tell = (to: string, { number = '' }: Matter) => told.set(to, [...(told.get(to) ?? []), number]);
    for (const matter of this.matters) {
      if (matter.danger || !isOpen(matter) || matter.state === 'waiting_resident') continue;
      const due = dueBy(matter, evening);
      for (const each of due) matter.told.add(each);
      const late = matter.answerBy < this.#now;
      if (due.length === 0 && !(morning && late)) continue;
      tell(this.#inCharge(matter), matter);
      const watched = due.includes('overdue') || (due.includes('due') && !late);
      if (watched && this.#inCharge(matter) !== director) tell(director, matter);
    }
    if (morning && this.matters.some(isOpen)) told.set(staffRoom, told.get(staffRoom) ?? []);
    for (const [to, numbers] of told)
      this.#expect(morning && to === staffRoom ? 'digest' : 'reminders', to, [...new Set(numbers)].sort().join());
  }

  // What is heard.

  said(saying: Saying): void {
    this.heard++;
    const { tag, to, number: first, numbers, place, unnamed } = hearing(saying);
    if (tag === undefined) return;
    const number = tag === 'digest' || tag === 'reminders' ? numbers.join() : first;
    const matter = this.#named(tag, number, place);
    const keys = [`${tag}|${to}|${number ?? ''}`, `${tag}|${to}|${place ?? ''}`, `${tag}|${to}|`];
    if (tag === 'privacy' && !this.#noticed.has(to)) return void this.#noticed.add(to);
    const isDue = (key: string) => this.#expected.get(key)?.some(({ from }) => from <= this.#now) === true;
    const found =
      unnamed > 0 ? [...this.#expected.keys()].find((key) => isDue(key) && tells(key, keys[2], numbers, unnamed)) : keys.find(isDue);
    if (found !== undefined) {
      const [, ...rest] = this.#expected.get(found) ?? [];
      if (rest.length > 0) this.#expected.set(found, rest);
      else this.#expected.delete(found);
      return;
    }
    const again = doubtOf(saying);
    const times = this.#doubtful.get(again) ?? 0;
    if (times > 0) return void this.#doubtful.set(again, times - 1);
    this.#differs(
      `nobody was to hear "${tag}" of ${number ?? place ?? 'nothing'} (${matter?.state ?? 'unknown'}) now: ${saying.text.slice(0, 60)}`,
      to,
    );
  }

  /** These were said by a process that then died, perhaps before it could note that it had. A broadcast is never said again. */
  mayBeSaidAgain(sayings: readonly Saying[]): void {
    for (const saying of sayings.filter(({ kind }) => kind !== 'broadcast')) {
      const again = doubtOf(saying);
      this.#doubtful.set(again, (this.#doubtful.get(again) ?? 0) + 1);
    }
  }

  /** At the end whatever is still waited for was missed, but for what waits for somebody who cannot be written to. */
  finish(): void {
    this.#now += broadcastPatience + patience;
    this.#overdue();
  }

  differs(what: string, who = ''): void {
    this.#differs(what, who);
  }

  /** A number is learnt with the first sentence that names it beside its place, and told to nobody else. */
  #named(tag: string, number: string | undefined, place: string | undefined): Matter | undefined {
    if (number === undefined) return undefined;
    if (place !== undefined && ['receipt', 'new', 'page'].includes(tag)) {
      const matter = this.matters.find((each) => each.place === place);
      if (!matter) this.#differs(`${number} was given to nobody’s matter at ${place}`, tag);
      else if (matter.number !== undefined && matter.number !== number) this.#differs(`${place} has ${matter.number} and ${number}`, tag);
      else matter.number = number;
    }
    return this.matters.find((each) => each.number === number);
  }

  #overdue(): void {
    const { rooms, followers } = this.#desk;
    for (const [key, expected] of this.#expected) {
      const [tag, room = ''] = key.split('|');
      const waits = tag !== 'edition' && followers?.all.includes(room) && !followers.isOpen(room);
      const missed = expected.filter(({ until }) => until < this.#now);
      if (missed.length === 0 || waits) continue;
      for (const { from } of missed) {
        if (tag === 'edition' && rooms.includes(room)) this.unheard.push({ room, edition: dateOf(from) });
        else this.#differs(`never heard, expected from ${new Date(from).toISOString()}`, key);
      }
      const rest = expected.filter(({ until }) => until >= this.#now);
      if (rest.length > 0) this.#expected.set(key, rest);
      else this.#expected.delete(key);
    }
  }

  /** Its clock stands still only while it waits for the resident. */
  #goOn(matter: Matter, state: string): void {
    if (matter.state === 'waiting_resident') resume(matter, this.#now);
    matter.state = state;
  }

  #firstWord(matter: Matter): void {
    matter.firstWordAt ??= this.#now;
  }

  #inCharge({ handler }: Matter): string {
    return handler ?? this.#desk.staffRoom;
  }

  #tellVoices(tag: string, matter: Matter): void {
    for (const to of new Set([matter.person, ...matter.followers])) this.#tell(tag, to, matter);
  }

  #tell(tag: string, to: string, { number = '' }: Matter): void {
    this.#expect(tag, to, number);
  }

  #expect(tag: string, to: string, about: string): void {
    const waiting = this.#waiting.get(to);
    const key = `${tag}|${to}|${about}`;
    if (waiting) waiting.push(key);
    else this.#add(key, this.#now, patience);
  }

  #add(key: string, from: number, within: number): void {
    this.#expected.set(key, [...(this.#expected.get(key) ?? []), { from, until: from + within }]);
  }

  #differs(what: string, who: string): void {
    this.differences.push(`${new Date(this.#now).toISOString()} ${who}: ${what}`);
  }
}

/** Whether a long notice, of which `begins` is the beginning of its key, tells of just these numbers and of so many more. */
function tells(key: string, begins = '', numbers: readonly string[], unnamed: number): boolean {
  const all = key.slice(begins.length).split(',');
  return key.startsWith(begins) && all.length === numbers.length + unnamed && numbers.every((each) => all.includes(each));
}

const doubtOf = ({ to, text, kind }: Saying) => JSON.stringify([to, text, kind]);
