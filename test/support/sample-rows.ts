import { z } from 'zod';
import { type Meaning, meanings } from '../../src/desk/kernel/fields.ts';

/** What a sample row is filled with. */
export interface Filling {
  /** For ids of people, groups and paths. */
  readonly who: string;
  readonly file: string;
  /** A moment, ISO time. */
  readonly at: string;
}

/**
 * A row of a schema with everything in it that there may be: each field that may be absent is there, each list has one item. So a new table,
 * or a new field, is looked at by the tests of all tables without being named in them.
 */
export function sampleOf(schema: unknown, filling: Filling): unknown {
  if (!(schema instanceof z.ZodType)) throw new Error('this is no schema');
  const meaning: Meaning | undefined = meanings.get(schema)?.means;
  if (meaning === 'file') return filling.file;
  if (meaning !== undefined) return filling.who;
  if (schema instanceof z.ZodObject)
    return Object.fromEntries(Object.entries(schema.shape).map(([name, each]) => [name, sampleOf(each, filling)]));
  if (schema instanceof z.ZodArray) return [sampleOf(schema.element, filling)];
  if (schema instanceof z.ZodRecord) return { key: sampleOf(schema.valueType, filling) };
  if (schema instanceof z.ZodUnion) return sampleOf(schema.options.at(-1), filling);
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional ||
    schema instanceof z.ZodReadonly ||
    schema instanceof z.ZodNullable
  )
    return sampleOf(schema.unwrap(), filling);
  if (schema instanceof z.ZodEnum) return schema.options[0];
  if (schema instanceof z.ZodLiteral) return schema.value;
  const fitting = ['some words', filling.at, filling.at.slice(0, 10), 1, true].find((value) => schema.safeParse(value).success);
  if (fitting === undefined) throw new Error('no sample of this schema is known');
  return fitting;
}
