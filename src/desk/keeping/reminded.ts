import { isLate, isRunning, remindersUntil, type Wake } from '../../domain/appeals/appeal-clock.ts';
import { dateAfter, fromShanghai, inShanghai, spokenDay } from '../../domain/time/clock-time.ts';
import { type Acting, keep, namedAppeal } from '../appeals/moves.ts';
import type { Appeal } from '../appeals/rows.ts';
import { toHandler } from '../appeals/staff.ts';
import type { Recipient, Reply } from '../kernel/message.ts';
import type { Log } from '../kernel/ports.ts';
import { toDirectors } from '../kernel/staff.ts';

/** So many of one kind are named in a digest. */
const namedAtMost = 10;

/** Why an appeal is told of, the most urgent first. */
const reasons = ['outer', 'overdue', 'late', 'due', 'firstWordLate', 'firstWord', 'most', 'half'] as const;
type Reason = (typeof reasons)[number];

/** What directors hear besides whoever handles it. */
const forDirectors: readonly Reason[] = ['outer', 'overdue', 'due'];

interface Reminded {
  readonly appeal: Appeal;
  readonly why: Reason;
}

/** What one recipient is told: their own, what nobody handles, or what directors watch. */
interface Told {
  readonly to: Recipient;
  readonly heading: 'yours' | 'nobodys' | 'watched';
  readonly reminded: Reminded[];
}

/**
 * What is due until the end of today, noted as told: to whoever handles it, or acts for them; to the staff what nobody handles; to the
 * directors what is due and what is long overdue. In the morning also what is late already.
 */
export async function dueNotices(acting: Acting, open: readonly Appeal[], morning: boolean, log: Log): Promise<Reply[]> {
  const told = new Map<string, Told>();
  for (const appeal of open)
    try {
      const why = await reminderOf(acting, appeal, morning);
      if (why !== undefined) await tellAll(acting, { appeal, why }, told);
    } catch (err) {
      // One that cannot be dealt with keeps no other from its reminder.
      log.error({ row: appeal.id, err }, 'of the digest this one could not be told');
    }
  return Promise.all([...told.values()].map(async (each) => ({ to: each.to, text: await textOf(acting, each), kind: 'notice' as const })));
}

/** Why an appeal is told of now, if it is; notes what of its clock was told. */
async function reminderOf(acting: Acting, appeal: Appeal, morning: boolean): Promise<Reason | undefined> {
  const { now, time } = acting;
  const endOfDay = fromShanghai(dateAfter(inShanghai(now).date, 1), '00:00');
  const due = isRunning(appeal.state) ? remindersUntil(endOfDay, appeal, time) : [];
  if (due.length > 0) await keep(acting, { ...appeal, told: [...appeal.told, ...due] });
  if (due.length === 0 && !morning) return undefined;
  return reasonOf(appeal, due, now);
}

function reasonOf(appeal: Appeal, due: readonly Wake[], now: Date): Reason | undefined {
  if (due.includes('outer')) return 'outer';
  if (due.includes('overdue')) return 'overdue';
  if (isLate(appeal, now)) return 'late';
  if (due.includes('due')) return 'due';
  if (due.includes('firstWord')) return (appeal.firstWordBy ?? '') < now.toISOString() ? 'firstWordLate' : 'firstWord';
  return due.includes('most') ? 'most' : due.includes('half') ? 'half' : undefined;
}

async function tellAll(acting: Acting, reminded: Reminded, told: Map<string, Told>): Promise<void> {
  const { appeal, why } = reminded;
  const own = await toHandler(acting, appeal, '');
  const known = new Set(own.map(({ to }) => keyOf(to)));
  for (const { to } of own) add(told, to, 'room' in to || appeal.handler === undefined ? 'nobodys' : 'yours', reminded);
  if (!forDirectors.includes(why)) return;
  for (const { to } of await toDirectors(acting.tx, '')) if (!known.has(keyOf(to))) add(told, to, 'watched', reminded);
}

function add(told: Map<string, Told>, to: Recipient, heading: Told['heading'], reminded: Reminded): void {
  const key = `${keyOf(to)} ${heading}`;
  const known = told.get(key) ?? { to, heading, reminded: [] };
  told.set(key, known);
  known.reminded.push(reminded);
}

const keyOf = (to: Recipient) => ('room' in to ? to.room : to.person);

async function textOf(acting: Acting, { heading, reminded }: Told): Promise<string> {
  const { say } = acting;
  const sections = await Promise.all(
    reasons.map(async (why) => {
      const these = reminded.filter((each) => each.why === why);
      if (these.length === 0) return [];
      const lines = await Promise.all(these.slice(0, namedAtMost).map(({ appeal }) => lineOf(acting, appeal, heading)));
      const more = these.length > namedAtMost ? [say('digest.more', { count: these.length - namedAtMost })] : [];
      return [say('digest.section', { title: say(`digest.why.${why}`), lines: [...lines, ...more].join('\n') })];
    }),
  );
  return [say(`digest.${heading}`), ...sections.flat()].join('\n');
}

async function lineOf(acting: Acting, appeal: Appeal, heading: Told['heading']): Promise<string> {
  const { tx, say, now } = acting;
  const { answerBy, handler: id } = appeal;
  const handler = heading === 'yours' || id === undefined ? undefined : await tx.get('people', id);
  return say('digest.line', {
    appeal: await namedAppeal(appeal, acting),
    due: answerBy === undefined ? '' : say('digest.due', { date: spokenDay(new Date(answerBy), now) }),
    handler: handler ? say('digest.handler', { name: handler.name }) : '',
  });
}
