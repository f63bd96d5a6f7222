import { openStates } from '../../domain/appeals/appeal.ts';
import { onStates } from '../../domain/danger/alarm.ts';
import { withoutPerson as alarmWithout, filesOf as filesOfAlarm } from '../../domain/danger/forgetting.ts';
import { actingIn, keep } from '../appeals/moves.ts';
import type { Appeal } from '../appeals/rows.ts';
import { withdrawAppeal } from '../appeals/withdrawal.ts';
import { discard } from '../kernel/discards.ts';
import { nobody } from '../kernel/message.ts';
import type { Transaction } from '../kernel/ports.ts';
import { type Turn, UserError } from '../kernel/turn.ts';
import { dropDelivery } from '../sending/deliveries.ts';
import type { Delivery } from '../sending/rows.ts';

/** An appeal without anything personal: what is left counts in the figures. */
export function withoutPerson(appeal: Appeal): Appeal {
  const { place: _, result: __, onBehalfOf: ___, ...rest } = appeal;
  return {
    ...rest,
    what: '',
    files: [],
    person: nobody,
    followers: appeal.followers.map(({ files: _____, ...each }) => ({ ...each, person: nobody })),
    history: appeal.history.map(({ text: ____, ...step }) => ({ ...step, actor: step.actor === appeal.person ? nobody : step.actor })),
    erased: true,
  };
}

/** An appeal of others without what one person said, showed or joined. */
function withoutVoice(appeal: Appeal, person: string): Appeal {
  const theirs = filesOf(appeal, person);
  return {
    ...appeal,
    files: appeal.files.filter((file) => !theirs.includes(file)),
    followers: appeal.followers.filter((each) => each.person !== person),
    history: appeal.history.map((step) => {
      if (step.actor !== person) return step;
      const { text: _, ...bare } = step;
      return { ...bare, actor: nobody };
    }),
  };
}

/** The pictures that somebody sent who told of an appeal or joined it. */
function filesOf({ person: reporter, files, followers }: Appeal, person: string): string[] {
  const joined = followers.flatMap((each) => (each.person === person || reporter === person ? (each.files ?? []) : []));
  return reporter === person ? files.filter((file) => !joined.includes(file)) : joined;
}

const withoutOne = (appeal: Appeal, person: string) => (appeal.person === person ? withoutPerson(appeal) : withoutVoice(appeal, person));

/**
 * Forgets a person: what they said, told of and left behind, here and in the archive (《个人信息保护法》第四十七条). Open appeals
 * are withdrawn, those that others have joined go on without them. The audit trail stays: it holds ids only.
 * @returns the numbers of the appeals that were withdrawn
 * @throws UserError while an emergency of theirs is under way
 */
export async function erasePerson(turn: Turn): Promise<string[]> {
  const { tx, person, now } = turn;
  if (await isUrgent(turn)) throw new UserError(turn.say('privacy.eraseLater'));
  const told = await tx.find('appeals', { person: person.id });
  const withdrawn: string[] = [];
  for (const appeal of told.filter(({ state }) => openStates.includes(state))) {
    // Those who joined keep their own pictures.
    const theirs = filesOf(appeal, person.id);
    await discard(tx, now, theirs);
    const rest = { ...appeal, files: appeal.files.filter((file) => !theirs.includes(file)) };
    if (await withdrawAppeal(turn, rest)) withdrawn.push(appeal.id);
  }

  for (const appeal of await tx.find('appeals')) {
    if (!JSON.stringify(appeal).includes(person.id)) continue;
    await discard(tx, now, appeal.person === person.id ? appeal.files : filesOf(appeal, person.id));
    await keep(actingIn(turn), withoutOne(appeal, person.id));
  }
  for (const appeal of await archivedAppeals(tx))
    await discard(tx, now, appeal.person === person.id ? appeal.files : filesOf(appeal, person.id));
  await tx.amendArchive('appeals', [person.id], (appeal) => withoutOne(appeal, person.id));

  const numbers = new Set([...told.map(({ id }) => id), ...(await eraseAlarms(turn))]);
  await eraseDeliveries(turn, numbers);
  await eraseTraces(turn, numbers);
  const { role: _, ...kept } = person;
  // The row stays, so that the last word reaches them; what the channel knows them by comes with their next word.
  await tx.put('people', { id: kept.id, name: '', reachable: kept.reachable });
  turn.conversation.misses = 0;
  for (const field of ['topic', 'topicAt', 'menu', 'menuAt', 'listed', 'takenOverBy', 'takenOverUntil'] as const)
    delete turn.conversation[field];
  return withdrawn;
}

/** Forgets what somebody told of danger, or said of it. @returns the numbers of the alarms that were theirs */
async function eraseAlarms({ tx, now, person: { id: person } }: Turn): Promise<string[]> {
  const all = (await tx.find('alarms')).filter((alarm) => JSON.stringify(alarm).includes(person));
  for (const alarm of all) {
    await discard(tx, now, filesOfAlarm(alarm, person));
    await tx.put('alarms', alarmWithout(alarm, person, nobody));
  }
  for (const month of await tx.archivedMonths('alarms'))
    for (const alarm of await tx.archived('alarms', month)) await discard(tx, now, filesOfAlarm(alarm, person));
  await tx.amendArchive('alarms', [person], (alarm) => alarmWithout(alarm, person, nobody));
  return all.filter((alarm) => alarm.person === person).map(({ id }) => id);
}

/** Whether an alarm of theirs is on: whoever is on the way needs to know where to. */
export async function isUrgent({ tx, person }: Turn): Promise<boolean> {
  return (await tx.find('alarms', { person: person.id, state: onStates }, { limit: 1 })).length > 0;
}

/** The archived appeals that a person told of. Slow: it is read from disk. */
export async function archivedAppealsOf(tx: Transaction, person: string): Promise<Appeal[]> {
  return (await archivedAppeals(tx)).filter((appeal) => appeal.person === person);
}

async function archivedAppeals(tx: Transaction): Promise<Appeal[]> {
  const months = await tx.archivedMonths('appeals');
  return (await Promise.all(months.map((month) => tx.archived('appeals', month)))).flat();
}

/** What was said to them, what passed their words on, and what was said of their appeals. */
async function eraseDeliveries({ tx, now, person: { id } }: Turn, numbers: ReadonlySet<string>): Promise<void> {
  const isTheirs = ({ person, about }: Delivery) => person === id || about === id;
  const names = (text: string) => [...numbers].some((number) => text.includes(number));
  const goes = (delivery: Delivery) => isTheirs(delivery) || names(delivery.text);
  for (const delivery of await tx.find('deliveries')) if (goes(delivery)) await dropDelivery(tx, now, delivery);
  await tx.amendArchive('deliveries', [id, ...numbers], (delivery) => (goes(delivery) ? undefined : delivery));
}

async function eraseTraces({ tx, now, person: { id: person } }: Turn, numbers: ReadonlySet<string>): Promise<void> {
  const theirs = ({ id }: { readonly id: string }) => id === person || id.endsWith(`/${person}`);
  for (const { id, stack } of (await tx.find('questions')).filter(theirs)) {
    for (const { question } of stack) if ('draft' in question) await discard(tx, now, question.draft.files);
    await tx.remove('questions', id);
  }
  for (const table of ['conversations', 'suspicions'] as const)
    for (const { id } of (await tx.find(table)).filter(theirs)) await tx.remove(table, id);
  for (const table of ['feedback', 'marks'] as const) for (const { id } of await tx.find(table, { person })) await tx.remove(table, id);
  for (const original of await tx.find('originals'))
    if (original.person === person || original.appeals.some((number) => numbers.has(number))) await tx.remove('originals', original.id);
  for (const { id, before } of await tx.find('undos'))
    if (id === person || JSON.stringify(before).includes(person)) await tx.remove('undos', id);
}
