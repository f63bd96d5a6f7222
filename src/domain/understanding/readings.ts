const known = new Map<string, string>();

/** Readings that Southwestern speakers and pinyin keyboards mix up, as one. */
export function blurred(reading: string): string {
  const before = known.get(reading);
  if (before !== undefined) return before;
  const after = reading
    .replace(/^([zcs])h/, '$1')
    .replace(/^n(?=[aeiouv])/, 'l')
    .replace(/ng$/, 'n')
    .replace(/^hu(?=[aio])/, 'f');
  known.set(reading, after);
  return after;
}
