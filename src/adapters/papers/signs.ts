import { parse } from 'yaml';
import { z } from 'zod';

/** Emoji that mean something where they stand, and what. Others are ornament. */
export type Signs = ReadonlyMap<string, string>;

const signs = z.record(z.string().min(1), z.string().min(1));

/** Reads `signs.yaml`: what is meant, and the emoji that mean it, one after the other. @throws when it is not that */
export function readSigns(yaml: string): Signs {
  const read = signs.parse(parse(yaml));
  return new Map(Object.entries(read).flatMap(([meaning, emoji]) => [...emoji].map((each) => [each, meaning] as const)));
}
