import type { ContentFile } from './files.ts';
import type { Problem } from './problem.ts';

/** `{{community.district}}`: a name that data/community.yaml gives, so that the same words serve every community. */
const pattern = /\{\{\s*community\.([\w-]+)\s*\}\}/gu;

/** The file in which those names stand, and which therefore cannot use them. */
export const namesFile = 'data/community.yaml';

/** A file in which the names of the community stand for their variables; one that there is not is added to `problems`. */
export function withNames(file: ContentFile, community: ContentFile, problems: Problem[]): ContentFile {
  const names = (community.value ?? {}) as Readonly<Record<string, unknown>>;
  const named = (text: string, at: readonly PropertyKey[]) =>
    text.replace(pattern, (written, name: string) => {
      const value = names[name];
      if (typeof value === 'string') return value;
      problems.push(file.problem(at, `${written}: there is no ${name} in ${namesFile}`));
      return written;
    });
  return { ...file, value: everyText(file.value, named, []), body: named(file.body, []) };
}

/** A value of YAML with each of its texts changed. */
function everyText(value: unknown, change: (text: string, at: readonly PropertyKey[]) => string, at: readonly PropertyKey[]): unknown {
  if (typeof value === 'string') return value.includes('{{') ? change(value, at) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item, index) => everyText(item, change, [...at, index]));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, everyText(item, change, [...at, key])]));
}
