import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FileBox } from 'file-box';
import type { Wechaty } from 'wechaty';
import { type Child, startChild } from '../child/child.ts';
import { startWebWechat, type WebWechat } from '../web-wechat/web-wechat.ts';
import type { Chat, World } from '../web-wechat/world.ts';

const script = fileURLToPath(new URL('../child/probe.ts', import.meta.url));

/** What Wechaty told the probe. */
export interface Heard {
  readonly event: string;
  readonly id?: string;
  readonly type?: number;
  readonly text?: string;
  readonly name?: string;
  readonly room?: string;
  readonly topic?: string;
  readonly from?: string;
  readonly self?: boolean;
  readonly mentioned?: boolean;
  /** The message that an event came of. */
  readonly message?: string;
  readonly people?: readonly string[];
}

export interface Probe extends Child {
  /** Everything that it was told so far. */
  readonly heard: readonly Heard[];
  /** What it was told of this kind since it was asked last; waits until there are at least so many. */
  next(event: string, count?: number): Promise<Heard[]>;
  /** The messages with this in their text; waits until there is one. */
  hears(text: string, count?: number): Promise<Heard[]>;
  /** Runs a function in the probe, with its bot. The function sees nothing else of the test. @throws what it throws there */
  run<G, R>(work: (bot: Wechaty, given: G, tools: Tools) => R, given: G): Promise<Awaited<R>>;
  /** What the protocol said, before the puppet made a message of it. */
  raw(message: Heard | undefined): Promise<Record<string, string | number>>;
}

/** Classes that a function in the probe cannot import. */
export interface Tools {
  readonly FileBox: typeof FileBox;
}

/** A folder for the memory card of a probe: the next one that is started over it resumes the session. */
export const cardFolder = () => mkdtempSync(join(tmpdir(), 'lianxinqiao-probe-'));

/** Starts a bot that does nothing but tell what the real Wechaty and the real puppet tell it. */
export function startProbe(wechat: WebWechat, folder: string): Probe {
  const heard: Heard[] = [];
  const asked = new Map<string, number>();
  const calls = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>();
  const child = startChild(wechat, script, {
    args: [join(folder, 'probe')],
    onMessage(message) {
      const told = message as Heard & { call?: number; result?: never; error?: string };
      if (told.call === undefined) return void heard.push(told);
      const call = calls.get(told.call);
      if (told.error === undefined) call?.resolve(told.result as never);
      else call?.reject(new Error(told.error));
    },
  });
  const probe: Probe = {
    ...child,
    heard,
    async next(event, count = 1) {
      const from = asked.get(event) ?? 0;
      const fresh = () => heard.filter((each) => each.event === event).slice(from);
      await wechat.world.until(() => fresh().length >= count, `${count} × ${event}; the probe heard ${JSON.stringify(heard.slice(-6))}`);
      const all = fresh();
      asked.set(event, from + all.length);
      return all;
    },
    async hears(text, count = 1) {
      const all = () => heard.filter((each) => each.event === 'message' && each.text?.includes(text));
      await wechat.world.until(() => all().length >= count, `“${text}”; the probe heard ${JSON.stringify(heard.slice(-6))}`);
      return all();
    },
    raw: (message) => probe.run((bot, id) => (bot.puppet as unknown as Raw).messageRawPayload(id), message?.id ?? ''),
    run: (work, given) =>
      new Promise((resolve, reject) => {
        const call = calls.size;
        calls.set(call, { resolve, reject });
        child.process.send({ call, source: work.toString(), given });
      }),
  };
  return probe;
}

interface Raw {
  messageRawPayload(id: string): Promise<Record<string, string | number>>;
}

/** A server with a probe that has logged in and syncs. */
export interface Stage {
  readonly wechat: WebWechat;
  readonly probe: Probe;
  readonly folder: string;
  /** The id of a person or room in the login that is now. */
  id(chat: Chat): string;
  /** Ends both. @throws when the probe asked for something that the server does not know, or for another host */
  close(): Promise<void>;
}

/** Starts them, with the people and rooms that `furnish` makes. */
export async function openStage(furnish: (world: World) => void, options: { factor?: number } = {}): Promise<Stage> {
  const wechat = await startWebWechat(options);
  furnish(wechat.world);
  const folder = cardFolder();
  const probe = startProbe(wechat, folder);
  await wechat.phone.logIn();
  await probe.next('login');
  await wechat.account.heardAll();
  return {
    wechat,
    probe,
    folder,
    id: (chat) => (wechat.account.session ? wechat.account.idOf(chat, wechat.account.session) : ''),
    async close() {
      await probe.kill();
      await wechat.close();
      rmSync(folder, { recursive: true });
      const asked = { unknown: wechat.unknown, refused: probe.refused() };
      if (asked.unknown.length + asked.refused.length > 0) throw new Error(`asked in vain: ${JSON.stringify(asked)}`);
    },
  };
}
