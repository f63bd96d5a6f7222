import { openMemoryStore } from '../../src/adapters/store/memory.ts';
import { type Line, openStage, type Said, type StageOptions } from '../../src/cli/converse.ts';
import { shippedContent } from './content.ts';

export interface DeskOptions extends Partial<Omit<StageOptions, 'print'>> {
  /** When it begins: by default on a Monday at ten. `null`: with the first line. */
  readonly at?: string | null;
  /** Is asked before anything is sent; what it throws, the channel does. */
  readonly before?: (said: Said) => void;
}

/** What arrived, and when (ISO time). */
export type Heard = Said & { readonly at: string };

export const director = { name: '李主任', role: 'director' } as const;
export const worker = { name: '小周', role: 'worker' } as const;

/**
 * A desk for tests, over `converse`'s stage: the shipped content in memory, 李主任 and 小周 on the staff, a group of theirs and one
 * of residents. Whoever speaks is there; the clock stands still but for `at` and `to`.
 */
export async function openTestDesk({ at = '2026-11-23T10:00:00+08:00', before, ...options }: DeskOptions = {}) {
  const store = options.store ?? openMemoryStore();
  const all: Heard[] = [];
  let decision = '';
  const stage = await openStage({
    content: shippedContent(),
    staff: [director, worker],
    staffRooms: ['工作群'],
    rooms: ['居民群'],
    ...options,
    store,
    print(line) {
      if (!('kind' in line)) {
        ({ decision } = line);
        return;
      }
      before?.(line);
      all.push({ ...line, at: stage.app.clock.now().toISOString() });
    },
  });
  /** Everything that is said, to whomever, while `work` is done and until nothing is left to say. */
  const heardOf = async (work: () => Promise<unknown>): Promise<Heard[]> => {
    const from = all.length;
    await work();
    await stage.app.outbox.pump();
    return all.slice(from);
  };
  const desk = {
    stage,
    app: stage.app,
    store,
    /** All that ever arrived. */
    all,
    heardOf,
    /** What became of the last line. */
    decision: () => decision,
    say: (from: string, text: string, more: Line = {}) => heardOf(() => stage.take({ from, text, ...more })),
    /** Moves the clock, and does what is due then and on the way. */
    to: (moment: string) => heardOf(() => stage.take({ at: moment })),
  };
  if (at !== null) await desk.to(at);
  return desk;
}

export type TestDesk = Awaited<ReturnType<typeof openTestDesk>>;

/** What somebody read privately. */
export function readBy(person: string, heard: readonly Said[]): string {
  return heard.flatMap(({ to, room, text = '' }) => (to === person && room === undefined ? [text] : [])).join('\n');
}

/** Each saying after whom or where it was said. */
export function written(heard: readonly Said[]): string[] {
  return heard.map(({ to, room, text = '' }) => `${room ?? to}：${text}`);
}
