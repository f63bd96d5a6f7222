import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type FileSystem, nodeFiles } from '../../src/adapters/store/durable-file.ts';
import { openJournalStore } from '../../src/adapters/store/journal.ts';
import { systemIds } from '../../src/adapters/system/system.ts';
import { createVault } from '../../src/adapters/system/vault.ts';
import { readConfig } from '../../src/cli/config.ts';
import { openDesk, readContent } from '../../src/cli/desk.ts';
import { easyProfile, firstAccount } from '../../src/desk/kernel/accounts.ts';
import { verifyAudit } from '../../src/desk/kernel/audit.ts';
import type { Log } from '../../src/desk/kernel/ports.ts';
import type { Fault, Order, Report, State } from './lines.ts';

/** The process that is tortured: the whole desk over a state folder, without WeChat. Arguments: the folder, the content's, the clock. */
const [folder = '', project = '', at = ''] = process.argv.slice(2);

const tell = (report: Report) => void writeSync(1, `${JSON.stringify(report)}\n`);
process.on('uncaughtException', (error) => tell({ unhandled: String(error.stack) }));
process.on('unhandledRejection', (error) => tell({ unhandled: String((error as Error)?.stack ?? error) }));

let fault: Fault = 'well';
let now = new Date(at);
const errors = (_: string, value: unknown) => (value instanceof Error ? `${value.stack}` : value);
const note = (level: 'warn' | 'error') => (fields: object, message: string) =>
  tell({ log: `${JSON.stringify(fields, errors)} ${message}`, level });
// What is told at level info is looked at like the rest, and is no error.
const log: Log = { info: note('warn'), warn: note('warn'), error: note('error') };

const broken = (code: string) => Object.assign(new Error(`${code}: on purpose`), { code });

/** The disk, as the torture wants it. */
const files: FileSystem = {
  ...nodeFiles,
  open: (async (...how: Parameters<FileSystem['open']>) => {
    const refuse = () => {
      if (fault === 'full') throw broken('ENOSPC');
      if (fault === 'readonly') throw broken('EROFS');
    };
    if (how[1] === 'r') return nodeFiles.open(...how);
    refuse();
    const handle = await nodeFiles.open(...how);
    const write = handle.writeFile.bind(handle);
    // A journal is open for as long as the process lives.
    handle.writeFile = async (data) => {
      refuse();
      if (fault !== 'torn') return write(data);
      const bytes = Buffer.from(data as Buffer);
      await write(bytes.subarray(0, bytes.length / 2));
      throw broken('EIO');
    };
    return handle;
  }) as FileSystem['open'],
};

const store = await openJournalStore({ folder, log, files });
const clock = { now: () => now };
const app = openDesk({
  store,
  accounts: [
    {
      name: firstAccount,
      profile: easyProfile,
      async send({ to, text }) {
        tell({ said: { ...to, text } });
      },
    },
  ],
  content: readContent(readConfig({ ...process.env, CONTENT_DIR: project }), log),
  clock,
  ids: systemIds(clock),
  vault: createVault([Buffer.alloc(32, 1)]),
  log,
});
await app.outbox.recover();
tell({ ready: true });

/** Turns that are not answered yet. */
const turns = new Set<Promise<unknown>>();

async function look(): Promise<State> {
  return store.transaction(async (tx) => {
    const { broken: from } = await verifyAudit({ tx, vault: app.vault });
    return {
      appeals: (await tx.find('appeals')).map(({ id, person, history, ...rest }) => ({
        id,
        person,
        text: `${rest.what} ${rest.place ?? ''} ${history.map(({ text = '' }) => text).join(' ')}`,
        steps: history.map(({ move }) => move),
      })),
      alarms: (await tx.find('alarms')).map(({ id, history }) => ({ id, text: history.map(({ text = '' }) => text).join(' ') })),
      staff: (await tx.find('people', { role: ['worker', 'director'] })).map(({ id }) => id).sort(),
      damaged: await tx.count('damaged'),
      ...(from === undefined ? {} : { broken: from }),
    };
  });
}

async function obey(order: Order): Promise<void> {
  if ('say' in order) {
    const turn = app.hear({ ...order.say, kind: 'text', addressed: true });
    turns.add(turn);
    void turn.finally(() => turns.delete(turn));
  } else if ('meet' in order) await store.transaction((tx) => tx.put('people', order.meet));
  else if ('group' in order)
    await store.transaction((tx) => tx.put('rooms', { ...order.group, speaks: 'addressed', boundAt: now.toISOString() }));
  else if ('clock' in order) {
    now = new Date(order.clock);
    void app.doDue().catch((error) => log.error({ err: error }, 'a tick failed'));
  } else if ('disk' in order) fault = order.disk;
  else if ('settle' in order) {
    await Promise.allSettled([...turns]);
    await app.tick();
    tell({ idle: true });
  } else tell({ state: await look() });
}

for await (const line of createInterface({ input: process.stdin }))
  await obey(JSON.parse(line) as Order).catch((error: unknown) => log.error({ err: error }, 'an order could not be carried out'));
