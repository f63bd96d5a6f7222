import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openJournalStore } from '../../src/adapters/store/journal.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import { steadyIds } from '../../src/adapters/system/system.ts';
import { paced } from '../../src/adapters/wechat/paced.ts';
import { openDesk } from '../../src/cli/desk.ts';
import { doChores } from '../../src/desk/conversation/chores.ts';
import type { Account, Saying } from '../../src/desk/kernel/accounts.ts';
import type { App, Parts } from '../../src/desk/kernel/desk.ts';
import type { Store } from '../../src/desk/kernel/ports.ts';
import { accountThat } from '../support/account.ts';
import { shippedContent } from '../support/content.ts';

let folder: string;
let store: Store;
let said: string[];
/** What went wrong in any process. */
let errors: string[];
const ids = steadyIds();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lianxinqiao-stopping-'));
  said = [];
  errors = [];
  store = await openJournalStore({ folder, log: silentLog });
  await store.transaction(async (tx) => {
    for (const id of ['张奶奶', '陈姐']) await tx.put('people', { id, name: id, reachable: true });
    await tx.put('people', { id: '小周', name: '小周', role: 'worker', reachable: true });
  });
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const arrive = async ({ to, text }: Saying) => void said.push(`${to.person}：${text.split('\n')[0]}`);

function start(account: Account, parts: Partial<Parts> = {}): App {
  const log = { ...silentLog, error: (_: object, message: string) => void errors.push(message) };
  return openDesk({
    store,
    accounts: [account],
    content: shippedContent(),
    clock: { now: () => new Date('2026-11-23T02:00:00Z') },
    ids,
    log,
    ...parts,
  });
}

const hear = (app: App, person: string, text: string) => app.hear({ id: `${person} ${text}`, person, text, kind: 'text', addressed: true });

/** Ends one process and begins the next, which says whatever is left to say. */
async function restart(app: App): Promise<App> {
  await app.stop();
  await store.close();
  store = await openJournalStore({ folder, log: silentLog });
  const next = start(accountThat(arrive));
  await next.outbox.recover();
  await next.outbox.pump();
  return next;
}

/** A wait that the test ends. */
function gate() {
  let open: () => void = () => undefined;
  let reach: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    /** Resolves when somebody waits at it. */
    reached,
    open: () => open(),
    async wait() {
      reach();
      await opened;
    },
  };
}

describe('a stop', () => {
  test('waits for what is being said and marks it: the next process does not say it again', async () => {
    const wire = gate();
    const app = start(
      accountThat(async (saying) => {
        await wire.wait();
        await arrive(saying);
      }),
    );
    await hear(app, '张奶奶', '居住证怎么办');
    await wire.reached;
    const stopped = restart(app);
    wire.open();
    await stopped;
    expect(said).toHaveLength(1);
    expect(errors).toEqual([]);
  });

  test('gives back what the account was handed and has not begun: the next process says it, once', async () => {
    const wire = gate();
    const slow = accountThat(async (saying) => {
      await wire.wait();
      await arrive(saying);
    });
    const app = start(paced(slow, { profile: { longestText: 2000 }, sleep: () => new Promise(() => undefined), chance: () => 0 }));
    await hear(app, '张奶奶', '居住证怎么办');
    await wire.reached;
    await hear(app, '陈姐', '社区在哪里');
    // Handed over, behind the one that is being said.
    await store.transaction((tx) => tx.find('deliveries', { state: 'sending' }));
    const stopped = app.stop();
    wire.open();
    await stopped;
    expect(said).toHaveLength(1);
    expect(await store.transaction((tx) => tx.find('deliveries', { state: 'queued' }))).toEqual([
      expect.objectContaining({ person: '陈姐', attempts: 0 }),
    ]);
    await restart(app);
    expect(said.map((each) => each.slice(0, 3))).toEqual(['张奶奶', '陈姐：']);
    expect(errors).toEqual([]);
  });

  test('finishes the turn that is under way, takes no new message, and apologises to nobody', async () => {
    const drawing = gate();
    const chart = async () => {
      await drawing.wait();
      return 'papers/统计.png';
    };
    const app = start(accountThat(arrive), { papers: { chart, card: chart, workbook: chart, page: chart, word: chart, sheet: chart } });
    const asked = hear(app, '小周', '/统计 本周');
    await drawing.reached;
    const restarted = restart(app);
    expect(await hear(app, '张奶奶', '居住证怎么办')).toMatchObject({ decision: 'silent' });
    drawing.open();
    await asked;
    const next = await restarted;
    expect(said).toEqual([expect.stringContaining('小周：')]);
    expect(errors).toEqual([]);
    // The account delivers it again: nothing of it was noted.
    await hear(next, '张奶奶', '居住证怎么办');
    await next.outbox.pump();
    expect(said.at(-1)).toContain('张奶奶：');
  });

  test('finishes the chore that is under way, and begins none', async () => {
    const work = gate();
    const done: string[] = [];
    let ended = false;
    const app = start(accountThat(arrive));
    const all = doChores(
      app,
      [
        {
          id: 'tidying',
          async run() {
            await work.wait();
            done.push('first');
          },
        },
        { id: 'digest', run: async () => void done.push('second') },
      ],
      new Date(),
      () => ended,
    );
    await work.reached;
    ended = true;
    work.open();
    await all;
    expect(done).toEqual(['first']);
  });
});
