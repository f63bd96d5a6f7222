import type { Wording } from '../../domain/content/wording.ts';
import { type Handler, here, type Turn } from '../kernel/turn.ts';

/** A line of ours is known by at least so many characters beside what was filled in. */
const leastFixed = 3;
/** One line of a message must be ours beyond doubt: nobody types so much of it by chance. */
const beyondDoubt = 10;

/**
 * Our own sentences, said back: forwarded by mistake, or by another bot that answers ours. They are no matter of whoever sends them, and
 * nothing is taken down.
 */
export const ownWords: Handler = async (turn) => {
  if (!isOwnWords(turn)) return undefined;
  return { decision: 'fallback', topic: null, replies: [here(turn, turn.say('fallback.ownWords'))] };
};

export function isOwnWords({ message, text, content }: Turn): boolean {
  return message.kind === 'text' && isOurs(text, content.wording);
}

/** Whether every line of a text is one that we say, whatever was filled in. */
function isOurs(text: string, wording: Wording): boolean {
  const lines = text.split('\n').filter((line) => /[\p{L}\p{N}]/u.test(line));
  const sentences = sentencesOf(wording);
  const fixed = lines.map((line) => fixedIn(line.trim(), sentences));
  return fixed.every((count) => count >= leastFixed) && fixed.some((count) => count >= beyondDoubt);
}

/** How many characters of a line are ours; 0: it is none of our lines. */
function fixedIn(line: string, { whole, shapes, open }: Sentences): number {
  const known = whole.get(line);
  if (known !== undefined) return known;
  const likely = [...(shapes.get(line.charAt(0)) ?? []), ...open].filter(({ parts }) => fits(line, parts));
  return Math.max(0, ...likely.map(({ fixed }) => fixed));
}

interface Shape {
  /** What stands before, between and behind what is filled in. */
  readonly parts: readonly string[];
  /** How many characters of it are not filled in. */
  readonly fixed: number;
}

/** The lines of our sentences. */
interface Sentences {
  /** Those into which nothing is filled, with how many characters each has. */
  readonly whole: ReadonlyMap<string, number>;
  /** The others by the character with which they begin, and those that begin with something that is filled in. */
  readonly shapes: ReadonlyMap<string, readonly Shape[]>;
  readonly open: readonly Shape[];
}

/** Kept as long as the wording itself: there are hundreds of sentences, and they seldom change. */
const known = new WeakMap<Wording, Sentences>();

const filledIn = /\{\w+\}/;

function sentencesOf(wording: Wording): Sentences {
  const before = known.get(wording);
  if (before) return before;
  const lines = [...new Set([...wording.values()].flat().flatMap((sentence) => sentence.split('\n').map((line) => line.trim())))];
  const whole = new Map(lines.filter((line) => !filledIn.test(line)).map((line) => [line, lettersIn(line)]));
  const others = lines.filter((line) => filledIn.test(line)).map(shapeOf);
  const shapes = new Map<string, Shape[]>();
  for (const shape of others.filter(({ fixed }) => fixed >= leastFixed)) {
    const first = shape.parts[0]?.charAt(0) ?? '';
    shapes.set(first, [...(shapes.get(first) ?? []), shape]);
  }
  const sentences = { whole, shapes, open: shapes.get('') ?? [] };
  known.set(wording, sentences);
  return sentences;
}

function shapeOf(line: string): Shape {
  const parts = line.split(filledIn);
  return { parts, fixed: lettersIn(parts.join('')) };
}

/** Whether a line has all these parts one after another, the first at its beginning and the last at its end. Linear in its length. */
function fits(line: string, parts: readonly string[]): boolean {
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (!line.startsWith(first) || !line.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = line.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= line.length - last.length;
}

function lettersIn(line: string): number {
  return line.replace(/[^\p{L}\p{N}]/gu, '').length;
}
