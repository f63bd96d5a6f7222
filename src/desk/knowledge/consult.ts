import type { Answer, StaffNote, Statement } from '../../domain/content/answer.ts';
import { withFacts, withoutHoles } from '../../domain/content/holes.ts';
import type { Category } from '../../domain/content/knowledge.ts';
import type { Facet } from '../../domain/understanding/result.ts';
import type { Command } from '../kernel/command.ts';
import { here, type Turn } from '../kernel/turn.ts';
import { lawName } from './answer-source.ts';
import { isOutdated, isStale, localValue } from './answer-text.ts';
import { rememberUnanswered } from './unanswered.ts';

/** What is seldom meant is not named. */
const othersAtMost = 3;
/** With one side that is asked for, a colleague wants to know whose it is. */
const whose: readonly Facet[] = ['place', 'phone'];

/**
 * 问: what a colleague hears of a matter. All of it, each sentence with what carries it, then what only staff are told (exceptions, what
 * the office has to do, who decides) and which local facts are missing; of one side that side, and whose matter it is.
 */
export const knowledgeConsult: Command = {
  id: 'consult',
  role: 'worker',
  needs: ['text'],
  open: true,
  async run(turn, { text }) {
    const { topic, facet, others } = meant(turn, text);
    const told = topic === undefined ? undefined : toldOf(turn, topic, facet);
    if (told === undefined) {
      await rememberUnanswered(turn, text, topic ?? others[0]);
      return [here(turn, turn.say('consult.none', { text: text.slice(0, 40) }))];
    }
    const titles = others.flatMap((id) => turn.content.titles.get(id) ?? []).join(turn.say('list.separator'));
    return [here(turn, [told, titles === '' ? '' : turn.say('consult.others', { titles })].filter(Boolean).join('\n'))];
  },
};

interface Meant {
  readonly topic: string | undefined;
  readonly facet: Facet | null;
  readonly others: readonly string[];
}

/** What a colleague asks about: a title, or what a resident would be answered; near it, what else may be meant. */
function meant({ content }: Turn, text: string): Meant {
  const titled = [...content.titles].find(([id, title]) => id === text || title === text)?.[0];
  if (titled !== undefined) return { topic: titled, facet: null, others: [] };
  const [{ decision, topic, facet, choices }] = content.understand(text).questions;
  if (decision === 'answer') return { topic: topic ?? undefined, facet, others: [] };
  const [first, ...others] = decision === 'clarify' ? choices.filter((each) => isKnown(content, each)) : [];
  return { topic: first, facet, others: others.slice(0, othersAtMost) };
}

const isKnown = ({ answers, categories }: Turn['content'], topic: string) => answers.has(topic) || categories.has(topic);

/** All that is to be told of a topic; undefined where it is neither an answer nor a kind of grievance. */
function toldOf(turn: Turn, topic: string, facet: Facet | null): string | undefined {
  const answer = turn.content.answers.get(topic);
  const category = turn.content.categories.get(topic);
  if (answer) return answerTold(turn, answer, facet);
  return category && categoryTold(turn, category);
}

function answerTold(turn: Turn, answer: Answer, facet: Facet | null): string {
  const { say, content } = turn;
  const sides: [string, readonly Statement[]][] = [
    [say('consult.lead'), [answer.lead]],
    ...[...content.facetTitles]
      .filter(([id]) => facet === null || id === facet || whose.includes(id))
      .sort(([one], [other]) => Number(other === facet) - Number(one === facet))
      .map(([id, title]): [string, readonly Statement[]] => [title, answer.facets[id] ?? []]),
    ...notesOf(turn, answer.id),
  ];
  const confirmed = answer.confirmed && say('consult.confirmed', { day: answer.confirmed.on });
  return say('consult.answer', {
    title: answer.title,
    stale: isStale(answer, turn) ? say('consult.stale') : '',
    sides: sidesTold(turn, sides),
    missing: missingTold(
      turn,
      sides.flatMap(([, statements]) => statements),
    ),
    review: say('consult.review', { review: answer.reviewBy, confirmed: confirmed ?? '' }),
  });
}

/** A kind of grievance: what the resident reads with the receipt, what that rests on, and how to see whose it is. */
function categoryTold(turn: Turn, { id, title, kind, advice = '', sources }: Category): string {
  const { say } = turn;
  const [short = title] = title.split('、');
  const laws = sources.flatMap(({ law, articles = '', note }) => (law === undefined ? (note ?? []) : lawName(law, articles, turn)));
  return say('consult.category', {
    title,
    kind,
    advice,
    laws: laws.join(say('list.separator')),
    sides: sidesTold(turn, notesOf(turn, id)),
    short,
  });
}

/** What staff hear of a topic besides, while it is good. */
function notesOf(turn: Turn, topic: string): [string, readonly Statement[]][] {
  const note: StaffNote | undefined = turn.content.staffNotes.get(topic);
  if (!note || isOutdated(note.says, note.reviewBy, turn)) return [];
  return [[turn.say('consult.notes'), note.says]];
}

function sidesTold(turn: Turn, sides: readonly (readonly [string, readonly Statement[]])[]): string {
  const told = sides.map(([side, statements]) => {
    const lines = statements.map((statement) => lineOf(turn, statement)).filter((line) => line !== '');
    return lines.length === 0 ? '' : turn.say('consult.side', { side, lines: lines.join('\n') });
  });
  return told.filter((each) => each !== '').join('\n');
}

/** A sentence with what carries it; '' where all of it needs what is not filled in. */
function lineOf(turn: Turn, statement: Statement): string {
  const { text } = withoutHoles(statement.text, (id) => localValue(id, turn) === '');
  if (text === '') return '';
  return withFacts(text, (id) => localValue(id, turn)) + sourceOf(turn, statement);
}

function sourceOf(turn: Turn, { law = {}, evidence, from = '', confirmedOn }: Statement): string {
  const { say } = turn;
  if (confirmedOn !== undefined) return say('consult.sure', { day: confirmedOn });
  const laws = Object.entries(law).map(([id, articles]) => lawName(id, articles, turn));
  const sources = {
    law: () => say('consult.source', { source: laws.join(say('list.separator')) }),
    official: () => say('consult.source', { source: from }),
    media: () => say('consult.report', { report: from }),
    memory: () => say('consult.unsure'),
    office: () => '',
  };
  return sources[evidence]();
}

/** The local facts that are asked for and not filled in, each with how to fill it in. */
function missingTold(turn: Turn, statements: readonly Statement[]): string {
  const missing = new Set(statements.flatMap(({ text }) => withoutHoles(text, (id) => localValue(id, turn) === '').missing));
  const facts = [...missing].flatMap((id) => turn.content.local.get(id) ?? []);
  const lines = facts.map(({ id, question }) => turn.say('consult.fact', { id, question }));
  return lines.length === 0 ? '' : turn.say('consult.missing', { lines: lines.join('\n') });
}
