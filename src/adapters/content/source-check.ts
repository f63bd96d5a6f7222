import { type Answer, type Law, meets, type StaffNote, type Statement } from '../../domain/content/answer.ts';
import type { ContentFile } from './files.ts';
import type { Located, Parts } from './parts.ts';
import type { Problem } from './problem.ts';

/** Every law that is cited is known, in force, and was read; no day that is told to residents is later than its evidence. */
export function checkSources({ answers, staffNotes, categories, laws, reckoning, reckoningSource }: Parts, problems: Problem[]): void {
  const known = new Map(laws.map(({ value }) => [value.id, value]));
  for (const { answer, statement, file, at } of placedStatements(answers, staffNotes)) {
    const settled = statement.evidence === 'law' || statement.evidence === 'official';
    if (settled && answer.checkedOn === undefined)
      problems.push(file.problem(at, `${answer.id} has no checkedOn: the day on which this sentence was compared with its source`));
    for (const [id, articles] of Object.entries(statement.law ?? {})) {
      const message = mistakeIn(answer, articles, id, known.get(id));
      if (message !== undefined) problems.push(file.problem([...at, 'law', id], message));
    }
  }
  for (const rule of Object.values(reckoning?.rules ?? {}))
    for (const [id, articles] of Object.entries(rule.law ?? {})) {
      const message = mistakeIn(rule, articles, id, known.get(id));
      if (message !== undefined) problems.push(reckoningSource.problem(['rules', rule.id, 'law', id], message));
    }
  for (const { value, file, at } of categories) {
    for (const [index, { law: id }] of value.sources.entries()) {
      const message = id === undefined ? undefined : unknownOrRepealed(id, known.get(id));
      if (message !== undefined) problems.push(file.problem([...at, 'sources', index, 'law'], message));
    }
  }
}

/** What is wrong with citing these articles of a law in an answer or a rule, if anything is. */
function mistakeIn(
  { checkedOn, reviewBy }: Pick<Answer, 'checkedOn' | 'reviewBy'>,
  articles: string,
  id: string,
  law: Law | undefined,
): string | undefined {
  const message = unknownOrRepealed(id, law);
  if (message !== undefined || !law) return message;
  const { title, from, to, compared, changes } = law;
  if (compared === undefined) return `《${title}》 has no compared in data/laws.yaml: the day on which its text was read`;
  if (checkedOn !== undefined && from !== undefined && checkedOn < from) return `《${title}》 is in force from ${from} only`;
  if (to !== undefined && reviewBy >= to) return `《${title}》 is in force until ${to}: reviewBy has to lie before that day`;
  if (checkedOn !== undefined && checkedOn > compared)
    return `checkedOn ${checkedOn} is later than ${compared}, when 《${title}》 was read`;
  if (changes && reviewBy >= changes.on && meets(articles, changes.articles ?? ''))
    return `《${title}》 changes on ${changes.on}: reviewBy has to lie before that day`;
  return undefined;
}

function unknownOrRepealed(id: string, law: Law | undefined): string | undefined {
  if (!law) return `${id} is not in data/laws.yaml`;
  return law.status === 'repealed' ? `《${law.title}》 is repealed and must not be cited; ${law.note ?? ''}` : undefined;
}

/** A statement, whose it is, and where it stands. */
export interface Placed {
  readonly answer: Pick<Answer, 'id' | 'checkedOn' | 'reviewBy'>;
  readonly statement: Statement;
  readonly file: ContentFile;
  readonly at: readonly PropertyKey[];
}

/**
 * Every statement of the answers and of what staff hear besides. Where a facet is one sentence and no list, its place in that list is
 * passed over when it is looked up.
 */
export function placedStatements(answers: readonly Located<Answer>[], notes: readonly Located<StaffNote>[]): Placed[] {
  return [
    ...answers.flatMap(({ value: answer, file, at }) => [
      { answer, statement: answer.lead, file, at: [...at, 'lead'] },
      ...Object.entries(answer.facets).flatMap(([facet, statements]) =>
        statements.map((statement, index): Placed => ({ answer, statement, file, at: [...at, 'facets', facet, index] })),
      ),
    ]),
    ...notes.flatMap(({ value: note, file, at }) =>
      note.says.map((statement, index): Placed => ({ answer: note, statement, file, at: [...at, 'says', index] })),
    ),
  ];
}
