import { openStates } from '../domain/appeal.ts';
import { actingIn, keep } from './appeals.ts';
import type { Transaction } from './ports.ts';
import type { Appeal } from './tables.ts';
import { type Turn, UserError } from './turn.ts';
import { withdrawAppeal } from './withdrawal.ts';

/** Stands for who is no longer known. */
export const nobody = 'nobody';

/** An appeal without anything personal: what is left counts in the figures. */
export function withoutPerson(appeal: Appeal): Appeal {
  const { place: _, result: __, onBehalfOf: ___, ...rest } = appeal;
  return {
    ...rest,
    what: '',
    files: [],
    person: nobody,
    followers: appeal.followers.map((each) => ({ ...each, person: nobody })),
    history: appeal.history.map(({ text: ____, ...step }) => ({ ...step, actor: step.actor === appeal.person ? nobody : step.actor })),
    erased: true,
  };
}

/** An appeal of others without what one person said or joined. */
function withoutVoice(appeal: Appeal, person: string): Appeal {
  return {
    ...appeal,
    followers: appeal.followers.filter((each) => each.person !== person),
    history: appeal.history.map((step) => {
      if (step.actor !== person) return step;
      const { text: _, ...bare } = step;
      return { ...bare, actor: nobody };
    }),
  };
}

const withoutOne = (appeal: Appeal, person: string) => (appeal.person === person ? withoutPerson(appeal) : withoutVoice(appeal, person));

/**
 * Forgets a person: what they said, told of and left behind, here and in the archive (《个人信息保护法》第四十七条). Open appeals
 * are withdrawn, those that others have joined go on without them. The audit trail stays: it holds ids only.
 * @returns the numbers of the appeals that were withdrawn
 * @throws UserError while an emergency of theirs is under way
 */
export async function erasePerson(turn: Turn): Promise<string[]> {
  const { tx, person } = turn;
  await refuseWhileUrgent(turn);
  const told = await tx.find('appeals', { person: person.id });
  const withdrawn: string[] = [];
  for (const appeal of told.filter(({ state }) => openStates.includes(state)))
    if (await withdrawAppeal(turn, appeal)) withdrawn.push(appeal.id);

  for (const appeal of await tx.find('appeals')) {
    if (!JSON.stringify(appeal).includes(person.id)) continue;
    if (appeal.person === person.id) await discard(tx, turn.now, appeal.files);
    await keep(actingIn(turn), withoutOne(appeal, person.id));
  }
  for (const appeal of await archivedAppealsOf(tx, person.id)) await discard(tx, turn.now, appeal.files);
  await tx.amendArchive('appeals', person.id, (appeal) => withoutOne(appeal, person.id));

  const numbers = new Set(told.map(({ id }) => id));
  await eraseDeliveries(tx, person.id, numbers);
  await eraseTraces(tx, person.id, numbers);
  const { role: _, ...kept } = person;
  // The row stays, so that the last word reaches them; what the channel knows them by comes with their next word.
  await tx.put('people', { id: kept.id, name: '', reachable: kept.reachable });
  turn.conversation.misses = 0;
  for (const field of ['topic', 'topicAt', 'menu', 'menuAt', 'listed', 'takenOverBy', 'takenOverUntil'] as const)
    delete turn.conversation[field];
  return withdrawn;
}

/** @throws UserError while an emergency of theirs is under way: whoever is on the way needs to know where to */
export async function refuseWhileUrgent({ tx, person, say }: Turn): Promise<void> {
  const urgent = await tx.find('appeals', { person: person.id, category: 'action.emergency', state: openStates }, { limit: 1 });
  if (urgent.length > 0) throw new UserError(say('privacy.eraseLater'));
}

/** The archived appeals that a person told of. Slow: it is read from disk. */
export async function archivedAppealsOf(tx: Transaction, person: string): Promise<Appeal[]> {
  const months = await tx.archivedMonths('appeals');
  const rows = await Promise.all(months.map((month) => tx.archived('appeals', month)));
  return rows.flat().filter((appeal) => appeal.person === person);
}

/** Files are removed after the commit, by the tick. */
export async function discard(tx: Transaction, now: Date, files: readonly string[]): Promise<void> {
  for (const id of files) await tx.put('discards', { id, at: now.toISOString() });
}

/** What was said to them, and what was said of their appeals. */
async function eraseDeliveries(tx: Transaction, person: string, numbers: ReadonlySet<string>): Promise<void> {
  const about = (text: string) => [...numbers].some((number) => text.includes(number));
  for (const delivery of await tx.find('deliveries'))
    if (delivery.person === person || about(delivery.text)) await tx.remove('deliveries', delivery.id);
  await tx.amendArchive('deliveries', person, (delivery) => (delivery.person === person ? undefined : delivery));
  for (const number of numbers) await tx.amendArchive('deliveries', number, () => undefined);
}

async function eraseTraces(tx: Transaction, person: string, numbers: ReadonlySet<string>): Promise<void> {
  const theirs = (id: string) => id === person || id.endsWith(`/${person}`);
  for (const table of ['conversations', 'pending', 'alarms'] as const)
    for (const { id } of await tx.find(table)) if (theirs(id)) await tx.remove(table, id);
  await tx.remove('traffic', person);
  for (const { id } of await tx.find('feedback', { person })) await tx.remove('feedback', id);
  for (const original of await tx.find('originals'))
    if (original.person === person || original.appeals.some((number) => numbers.has(number))) await tx.remove('originals', original.id);
  for (const { id, before } of await tx.find('undos'))
    if (id === person || JSON.stringify(before).includes(person)) await tx.remove('undos', id);
}
