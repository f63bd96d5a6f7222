import type { Store } from '../src/desk/kernel/ports.ts';

/** A community as it stands some months after it began. */
export interface Size {
  readonly residents: number;
  readonly groups: number;
  readonly openAppeals: number;
}

/** The community that everything is measured on that has a state. */
export const village: Size = { residents: 3000, groups: 200, openAppeals: 500 };

/** The moment at which everything in it has been said: Thursday 2026-11-26, 20:00 in Shanghai, the evening before an edition. */
export const filledAt = new Date('2026-11-26T12:00:00Z');

const categories = ['appeal.streetlight', 'appeal.noise', 'appeal.leak', 'appeal.rubbish'];
const inOneTransaction = 2000;
const longId = (kind: string, number: number) => `${kind}${String(number).padStart(8, '0')}-4e21-9c77-a3b1c5d2e6f0`;
/** So many hours before `filledAt`, as it is kept. */
const before = (hours: number) => new Date(filledAt.getTime() - hours * 3_600_000).toISOString();

/** Fills an empty store; while no group is bound nobody has subscribed either. The ids of people are `residentId(0…)`. */
export async function fill(store: Store, { residents, groups, openAppeals }: Size): Promise<void> {
  await store.transaction(async (tx) => {
    await tx.put('people', { id: 'director', name: '李主任', role: 'director', reachable: true });
    for (let i = 0; i < 4; i++) await tx.put('people', { id: `worker${i}`, name: `小周${i}`, role: 'worker', reachable: true });
    await tx.put('rooms', { id: 'staff', name: '工作群', kind: 'staff', speaks: 'addressed', boundAt: before(2000) });
    for (let i = 0; i < groups; i++) {
      const id = groupId(i);
      await tx.put('rooms', { id, name: `居民群${i}`, kind: 'residents', speaks: 'addressed', boundAt: before(2000) });
      await tx.put('bindings', { id: `wechat/room/@@${longId('', i)}`, kind: 'room', target: id });
    }
  });
  await inParts(residents, store, async (tx, i) => {
    const id = residentId(i);
    const subscribed = groups > 0 && i % 20 === 0 ? { subscribedAt: before(1000) } : {};
    await tx.put('people', {
      id,
      name: `居民${i}`,
      reachable: i % 3 !== 0,
      token: `R${String(i).padStart(5, '0')}`,
      tokenSeen: true,
      ...subscribed,
    });
    await tx.put('bindings', { id: `wechat/person/@${longId('', i)}`, kind: 'person', target: id });
  });
  await inParts(openAppeals * 2, store, async (tx, i) => {
    const open = i < openAppeals;
    const at = before(open ? 1 + (i % 300) : 200 + (i % 500));
    const history = [{ at, actor: residentId(i), move: 'register' as const, to: 'registered' as const }];
    await tx.put('appeals', {
      id: `SQ2611${String(10 + (i % 16))}-${String(i).padStart(4, '0')}`,
      state: open ? 'registered' : 'archived',
      kind: '求助',
      category: categories[i % categories.length] ?? '',
      what: '三栋二单元的楼道灯坏了好几天，晚上老人上楼看不见，麻烦来修一下',
      place: `${1 + (i % 40)}栋${1 + (i % 4)}单元`,
      urgent: false,
      anonymous: false,
      person: residentId(i % residents),
      files: [],
      createdAt: at,
      round: 1,
      startedAt: at,
      // Nothing of them is due while the bench runs.
      ...(open ? { answerBy: before(-400), wakeAt: before(-200), firstWordAt: at } : { resolvedAt: at }),
      told: [],
      followers: i % 10 === 0 ? [{ person: residentId((i + 1) % residents), at }] : [],
      ratings: [],
      history: open ? history : [...history, { at, actor: 'worker0', move: 'resolve' as const, to: 'resolved' as const, text: '换了灯泡' }],
    });
  });
  await inParts(residents, store, async (tx, i) => {
    await tx.put('heard', { id: longId('heard', i), at: before(i % 48) });
    if (i % 10 === 0) await tx.put('conversations', { id: residentId(i), topic: 'residence.permit', topicAt: before(i % 6), misses: 0 });
    if (i % 20 === 0) await tx.put('traffic', { id: residentId(i), since: before(1), count: 3, said: ['a', 'b'], run: 1, level: 0 });
    if (i < 500) await tx.put('unanswered', { id: `问${i}`, text: `这里为什么没有${i}`, at: before(i % 700), count: 1 });
    if (i < 1000)
      await tx.put('audit', { id: String(i).padStart(9, '0'), at: before(i % 48), actor: 'worker0', act: 'accept', allowed: true });
  });
}

export const residentId = (number: number) => longId('person', number);
export const groupId = (number: number) => longId('group', number);

async function inParts(
  count: number,
  store: Store,
  put: (tx: Parameters<Parameters<Store['transaction']>[0]>[0], index: number) => Promise<void>,
): Promise<void> {
  for (let first = 0; first < count; first += inOneTransaction)
    await store.transaction(async (tx) => {
      for (let i = first; i < Math.min(count, first + inOneTransaction); i++) await put(tx, i);
    });
}
