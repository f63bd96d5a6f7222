import { type Answer, isUnconfirmed, type LocalFact, type Statement } from '../../domain/content/answer.ts';
import { withoutHoles } from '../../domain/content/holes.ts';
import { type Means, sourcesOf } from './answer-source.ts';
import { fillLocal, isStale, isUnset, sideOf } from './answer-text.ts';

/** A sentence or two as they are read, with what carries just these. */
export interface Passage {
  readonly text: string;
  readonly sources: readonly string[];
  readonly unconfirmed: boolean;
  /** yyyy-MM-dd: on that day staff have confirmed it. */
  readonly confirmedOn?: string;
}

/** An answer as a page: everything that may be said of it, and what only the office knows and nobody has filled in. */
export interface AnswerPage {
  readonly id: string;
  readonly title: string;
  readonly section: string;
  readonly mourning: boolean;
  /** It is past its review, stopped, or its law is repealed: nothing of it is said as fact. */
  readonly stale: boolean;
  readonly lead: readonly Passage[];
  readonly sides: readonly { readonly title: string; readonly passages: readonly Passage[] }[];
  /** The questions to which the office has no answer yet. */
  readonly open: readonly string[];
  /** yyyy-MM-dd: on that day it was compared with its laws and documents. */
  readonly checkedOn?: string;
}

/** An answer with all of its sides, each sentence with its own sources. */
export function answerPage(answer: Answer, means: Means): AnswerPage {
  const { id, title, section, mourning = false, checkedOn } = answer;
  const page = { id, title, section, mourning, ...(checkedOn === undefined ? {} : { checkedOn }) };
  if (isStale(answer, means)) return { ...page, stale: true, lead: [], sides: [], open: [] };
  const sides = [...means.content.facetTitles].map(([facet, of]) => ({ title: of, statements: sideOf(answer, facet, means) }));
  return {
    ...page,
    stale: false,
    lead: passagesOf([answer.lead], means),
    sides: sides
      .map((side) => ({ title: side.title, passages: passagesOf(side.statements, means) }))
      .filter(({ passages }) => passages.length > 0),
    open: openQuestions([answer.lead, ...sides.flatMap(({ statements }) => statements)], means),
  };
}

/** The lead of an answer as it stands in a list; '' where nothing can be said of it as fact. */
export function leadOf(answer: Answer, means: Means): string {
  return isStale(answer, means) ? '' : wordsOf(answer.lead, means);
}

/** What can be said of a statement; '' where a fact is missing for all of it. */
function wordsOf({ text }: Statement, means: Means): string {
  return fillLocal(withoutHoles(text, isUnset(means)).text, means);
}

function passagesOf(statements: readonly Statement[], means: Means): Passage[] {
  return statements.flatMap((statement) => {
    const text = wordsOf(statement, means);
    if (text === '') return [];
    const { confirmedOn } = statement;
    return {
      text,
      sources: sourcesOf(statement, means),
      unconfirmed: isUnconfirmed(statement),
      ...(confirmedOn === undefined ? {} : { confirmedOn }),
    };
  });
}

function openQuestions(statements: readonly Statement[], means: Means): string[] {
  const missing = new Set(statements.flatMap(({ text }) => withoutHoles(text, isUnset(means)).missing));
  const facts: LocalFact[] = [...missing].flatMap((id) => means.content.local.get(id) ?? []);
  return [...new Set(facts.map(({ question }) => question))];
}
