import type { AppealState } from '../../domain/appeals/appeal.ts';
import { withoutAnybody } from '../../domain/danger/forgetting.ts';
import { dateAfter, inShanghai, plusDays } from '../../domain/time/clock-time.ts';
import { discard } from '../kernel/discards.ts';
import { nobody } from '../kernel/message.ts';
import type { Store, Transaction } from '../kernel/ports.ts';
import type { Tables } from '../kernel/table.ts';
import { withoutPerson } from '../people/erasure.ts';
import { forgetStrangers } from '../people/strangers.ts';
import type { Original } from '../privacy/rows.ts';
import { forget, tidy } from './tidying.ts';

/** How long the ids of heard messages are remembered; no channel delivers a message again later. */
const heardDays = 2;
/** How long what was said stays at hand, to be looked into. */
const sentDays = 2;
const unsentDays = 14;
/** How long something waits for somebody who is no friend of the account. */
const waitingDays = 90;
/** How long after its last step a closed appeal stays at hand: longer than it may be taken up again, and than 办理公示 looks back. */
export const closedDays = 35;
/** How long a question without an answer is kept (desk: 30 days). */
const unansweredDays = 30;
const unansweredAtMost = 500;
/** How long editions and items of news can be read back. */
const newsDays = 400;
/** How long the audit trail stays at hand; later it is in the archive. */
const auditDays = 2;
/** How long it is remembered what a resident chose or rejected; what two chose alike teaches for so long. */
const feedbackDays = 365;

/** An original is kept while its appeal is at hand; without an appeal it was for a form that was left. */
const looseOriginalDays = 1;
/** A picture that nothing needs by then was sent to somebody else, or for a form that was dropped. */
const looseFileDays = 1;
/** How long what was said is kept in the archive. */
const saidDays = 60;
/** How long after its last step an appeal keeps what is personal (desk: two years). */
const personalDays = 730;

const closed: readonly AppealState[] = ['archived', 'declined', 'merged', 'withdrawn'];

/** How many rows were forgotten or moved to the archive. */
export interface Housekeeping {
  readonly heard: number;
  readonly questions: number;
  readonly deliveries: number;
  readonly appeals: number;
  readonly alarms: number;
  readonly unanswered: number;
  readonly conversations: number;
  readonly marks: number;
  readonly feedback: number;
  readonly undos: number;
  readonly audit: number;
  readonly originals: number;
  readonly files: number;
  /** Rows of the archive that were dropped. */
  readonly dropped: number;
  readonly traffic: number;
  readonly blocks: number;
  /** People who said something in a group once, and are part of nothing. */
  readonly strangers: number;
  readonly news: number;
}

/** Forgets what has had its time and moves what is finished to the archive, so that a commit does not grow with history. */
export async function housekeep(tx: Transaction, now: Date): Promise<Housekeeping> {
  const before = (days: number) => plusDays(now, -days).toISOString();
  return {
    heard: await forget(tx, 'heard', await tx.find('heard', { at: { atMost: before(heardDays) } })),
    ...(await tidy(tx, now)),
    deliveries:
      (await archive(tx, 'deliveries', await sentLongAgo(tx, before(sentDays)))) +
      (await archive(tx, 'deliveries', await tx.find('deliveries', { state: 'failed', createdAt: { atMost: before(unsentDays) } }))) +
      (await archive(tx, 'deliveries', await tx.find('deliveries', { state: 'waiting', createdAt: { atMost: before(waitingDays) } }))),
    appeals: await archive(
      tx,
      'appeals',
      (await tx.find('appeals', { state: closed })).filter(({ history }) => (history.at(-1)?.at ?? '') <= before(closedDays)),
    ),
    alarms: await archive(
      tx,
      'alarms',
      (await tx.find('alarms', { state: 'over' })).filter(({ history }) => (history.at(-1)?.at ?? '') <= before(closedDays)),
    ),
    unanswered: await forget(tx, 'unanswered', await spentQuestions(tx, before(unansweredDays))),
    marks: await forget(tx, 'marks', await tx.find('marks', { until: { atMost: now.toISOString() } })),
    feedback: await forget(tx, 'feedback', await tx.find('feedback', { at: { atMost: before(feedbackDays) } })),
    blocks: await forget(tx, 'blocks', await tx.find('blocks', { until: { atMost: now.toISOString() } })),
    strangers: await forgetStrangers(tx),
    undos: await forget(tx, 'undos', await tx.find('undos', { at: { atMost: before(1) } })),
    audit: await archive(
      tx,
      'audit',
      (await tx.find('audit', { at: { atMost: before(auditDays) } })).map((row) => ({ ...row, createdAt: row.at })),
    ),
    originals: await forget(tx, 'originals', await spentOriginals(tx, before(looseOriginalDays))),
    files: await discardUnused(tx, now, before(looseFileDays)),
    dropped: await dropOldWords(tx, before(saidDays)),
    news:
      (await archive(
        tx,
        'editions',
        (await tx.find('editions', { plannedAt: { atMost: before(newsDays) } })).map((row) => ({ ...row, createdAt: row.plannedAt })),
      )) +
      (await archive(
        tx,
        'newsItems',
        (await tx.find('newsItems', { at: { atMost: before(newsDays) } })).map((row) => ({ ...row, createdAt: row.at })),
      )),
  };
}

/** Questions whose time is over, and the oldest of too many: staff look at those that are asked now, and often. */
async function spentQuestions(tx: Transaction, before: string): Promise<{ id: string }[]> {
  const newestFirst = await tx.find('unanswered', {}, { by: 'at', descending: true });
  return newestFirst.filter(({ at }, index) => at <= before || index >= unansweredAtMost);
}

/** Sealed originals whose appeals are no longer at hand, and those that never came to one. */
async function spentOriginals(tx: Transaction, before: string): Promise<Original[]> {
  const at = new Set([...(await tx.find('appeals')), ...(await tx.find('alarms'))].map(({ id }) => id));
  const all = await tx.find('originals');
  return all.filter((row) => (row.appeals.length === 0 ? row.at <= before : !row.appeals.some((number) => at.has(number))));
}

/** Discards received files that are part of nothing. @returns how many */
async function discardUnused(tx: Transaction, now: Date, before: string): Promise<number> {
  const loose = await tx.find('received', { at: { atMost: before } });
  if (loose.length === 0) return 0;
  const tables = ['appeals', 'alarms', 'questions', 'deliveries', 'newsItems', 'editions'] as const;
  const rows = await Promise.all(tables.map((table) => tx.find(table)));
  const used = JSON.stringify(rows);
  const unused = loose.filter(({ id }) => !used.includes(JSON.stringify(id)));
  for (const { id } of loose) await tx.remove('received', id);
  await discard(
    tx,
    now,
    unused.map(({ id }) => id),
  );
  return unused.length;
}

/** Drops what was said long ago from the archive, month by month, each once it is over as a whole. */
async function dropOldWords(tx: Transaction, before: string): Promise<number> {
  let count = 0;
  for (const month of (await tx.archivedMonths('deliveries')).filter((each) => each < before.slice(0, 7))) {
    count += (await tx.archived('deliveries', month)).length;
    await tx.amendArchive('deliveries', begunIn(month), () => undefined);
  }
  return count;
}

/** Takes what is personal out of appeals and alarms that were closed long ago. Slow: whole files of the archive are read. @returns out of how many */
export async function erasePersonal(tx: Transaction, now: Date): Promise<number> {
  const filesOf = ({ history }: Tables['alarms']) => history.flatMap(({ file }) => file ?? []);
  return (
    (await erasePersonalOf(tx, 'appeals', now, ({ files }) => files, withoutPerson)) +
    (await erasePersonalOf(tx, 'alarms', now, filesOf, (alarm) => withoutAnybody(alarm, nobody)))
  );
}

async function erasePersonalOf<T extends 'appeals' | 'alarms'>(
  tx: Transaction,
  table: T,
  now: Date,
  filesOf: (row: Tables[T]) => readonly string[],
  without: (row: Tables[T]) => Tables[T],
): Promise<number> {
  const before = plusDays(now, -personalDays).toISOString();
  const isDue = (row: Tables[T]) => !row.erased && (row.history.at(-1)?.at ?? '') <= before;
  let count = 0;
  for (const month of (await tx.archivedMonths(table)).filter((each) => each <= before.slice(0, 7))) {
    const due = (await tx.archived(table, month)).filter(isDue);
    count += due.length;
    for (const row of due) await discard(tx, now, filesOf(row));
    const ids = new Set(due.map(({ id }) => id));
    const change = (row: Tables[T]) => (ids.has(row.id) ? without(row) : row);
    if (due.length > 0) await tx.amendArchive(table, begunIn(month), change);
  }
  return count;
}

/** What stands in rows of a month's archive: its first hours in Shanghai are the last of the month before in UTC. */
function begunIn(month: string): string[] {
  return [month, dateAfter(`${month}-01`, -1).slice(0, 7)].map((each) => `"createdAt":"${each}`);
}

/** What housekeeping would do now, and how many appeals would lose what is personal. */
export type Rehearsal = Housekeeping & { readonly erased: number };

/** What housekeeping would do now, without doing it. */
export async function rehearseHousekeeping(store: Store, now: Date): Promise<Rehearsal> {
  class Rehearsed extends Error {
    readonly result: Rehearsal;
    constructor(result: Rehearsal) {
      super('a rehearsal leaves nothing');
      this.result = result;
    }
  }
  try {
    return await store.transaction(async (tx) => {
      throw new Rehearsed({ ...(await housekeep(tx, now)), erased: await erasePersonal(tx, now) });
    });
  } catch (error) {
    if (error instanceof Rehearsed) return error.result;
    throw error;
  }
}

/** What was sent, but for copies of an edition that is not done yet: its report counts them. */
async function sentLongAgo(tx: Transaction, atMost: string) {
  const running = new Set((await tx.find('editions', { state: 'planned' })).map(({ id }) => id));
  const sent = await tx.find('deliveries', { state: 'sent', createdAt: { atMost } });
  return sent.filter(({ edition = '' }) => !running.has(edition));
}

/** By the month in which it began, in Shanghai. */
async function archive(
  tx: Transaction,
  table: 'deliveries' | 'appeals' | 'alarms' | 'audit' | 'editions' | 'newsItems',
  rows: readonly { readonly id: string; readonly createdAt: string }[],
): Promise<number> {
  for (const { id, createdAt } of rows) await tx.archive(table, id, inShanghai(new Date(createdAt)).date.slice(0, 7));
  return rows.length;
}
