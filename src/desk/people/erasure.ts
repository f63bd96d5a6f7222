import { openStates } from '../../domain/appeals/appeal.ts';
import { onStates } from '../../domain/danger/alarm.ts';
import { filesOf } from '../appeals/forgetting.ts';
import type { ActingPerson } from '../appeals/moves.ts';
import { withdrawAppeal } from '../appeals/withdrawal.ts';
import { archivedRows } from '../kernel/archive.ts';
import { discard } from '../kernel/discards.ts';
import { papersFolder } from '../kernel/papers.ts';
import { type AnyRow, eachTable, isReadable, leftOf, type Table, type TableName } from '../kernel/table.ts';
import { type Turn, UserError } from '../kernel/turn.ts';
import { noteChange } from '../knowledge/overlay.ts';
import { eraseCopies, tracesOf } from './traces.ts';

/** How the trail of acts tells that somebody was forgotten; of who had a case open and only left the account, all but the cases. */
export const eraseAct = 'erase';
export const unfollowAct = 'unfollow';
export const keptWithCases: readonly TableName[] = ['appeals', 'alarms'];

/** What it takes to forget a person: a turn of theirs, or less. */
export type Forgetting = ActingPerson;

/**
 * Forgets a person: what they said, told of and left behind, here and in the archive (《个人信息保护法》第四十七条), as each table says
 * what goes and what stays. Open appeals are withdrawn, those that others have joined go on without them.
 * @param kept tables of which nothing goes; with the appeals, none is withdrawn and no copy of what was told is looked for
 * @returns the numbers of the appeals that were withdrawn
 * @throws UserError while an emergency of theirs is under way
 */
export async function erasePerson(turn: Turn, kept: readonly TableName[] = []): Promise<string[]> {
  const { conversation } = turn;
  if (!kept.includes('appeals') && (await isUrgent(turn))) throw new UserError(turn.say('privacy.eraseLater'));
  const withdrawn = await forget(turn, kept);
  conversation.misses = 0;
  for (const field of ['topic', 'topicAt', 'told', 'menu', 'menuAt', 'listed', 'talkEndedAt', 'takenOverBy', 'takenOverUntil'] as const)
    delete conversation[field];
  return withdrawn;
}

/** As `erasePerson`, without a conversation: also where a restore has brought somebody back. Whether an alarm is on was asked before. */
export async function forget(forgetting: Forgetting, kept: readonly TableName[] = []): Promise<string[]> {
  const { tx, now } = forgetting;
  const keepsCases = kept.includes('appeals');
  const traces = keepsCases ? undefined : await tracesOf(forgetting);
  const withdrawn = keepsCases ? [] : await withdrawAll(forgetting);
  for (const [name, table] of eachTable(tx.tables))
    if (table.deletion !== 'stays' && !kept.includes(name)) await eraseFrom(forgetting, name, table);
  if (traces) await eraseCopies(forgetting, traces);
  // Workbooks and pages that were made of rows: whoever still needs one asks for it again.
  await discard(tx, now, [papersFolder]);
  // What two people chose alike teaches; it may have been they.
  await noteChange(forgetting);
  return withdrawn;
}

/** Whether an alarm of theirs is on: whoever is on the way needs to know where to. */
export async function isUrgent({ tx, person }: Turn): Promise<boolean> {
  return (await tx.count('alarms', { person: person.id, state: onStates })) > 0;
}

/** Withdraws what they told of and is open. Those who joined it keep their own pictures. @returns the numbers of what does not go on */
async function withdrawAll(turn: Forgetting): Promise<string[]> {
  const { tx, person, now } = turn;
  const withdrawn: string[] = [];
  for (const appeal of await tx.find('appeals', { person: person.id, state: openStates })) {
    const theirs = filesOf(appeal, person.id);
    await discard(tx, now, theirs);
    const rest = { ...appeal, files: appeal.files.filter((file) => !theirs.includes(file)) };
    if (await withdrawAppeal(turn, rest)) withdrawn.push(appeal.id);
  }
  return withdrawn;
}

/** Leaves of a table what may stay. Files go with what held them. */
async function eraseFrom({ tx, now, person: { id } }: Forgetting, name: TableName, table: Table<AnyRow>): Promise<void> {
  const { files } = table.mentions;
  const lost = (row: AnyRow) => {
    const kept = files(leftOf(table, row, id));
    return [...files(row)].filter((file) => !kept.has(file));
  };
  for (const row of await tx.mentioning(name, id)) {
    await discard(tx, now, lost(row));
    const left = leftOf(table, row, id);
    if (left) await tx.put(name, left);
    else await tx.remove(name, row.id);
  }
  for (const row of await archivedRows(tx, name, id)) await discard(tx, now, lost(row));
  // Of a row that cannot be read nobody knows what may stay.
  await tx.amendArchive(name, [id], (row) => (isReadable(table, row) ? leftOf(table, row, id) : undefined));
}
