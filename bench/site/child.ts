import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSite } from '../../src/adapters/site/server.ts';
import { openJournalStore } from '../../src/adapters/store/journal.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import { systemIds } from '../../src/adapters/system/system.ts';
import { createVault } from '../../src/adapters/system/vault.ts';
import { listenOn } from '../../src/adapters/web/listen.ts';
import { readConfig } from '../../src/cli/config.ts';
import { openDesk, readContent } from '../../src/cli/desk.ts';
import { siteDesk } from '../../src/cli/site.ts';
import { caseSecret } from '../../src/desk/appeals/case-keys.ts';
import { easyProfile, firstAccount } from '../../src/desk/kernel/accounts.ts';
import { fill, filledAt, residentId, village } from '../filled.ts';
import { percentile } from '../measure.ts';
import { messages } from '../reading.ts';
import type { Opened, Talked } from './lines.ts';

/** The process that is measured: a desk over a filled state with its site, as `npm start` has it. It talks with residents until its input ends. Arguments: its folder, turns a second. */
const [folder = '', turnsASecond = ''] = process.argv.slice(2);

const store = await openJournalStore({ folder: join(folder, 'site'), log: silentLog });
await fill(store, village);
const begun = performance.now();
const clock = { now: () => new Date(filledAt.getTime() + performance.now() - begun) };
const content = readContent(readConfig({ ...process.env, CONTENT_DIR: process.cwd() }));
const vault = createVault([Buffer.alloc(32, 1)]);
const ids = systemIds(clock);
const account = { name: firstAccount, profile: easyProfile, send: async () => undefined };
const app = openDesk({ store, content, clock, ids, vault, accounts: [account] });
mkdirSync(join(folder, 'media'));
const site = createSite({ communities: [siteDesk(app, join(folder, 'media'))], proxies: ['127.0.0.1'] });
// What a first look finds due is not of this evening.
await app.tick();
const listening = await listenOn(site, '127.0.0.1', 0);

const [known] = await store.transaction((tx) => tx.find('appeals', { state: ['registered'] }));
const number = known?.id ?? '';
const secret = await store.transaction((tx) => caseSecret({ tx, now: clock.now(), ids, vault }, number, known?.person ?? ''));
tell({ address: listening.address, topics: [...content.current().answers.keys()], number, secret });

let going = true;
process.stdin.resume();
process.stdin.on('end', () => {
  going = false;
});
const ticking = setInterval(() => void app.tick(), 5000);
const each: Promise<number>[] = [];
for (let index = 0, due = performance.now(); going; index++, due += 1000 / Number(turnsASecond)) {
  await sleep(Math.max(0, due - performance.now()));
  const from = due;
  each.push(say(index).then(() => performance.now() - from));
}
clearInterval(ticking);
const taken = await Promise.all(each);
tell({ turns: taken.length, p50: percentile(taken, 0.5), p99: percentile(taken, 0.99) });
await listening.close();
await store.close();

/** Somebody else each time: who says too much at once is not answered. */
async function say(index: number): Promise<void> {
  const person = residentId(index % village.residents);
  await app.hear({ id: `m${index}`, person, text: messages[index % messages.length] ?? '', kind: 'text', addressed: true });
  await app.outbox.pump();
}

function tell(line: Opened | Talked): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
