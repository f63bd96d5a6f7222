import type { CommandWords } from '../../domain/content/knowledge.ts';
import { closest } from '../../domain/words/closest.ts';

type Words = ReadonlyMap<string, CommandWords>;

/** A command that a line begins with, and the rest of the line as it was typed. */
export interface Called {
  readonly id: string;
  readonly rest: string;
  /** Whether the verb runs on into the rest, with nothing between them. */
  readonly runOn: boolean;
}

/** What follows the slash of "/受理 3", "／受理　3" or "/ 受理3". Undefined when the text does not begin with a slash. */
export function afterSlash(text: string): string | undefined {
  const match = /^\s*[/／]\s*([\s\S]*)$/u.exec(text);
  return match ? (match[1] ?? '').trimEnd() : undefined;
}

/**
 * The command that a line begins with: the longest verb or alias that fits. Verbs of two words ("问答 试") may be written
 * together, and a Chinese verb may run on into its text ("/办结换了灯泡"); an English one ends where its letters end.
 */
export function commandIn(line: string, words: Words): Called | undefined {
  const family = familyOf(line, words);
  let longest: (Called & { length: number }) | undefined;
  for (const { id, begins } of namesOf(words).names) {
    const found = begins.exec(line);
    if (!found || found[0].length < family || (longest && found[0].length <= longest.length)) continue;
    const left = line.slice(found[0].length);
    longest = { id, rest: left.replace(/^[\s　:：,，]+/u, ''), runOn: /^[^\s　:：,，]/u.test(left), length: found[0].length };
  }
  return longest && { id: longest.id, rest: longest.rest, runOn: longest.runOn };
}

/** How long the first word of verbs of two words is that a line begins with ("问答"): "/问答" is no "/问" about "答". */
function familyOf(line: string, words: Words): number {
  return Math.max(0, ...namesOf(words).heads.map((begins) => begins.exec(line)?.[0].length ?? 0));
}

/** What lines begin with, made once for each reading of the words. */
interface Names {
  readonly names: readonly { readonly id: string; readonly begins: RegExp }[];
  /** The first words of verbs of two. */
  readonly heads: readonly RegExp[];
}

const made = new WeakMap<Words, Names>();

function namesOf(words: Words): Names {
  const before = made.get(words);
  if (before) return before;
  const all = [...words].flatMap(([id, { verb, aliases }]) => [verb, ...aliases].map((name) => ({ id, name })));
  const heads = new Set(all.flatMap(({ name }) => (name.includes(' ') ? [firstWord(name).word] : [])));
  const names = { names: all.map(({ id, name }) => ({ id, begins: nameAtStart(name) })), heads: [...heads].map(nameAtStart) };
  made.set(words, names);
  return names;
}

function nameAtStart(name: string): RegExp {
  const end = /[a-z]$/.test(name) ? '(?![a-z])' : '';
  return new RegExp(`^${name.split(' ').join('[\\s　]*')}${end}`, 'iu');
}

/** The commands whose first word is what the line begins with: "/问答" alone may mean any of 问答 查, 问答 试, … */
export function commandsUnder(line: string, words: Words): string[] {
  const head = firstWord(line).word.toLowerCase();
  return [...words].flatMap(([id, { verb, aliases }]) => ([verb, ...aliases].some((name) => name.startsWith(`${head} `)) ? [id] : []));
}

/** The verb most like the one that was typed, to suggest. */
export function nearestVerb(line: string, words: Words): string | undefined {
  const typed = /^([A-Za-z]+|[\p{Script=Han}]+)/u.exec(line)?.[0];
  if (typed === undefined) return undefined;
  const names = [...words.values()].flatMap(({ verb, aliases }) => [verb, ...aliases]);
  return closest(typed.slice(0, 8).toLowerCase(), names);
}

/** Takes the first word off a rest of line. */
export function firstWord(rest: string): { word: string; after: string } {
  const match = /^(\S+)\s*([\s\S]*)$/.exec(rest);
  return { word: match?.[1] ?? '', after: match?.[2] ?? '' };
}

/** Takes a number off a rest of line ("SQ261123-0018", "0018", "2"), and whatever separates it from what follows. */
export function firstNumber(rest: string, prefix: string): { word: string; after: string } {
  const match = new RegExp(
    `^(第?(?:${prefix})?[\\d０-９][\\d０-９\\-—–]*[号个]?)(?!\\d|天|日|分|小时|月|楼|栋|幢|单元)[\\s，,：:、。.]*([\\s\\S]*)$`,
    'iu',
  ).exec(rest);
  return { word: (match?.[1] ?? '').replace(/^第|个$/gu, ''), after: match?.[2] ?? '' };
}
