import type { Part } from './parts.ts';

/** Goes on behind what has matched, from this place. @returns whether all of the rest matches */
type Next = (at: number) => boolean;

/** More steps than these are not counted: it is far too many in any case. */
const countedAtMost = 500_000;

/**
 * Counts the steps that a backtracking matcher, such as every JavaScript engine has, takes to look an expression up in a text: one for each character,
 * edge and look that it tries. Time is the machine's, steps are the expression's own. With the flag g all matches are looked for.
 * @returns infinity where there are too many to be counted
 */
export function stepsOf(part: Part, flags: string, text: string): number {
  const run = new Run([...text]);
  try {
    for (let at = 0; at <= run.length; ) {
      const end = run.matches(part, at);
      if (end !== undefined && !flags.includes('g')) break;
      at = end === undefined ? at + 1 : Math.max(end, at + 1);
    }
  } catch (error) {
    // A stack overflows where one repetition lies in another, long before the text is long.
    if (error !== tooMany && !(error instanceof RangeError)) throw error;
    return Number.POSITIVE_INFINITY;
  }
  return run.steps;
}

const tooMany = new Error('too many steps');

class Run {
  steps = 0;
  readonly #text: readonly string[];
  readonly #caught = new Map<string, readonly string[]>();

  constructor(text: readonly string[]) {
    this.#text = text;
  }

  get length(): number {
    return this.#text.length;
  }

  /** Where a match that begins here ends. */
  matches(part: Part, at: number): number | undefined {
    let end: number | undefined;
    this.#match(part, at, 1, (there) => {
      end = there;
      return true;
    });
    return end;
  }

  /** @param way 1 forward, -1 backward: as what stands in a lookbehind is read */
  #match(part: Part, at: number, way: 1 | -1, next: Next): boolean {
    if (part.kind === 'sequence') return this.#sequence(way === 1 ? part.parts : part.parts.toReversed(), at, way, next);
    if (part.kind === 'choice') return part.parts.some((each) => this.#match(each, at, way, next));
    if (part.kind === 'repeat') return this.#repeat(part, part.least, part.most, at, way, next);
    if (part.kind === 'group') return this.#catch(part, at, way, next);
    if (++this.steps > countedAtMost) throw tooMany;
    if (part.kind === 'look') return this.#match(part.part, at, part.behind ? -1 : 1, () => true) !== part.not && next(at);
    if (part.kind === 'edge') return this.#isEdge(part.source, at) && next(at);
    if (part.kind === 'again') return this.#again(this.#caught.get(part.name) ?? [], at, way, next);
    const character = this.#text[way === 1 ? at : at - 1];
    return character !== undefined && part.fits(character) && next(at + way);
  }

  #sequence(parts: readonly Part[], at: number, way: 1 | -1, next: Next, from = 0): boolean {
    const part = parts[from];
    return part === undefined ? next(at) : this.#match(part, at, way, (there) => this.#sequence(parts, there, way, next, from + 1));
  }

  #repeat(repeat: Part & { kind: 'repeat' }, least: number, most: number, at: number, way: 1 | -1, next: Next): boolean {
    if (most === 0) return next(at);
    const once = () =>
      this.#match(repeat.part, at, way, (there) =>
        there === at && least === 0 ? false : this.#repeat(repeat, Math.max(least - 1, 0), most - 1, there, way, next),
      );
    if (least > 0) return once();
    return repeat.lazy ? next(at) || once() : once() || next(at);
  }

  #catch({ part, name }: Part & { kind: 'group' }, at: number, way: 1 | -1, next: Next): boolean {
    const before = this.#caught.get(name) ?? [];
    return this.#match(part, at, way, (there) => {
      this.#caught.set(name, this.#text.slice(Math.min(at, there), Math.max(at, there)));
      if (next(there)) return true;
      this.#caught.set(name, before);
      return false;
    });
  }

  #again(caught: readonly string[], at: number, way: 1 | -1, next: Next): boolean {
    const from = way === 1 ? at : at - caught.length;
    return caught.every((character, index) => this.#text[from + index] === character) && next(at + way * caught.length);
  }

  #isEdge(source: string, at: number): boolean {
    if (source === '^') return at === 0;
    if (source === '$') return at === this.#text.length;
    const isWord = (character: string | undefined) => character !== undefined && /\w/.test(character);
    return (isWord(this.#text[at - 1]) !== isWord(this.#text[at])) === (source === '\\b');
  }
}
