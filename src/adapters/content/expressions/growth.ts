import { type Part, partsOf } from './parts.ts';
import { stepsOf } from './steps.ts';

/** Lengths of a text in characters: what takes twice the steps for twice the text is linear. */
const lengths = [32, 64, 128, 256, 512];
/** Twice the length costs at most so many times the steps; a square would cost four times as many. */
const mostGrowth = 2.5;
/** What people write: one of each kind of character that expressions tell apart. */
const usual = [...'人一的日号栋吗了在是啊aZ1０ 　\n，。！？：、-./@*（）【】\u200b😀'];
/** Behind the repeated part stands what fits nothing, so that every way of matching has to be tried. */
const ends = ['', '\u0001'];
/** A dot stops at the end of a line. */
const lineEnd = '\n';
/** … and before it, so that nothing begins there that goes to the end. */
const unlike = '\u0001';

/** An expression that gets slower faster than the text gets longer, with the text that shows it. */
export interface Growth {
  /** Such a text, a short one. */
  readonly example: string;
  readonly steps: readonly number[];
}

/**
 * Looks for a text on which an expression takes more steps than it has characters, times a constant: the parts that may be repeated without end are
 * fed with what they take, with what stands before them and with pairs of the characters that several parts of the expression take.
 * @returns what was found, or undefined where nothing was: then it is linear as far as this can tell
 * @throws where the expression cannot be taken apart
 */
export function growthOf(expression: RegExp): Growth | undefined {
  const part = partsOf(expression);
  const loops = loopsOf(part, ['']);
  if (loops.length === 0) return undefined;
  const characters = overlapping(part);
  const behind = setsOf(part).some(({ source }) => source === '.') ? [...ends, lineEnd] : ends;
  for (const { before, repeated } of probesOf(loops, characters)) {
    for (const end of behind) {
      const steps = growing(part, expression.flags, before, repeated, end);
      if (steps) return { example: before + repeated.repeat(3) + end, steps };
    }
  }
  return undefined;
}

/** The steps for longer and longer texts, where they grow faster than the text to the last. */
function growing(part: Part, flags: string, before: string, repeated: string, end: string): number[] | undefined {
  const steps: number[] = [];
  for (const length of lengths) {
    const text = before + repeated.repeat(Math.ceil(length / [...repeated].length)) + end;
    steps.push(stepsOf(part, flags, text));
    const [earlier = 0, last = earlier] = steps.slice(-2);
    if (steps.length > 1 && last <= mostGrowth * earlier) return undefined;
    if (!Number.isFinite(last)) return steps;
  }
  return steps;
}

interface Loop {
  /** What may stand before it. */
  readonly before: readonly string[];
  readonly part: Part;
}

/** The parts that may be repeated without end, or very often. */
function loopsOf(part: Part, before: readonly string[]): Loop[] {
  if (part.kind === 'choice') return part.parts.flatMap((each) => loopsOf(each, before));
  if (part.kind === 'group' || part.kind === 'look') return loopsOf(part.part, before);
  if (part.kind === 'repeat') return [...(part.most > 99 ? [{ before, part: part.part }] : []), ...loopsOf(part.part, before)];
  if (part.kind !== 'sequence') return [];
  let here = before;
  return part.parts.flatMap((each) => {
    const loops = loopsOf(each, here);
    here = joined(here, wordsOf(each)).slice(0, 2);
    return loops;
  });
}

/** Texts to try: something before, and what is repeated behind it. */
function* probesOf(loops: readonly Loop[], characters: readonly string[]): Generator<{ before: string; repeated: string }> {
  for (const { before, part } of loops) {
    const words = [...new Set([...wordsOf(part), ...characters])].filter(Boolean);
    for (const first of [...before, unlike]) {
      for (const word of words) yield { before: first, repeated: word };
      if (first) for (const word of ['', ...words.slice(0, 4)]) yield { before: '', repeated: first + word };
    }
  }
  const few = characters.slice(0, 6);
  for (const one of few) for (const other of few) yield { before: '', repeated: one === other ? one : one + other };
}

/** A few short texts that a part takes; what it looks at around it is left aside. */
function wordsOf(part: Part): string[] {
  if (part.kind === 'set') return taken(part).slice(0, 2);
  if (part.kind === 'choice') return part.parts.flatMap((each) => wordsOf(each).slice(0, 2)).slice(0, 8);
  if (part.kind === 'group') return wordsOf(part.part);
  if (part.kind === 'sequence') return part.parts.reduce<string[]>((sofar, each) => joined(sofar, wordsOf(each)).slice(0, 8), ['']);
  if (part.kind !== 'repeat') return [''];
  const words = wordsOf(part.part).map((word) => word.repeat(Math.max(part.least, 1)));
  return part.least > 0 ? words : ['', ...words];
}

const joined = (first: readonly string[], second: readonly string[]) => second.flatMap((tail) => first.map((head) => head + tail));

/** Characters that a set takes: itself where it is one, else what is usual. */
function taken({ source, fits }: Part & { kind: 'set' }): string[] {
  return [...new Set([...[...source].filter((each) => !'[]^\\'.includes(each)), ...usual])]
    .filter(fits)
    .sort((a, b) => Number(usual.includes(b)) - Number(usual.includes(a)));
}

/** Characters that the expression tells apart, first those that most of its sets take: where sets overlap there are many ways to match. */
function overlapping(part: Part): string[] {
  const sets = setsOf(part);
  const candidates = [...new Set([...sets.flatMap((set) => taken(set).slice(0, 3)), ...usual])];
  const often = (character: string) => sets.filter(({ fits }) => fits(character)).length;
  return candidates
    .map((character) => ({ character, count: often(character) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, 8)
    .map(({ character }) => character);
}

function setsOf(part: Part): (Part & { kind: 'set' })[] {
  if (part.kind === 'set') return [part];
  if (part.kind === 'sequence' || part.kind === 'choice') return part.parts.flatMap(setsOf);
  return part.kind === 'repeat' || part.kind === 'group' || part.kind === 'look' ? setsOf(part.part) : [];
}
