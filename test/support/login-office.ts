import { openMemoryStore } from '../../src/adapters/store/memory.ts';
import { systemIds } from '../../src/adapters/system/system.ts';
import { openDesk } from '../../src/cli/desk.ts';
import type { Person } from '../../src/desk/kernel/rows.ts';
import { createDirectory, type Directory, type Sight } from '../../src/desk/people/directory.ts';
import { newDirectorCode } from '../../src/desk/people/enrolment.ts';
import { accountThat } from './account.ts';
import { shippedContent } from './content.ts';

/** The one-time code that a director is given for a colleague. */
export const codeIn = (said: string): string => /口令：([A-Z2-9]{8})/.exec(said)?.[1] ?? '';

export type LoginOffice = Awaited<ReturnType<typeof openLoginOffice>>;

/** An office on a channel whose ids change with each login; people are named by their native ids, and groups. */
export async function openLoginOffice() {
  /** What is said, after the native id of whom it is said to. */
  const said: string[] = [];
  /** The remark tokens that the account's owner has written, by person. */
  const remarks = new Map<string, string>();
  const time = { now: new Date('2026-11-23T02:00:00Z') };
  const store = openMemoryStore();
  const clock = { now: () => time.now };
  const ids = systemIds(clock);
  let directory: Directory | undefined;
  const wechat = accountThat(
    async ({ to, text }) => {
      const native = await directory?.nativeOf('room' in to ? to.room : to.person);
      if (native === undefined) throw new Error(`nobody is bound: ${text}`);
      said.push(`${native}：${text}`);
    },
    { idsSurviveLogin: false },
  );
  const secrets = { digest: async (text: string, salt: string) => `${salt}/${text}` };
  const app = openDesk({ store, accounts: [wechat], content: shippedContent(), clock, ids, secrets });
  const known = createDirectory(store, ids, 'wechat', { now: clock.now, say: app.say });
  directory = known;
  await known.login('self-1');
  let count = 0;

  /** Somebody, as this login sees them: "张奶奶#2" is called 张奶奶 and has the id of the second login. */
  const see = (native: string, more: Partial<Sight> = {}) => {
    const [name = ''] = native.split('#');
    const token = remarks.get(native);
    return known.person(native, { name, reachable: true, ...(token === undefined ? {} : { token, unique: true }), ...more });
  };
  const say = async (native: string, text: string, room?: string) => {
    said.length = 0;
    const person = await see(native, room === undefined ? {} : { reachable: remarks.has(native) });
    const where = room === undefined ? {} : { room: await known.room(room, { name: room.split('#')[0] ?? '' }) };
    await app.hear({ id: `m${++count}`, person, ...where, text, kind: 'text', addressed: true });
    await app.outbox.pump();
    return said.join('\n');
  };
  const person = async (name: string): Promise<Person | undefined> =>
    (await app.store.transaction((tx) => tx.find('people', { name }))).at(0);
  const tokenOf = async (name: string) => (await person(name))?.token ?? '';
  /** 李主任 is director, 小周 a worker, both with a PIN. */
  const enrol = async () => {
    const code = await newDirectorCode(app.store, app.ids, time.now);
    await say('李主任#1', code ?? '');
    await say('小周#1', '你好');
    await say('小周#1', codeIn(await say('李主任#1', '/员工 加 @小周')));
    await say('小周#1', '/口令 640857');
    await say('李主任#1', '/口令 482913');
  };
  return { app, directory: known, said, remarks, time, see, say, person, tokenOf, enrol };
}
