import type { Appeal } from '../appeals/rows.ts';
import type { Transaction } from '../kernel/ports.ts';
import type { Tables } from '../kernel/table.ts';
import type { Delivery } from '../sending/rows.ts';

type Alarm = Tables['alarms'];

/**
 * Somebody has had a newer row since a login: what it has told, joined and is to hear belongs to the older one, where a deletion must
 * reach it later; and the newer one goes. Slow: the archive is read.
 */
export async function bequeath(tx: Transaction, from: string, to: string): Promise<void> {
  const renamed = (id: string) => (id === from ? to : id);
  const appealOf = (appeal: Appeal): Appeal => ({
    ...appeal,
    person: renamed(appeal.person),
    followers: appeal.followers.map((each) => ({ ...each, person: renamed(each.person) })),
    history: appeal.history.map((step) => ({ ...step, actor: renamed(step.actor) })),
  });
  const deliveryOf = (delivery: Delivery): Delivery => ({
    ...delivery,
    ...(delivery.person === from ? { person: to } : {}),
    ...(delivery.about === from ? { about: to } : {}),
  });
  for (const appeal of await tx.find('appeals')) if (JSON.stringify(appeal).includes(from)) await tx.put('appeals', appealOf(appeal));
  for (const field of ['person', 'about'] as const)
    for (const delivery of await tx.find('deliveries', { [field]: from })) await tx.put('deliveries', deliveryOf(delivery));
  const alarmOf = (alarm: Alarm): Alarm => ({
    ...alarm,
    person: renamed(alarm.person),
    voices: alarm.voices.map(renamed),
    history: alarm.history.map((step) => ({ ...step, actor: renamed(step.actor) })),
  });
  for (const alarm of await tx.find('alarms')) if (JSON.stringify(alarm).includes(from)) await tx.put('alarms', alarmOf(alarm));
  await tx.amendArchive('appeals', [from], appealOf);
  await tx.amendArchive('alarms', [from], alarmOf);
  await tx.amendArchive('deliveries', [from], deliveryOf);
  for (const original of await tx.find('originals', { person: from })) await tx.put('originals', { ...original, person: to });
  await tx.remove('conversations', from);
  await tx.remove('questions', from);
  await tx.remove('people', from);
}
