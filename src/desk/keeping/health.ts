import { openStates } from '../../domain/appeals/appeal.ts';
import { isLate } from '../../domain/appeals/appeal-clock.ts';
import { inShanghai, plusDays, plusMinutes, spokenDay, spokenTime } from '../../domain/time/clock-time.ts';
import { choreTitle } from '../kernel/chore.ts';
import type { Snapshot } from '../kernel/content.ts';
import type { OfficeTime } from '../kernel/office-time.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { Say } from '../kernel/say.ts';
import { dutyOn } from '../kernel/staff.ts';
import { isStale } from '../knowledge/answer-text.ts';
import { massLines } from '../news/followers.ts';
import { newsToSay } from '../news/items.ts';
import { frozenSince } from '../sending/freeze.ts';
import { limitText } from '../sending/limited.ts';

/** `look`: somebody should see to it. `broken`: it keeps the bot from its work. */
export type Condition = 'well' | 'look' | 'broken';

/** One thing that was looked at. */
export interface Finding {
  readonly id: string;
  readonly condition: Condition;
  /** What was found, in one line. */
  readonly text: string;
  /** What to do next; empty when there is nothing to do. */
  readonly todo: string;
}

/** A finding from a sentence: its first line is what was found, the others tell what to do. */
export function finding(id: string, condition: Condition, sentence: string): Finding {
  const [text = '', ...todo] = sentence.split('\n');
  return { id, condition, text, todo: todo.join('\n') };
}

export interface HealthMeans {
  readonly tx: Transaction;
  readonly now: Date;
  readonly say: Say;
  /** With what staff have changed laid over it. */
  readonly content: Pick<Snapshot, 'answers' | 'local' | 'laws' | 'news' | 'broadcasts'>;
  readonly knows: OfficeTime['knows'];
}

/** How the desk stands, as far as its store and its content tell. */
export async function deskHealth(means: HealthMeans): Promise<Finding[]> {
  const checks = [
    ...[
      damaged,
      people,
      rooms,
      answers,
      notFound,
      localFacts,
      calendar,
      clock,
      alarms,
      appeals,
      deliveries,
      limit,
      broadcast,
      mass,
      columns,
    ],
    chores,
  ];
  return (await Promise.all(checks.map((check) => check(means)))).flat();
}

type Check = (means: HealthMeans) => Promise<Finding[]>;

/** What is left of the month's messages to all who follow an account. */
const mass: Check = async (means) => {
  const lines = await massLines(means);
  return lines.length === 0 ? [] : [finding('mass', 'well', lines.join('\n'))];
};

/** So many rows that could not be read are named. */
const namedAtMost = 5;

const damaged: Check = async ({ tx, say }) => {
  const rows = await tx.find('damaged');
  const which = rows.slice(0, namedAtMost).map(({ id, why }) => `${id} (${why})`);
  return rows.length === 0
    ? []
    : [finding('damaged', 'look', say('doctor.damaged', { count: rows.length, which: which.join(say('list.separator')) }))];
};

const people: Check = async ({ tx, now, say }) => {
  const directors = await tx.find('people', { role: 'director' });
  const onDuty = await dutyOn(tx, now);
  return [
    directors.length === 0
      ? finding('director', 'broken', say('doctor.noDirector'))
      : finding('director', 'well', say('doctor.directors', { count: directors.length })),
    onDuty ? finding('duty', 'well', say('doctor.onDuty', { name: onDuty.name })) : finding('duty', 'look', say('doctor.nobodyOnDuty')),
  ];
};

const rooms: Check = async ({ tx, say }) => {
  const residents = await tx.find('rooms', { kind: 'residents' });
  const staff = await tx.find('rooms', { kind: 'staff' });
  return [
    residents.length === 0
      ? finding('rooms', 'look', say('doctor.noRooms'))
      : finding('rooms', 'well', say('doctor.rooms', { count: residents.length })),
    ...(staff.length === 0 ? [finding('staffRoom', 'look', say('doctor.noStaffRoom'))] : []),
  ];
};

const answers: Check = async ({ content, now, say }) => {
  const today = inShanghai(now).date;
  const overdue = [...content.answers.values()].filter(({ reviewBy }) => reviewBy < today).length;
  return overdue === 0
    ? [finding('answers', 'well', say('doctor.answers', { count: content.answers.size }))]
    : [finding('answers', 'look', say('doctor.answersOverdue', { count: overdue }))];
};

/** What is asked for and not found is looked at as far back as the columns are. */
const recentDays = 10;

/** What residents asked for lately and did not get: questions without an answer, and answers that are stopped or past their review. */
const notFound: Check = async ({ tx, content, now, say }) => {
  const since = plusDays(now, -recentDays).toISOString();
  const questions = (await tx.find('unanswered', { at: { atLeast: since } })).length;
  const asked = new Set((await tx.find('asks', { at: { atLeast: since } })).map(({ topic }) => topic));
  const unsaid = [...asked].flatMap((id) => content.answers.get(id) ?? []).filter((answer) => isStale(answer, { content, now }));
  return [
    ...(questions === 0 ? [] : [finding('unanswered', 'look', say('doctor.unanswered', { days: recentDays, count: questions }))]),
    ...(unsaid.length === 0
      ? []
      : [finding('unsaid', 'look', say('doctor.unsaid', { titles: unsaid.map(({ title }) => title).join(say('list.separator')) }))]),
  ];
};

const localFacts: Check = async ({ content: { local }, say }) => {
  const unset = [...local.values()].filter(({ value }) => value === undefined);
  const phone = unset.some(({ id }) => id === 'office.phone') ? [finding('phone', 'look', say('doctor.noPhone'))] : [];
  const invented = [...local.values()].filter(({ value }) => value !== undefined && isSample(value, say)).map(({ id }) => id);
  return [
    ...(invented.length === 0
      ? []
      : [finding('invented', 'broken', say('doctor.samplesUsed', { facts: invented.join(say('list.separator')) }))]),
    ...(unset.length === 0
      ? [finding('facts', 'well', say('doctor.facts', { count: local.size }))]
      : [...phone, finding('facts', 'look', say('doctor.factsUnset', { unset: unset.length, count: local.size }))]),
  ];
};

/** Whether a value is an example that somebody has copied: it says so, or its telephone number is one that nobody has. */
function isSample(value: string, say: Say): boolean {
  return value.includes(say('local.sample', { value: '' })) || /(?<!\d)0\d{2,3}-?00000\d\d(?!\d)/u.test(value);
}

/** The State Council announces the holidays of a year in the November before it. */
const announcedInMonth = 11;

const calendar: Check = async ({ knows, now, say }) => {
  const { year, month } = inShanghai(now);
  const known = [year, year + 1].filter((each) => knows(new Date(`${each}-06-15T00:00:00Z`)));
  if (!known.includes(year)) return [finding('calendar', 'look', say('doctor.calendarUnknown', { year }))];
  return known.includes(year + 1) || month < announcedInMonth
    ? [finding('calendar', 'well', say('doctor.calendar', { year: known.at(-1) ?? year }))]
    : [finding('calendar', 'look', say('doctor.calendarNext', { year: year + 1 }))];
};

/** So much two clocks may differ. */
const clockMinutes = 5;

/** The time zone of the computer does not matter, its clock does: what has happened already cannot lie ahead. */
const clock: Check = async ({ tx, now, say }) => {
  const latest = (await tx.find('heard', {}, { by: 'at', descending: true, limit: 1 }))[0]?.at ?? '';
  return latest > plusMinutes(now, clockMinutes).toISOString()
    ? [finding('clock', 'broken', say('doctor.clockBehind', { time: spokenTime(now), last: spokenTime(new Date(latest)) }))]
    : [finding('clock', 'well', say('doctor.clock', { time: spokenTime(now) }))];
};

const alarms: Check = async ({ tx, say }) => {
  const waiting = (await tx.find('alarms', { state: 'called' })).map(({ id }) => id);
  return waiting.length === 0
    ? []
    : [finding('alarms', 'broken', say('doctor.alarms', { count: waiting.length, numbers: waiting.join(say('list.separator')) }))];
};

const appeals: Check = async ({ tx, now, say }) => {
  const open = await tx.find('appeals', { state: openStates });
  const late = open.filter((appeal) => isLate(appeal, now)).length;
  return late === 0
    ? [finding('late', 'well', say('doctor.appeals', { count: open.length }))]
    : [finding('late', 'look', say('doctor.appealsLate', { count: late }))];
};

/** What should have been said so long ago is not on its way any more. */
const stuckMinutes = 15;

const deliveries: Check = async ({ tx, now, say }) => {
  const count = (state: 'unsure' | 'failed' | 'waiting') => tx.count('deliveries', { state });
  const [unsure, failed, waiting] = await Promise.all([count('unsure'), count('failed'), count('waiting')]);
  const frozen = (await frozenSince(tx)) !== undefined;
  const since = plusMinutes(now, -stuckMinutes).toISOString();
  const due = await tx.find('deliveries', { state: ['queued', 'sending'], kind: ['reply', 'notice'], notBefore: { atMost: since } });
  const found = [
    ...(frozen ? [finding('frozen', 'broken', say('doctor.frozen'))] : []),
    ...(due.length > 0 && !frozen ? [finding('stuck', 'broken', say('doctor.stuck', { count: due.length, minutes: stuckMinutes }))] : []),
    ...(unsure > 0 ? [finding('unsure', 'look', say('doctor.unsure', { count: unsure }))] : []),
    ...(failed > 0 ? [finding('failed', 'look', say('doctor.failed', { count: failed }))] : []),
  ];
  return found.length > 0 ? found : [finding('deliveries', 'well', say('doctor.deliveries', { waiting }))];
};

const limit: Check = async (means) => {
  const said = await limitText(means);
  return said === '' ? [] : [finding('limited', 'broken', said)];
};

/** Longer than this no group has heard of the office. */
const silentDays = 15;

const broadcast: Check = async ({ tx, now, say }) => {
  const since = plusDays(now, -silentDays).toISOString();
  if ((await tx.find('rooms', { kind: 'residents', boundAt: { atMost: since } })).length === 0) return [];
  const [last] = await tx.find('editions', { state: ['planned', 'done', 'withdrawn'] }, { by: 'plannedAt', descending: true, limit: 1 });
  if (!last || last.plannedAt < since) return [finding('broadcast', 'look', say('doctor.noBroadcast', { days: silentDays }))];
  return [finding('broadcast', 'well', say('doctor.broadcast', { title: last.title, date: spokenDay(new Date(last.plannedAt)) }))];
};

/** Who opens a column finds something new there at least so often. */
const columns: Check = async ({ tx, content, now, say }) => {
  const today = inShanghai(now).date;
  const fed = (await newsToSay({ tx, content })).filter(({ date }) => date <= today);
  const [latest] = fed.sort((a, b) => b.date.localeCompare(a.date));
  if (!latest) return [finding('columns', 'look', say('doctor.noNews'))];
  const { date, title } = latest;
  return date < inShanghai(plusDays(now, -recentDays)).date
    ? [finding('columns', 'look', say('doctor.oldNews', { days: recentDays, date, title }))]
    : [finding('columns', 'well', say('doctor.news', { date, title }))];
};

const chores: Check = async ({ tx, say }) =>
  (await tx.find('chores')).map(({ id, since, failures }) =>
    finding('chores', 'look', say('doctor.chore', { what: choreTitle(say, id), since: spokenTime(new Date(since)), failures })),
  );
