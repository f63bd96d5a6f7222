/** A mistake in a content file, at the place where its author can mend it. */
export interface Problem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** `data/answers/welfare.yaml:12:5 message`, as editors and terminals understand it. */
export function describe(problem: Problem): string {
  return `${problem.file}:${problem.line}:${problem.column} ${problem.message}`;
}

/** All mistakes of a content folder at once. */
export class ContentError extends Error {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.map(describe).join('\n'));
    this.name = 'ContentError';
    this.problems = problems;
  }
}
