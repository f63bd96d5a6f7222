import type { Condition } from '../../desk/kernel/ports.ts';

/** What the fields of a row have to be like, by name. */
export type Conditions = Readonly<Record<string, Condition<unknown>>>;

/** From and up to what a field has to lie. */
export interface Bounds {
  readonly atLeast?: unknown;
  readonly atMost?: unknown;
}

/** Whether a value is as it has to be. What is missing never is. */
export function meets(value: unknown, condition: Condition<unknown>): boolean {
  if (value === undefined) return false;
  const choices = choicesOf(condition);
  if (choices) return choices.includes(value);
  const { atLeast, atMost } = boundsOf(condition);
  return (atLeast === undefined || compare(value, atLeast) >= 0) && (atMost === undefined || compare(value, atMost) <= 0);
}

/** The values that a condition names; undefined when it sets bounds. */
export function choicesOf(condition: Condition<unknown>): readonly unknown[] | undefined {
  if (Array.isArray(condition)) return condition;
  return typeof condition === 'object' && condition !== null ? undefined : [condition];
}

export function boundsOf(condition: Condition<unknown>): Bounds {
  return typeof condition === 'object' && condition !== null && !Array.isArray(condition) ? condition : {};
}

/** Numbers as numbers, everything else as text by code unit; what is missing comes first. */
export function compare(a: unknown, b: unknown): number {
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : Number(a > b);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a ?? ''), String(b ?? '')];
  return left < right ? -1 : Number(left > right);
}
