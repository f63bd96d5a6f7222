import { type Answer, citedIn, isUnconfirmed, type LocalFact, type Statement, statementsOf } from '../../domain/content/answer.ts';
import { withFacts, withoutHoles } from '../../domain/content/holes.ts';
import { inShanghai } from '../../domain/time/clock-time.ts';
import type { Facet } from '../../domain/understanding/result.ts';
import type { Snapshot } from '../kernel/content.ts';
import { basisOf, type Means, sourceLine, type Told } from './answer-source.ts';

export interface Telling extends Means {
  /** Whoever asks has lost somebody. */
  readonly bereaved?: boolean;
  /** "1" is wanted for something else now: what is open is not offered to be asked. */
  readonly busy?: boolean;
}

/** An answer as it is said. */
export interface Said {
  readonly text: string;
  /** What will have been said of the topic by then. */
  readonly told: Told;
  /** What it leaves open, to be put to the staff when the resident wants it ("1"). */
  readonly open?: string;
}

/** Whom to ask: where it is unset, that is no hole in the matter itself. */
const officePhone = 'office.phone';

/** That this side of a topic, or its lead, was said in a talk. */
export const sideMark = (facet: Facet | null) => `side-${facet ?? 'lead'}`;

/**
 * An approved answer: its lead, or the one facet that was asked for; then what carries these very sentences, once in a talk; what
 * only the office knows and nobody has filled in, with the offer to ask; and once what else may be asked. An answer past its
 * review date, or whose law is repealed, is not said as fact.
 */
export function answerText(answer: Answer, facet: Facet | null, telling: Telling): Said {
  const { say, content, told = [] } = telling;
  const { title, mourning } = answer;
  const facetTitle = facet === null ? '' : (content.facetTitles.get(facet) ?? '');
  const asked = facet === null ? title : say('answer.sideOf', { title, facet: facetTitle });
  const offer = offerOf(telling);
  if (isStale(answer, telling)) return { text: say('answer.stale', { title, offer }), told: [...told, 'topic'], open: asked };
  const others = told.includes('others') ? '' : otherFacets(answer, facet, telling);
  const marks = ['topic', sideMark(facet), ...(others === '' ? [] : ['others'])];
  const statements = facet === null ? [answer.lead] : sideOf(answer, facet, telling);
  if (statements.length === 0) return { text: say('answer.noFacet', { asked, offer, others }), told: [...told, ...marks], open: asked };

  const spoken = statements.map((statement) => ({ statement, ...withoutHoles(statement.text, isUnset(telling)) }));
  const said = spoken.filter(({ text }) => text !== '');
  const missing = [...new Set(spoken.flatMap(({ missing: ids }) => ids))].flatMap((id) => content.local.get(id) ?? []);
  const hole = holeLine(missing, said.length > 0, telling);
  const sentences = said.map(({ statement }) => statement);
  const source = facet === 'basis' ? { text: '', told: [] } : sourceLine(sentences, answer, telling);
  // The lead of a matter of mourning has its own.
  const condoles = (mourning ? facet !== null : telling.bereaved) && !told.includes('condolence');
  const condolence = say('answer.condolence');
  const spokenBody = bodyOf(said, telling);
  const again = told.includes('condolence') && spokenBody.startsWith(condolence);
  const body = (condoles ? condolence : '') + (again ? spokenBody.slice(condolence.length) : spokenBody);
  const plain = facet === null || told.some((mark) => mark !== 'condolence') || mourning || condoles;
  const text = say('answer.said', {
    heading: plain ? '' : say('answer.heading', { title, facet: facetTitle }),
    body,
    source: source.text,
    hole: hole.text,
    others,
  });
  if (mourning || condoles || told.includes('condolence')) marks.push('condolence');
  const open = hole.open === '' ? {} : { open: say('answer.open', { asked, questions: hole.open }) };
  return { text, told: [...new Set([...told, ...marks, ...source.told, ...hole.told])], ...open };
}

/** One side of an answer, or its beginning, as plain lines without what is not filled in; '' where nothing can be said of it as fact. */
export function plainSide(answer: Answer, side: Facet | 'lead', telling: Means): string {
  if (isStale(answer, telling)) return '';
  const statements = side === 'lead' ? [answer.lead] : sideOf(answer, side, telling);
  const spoken = statements.map((statement) => ({ statement, ...withoutHoles(statement.text, isUnset(telling)) }));
  return bodyOf(
    spoken.filter(({ text }) => text !== ''),
    telling,
  );
}

/** What there is to say of one side of a matter. */
export function sideOf(answer: Answer, facet: Facet, telling: Means): readonly Statement[] {
  return answer.facets[facet] ?? (facet === 'basis' ? basisOf(answer, telling) : []);
}

interface Today {
  readonly content: Pick<Snapshot, 'laws'>;
  readonly now: Date;
}

/** Whether an answer may no longer be said as fact on this day. */
export function isStale(answer: Answer, means: Today): boolean {
  return answer.stopped === true || isOutdated(statementsOf(answer), answer.reviewBy, means);
}

/** Whether the day of their review has passed, or a law that they cite is gone. */
export function isOutdated(statements: readonly Statement[], reviewBy: string, { content, now }: Today): boolean {
  const today = inShanghai(now).date;
  const isGone = (id: string) => {
    const { status = 'in-force', to } = content.laws.get(id) ?? {};
    return status === 'repealed' || (to !== undefined && to <= today);
  };
  return today > reviewBy || [...citedIn(statements).keys()].some(isGone);
}

interface Spoken {
  readonly statement: Statement;
  readonly text: string;
}

/** Each statement on a line of its own, with its local facts; what nobody has confirmed says so, once where that is true of all of it. */
function bodyOf(said: readonly Spoken[], telling: Telling): string {
  const unconfirmed = telling.say('answer.unconfirmed');
  const all = said.every(({ statement }) => isUnconfirmed(statement));
  const lines = said.map(({ statement, text }, index) => {
    const marked = isUnconfirmed(statement) && (!all || index === said.length - 1);
    return fillLocal(text, telling) + (marked ? unconfirmed : '');
  });
  return lines.join('\n');
}

/** What is asked of the staff: the questions of the facts that are missing. That only the office's number is missing is no hole where something was said. */
function holeLine(missing: readonly LocalFact[], isSaid: boolean, telling: Telling): { text: string; told: Told; open: string } {
  const { say, told = [] } = telling;
  const offer = offerOf(telling);
  const facts = missing.filter(({ id }) => id !== officePhone || !isSaid);
  const questions = facts.map(({ question }) => question).join('');
  if (questions !== '') return { text: say('answer.hole', { questions, offer }), told: [], open: questions };
  if (missing.length === 0 || telling.busy || told.includes('offer')) return { text: '', told: [], open: '' };
  return { text: say('answer.ask', { offer }), told: ['offer'], open: say('answer.more') };
}

function offerOf(telling: Telling): string {
  if (telling.busy) return telling.say('answer.noOffer');
  return telling.say('answer.offer', { phone: localValue(officePhone, telling) });
}

/** The titles of what may be asked besides: facets of which something can be said, and what the answer is founded on. */
function otherFacets(answer: Answer, said: Facet | null, telling: Telling): string {
  const { content, say } = telling;
  const tells = (facet: Facet) => sideOf(answer, facet, telling).some(({ text }) => withoutHoles(text, isUnset(telling)).text !== '');
  const others = [...content.facetTitles].filter(([facet]) => facet !== said && tells(facet));
  return others.map(([, title]) => title).join(say('list.facets'));
}

/** Whether a local fact is not filled in. */
export function isUnset({ content }: Pick<Means, 'content'>): (id: string) => boolean {
  return (id) => localValue(id, { content }) === '';
}

/** A text of the content with `{{local.…}}` filled in; what is unset leaves nothing. */
export function fillLocal(text: string, means: Pick<Means, 'content'>): string {
  return withFacts(text, (id) => localValue(id, means));
}

/** The value of a local fact, in the simulator an example; the empty string while it is unset, so that a line that needs it is left out. */
export function localValue(id: string, { content }: { readonly content: Pick<Snapshot, 'local'> }): string {
  const { value, sample = '' } = content.local.get(id) ?? {};
  return value ?? sample;
}
