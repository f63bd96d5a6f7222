/** One line of the result: what was measured, and what came out, with its unit. */
export type Row = readonly [what: string, result: string];
