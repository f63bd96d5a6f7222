import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { openMemoryStore } from '../../src/adapters/store/memory.ts';
import { type Ended, openStage, type Said } from '../../src/cli/converse.ts';
import type { Store } from '../../src/desk/kernel/ports.ts';
import { shippedContent } from './content.ts';
import { judge, type Must, staff, staffRoom, stateIn, type Turn, withNumbers } from './musts.ts';

/** A dialogue as it was written down before there was a program for it (test/dialogues/FORMAT.md). */
export interface Dialogue {
  readonly id: string;
  readonly who: string;
  readonly turns: readonly Readonly<Record<string, unknown>>[];
}

/** A turn whose `must` does not hold, or in which what was said to an open matter went nowhere. */
export interface Miss {
  readonly dialogue: string;
  readonly line: string;
  readonly must: string;
  readonly dropped: boolean;
}

export interface Played {
  /** Turns of residents that have a `must`. */
  readonly turns: number;
  readonly misses: readonly Miss[];
  /** All that was said, by whom and to whom. */
  readonly lines: readonly string[];
}

/** Where a dialogue is played. */
export interface Office {
  readonly store: Store;
  /** The id of somebody in the store, by name. */
  idOf(name: string): Promise<string | undefined> | string | undefined;
  /** Says one turn, and what came of it. */
  take(turn: Turn): Promise<{ readonly said: readonly Said[]; readonly ended: Ended }>;
}

export function readDialogues(path: string): Dialogue[] {
  return parse(readFileSync(path, 'utf8')) as Dialogue[];
}

/**
 * Plays a dialogue against the whole desk, with its own store and a clock that stands still but for `at`.
 * @param restarts whether the desk is opened anew over its store before every turn
 */
export async function playDialogue(dialogue: Dialogue, { restarts = false } = {}): Promise<Played> {
  const heard: (Said | Ended)[] = [];
  const store = openMemoryStore();
  const open = () =>
    openStage({
      store,
      content: shippedContent(),
      print: (line) => heard.push(line),
      staff,
      staffRooms: [staffRoom],
      rooms: ['居民群'],
      papers: false,
      // A desk that is opened anew would count its lines and ids from one.
      steady: !restarts,
    });
  let stage = await open();
  return playIn(dialogue, {
    store,
    idOf: (name) => name,
    async take({ from, text, file, at, room }) {
      if (restarts) stage = await open();
      heard.length = 0;
      await stage.take({
        ...(from === undefined ? {} : { from }),
        text,
        ...(file === undefined ? {} : { file }),
        ...(at === undefined ? {} : { at: `${at}:00+08:00` }),
        ...(room === undefined ? {} : { room }),
      });
      return { said: heard.filter((each): each is Said => 'kind' in each), ended: heard.at(-1) as Ended };
    },
  });
}

/** Plays a dialogue somewhere, and looks at every turn of a resident that has a `must`. */
export async function playIn(dialogue: Dialogue, office: Office): Promise<Played> {
  const misses: Miss[] = [];
  const lines = [`## ${dialogue.id}`];
  let turns = 0;
  for (const turn of dialogue.turns.map(readTurn)) {
    const person = turn.from === undefined ? undefined : await office.idOf(turn.from);
    const before = await stateIn(office.store, person);
    const { said, ended } = await office.take({ ...turn, text: withNumbers(turn, before.all) });
    lines.push(`${turn.at ?? ''} ${turn.from ?? ''}：${turn.text || turn.file || ''}  ${JSON.stringify(turn.must)}`, ...said.map(toldIn));
    if (turn.from === undefined || turn.must.length === 0) continue;
    turns++;
    const { failed, dropped } = judge({ turn, before, after: await stateIn(office.store, person), said, ended });
    if (failed.length === 0 && !dropped) continue;
    misses.push({ dialogue: dialogue.id, line: `${turn.from}：${turn.text}`, must: JSON.stringify(failed), dropped });
    lines.push(`  !!${dropped ? ' DROPPED' : ''} ${JSON.stringify(failed)}`);
  }
  return { turns, misses, lines };
}

const toldIn = ({ to = '', room = '', text = '' }: Said) => `    → ${room}${to}：${text.replaceAll('\n', '⏎')}`;

function readTurn(turn: Readonly<Record<string, unknown>>): Turn {
  const { at, room, must, about, says, ...spoken } = turn as Readonly<Record<string, unknown>> &
    Partial<Record<'at' | 'room' | 'about', string>> & { must?: Must[]; says?: string[] };
  const [said] = Object.entries(spoken);
  const text = String(said?.[1] ?? '');
  const picture = /^\[图片 (.+)\]$/.exec(text)?.[1];
  return {
    ...(said === undefined ? {} : { from: said[0] }),
    text: picture === undefined ? text : '',
    ...(picture === undefined ? {} : { file: picture }),
    ...(at === undefined ? {} : { at: String(at).replace(' ', 'T') }),
    ...(room === undefined ? {} : { room }),
    must: must ?? [],
    ...(about === undefined ? {} : { about }),
    says: says ?? [],
  };
}
