import { type Answer, citedIn, type Statement, statementsOf } from '../../domain/content/answer.ts';
import type { Snapshot } from '../kernel/content.ts';
import type { Say } from '../kernel/say.ts';

/** What was said about a topic before in this talk, and is not said again. */
export type Told = readonly string[];

export interface Means {
  readonly content: Snapshot;
  readonly say: Say;
  readonly now: Date;
  readonly told?: Told;
}

/**
 * What carries the sentences that are said, whole, where some of it was not told yet: laws and documents with the day on which they
 * were compared, and the day on which staff have confirmed them. Sentences that nothing carries have no line and no date.
 */
export function sourceLine(
  said: readonly Statement[],
  { checkedOn = '' }: Pick<Answer, 'checkedOn'>,
  means: Means,
): { text: string; told: Told } {
  const { say, told = [] } = means;
  const laws = [...citedIn(said)];
  const papers = papersOf(said);
  const marks = [...laws.map(([id]) => id), ...papers];
  const isNew = marks.some((each) => !told.includes(each));
  const names = [...laws.map(([id, articles]) => lawName(id, articles, means)), ...papers].join(say('list.separator'));
  const carried = isNew ? say('answer.source', { laws: names, checked: say('answer.checked', dateParts(checkedOn)) }) : '';
  const confirmedOn = said
    .flatMap((each) => each.confirmedOn ?? [])
    .sort()
    .at(-1);
  const confirmed = confirmedOn === undefined || told.includes('confirmed') ? '' : say('answer.confirmed', dateParts(confirmedOn));
  return { text: [carried, confirmed].filter(Boolean).join('\n'), told: [...marks, ...(confirmed === '' ? [] : ['confirmed'])] };
}

/** Everything that carries something of an answer, as one sentence; none where nothing does. */
export function basisOf(answer: Answer, means: Means): Statement[] {
  const statements = statementsOf(answer);
  const laws = [...citedIn(statements)];
  const names = [...laws.map(([id, articles]) => lawName(id, articles, means)), ...papersOf(statements)];
  if (names.length === 0) return [];
  const checked = means.say('answer.checked', dateParts(answer.checkedOn ?? ''));
  return [{ text: means.say('answer.basis', { laws: names.join('\n'), checked }), evidence: 'law' }];
}

/** What carries one statement: its laws with their articles, or its document; of what was told second-hand, who told it. */
export function sourcesOf(statement: Statement, means: Pick<Means, 'content' | 'say'>): string[] {
  const laws = [...citedIn([statement])].map(([id, articles]) => lawName(id, articles, means));
  return statement.from === undefined ? laws : [...laws, statement.from];
}

/** The official documents of some sentences, each once: of a document and an article of it the article is enough. */
function papersOf(statements: readonly Statement[]): string[] {
  const all = new Set(statements.flatMap(({ evidence, from }) => (evidence === 'official' && from !== undefined ? [from] : [])));
  return [...all].filter((paper) => ![...all].some((other) => other !== paper && other.startsWith(paper)));
}

/** "《民法典》第278条" */
export function lawName(id: string, articles: string, { content, say }: Pick<Means, 'content' | 'say'>): string {
  const title = content.laws.get(id)?.title ?? id;
  return articles === '' ? say('answer.law', { title }) : say('answer.article', { title, articles });
}

/** A date (yyyy-MM-dd) for a sentence that has its parts. */
function dateParts(date: string): { year: number; month: number; day: number } {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return { year, month, day };
}
