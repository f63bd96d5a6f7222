import { onStates } from '../../domain/danger/alarm.ts';
import { inShanghai } from '../../domain/time/clock-time.ts';
import { appealCounter } from '../appeals/moves.ts';
import { alarmCounter } from '../danger/alarms.ts';
import { append, trailCounter } from '../kernel/audit.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { Audit, Binding, Person } from '../kernel/rows.ts';
import { eraseAct, type Forgetting, forget, keptWithCases, unfollowAct } from '../people/erasure.ts';
import { joinAct } from '../people/joining.ts';

/** The trail of acts numbers its rows and is checked for gaps: it goes on where it stood in the backup. */
export const ownCounters: readonly string[] = [trailCounter];

/** The counters of numbers that people were told today: a restored state must not give one of them again. */
export function countersOfDay(now: Date): string[] {
  const day = inShanghai(now).date.slice(2).replaceAll('-', '');
  return [appealCounter(day), alarmCounter(day), 'urgent'];
}

/** The acts that tell of people who were forgotten, and of those who turned out to be one. */
export const actsOfForgetting: readonly string[] = [eraseAct, unfollowAct, joinAct];

/** What is known of the time after a backup was made: the trail of acts and who was who, in the states that followed. */
export interface Later {
  readonly acts: readonly Audit[];
  readonly bindings: readonly Binding[];
}

/**
 * Forgets those again who had their data deleted after the backup was made, and whoever turned out to be one of them.
 * @returns how many they are
 */
export async function forgetAgain(means: Omit<Forgetting, 'person'>, later: Later): Promise<number> {
  const { tx } = means;
  const gone = await goneSince(tx, later);
  for (const [person, act] of gone) {
    await endAlarms(means, person.id);
    await forget({ ...means, person }, act === unfollowAct ? keptWithCases : []);
    for (const { id } of await tx.find('bindings', { target: person.id }))
      if (!later.bindings.some((each) => each.id === id)) await tx.remove('bindings', id);
    // Said again in this trail, for whoever restores the same backup once more.
    await append(means, { actor: person.id, act, allowed: true, target: person.id });
  }
  return gone.length;
}

/** People of this state, each with the act by which they were forgotten later. */
async function goneSince(tx: Transaction, { acts, bindings }: Later): Promise<(readonly [Person, string])[]> {
  const known = new Set((await erasuresIn(tx)).map(({ id, at }) => `${id} ${at}`));
  const gone = new Map<string, string>();
  for (const { id, at, act, target } of acts)
    if ((act === eraseAct || act === unfollowAct) && target !== undefined && !known.has(`${id} ${at}`)) gone.set(target, act);
  // Of two ids that were one person the trail, or the account, tells the other.
  for (let before = -1; before < gone.size; ) {
    before = gone.size;
    for (const { act, actor, target = '' } of acts) addLike(gone, act === joinAct ? actor : undefined, target);
    for (const { id, target } of bindings) addLike(gone, (await tx.get('bindings', id))?.target, target);
  }
  const people: (readonly [Person, string])[] = [];
  for (const [id, act] of gone) {
    const person = await tx.get('people', id);
    if (person && person.role === undefined) people.push([person, act]);
  }
  return people;
}

function addLike(gone: Map<string, string>, id: string | undefined, other: string): void {
  const act = gone.get(other);
  if (id !== undefined && act !== undefined && !gone.has(id)) gone.set(id, act);
}

async function erasuresIn(tx: Transaction): Promise<Audit[]> {
  const found: Audit[] = [...(await tx.find('audit'))];
  for (const month of await tx.archivedMonths('audit'))
    for (const act of [eraseAct, unfollowAct]) found.push(...(await tx.archived('audit', month, JSON.stringify(act))));
  return found;
}

/** Nobody is forgotten while an alarm of theirs is on: it is long over, though the backup does not know it. */
async function endAlarms({ tx, now }: Pick<Forgetting, 'tx' | 'now'>, person: string): Promise<void> {
  for (const alarm of await tx.find('alarms', { person, state: onStates }))
    await tx.put('alarms', { ...alarm, state: 'over', lastAt: now.toISOString() });
}
