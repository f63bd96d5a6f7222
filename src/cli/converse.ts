import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { playedAccounts } from '../adapters/simulator/place.ts';
import { openJournalStore } from '../adapters/store/journal.ts';
import { openMemoryStore } from '../adapters/store/memory.ts';
import { filesBelow } from '../adapters/system/files.ts';
import { silentLog } from '../adapters/system/log.ts';
import { steadyIds, systemIds } from '../adapters/system/system.ts';
import { passingVault } from '../adapters/system/vault.ts';
import { firstAccount, type Pace } from '../desk/kernel/accounts.ts';
import type { Content } from '../desk/kernel/content.ts';
import type { App, Parts } from '../desk/kernel/desk.ts';
import type { Clock, Files, Store, Transaction, Vault } from '../desk/kernel/ports.ts';
import type { Role, Room } from '../desk/kernel/rows.ts';
import { withoutQuote } from '../domain/words/quotation.ts';
import { chosenCommunity } from './communities.ts';
import { type Community, communityOptions, openStore } from './community.ts';
import { type Config, readConfig } from './config.ts';
import { openDesk, readContent } from './desk.ts';
import { openVault } from './keys.ts';
import { papersIn } from './papers.ts';
import { accountsBefore, createStageAccounts, readEvent } from './stage-accounts.ts';

/** One line of input: somebody says something, or only the clock moves. */
export const lineSchema = z.strictObject({
  from: z.string().min(1).optional(),
  text: z.string().default(''),
  room: z.string().min(1).optional(),
  addressed: z.boolean().optional(),
  /** What is quoted: somebody else's words, whoever they name. */
  quote: z.string().optional(),
  at: z.iso.datetime({ offset: true }).optional(),
  file: z.string().min(1).optional(),
  /** Through which account. */
  account: z.enum(playedAccounts).default(firstAccount),
  /** What they do there instead of speaking. */
  event: z
    .string()
    .regex(/^(?:follow|unfollow|(?:scan|click):.{1,64})$/, 'an event is follow, unfollow, scan:SCENE or click:KEY')
    .optional(),
  /** False: no friend of the bot's account, so that nothing reaches them privately until they write privately themselves. */
  friend: z.boolean().optional(),
});
export type Line = z.input<typeof lineSchema>;

export interface Said {
  readonly after: number;
  readonly to?: string;
  readonly room?: string;
  readonly text?: string;
  readonly file?: string;
  readonly kind: 'reply' | 'notice' | 'broadcast';
  /** Absent: WeChat. */
  readonly account?: string;
}

export interface Ended {
  readonly after: number;
  readonly decision: string;
  readonly topic?: string;
}

export interface Stage {
  /** Takes one line and prints what it leads to. */
  take(line: Line): Promise<void>;
  /** Counts a line that could not be taken: whoever counts lines must not wait for its end. */
  skip(): void;
  readonly app: App;
}

export interface StageOptions {
  readonly store: Store;
  readonly content: Content;
  readonly print: (line: Said | Ended) => void;
  readonly staff?: readonly { name: string; role: Role }[];
  readonly staffRooms?: readonly string[];
  readonly rooms?: readonly string[];
  /** Absent: what is sealed cannot be opened by another run. */
  readonly vault?: Vault;
  readonly files?: Files;
  /** Where files that are made to be sent are written; without it a folder of the system's temporary ones, made when there is something to write. */
  readonly media?: string;
  /** False: no pictures and workbooks are made, which takes long. */
  readonly papers?: boolean;
  /** Ids that are the same in every run. */
  readonly steady?: boolean;
  /** How fast broadcasts follow each other. */
  readonly pace?: Pace;
  /** What else the desk stands on. */
  readonly parts?: Partial<Parts>;
}

/** As on WeChat, but for the cap: what is sent in a day is up to whoever writes the lines. */
const likeWechat: Pace = { broadcastGap: [15, 45], broadcastsADay: 1000 };

/** The whole app with a recording account instead of WeChat. People and rooms are known by their names. Time stands still but for `at`. */
export async function openStage({
  store,
  content,
  print,
  staff = [],
  staffRooms = [],
  rooms = [],
  vault = passingVault(),
  files,
  media = join(tmpdir(), `lianxinqiao-${randomUUID()}`),
  papers = true,
  steady = true,
  pace = likeWechat,
  parts = {},
}: StageOptions): Promise<Stage> {
  let now = await startingTime(store);
  let count = 0;
  const clock: Clock = { now: () => now };
  const accounts = createStageAccounts({
    store,
    now: clock.now,
    pace,
    async send(account, { to, text, file, kind }) {
      print({
        after: count,
        ...(to.person === undefined ? {} : { to: accounts.nameOf(account, to.person) }),
        ...('room' in to ? { room: to.room } : {}),
        ...(text === '' ? {} : { text }),
        ...(file === undefined ? {} : { file: resolve(media, file) }),
        kind,
        ...(account === firstAccount ? {} : { account }),
      });
    },
  });
  for (const account of await accountsBefore(store)) accounts.open(account);
  const app = openDesk({
    store,
    accounts: accounts.list,
    content,
    clock,
    vault,
    ...(papers ? { papers: papersIn(media, readConfig(process.env), silentLog) } : {}),
    ...(files ? { files } : {}),
    ids: steady ? steadyIds() : systemIds(clock),
    ...parts,
  });
  await store.transaction(async (tx) => {
    for (const { name, role } of staff) await tx.put('people', { id: name, name, role, reachable: true });
  });
  await app.outbox.recover();
  const botName = content.current().community.botName;
  const bindRoom = (tx: Transaction, name: string, kind: Room['kind'], account: string = firstAccount) => {
    const ours = account === firstAccount ? {} : { account };
    return tx.insert('rooms', { id: name, name, ...ours, kind, speaks: 'addressed', boundAt: now.toISOString() });
  };

  /** Moves the clock; what was waiting for a moment on the way is said at that moment, in order. */
  async function moveTo(goal: Date): Promise<void> {
    for (let next = await app.outbox.nextAt(); next && next > now && next < goal; next = await app.outbox.nextAt()) {
      now = next;
      await app.outbox.pump();
    }
    now = goal;
  }

  return {
    app,
    skip() {
      print({ after: count, decision: 'silent' });
    },
    async take(given) {
      count++;
      const line = lineSchema.parse(given);
      if (line.at !== undefined) await moveTo(new Date(line.at));
      // Bound at the time at which the conversation begins: what was due before it has not been missed.
      if (count === 1) {
        await store.transaction(async (tx) => {
          for (const name of staffRooms) await bindRoom(tx, name, 'staff');
          for (const name of rooms) await bindRoom(tx, name, 'residents');
        });
      }
      if (line.at !== undefined) await app.tick();
      if (line.from === undefined) return print({ after: count, decision: 'silent' });
      const { from, room, account } = line;
      if (accounts.open(account)) await app.outbox.recover();
      const person = await store.transaction(async (tx) => {
        if (room !== undefined) await bindRoom(tx, room, 'residents', account);
        return accounts.see(tx, { account, name: from, reachable: room === undefined || line.friend, touches: line.event !== undefined });
      });
      const said = withoutQuote(line.text);
      const text = said.replace(new RegExp(`[@＠]${botName}\\s*`, 'gu'), '');
      const outcome = await app.hear({
        // A store that is kept has heard the first line of the run before.
        id: steady ? `line-${count}-${now.getTime()}` : app.ids.id(),
        account,
        person,
        ...(room === undefined ? {} : { room }),
        text,
        kind: line.file === undefined ? 'text' : /\.(png|jpe?g|gif|webp|bmp)$/i.test(line.file) ? 'image' : 'file',
        ...(line.file === undefined ? {} : { file: resolve(line.file) }),
        addressed: room === undefined || line.addressed === true || text !== said,
        ...(line.event === undefined ? {} : readEvent(line.event)),
      });
      await app.outbox.pump();
      print({ after: count, decision: outcome.decision, ...(outcome.topic ? { topic: outcome.topic } : {}) });
    },
  };
}

/** What lies beside a store that is kept. */
async function besides(config: Config, state: string, store: Store): Promise<Pick<StageOptions, 'vault' | 'files' | 'media'>> {
  const media = join(state, 'media');
  return { vault: await openVault(config, state, store), files: filesBelow(media), media };
}

/** What a line holds; of one that is no JSON, something that is no line either, so that it is counted and refused. */
function parsedLine(line: string): Line {
  try {
    return JSON.parse(line);
  } catch (error) {
    return (error as Error).message as unknown as Line;
  }
}

/** Time begins where a store that is kept left off. */
async function startingTime(store: Store): Promise<Date> {
  const heard = await store.transaction((tx) => tx.find('heard', {}, { by: 'at', descending: true, limit: 1 }));
  return new Date(heard[0]?.at ?? '2026-11-23T02:00:00Z');
}

/**
 * `converse [--community ID] [--state DIR] [--staff NAME:ROLE] [--staff-room NAME] [--room NAME]`: newline-delimited JSON in and out. With
 * DATABASE_URL the state lies there, and DIR holds what belongs to it.
 */
export async function converse(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...communityOptions,
      state: { type: 'string' },
      staff: { type: 'string', multiple: true, default: [] },
      'staff-room': { type: 'string', multiple: true, default: [] },
      room: { type: 'string', multiple: true, default: [] },
    },
  });
  const { config, community } = chosenCommunity(process.env, values);
  const content = readContent(config);
  const folder = values.state ?? (community.database && community.folder);
  const store = await openConversed(community, folder);
  const stage = await openStage({
    store,
    content,
    print: (line) => process.stdout.write(`${JSON.stringify(line)}\n`),
    staff: values.staff.map(readStaff),
    staffRooms: values['staff-room'],
    rooms: values.room,
    ...(folder === undefined ? {} : await besides(config, folder, store)),
    steady: folder === undefined,
  });
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue;
    try {
      await stage.take(parsedLine(line));
    } catch (error) {
      process.stderr.write(`${line.slice(0, 200)}: ${(error as Error).message}\n`);
      stage.skip();
    }
  }
  await store.close();
}

async function openConversed(community: Community, folder: string | undefined): Promise<Store> {
  if (folder === undefined) return openMemoryStore();
  if (!community.database) return openJournalStore({ folder, log: silentLog });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return openStore(community, silentLog);
}

function readStaff(given: string): { name: string; role: Role } {
  const [name = '', role = 'worker'] = given.split(':');
  if (role !== 'worker' && role !== 'director') throw new Error(`--staff ${given}: the role is worker or director`);
  return { name, role };
}
