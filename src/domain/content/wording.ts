/**
 * Sentences with placeholders: `{name}`. Every sentence that a person reads stands in data/wording/; code names it by
 * key. A sentence may be given as several that say the same, one of which is picked.
 */
export type Wording = ReadonlyMap<string, readonly string[]>;

/** The placeholders of a sentence, each once, in the order of the alphabet. */
export function placeholders(sentence: string): string[] {
  return [...new Set([...sentence.matchAll(/\{(\w+)\}/g)].map((match) => String(match[1])))].sort();
}

/**
 * Fills in a sentence. Values are put in as they are and not read again for placeholders. A line whose placeholders
 * are all empty is left out, so that optional lines need no code; so is the space before an empty last one.
 */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence
    .split('\n')
    .filter((line) => {
      if (!line.includes('{')) return true;
      const names = placeholders(line);
      return names.length === 0 || names.some((name) => String(values[name] ?? '') !== '');
    })
    .map((line) =>
      line.includes('{') && /\{\w+\}/.test(line)
        ? line.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '')).trimEnd()
        : line,
    )
    .join('\n');
}
