import type { Ended, Said } from '../../src/cli/converse.ts';
import type { Store } from '../../src/desk/kernel/ports.ts';
import { openStates } from '../../src/domain/appeals/appeal.ts';
import { mask } from '../../src/domain/words/masking.ts';
import { samePlace } from '../../src/domain/words/place.ts';
import { places } from './places.ts';

/** What has to become of what was said (test/dialogues/FORMAT.md). */
export type Must = string | Readonly<Record<string, string | number>>;

export interface Turn {
  readonly from?: string;
  readonly text: string;
  readonly file?: string;
  readonly at?: string;
  readonly room?: string;
  readonly must: readonly Must[];
  /** A word of the matter that it belongs to: no other case may be changed by it. */
  readonly about?: string;
  /** What is read in answer, each as alternatives parted by "|". */
  readonly says: readonly string[];
}

/** Who is on the staff, and their group. */
export const staff: readonly { name: string; role: 'director' | 'worker' }[] = [
  { name: '李主任', role: 'director' },
  { name: '小周', role: 'worker' },
  { name: '小吴', role: 'worker' },
];
export const staffRoom = '工作群';

/** What was found wrong with a turn, and whether what it said went nowhere. */
export interface Verdict {
  readonly failed: readonly Must[];
  readonly dropped: boolean;
}

/** Looks at what became of a turn. */
export function judge(seen: Seen): Verdict {
  const { turn } = seen;
  const failed = turn.must.filter((must) => !holds(must, seen));
  const quietly = turn.must.every((must) => ['answer', 'quiet', 'silent'].includes(nameOf(must)));
  if (!quietly && notUnderstood(seen)) failed.push('understood');
  if (turn.about !== undefined && !isAbout(turn.about, seen)) failed.push({ about: turn.about });
  failed.push(...turn.says.filter((words) => !reads(words, seen)).map((words) => ({ says: words })));
  const dropped = turn.must.some((must) => concerns.includes(nameOf(must))) && isDropped(seen);
  return { failed, dropped };
}

interface Case {
  readonly id: string;
  readonly person: string;
  readonly state: string;
  readonly text: string;
  readonly place: string | undefined;
  readonly files: number;
  readonly anonymous: boolean;
  readonly urges: number;
  readonly moves: readonly string[];
  readonly solved: string | undefined;
  readonly satisfied: string | undefined;
  readonly whole: string;
}

export interface State {
  readonly all: readonly Case[];
  readonly own: readonly Case[];
  /** The drafts that wait, as they are kept. */
  readonly drafts: readonly string[];
  /** What else stands somewhere: in questions that are taken up when nobody answers, and in what was told of an alarm. */
  readonly besides: readonly string[];
  readonly sealed: number;
  readonly subscribed: boolean;
}

/** How the desk stands for somebody. @param person their id in the store; undefined: nobody in particular */
export async function stateIn(store: Store, person: string | undefined): Promise<State> {
  return store.transaction(async (tx) => {
    const all = (await tx.find('appeals', {}, { by: 'createdAt' })).map(
      (appeal): Case => ({
        id: appeal.id,
        person: appeal.person,
        state: appeal.state,
        text: [appeal.what, appeal.place, ...appeal.history.map(({ text }) => text)].join(' '),
        place: appeal.place,
        files: appeal.files.length,
        anonymous: appeal.anonymous,
        urges: appeal.urges ?? 0,
        moves: appeal.history.map(({ move }) => move),
        solved: appeal.ratings.at(-1)?.solved,
        satisfied: appeal.ratings.at(-1)?.satisfied,
        whole: JSON.stringify(appeal),
      }),
    );
    const waiting = (await tx.find('questions')).filter(({ id }) => id === person || id.endsWith(`/${person}`));
    const drafts = waiting.flatMap(({ stack }) =>
      stack.flatMap(({ question }) => ('draft' in question ? [JSON.stringify(question.draft)] : [])),
    );
    const held = waiting.flatMap(({ stack }) => stack.filter((each) => each.held || each.question.kind === 'danger'));
    const alarms = (await tx.find('alarms')).filter((each) => each.person === person || each.voices.includes(person ?? ''));
    const originals = await tx.find('originals', { person: person ?? '' });
    return {
      all,
      own: all.filter((each) => each.person === person),
      drafts,
      besides: [...held.map(({ question }) => JSON.stringify(question)), ...alarms.map(({ history }) => JSON.stringify(history))],
      sealed: originals.filter(({ appeals }) => appeals.length > 0).length,
      subscribed: (await tx.get('people', person ?? ''))?.subscribedAt !== undefined,
    };
  });
}

/** "1" in a command of staff means the case told last, `{case:2}` the second. */
export function withNumbers({ from, text }: Turn, all: readonly Case[]): string {
  const last = all.at(-1)?.id ?? '1';
  const named = text.replace(/\{case(?::(\d+))?\}/g, (_, row?: string) => (row === undefined ? last : (all[Number(row) - 1]?.id ?? last)));
  const isStaff = staff.some(({ name }) => name === from);
  return isStaff ? named.replace(/^(\/(?:受理|回复|办结|派|转|补充|备注|延期|不受理|重办|显示|查|审计)\s*)1(?=\s|$)/u, `$1${last}`) : named;
}

export interface Seen {
  readonly turn: Turn;
  readonly before: State;
  readonly after: State;
  readonly said: readonly Said[];
  readonly ended: Ended;
}

const nameOf = (must: Must): string => (typeof must === 'string' ? must : (Object.keys(must)[0] ?? ''));

/** Musts that are about an open matter: what is said must not be lost. */
const concerns = [
  'case',
  'place',
  'staff',
  'told',
  'rating',
  'satisfied',
  'reopened',
  'urged',
  'callback',
  'anonymous',
  'named',
  'withdrawn',
  'over',
  'worse',
];

function holds(must: Must, seen: Seen): boolean {
  const { before, after, said, ended, turn } = seen;
  const value = typeof must === 'string' ? undefined : Object.values(must)[0];
  const latest = after.own.at(-1);
  switch (nameOf(must)) {
    case 'new':
      return after.own.length - before.own.length >= Number(value ?? 1) || beingTakenDown(seen, Number(value ?? 1));
    case 'case':
      return turn.file === undefined ? inCase(seen) : fileIn(seen);
    case 'place':
      return samePlace(placeNow(seen), String(value), places) || placeNow(seen).includes(String(value));
    case 'notPlace':
      return !placeNow(seen).includes(String(value));
    case 'staff':
      return said.some((each) => toStaff(each) && tells(each, turn));
    case 'told':
      return said.some((each) => each.to === value && tells(each, turn));
    case 'over':
    case 'worse':
      return said.some((each) => toStaff(each) && tells(each, turn));
    case 'rating':
      return after.own.some(({ solved }) => solved === value);
    case 'satisfied':
      return after.own.some(({ satisfied }) => satisfied === value);
    case 'reopened':
      return count(after, 'reopen') > count(before, 'reopen');
    case 'progress':
      return toSpeaker(seen).some(({ text = '' }) => /SQ\d|受理|办理|答复|登记|已经告诉|派给|马上|在路上|收到/u.test(text));
    case 'urged':
      return sum(after) > sum(before);
    case 'answer':
      return ended.decision === 'answer' && (value === undefined || ended.topic === value);
    case 'asks':
      return toSpeaker(seen).some(({ text = '' }) => /[？?]|回[个 ]?[数1]|哪/u.test(text));
    case 'alarm':
      return ended.decision === 'emergency';
    case 'callback':
      return after.sealed > before.sealed || (after.own.some(({ state }) => isOpen(state)) && after.sealed > 0);
    case 'anonymous':
      return latest?.anonymous ?? after.drafts.some((draft) => draft.includes('"anonymous":true'));
    case 'named':
      return latest?.anonymous === false;
    case 'withdrawn':
      return count(after, 'withdraw') > count(before, 'withdraw');
    case 'kept':
      return count(after, 'withdraw') === count(before, 'withdraw');
    case 'subscribed':
      return after.subscribed;
    case 'unsubscribed':
      return !after.subscribed;
    case 'unchanged':
      return wholeOf(after) === wholeOf(before) && after.subscribed === before.subscribed;
    case 'quiet':
      return after.own.length === before.own.length && after.drafts.length <= before.drafts.length && isShort(seen);
    case 'silent':
      return said.every((each) => toStaff(each));
    case 'form':
      return after.drafts.length > 0;
    default:
      throw new Error(`${nameOf(must)}: no such must`);
  }
}

const toStaff = ({ to, room }: Said) => room === staffRoom || staff.some(({ name }) => name === to);
const toSpeaker = ({ said, turn }: Seen) => said.filter((each) => each.to === turn.from);
const isOpen = (state: string) => (openStates as readonly string[]).includes(state);
const count = ({ own }: State, move: string) => own.reduce((total, { moves }) => total + moves.filter((each) => each === move).length, 0);
const sum = ({ own }: State) => own.reduce((total, { urges }) => total + urges, 0);
const wholeOf = ({ own }: State) => own.map(({ whole }) => whole).join();

function notUnderstood(seen: Seen): boolean {
  return toSpeaker(seen).some(({ text = '' }) => /还不知道，不敢乱答|没听懂|只看得懂文字/u.test(text));
}

function isShort(seen: Seen): boolean {
  return !notUnderstood(seen) && toSpeaker(seen).reduce((total, { text = '' }) => total + text.length, 0) <= 60;
}

function beingTakenDown({ before, after }: Seen, atLeast: number): boolean {
  const fresh = after.drafts.filter((draft) => !before.drafts.includes(draft));
  return fresh.some((draft) => (JSON.parse(draft).also?.length ?? 0) + 1 >= atLeast);
}

function placeNow({ after }: Seen): string {
  const draft = after.drafts.at(-1);
  return (draft === undefined ? after.own.at(-1)?.place : JSON.parse(draft).place) ?? '';
}

/** Whether most of what was said stands in a text: words may be cut off at its ends. */
function stands(said: string, text: string): boolean {
  const bare = (each: string) => mask(each).text.replace(/[\p{P}\p{S}\p{Z}\s]/gu, '');
  const [words, within] = [bare(said), bare(text)];
  if (words.length <= 3) return within.includes(words);
  const pieces = Array.from({ length: words.length - 2 }, (_, at) => words.slice(at, at + 3));
  return pieces.filter((piece) => within.includes(piece)).length >= pieces.length * 0.6;
}

const tells = ({ text = '', file }: Said, turn: Turn) => (turn.file !== undefined && file !== undefined) || stands(turn.text, text);

function inCase({ after, turn }: Seen): boolean {
  return after.own.some((each) => stands(turn.text, each.text)) || after.drafts.some((draft) => stands(turn.text, draft));
}

function fileIn({ before, after }: Seen): boolean {
  const files = (state: State) =>
    state.own.reduce((total, each) => total + each.files, 0) + (state.drafts.join().match(/\.jpg|\.png/g)?.length ?? 0);
  return files(after) > files(before);
}

/** What was said stands nowhere, nobody of the staff was told, and nothing has changed by it. */
function isDropped(seen: Seen): boolean {
  const { before, after, said, turn } = seen;
  const kept = turn.file === undefined ? inCase(seen) || after.besides.some((each) => stands(turn.text, each)) : fileIn(seen);
  // "不匿名", said of what has its name: nothing was to change.
  if (turn.must.every((must) => ['named', 'unchanged'].includes(nameOf(must)) && holds(must, seen))) return false;
  const changed = wholeOf(before) !== wholeOf(after) || before.drafts.join() !== after.drafts.join();
  return !kept && !changed && !said.some((each) => toStaff(each));
}

/** Whether what was said went to the matter with this word, and to no other. */
function isAbout(word: string, { before, after, said }: Seen): boolean {
  const known = new Map(before.own.map((each) => [each.id, each]));
  const touched = after.own.flatMap((each) => (known.get(each.id)?.whole === each.whole ? [] : [known.get(each.id) ?? each]));
  if (touched.length > 0) return touched.every(({ text }) => text.includes(word));
  const drafted = after.drafts.filter((draft) => !before.drafts.includes(draft));
  if (drafted.length > 0) return drafted.every((draft) => draft.includes(word));
  const numbers = before.own.flatMap(({ id, text }) => (text.includes(word) ? [id] : []));
  return said.some(({ text = '' }) => text.includes(word) || numbers.some((number) => text.includes(number)));
}

const reads = (alternatives: string, seen: Seen) =>
  toSpeaker(seen).some(({ text = '' }) => alternatives.split('|').some((words) => text.includes(words)));
