import { closest } from '../../domain/closest.ts';
import type { CommandWords } from '../../domain/knowledge.ts';

/** A line as typed: the verb, and the rest of the line as it was. */
export interface Line {
  readonly verb: string;
  readonly rest: string;
}

/** Splits "/受理 3", "／受理　3" or "/受理3" into verb and rest. Undefined when it does not begin with a slash. */
export function readLine(text: string): Line | undefined {
  const match = /^\s*[/／]\s*([A-Za-z][A-Za-z-]*|[\p{Script=Han}]+)?([\s\S]*)$/u.exec(text);
  return match ? { verb: match[1] ?? '', rest: (match[2] ?? '').replace(/^[\s　:：,，]+/, '').trimEnd() } : undefined;
}

/** The id of the command that a verb or alias names. */
export function commandCalled(verb: string, words: ReadonlyMap<string, CommandWords>): string | undefined {
  const said = verb.normalize('NFKC').toLowerCase();
  for (const [id, { verb: name, aliases }] of words) if (name === said || aliases.includes(said)) return id;
  return undefined;
}

/**
 * A verb that runs on into its text ("/办结换了灯泡") is read as the longest verb it begins with.
 */
export function commandBeginning(verb: string, words: ReadonlyMap<string, CommandWords>): { id: string; rest: string } | undefined {
  const fitting = [...words].filter(([, { verb: name }]) => verb.startsWith(name)).sort((a, b) => b[1].verb.length - a[1].verb.length);
  const [first] = fitting;
  return first && { id: first[0], rest: verb.slice(first[1].verb.length) };
}

/** The verb most like the one that was typed, to suggest. */
export function nearestVerb(verb: string, words: ReadonlyMap<string, CommandWords>): string | undefined {
  const names = [...words.values()].flatMap(({ verb: name, aliases }) => [name, ...aliases]);
  return closest(verb.toLowerCase(), names);
}

/** Takes the first word off a rest of line: an appeal's number, or a person after "@". */
export function firstWord(rest: string): { word: string; after: string } {
  const match = /^(\S+)\s*([\s\S]*)$/.exec(rest);
  return { word: match?.[1] ?? '', after: match?.[2] ?? '' };
}
