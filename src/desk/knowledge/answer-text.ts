import type { Answer, Evidence, Source, Statement } from '../../domain/content/knowledge.ts';
import { inShanghai } from '../../domain/time/clock-time.ts';
import type { Facet } from '../../domain/understanding/result.ts';
import type { Snapshot } from '../kernel/content.ts';
import type { Say } from '../kernel/say.ts';

interface Means {
  readonly content: Snapshot;
  readonly say: Say;
  readonly now: Date;
}

/**
 * The text of an approved answer: its lead, or the one facet that was asked for, then the source and the day it was
 * last checked, then what else may be asked. An answer past its review date, or whose law is repealed, is not said
 * as fact.
 */
export function answerText(answer: Answer, facet: Facet | null, means: Means): string {
  const { say } = means;
  if (isStale(answer, means)) return say('answer.stale', { title: answer.title, phone: localValue('office.phone', means) });
  const others = otherFacets(answer, facet, means);
  if (facet === null) {
    return say('answer.lead', { lead: statementText(answer.lead, means), source: sourceLine(answer, answer.lead, means), others });
  }
  const facetTitle = means.content.facetTitles.get(facet) ?? '';
  const laws = lawNames(answer, means);
  const statement: Statement | undefined =
    answer.facets[facet] ?? (facet === 'basis' && laws !== '' ? { text: laws, evidence: 'law' } : undefined);
  if (!statement) {
    return say('answer.noFacet', { title: answer.title, facet: facetTitle, phone: localValue('office.phone', means), others });
  }
  return say('answer.facet', {
    title: answer.title,
    facet: facetTitle,
    text: statementText(statement, means),
    source: sourceLine(answer, statement, means),
    others,
  });
}

/** Whether an answer may no longer be said as fact on this day. */
export function isStale(answer: Answer, { content, now }: Pick<Means, 'content' | 'now'>): boolean {
  const repealed = answer.sources.some((source) => 'law' in source && content.laws.get(source.law)?.status === 'repealed');
  return answer.stopped === true || repealed || inShanghai(now).date > answer.reviewBy;
}

/** `{{local.office.phone}}`: a fact that only the community knows. */
export const localPattern = /\{\{\s*local\.([\w.-]+)\s*\}\}/g;

/** What needs no "以社区答复为准". */
const settled: readonly Evidence[] = ['law', 'office'];

/** A statement as said: with its local facts filled in, marked when it is not settled, and with whom to ask for what is unset. */
function statementText(statement: Statement, means: Means): string {
  const text = fillLocal(statement.text, means);
  if (isUnset(statement, means)) return `${text}\n${means.say('answer.unset', { phone: localValue('office.phone', means) })}`;
  return settled.includes(statement.evidence) ? text : `${text}${means.say('answer.unconfirmed')}`;
}

/** Whether a statement needs a local fact that is not filled in. */
function isUnset({ text }: Statement, { content }: Pick<Means, 'content'>): boolean {
  return [...text.matchAll(localPattern)].some(([, id = '']) => content.local.get(id)?.value === undefined);
}

/** A text of the content with `{{local.…}}` filled in; what the community has not filled in is said to be unset. */
export function fillLocal(text: string, { content, say }: Pick<Means, 'content' | 'say'>): string {
  return text.replace(localPattern, (_, id: string) => content.local.get(id)?.value ?? say('local.unset'));
}

/** The value of a local fact; the empty string while it is unset, so that a line that needs it is left out. */
export function localValue(id: string, { content }: Pick<Means, 'content'>): string {
  return content.local.get(id)?.value ?? '';
}

function sourceLine(answer: Answer, statement: Statement, means: Means): string {
  const laws = lawNames(answer, means);
  const [year, month, day] = answer.checkedOn.split('-').map(Number);
  const checked = means.say('answer.checked', { year: year ?? '', month: month ?? '', day: day ?? '' });
  // Nothing was checked where all there is to say is not filled in.
  if (laws === '' && isUnset(statement, means)) return '';
  return laws === '' ? checked : means.say('answer.source', { laws, checked });
}

function lawNames(answer: Answer, { content, say }: Means): string {
  const name = (source: Source) => {
    if (!('law' in source)) return source.note;
    const title = content.laws.get(source.law)?.title ?? source.law;
    return source.articles === undefined ? say('answer.law', { title }) : say('answer.article', { title, articles: source.articles });
  };
  return answer.sources
    .filter((source) => 'law' in source)
    .map(name)
    .join(say('list.separator'));
}

function otherFacets(answer: Answer, said: Facet | null, { content, say }: Means): string {
  const others = [...content.facetTitles].filter(([facet]) => facet !== said && answer.facets[facet] !== undefined);
  return others.map(([, title]) => title).join(say('list.facets'));
}
