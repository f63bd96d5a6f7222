import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openJournalStore } from '../src/adapters/store/journal.ts';
import { silentLog } from '../src/adapters/system/log.ts';
import { readConfig } from '../src/cli/config.ts';
import { type Ended, openStage, type Said } from '../src/cli/converse.ts';
import { readContent } from '../src/cli/desk.ts';
import { fill, residentId, village } from './filled.ts';
import { ms, percentile, timed } from './measure.ts';
import { messages } from './reading.ts';
import type { Row } from './row.ts';

const turns = 2000;
const steadyTurns = 500;

/** Whole turns on disk, in a community as it stands after some months: heard, understood, committed, said, marked. */
export async function benchTurns(folder: string): Promise<Row[]> {
  const content = readContent(readConfig({ STATE_DIR: process.env.STATE_DIR ?? folder, CONTENT_DIR: process.cwd() }));
  const store = await openJournalStore({ folder: join(folder, 'turns'), log: silentLog });
  await fill(store, village);
  let sent = 0;
  const print = (line: Said | Ended) => void ('kind' in line && line.kind === 'broadcast' && sent++);
  const stage = await openStage({ store, content, print, pace: { broadcastGap: [0, 0], broadcastsADay: 10_000 } });
  let count = 0;
  // Somebody else each time: who says too much at once is not answered.
  const turn = () =>
    stage.app.hear({
      id: `m${++count}`,
      person: residentId(count % village.residents),
      text: messages[count % messages.length] ?? '',
      kind: 'text',
      addressed: true,
    });

  const rows: Row[] = [];
  for (const conversations of [1, 50, 200]) {
    const wanted = conversations === 1 ? 300 : turns;
    const each: number[] = [];
    const all = await timed(() =>
      Promise.all(
        Array.from({ length: conversations }, async () => {
          for (let i = 0; i < wanted / conversations; i++) each.push(await timed(turn));
        }),
      ),
    );
    rows.push([
      `durable turns, ${conversations} conversation${conversations === 1 ? '' : 's'} at once`,
      `${Math.round((each.length * 1000) / all)} a second, p50 ${ms(percentile(each, 0.5))}, p99 ${ms(percentile(each, 0.99))}`,
    ]);
  }
  rows.push(await atSteadyRate(turn));
  await stage.app.outbox.pump();
  const broadcast = await timed(async () => {
    await stage.take({ at: '2026-11-27T09:00:00+08:00' });
  });
  rows.push([`a broadcast to ${village.groups} groups and its subscribers, per message (${sent})`, ms(broadcast / sent)]);
  await store.close();
  return rows;
}

/** A hundred turns a second, as a busy evening might bring. */
async function atSteadyRate(turn: () => Promise<unknown>): Promise<Row> {
  const each: Promise<number>[] = [];
  const start = performance.now();
  for (let i = 0; i < steadyTurns; i++) {
    await sleep(Math.max(0, start + i * 10 - performance.now()));
    each.push(timed(turn));
  }
  const taken = await Promise.all(each);
  return ['durable turns, 100 a second', `p50 ${ms(percentile(taken, 0.5))}, p99 ${ms(percentile(taken, 0.99))}`];
}
