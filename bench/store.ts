import { join } from 'node:path';
import { openJournalStore } from '../src/adapters/store/journal.ts';
import { silentLog } from '../src/adapters/system/log.ts';
import type { Appeal } from '../src/desk/appeals/rows.ts';
import type { Store } from '../src/desk/kernel/ports.ts';
import { ms, percentile, timed } from './measure.ts';
import type { Row } from './row.ts';

const archived = 100_000;
const batch = 5_000;
const commits = 200;

const appeal = (number: number): Appeal => ({
  id: `SQ261123-${number}`,
  state: 'archived',
  kind: '求助',
  category: 'appeal.streetlight',
  what: '三栋二单元的楼道灯坏了好几天，晚上老人上楼看不见，麻烦来修一下',
  place: '3栋2单元',
  urgent: false,
  anonymous: false,
  person: `居民${number % 3000}`,
  files: [],
  createdAt: '2026-11-23T02:00:00.000Z',
  round: 1,
  startedAt: '2026-11-23T02:00:00.000Z',
  told: [],
  followers: [],
  ratings: [],
  history: [{ at: '2026-11-23T02:00:00.000Z', actor: '小周', move: 'resolve', to: 'resolved', text: '换了灯泡' }],
});

/** What a commit costs, with and without a long past, and how long a full state takes to open. */
export async function benchStore(folder: string): Promise<Row[]> {
  const path = join(folder, 'commits');
  const open = () => openJournalStore({ folder: path, log: silentLog });
  let store = await open();
  const empty = await commitTime(store);
  for (let first = 0; first < archived; first += batch) {
    await store.transaction(async (tx) => {
      for (let i = first; i < first + batch; i++) {
        await tx.put('appeals', appeal(i));
        await tx.archive('appeals', `SQ261123-${i}`, `2026-${String(1 + (i % 12)).padStart(2, '0')}`);
      }
    });
  }
  const after = await commitTime(store);
  for (let i = 0; i < 5000; i += 500) {
    await store.transaction(async (tx) => {
      for (let j = i; j < i + 500; j++) await tx.put('appeals', { ...appeal(j), state: 'registered' });
    });
  }
  const full = await commitTime(store);
  await store.close();
  const opened = await timed(async () => {
    store = await open();
  });
  await store.close();
  return [
    ['one commit, empty', ms(empty)],
    [`one commit, after ${archived} archived appeals`, `${ms(after)} (${(after / empty).toFixed(2)} times)`],
    ['one commit, 2 MB of open appeals', ms(full)],
    ['a state of 2 MB opened', ms(opened)],
  ];
}

async function commitTime(store: Store): Promise<number> {
  const each: number[] = [];
  for (let i = 0; i < commits; i++) each.push(await timed(() => store.transaction((tx) => tx.next('bench'))));
  return percentile(each, 0.5);
}
