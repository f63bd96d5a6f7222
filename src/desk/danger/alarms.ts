import { type AlarmMove, afterMove, onStates } from '../../domain/danger/alarm.ts';
import { alarmNumber } from '../../domain/danger/alarm-number.ts';
import type { Course } from '../../domain/danger/course.ts';
import { fromShanghai, inShanghai, plusDays, plusMinutes, spokenHour, spokenTime } from '../../domain/time/clock-time.ts';
import type { EmergencyKind } from '../../domain/understanding/emergency.ts';
import { oneLine } from '../../domain/words/one-line.ts';
import { append } from '../kernel/audit.ts';
import type { Snapshot } from '../kernel/content.ts';
import { placeIn } from '../kernel/places.ts';
import type { Transaction, Vault } from '../kernel/ports.ts';
import type { Say } from '../kernel/say.ts';
import { beginningOf, readAtMost } from '../kernel/whole.ts';
import type { Alarm, AlarmStep } from './rows.ts';

/** Staff are called every five minutes, three times, then the director. */
export const againMinutes = 5;
export const pagesToStaff = 3;
export const never = '9999-12-31T00:00:00.000Z';
/** An alarm is a day old at most when what somebody says is still taken for it. */
const goesOnDays = 1;
/** At which hour somebody is reminded to look in, the day after. */
const lookInAt = '09:00';

/** What it takes to change an alarm: a turn, or the clock. `actor` is a person, or who acts by the clock. */
export interface Acting {
  readonly tx: Transaction;
  readonly now: Date;
  readonly say: Say;
  readonly content: Snapshot;
  readonly vault: Vault;
  readonly actor: string;
}

/** What was told, and by whom. */
export interface Told {
  readonly person: string;
  readonly room?: string | undefined;
  readonly kind: EmergencyKind;
  readonly text: string;
  readonly file?: string | undefined;
  readonly unanswered?: true;
}

/** What counts the alarms of a day (yyMMdd). */
export const alarmCounter = (day: string) => `alarm/${day}`;

/** An alarm of something new, under the next number of the day. It is not kept yet. */
export async function newAlarm({ tx, now, content }: Acting, { person, room, kind, text, file, unanswered }: Told): Promise<Alarm> {
  const { date } = inShanghai(now);
  const day = date.slice(2).replaceAll('-', '');
  const at = now.toISOString();
  const place = placeIn(content, oneLine(text));
  return {
    id: alarmNumber(day, await tx.next(alarmCounter(day))),
    state: 'called',
    kinds: [kind.id],
    person,
    voices: [],
    ...(room === undefined ? {} : { room }),
    ...(place === undefined ? {} : { place }),
    ...(unanswered ? { unanswered } : {}),
    createdAt: at,
    lastAt: at,
    nextAt: plusMinutes(now, againMinutes).toISOString(),
    pages: 1,
    pagedAt: at,
    called: { people: [], rooms: [], words: [] },
    takers: [],
    lookInAt: nextMorning(now),
    history: [stepOf(person, at, 'call', { text, file })],
  };
}

/** The morning after, as an ISO time. */
export function nextMorning(now: Date): string {
  return fromShanghai(inShanghai(plusDays(now, 1)).date, lookInAt).toISOString();
}

function stepOf(
  actor: string,
  at: string,
  move: AlarmMove,
  {
    text,
    file,
    course,
    later,
  }: Partial<Record<'text' | 'file', string | undefined>> & { readonly course?: Course | undefined; readonly later?: true },
): AlarmStep {
  return {
    at,
    actor,
    move,
    ...(text === undefined || text === '' ? {} : { text: beginningOf(oneLine(text), readAtMost) }),
    ...(file === undefined ? {} : { file }),
    ...(course === undefined ? {} : { course }),
    ...(later === undefined ? {} : { later }),
  };
}

/** What a step holds besides who made it and when. */
export type Words = Parameters<typeof stepOf>[3];

/** The alarm after a move, which is noted. It is not kept yet. Undefined when the move is not legal now. */
export function moved({ now, actor }: Acting, alarm: Alarm, move: AlarmMove, words: Words = {}): Alarm | undefined {
  const state = afterMove(alarm.state, move);
  if (state === undefined) return undefined;
  const at = now.toISOString();
  return { ...alarm, state, lastAt: at, history: [...alarm.history, stepOf(actor, at, move, words)] };
}

/** Keeps an alarm and notes in the audit trail what was done. */
export async function keepAlarm(acting: Acting, alarm: Alarm): Promise<Alarm> {
  const before = (await acting.tx.get('alarms', alarm.id))?.history.length ?? 0;
  for (const { move } of alarm.history.slice(before))
    await append(acting, { actor: acting.actor, act: `alarm.${move}`, target: alarm.id, allowed: true });
  await acting.tx.put('alarms', alarm);
  return alarm;
}

/** What a kind of danger is, as the content has it now. */
export function kindOf(content: Pick<Snapshot, 'emergencies'>, id: string | undefined): EmergencyKind | undefined {
  return content.emergencies.kinds.find((kind) => kind.id === id);
}

/** "燃气泄漏、着火、冒烟"; where nobody said that there is danger only what it sounded like. */
export function titleOf(
  { content, say }: Pick<Acting, 'content' | 'say'>,
  { kinds, unanswered }: Pick<Alarm, 'kinds' | 'unanswered'>,
): string {
  const title = kinds.map((id) => kindOf(content, id)?.title ?? say('alarm.someKind')).join(say('list.separator'));
  return unanswered ? say('alarm.perhaps', { title }) : title;
}

/** "燃气泄漏 3栋2单元": what and where, and nothing of anybody's words. */
export function matterOf(means: Pick<Acting, 'content' | 'say'>, alarm: Pick<Alarm, 'kinds' | 'place' | 'unanswered'>): string {
  return [titleOf(means, alarm), alarm.place ?? ''].join(' ').trimEnd();
}

/** Whether its words are for who is on duty, directors and whoever takes it alone. What is no kind any more is. */
export function isRestricted(content: Pick<Snapshot, 'emergencies'>, { kinds }: Pick<Alarm, 'kinds'>): boolean {
  return kinds.some((id) => kindOf(content, id)?.restricted ?? kindOf(content, id) === undefined);
}

/** The first number to call. */
export function callNumber(content: Pick<Snapshot, 'emergencies'>, { kinds }: Pick<Alarm, 'kinds'>): string {
  return kindOf(content, kinds.at(-1))?.call[0] ?? '110';
}

/** What its teller and others have said, in order, in one line; what is told together is not among it. */
export function wordsOf({ history }: Alarm): string {
  return history
    .flatMap(({ move, text, later }) => (['call', 'tell'].includes(move) && text !== undefined && !later ? [text] : []))
    .join(' ');
}

/** Who has it: of one that has begun anew nobody has yet. */
export function holdersOf({ state, takers }: Pick<Alarm, 'state' | 'takers'>): readonly string[] {
  return state === 'called' ? [] : takers;
}

/** "22:07" of today, otherwise with its day. */
export function spokenMoment(at: string, now: Date): string {
  const time = new Date(at);
  return inShanghai(time).date === inShanghai(now).date ? spokenHour(time) : spokenTime(time);
}

/** The alarms that are on, oldest first. */
export async function alarmsOn(tx: Transaction): Promise<Alarm[]> {
  return tx.find('alarms', { state: onStates }, { by: 'createdAt' });
}

/** The latest alarm that somebody told of and that is on, or was over a short while ago. */
export async function ownAlarm(tx: Transaction, person: string, now: Date, overMinutes = 0, days = goesOnDays): Promise<Alarm | undefined> {
  const since = plusDays(now, -days).toISOString();
  const ended = plusMinutes(now, -overMinutes).toISOString();
  const own = (await tx.mentioning('alarms', person))
    .filter((alarm) => alarm.createdAt >= since && (alarm.person === person || alarm.voices.includes(person)))
    .sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  return own.findLast(({ state }) => state !== 'over') ?? own.findLast(({ overAt = '' }) => overMinutes > 0 && overAt >= ended);
}

/** Whether words say one of these things (data/danger-talk.yaml), in either kind of characters. */
export function says({ simplify }: Pick<Snapshot, 'simplify'>, text: string, shapes: readonly RegExp[]): boolean {
  const said = simplify(text);
  return shapes.some((shape) => shape.test(said));
}
