import { join } from 'node:path';
import { openJournalStore } from '../src/adapters/store/journal.ts';
import { silentLog } from '../src/adapters/system/log.ts';
import { systemIds } from '../src/adapters/system/system.ts';
import { readConfig } from '../src/cli/config.ts';
import { openDesk, readContent } from '../src/cli/desk.ts';
import { easyProfile, firstAccount } from '../src/desk/kernel/accounts.ts';
import { fill, filledAt, residentId, type Size, village } from './filled.ts';
import { ms, percentile, processor, timed } from './measure.ts';
import { messages } from './reading.ts';
import type { Row } from './row.ts';

/** So many people, and no group is bound yet: the next edition has nobody to go to. */
const town: Size = { residents: 30_000, groups: 0, openAppeals: 500 };
/** So many come first, in which what is run often is compiled: that takes a bot some ten minutes. */
const warming = 100;
const ticks = 400;
const turns = 50;
const broadcasts = [1000, 5000];

/** What a filled state costs: a tick when nothing is due, a turn, and a broadcast to many groups. */
export async function benchTick(folder: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, size] of Object.entries({ village, town })) {
    const desk = await open(join(folder, name), size);
    const [first, later] = [await processor(() => desk.ticks(warming)), await processor(() => desk.ticks(ticks))];
    rows.push([
      `a tick with nothing due, ${size.residents} residents`,
      `${ms(later / ticks)}, of the first ${warming} ${ms(first / warming)}`,
    ]);
    const each: number[] = [];
    const used = await processor(async () => {
      for (let i = 0; i < turns; i++) each.push(await timed(() => desk.say(residentId(i), messages[i % messages.length] ?? '')));
    });
    rows.push([
      `a turn, ${size.residents} residents, ${size.openAppeals} open appeals`,
      `${ms(used / turns)}, p50 ${ms(percentile(each, 0.5))}`,
    ]);
    await desk.close();
  }
  for (const groups of broadcasts) {
    const desk = await open(join(folder, `groups${groups}`), { ...village, groups });
    const used = await processor(() => desk.broadcast());
    rows.push([`a broadcast to ${groups} groups, per group`, ms(used / desk.said())]);
    await desk.close();
  }
  return rows;
}

/** A desk over a filled state on disk, with an account that takes whatever it is given; read with the model that is kept in STATE_DIR, where it is set. */
async function open(folder: string, size: Size) {
  let now = filledAt;
  let said = 0;
  let heard = 0;
  const clock = { now: () => now };
  const empty = await openJournalStore({ folder, log: silentLog });
  await fill(empty, size);
  await empty.close();
  const store = await openJournalStore({ folder, log: silentLog });
  const content = readContent(readConfig({ STATE_DIR: process.env.STATE_DIR ?? folder, CONTENT_DIR: process.cwd() }));
  const account = { name: firstAccount, profile: easyProfile, send: async () => void said++ };
  const app = openDesk({ store, content, clock, ids: systemIds(clock), accounts: [account] });
  await app.tick();
  return {
    said: () => said,
    async ticks(count: number) {
      for (let i = 0; i < count; i++) {
        now = new Date(now.getTime() + 5000);
        await app.tick();
      }
    },
    async say(person: string, text: string) {
      await app.hear({ id: `m${++heard}`, person, text, kind: 'text', addressed: true });
      await app.outbox.pump();
    },
    async broadcast() {
      now = new Date('2026-11-27T01:00:00Z');
      said = 0;
      await app.tick();
    },
    close: () => store.close(),
  };
}
