import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Wechaty } from 'wechaty';
import { type Child, startChild } from './child/child.ts';
import type { WebWechat } from './web-wechat/web-wechat.ts';

const script = fileURLToPath(new URL('./child/probe.ts', import.meta.url));

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
  run<G, R>(work: (bot: Wechaty, given: G) => R, given?: G): Promise<Awaited<R>>;
}

/** A folder in which one probe after another finds the memory card of the one before. */
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
  return {
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
    run: (work, given) =>
      new Promise((resolve, reject) => {
        const call = calls.size;
        calls.set(call, { resolve, reject });
        child.process.send({ call, source: work.toString(), given });
      }),
  };
}
