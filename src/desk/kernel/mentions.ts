import { z } from 'zod';
import { type Meaning, meanings } from './fields.ts';

/** Returns a value in which each text that stands for something was replaced by what `change` makes of it. */
type Rewrite = (value: unknown, change: Change) => unknown;
type Change = (text: string, isFile: boolean) => string;

/** Whom and what the rows of a schema speak of: ids of people and groups, names of files. */
export interface Mentions {
  /** Whether they speak of nothing. */
  readonly none: boolean;
  /** Every id and file name that stands in a row. */
  all(row: unknown): Set<string>;
  files(row: unknown): Set<string>;
  /** The row with another id in the place of one of a person or group. */
  renamed<Row>(row: Row, from: string, to: string): Row;
}

/** Reads from a schema once what its rows may speak of. */
export function mentionsOf(schema: z.ZodType): Mentions {
  const rewrite = rewriteOf(schema);
  const gathered = (row: unknown, wanted: (isFile: boolean) => boolean) => {
    const found = new Set<string>();
    rewrite?.(row, (text, isFile) => {
      if (wanted(isFile)) found.add(text);
      return text;
    });
    return found;
  };
  return {
    none: rewrite === undefined,
    all: (row) => gathered(row, () => true),
    files: (row) => gathered(row, (isFile) => isFile),
    renamed: <Row>(row: Row, from: string, to: string) =>
      (rewrite ? rewrite(row, (text, isFile) => (text === from && !isFile ? to : text)) : row) as Row,
  };
}

/** Undefined where nothing in it stands for anything. */
function rewriteOf(schema: unknown): Rewrite | undefined {
  if (!(schema instanceof z.ZodType)) return undefined;
  const meaning = meanings.get(schema)?.means;
  if (meaning !== undefined) return (value, change) => rewritten(value, meaning, change);
  if (schema instanceof z.ZodObject) return inObject(schema);
  if (schema instanceof z.ZodArray) return inEach(schema.element, (value, each) => (Array.isArray(value) ? value.map(each) : value));
  if (schema instanceof z.ZodRecord)
    return inEach(schema.valueType, (value, each) =>
      isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, each(item)])) : value,
    );
  if (schema instanceof z.ZodUnion) return inOneOf(schema.options);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional || schema instanceof z.ZodReadonly)
    return rewriteOf(schema.unwrap());
  return undefined;
}

function rewritten(value: unknown, meaning: Meaning, change: Change): unknown {
  if (meaning === 'anything') return everyText(value, change);
  if (typeof value !== 'string') return value;
  if (meaning !== 'path') return change(value, meaning === 'file');
  return value
    .split('/')
    .map((part) => change(part, false))
    .join('/');
}

/** Of what is unknown a text may be either: it counts as a file too. */
function everyText(value: unknown, change: Change): unknown {
  if (typeof value === 'string') return change(value, false);
  if (Array.isArray(value)) return value.map((item) => everyText(item, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, everyText(item, change)]));
}

function inObject({ shape }: z.ZodObject): Rewrite | undefined {
  const fields = Object.entries(shape).flatMap(([name, schema]) => {
    const rewrite = rewriteOf(schema);
    return rewrite ? [[name, rewrite] as const] : [];
  });
  if (fields.length === 0) return undefined;
  return (value, change) => {
    if (!isObject(value)) return value;
    const result: Record<string, unknown> = { ...value };
    for (const [name, rewrite] of fields) if (result[name] !== undefined) result[name] = rewrite(result[name], change);
    return result;
  };
}

function inEach(schema: unknown, over: (value: unknown, each: (item: unknown) => unknown) => unknown): Rewrite | undefined {
  const rewrite = rewriteOf(schema);
  return rewrite && ((value, change) => over(value, (item) => rewrite(item, change)));
}

function inOneOf(options: readonly unknown[]): Rewrite | undefined {
  const known = options.map((schema) => ({ schema: schema as z.ZodType, rewrite: rewriteOf(schema) }));
  if (known.every(({ rewrite }) => !rewrite)) return undefined;
  return (value, change) => known.find(({ schema }) => schema.safeParse(value).success)?.rewrite?.(value, change) ?? value;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
