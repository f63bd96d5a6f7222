import { readFileSync } from 'node:fs';
import type { z } from 'zod';

/** The lines of a file of JSON, one value a line; empty ones are passed over. @throws Error naming the line that is not one, which `what` says should be */
export function readJsonLines<T>(file: string, schema: z.ZodType<T>, what: string): T[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      if (line.trim() === '') return [];
      try {
        return [schema.parse(JSON.parse(line))];
      } catch (error) {
        throw new Error(`${file}:${index + 1} is not ${what}: ${(error as Error).message}`);
      }
    });
}
