import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An order that waits for the bot that works on the state. */
export interface Waiting {
  readonly given: unknown;
  /** Tells whoever gave it what became of it. */
  answer(text: string): void;
}

/** Orders of whoever sits at the computer to the bot that runs there: files in the folder of its state, which nobody else can write. */
export interface Orders {
  waiting(): readonly Waiting[];
}

const orderEnding = '.order';
const answerEnding = '.answer';
/** Nobody waits any longer for an order of before. */
const oldestMs = 60_000;

const folderOf = (state: string) => join(state, 'orders');

export function ordersBelow(state: string, now: () => number = Date.now): Orders {
  const folder = folderOf(state);
  return {
    waiting() {
      if (!existsSync(folder)) return [];
      const names = readdirSync(folder).filter((name) => name.endsWith(orderEnding));
      return names.flatMap((name) => {
        const path = join(folder, name);
        const isOld = now() - statSync(path).mtimeMs > oldestMs;
        const given = readFileSync(path, 'utf8');
        rmSync(path, { force: true });
        const answer = (text: string) => writeWhole(join(folder, name.replace(orderEnding, answerEnding)), text);
        return isOld ? [] : [{ given: parsed(given), answer }];
      });
    },
  };
}

/** Gives an order to the bot that runs, and waits for its answer; undefined when none comes. */
export async function giveOrder(
  state: string,
  order: unknown,
  { sleep, tries }: { readonly sleep: () => Promise<unknown>; readonly tries: number },
): Promise<string | undefined> {
  const folder = folderOf(state);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  writeWhole(`${path}${orderEnding}`, JSON.stringify(order));
  for (let count = 0; count < tries; count++) {
    await sleep();
    if (!existsSync(`${path}${answerEnding}`)) continue;
    const answer = readFileSync(`${path}${answerEnding}`, 'utf8');
    rmSync(`${path}${answerEnding}`, { force: true });
    return answer;
  }
  rmSync(`${path}${orderEnding}`, { force: true });
  return undefined;
}

/** Never half of it: whoever looks finds all or nothing. */
function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
