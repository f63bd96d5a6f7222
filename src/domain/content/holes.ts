/** `{{local.office.phone}}` in a text: a fact that only the community knows, by its id. */
const pattern = /\{\{\s*local\.([\w.-]+)\s*\}\}/gu;

/** The ids of the local facts that a text needs, each once. */
export function factsIn(text: string): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, id = '']) => id))];
}

/** A text with its local facts filled in; `known` is asked only for what stands in it. */
export function withFacts(text: string, known: (id: string) => string): string {
  return text.replace(pattern, (_, id: string) => known(id));
}

/** A text without what needs a fact that nobody has filled in, and which facts those are. */
export interface Whole {
  readonly text: string;
  readonly missing: readonly string[];
}

/** What is said beside the sentence, in brackets. */
const aside = /（[^（）{}]*(?:\{\{[^（）{}]*\}\}[^（）{}]*)+）/gu;
const sentence = /[^。！？；]+[。！？；]*[”’」』）]*/gu;
/** "1. ", "2、" before a step. */
const step = /^(\d{1,2})([.．、]\s*)/u;

/** Takes the sentences out that need a fact that is unset: a hole in the middle of one says nothing. Steps are numbered anew. */
export function withoutHoles(text: string, isUnset: (id: string) => boolean): Whole {
  const isHole = (part: string) => factsIn(part).some(isUnset);
  const missing = factsIn(text).filter(isUnset);
  if (missing.length === 0) return { text, missing };
  const lines = text.split('\n').flatMap((line) => {
    const kept = (line.replace(aside, (part) => (isHole(part) ? '' : part)).match(sentence) ?? []).filter((part) => !isHole(part));
    const rest = kept.join('').trimEnd();
    return line.trim() !== '' && rest.replace(step, '').trim() === '' ? [] : [rest];
  });
  return { text: numberedAnew(lines).join('\n').trim(), missing };
}

function numberedAnew(lines: readonly string[]): string[] {
  let count = 0;
  return lines.map((line) => {
    const number = step.exec(line)?.[1];
    if (number === undefined) return line;
    // Another list begins.
    if (number === '1') count = 0;
    count++;
    return line.replace(step, (_, __, sign: string) => `${count}${sign}`);
  });
}
