import type { Facet } from '../understanding/result.ts';

/**
 * What a sentence is founded on: read in the law itself, or in an official document; told by a second-hand source, or remembered;
 * or the office's own word.
 */
export type Evidence = 'law' | 'official' | 'media' | 'memory' | 'office';

/** A sentence or two of an answer, with what they are founded on: its source is said with it, and with nothing else. */
export interface Statement {
  readonly text: string;
  readonly evidence: Evidence;
  /** Of `law` only: the articles that carry it, by the law's id ("27、43"; empty: the law as a whole). */
  readonly law?: Readonly<Record<string, string>>;
  /** Said in this province only: its rules are those of no other. */
  readonly province?: string;
  /** Of `official` and `media` only: the document or report. */
  readonly from?: string;
  /** yyyy-MM-dd: on that day staff have confirmed it. */
  readonly confirmedOn?: string;
}

export interface Law {
  readonly id: string;
  readonly title: string;
  readonly status: 'in-force' | 'repealed';
  /** yyyy-MM-dd, where known: in force from, and no longer from. */
  readonly from?: string;
  readonly to?: string;
  /** yyyy-MM-dd: its text was last read on that day. */
  readonly compared?: string;
  /** From when (yyyy-MM-dd) it is known to change, in which articles; without them in any. */
  readonly changes?: { readonly on: string; readonly articles?: string };
  readonly note?: string;
}

/** The approved answer to a topic: one record, with the facets that exist. */
export interface Answer {
  readonly id: string;
  readonly title: string;
  readonly section: string;
  /** One of the 惠民政策. */
  readonly policy: boolean;
  /** Somebody has died: it is said with condolence, and without a heading. */
  readonly mourning?: boolean;
  readonly lead: Statement;
  readonly facets: Partial<Record<Facet, readonly Statement[]>>;
  /** yyyy-MM-dd: on that day what stands in laws and official documents was compared with them. */
  readonly checkedOn?: string;
  /** yyyy-MM-dd; after this day the answer is not said as fact. */
  readonly reviewBy: string;
  /** When (yyyy-MM-dd) which person of the staff last confirmed it. */
  readonly confirmed?: { readonly on: string; readonly by: string };
  /** Staff have stopped it for the time being: it is not said as fact. */
  readonly stopped?: boolean;
}

/** What staff hear of a topic besides what residents do: exceptions, what the office itself has to do, who decides. */
export interface StaffNote {
  /** The topic, an answer's or a kind of grievance. */
  readonly id: string;
  readonly says: readonly Statement[];
  readonly checkedOn?: string;
  /** yyyy-MM-dd; after this day it is not said. */
  readonly reviewBy: string;
}

/** A fact that only the community itself knows; unset until staff fill it in. */
export interface LocalFact {
  readonly id: string;
  readonly question: string;
  readonly value?: string;
  /** What is said instead while it is unset, as an example: present in the simulator only. */
  readonly sample?: string;
}

export function statementsOf({ lead, facets }: Pick<Answer, 'lead' | 'facets'>): Statement[] {
  return [lead, ...Object.values(facets).flat()];
}

/** Whether nobody who answers for it has confirmed a statement. */
export function isUnconfirmed({ evidence, confirmedOn }: Statement): boolean {
  return (evidence === 'media' || evidence === 'memory') && confirmedOn === undefined;
}

/** The laws of some statements, each once, with all of its articles that are cited. */
export function citedIn(statements: readonly Statement[]): Map<string, string> {
  const cited = new Map<string, string>();
  for (const [id, articles] of statements.flatMap(({ law = {} }) => Object.entries(law)))
    cited.set(id, joinedArticles(cited.get(id) ?? '', articles));
  return cited;
}

/** "2、8" and "8、10–12" → "2、8、10–12" */
function joinedArticles(one: string, other: string): string {
  const all = new Set([...one.split('、'), ...other.split('、')].map((each) => each.trim()).filter(Boolean));
  return [...all].sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)).join('、');
}

/** Whether the articles of one list lie among those of another ("23–32"): those of the whole law always do. */
export function meets(articles: string, among: string): boolean {
  const [these, those] = [articleNumbers(articles), articleNumbers(among)];
  return these.length === 0 || those.length === 0 || these.some((each) => those.includes(each));
}

/** "2、8–10" → 2, 8, 9, 10. What is no number ("附件") is passed over. */
function articleNumbers(articles: string): number[] {
  return articles.split(/[、，,]/u).flatMap((each) => {
    const [, first, last] = /(\d+)(?:\s*[–—~至-]\s*(\d+))?/u.exec(each) ?? [];
    if (first === undefined) return [];
    const from = Number(first);
    return Array.from({ length: Math.max(1, Number(last ?? from) - from + 1) }, (_, index) => from + index);
  });
}
