import { type Answer, isUnconfirmed, type Statement, statementsOf } from '../../domain/content/answer.ts';
import { withoutHoles } from '../../domain/content/holes.ts';
import { inShanghai, plusDays } from '../../domain/time/clock-time.ts';
import type { Facet } from '../../domain/understanding/result.ts';
import { recentList } from '../commands/recent-list.ts';
import type { Command } from '../kernel/command.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
import { isStale, localValue } from './answer-text.ts';
import { askedTopics } from './asks.ts';
import { goodAgain, noteChange } from './overlay.ts';

const shownAtMost = 20;
/** Of what is merely not confirmed, so many are shown: those that are asked most. */
const unconfirmedAtMost = 10;
/** Days before its review date from which an answer is listed. */
const soonDays = 30;
/** A sentence is shown so far, so that a screen holds them all. */
const sentenceAtMost = 200;

/** 问答 过期: what is not said as fact any more, or soon will not be, then what nobody has confirmed; what is asked most first. */
export const knowledgeOverdue: Command = {
  id: 'knowledge.overdue',
  role: 'worker',
  needs: [],
  open: true,
  async run(turn) {
    const soon = inShanghai(plusDays(turn.now, soonDays)).date;
    const asked = await askedTopics(turn);
    const often = ({ id }: Answer) => asked.get(id) ?? 0;
    const answers = [...turn.content.answers.values()].sort((a, b) => often(b) - often(a) || a.reviewBy.localeCompare(b.reviewBy));
    const isDue = (answer: Answer) => isStale(answer, turn) || answer.reviewBy <= soon;
    const due = answers.filter(isDue);
    const open = answers.filter((answer) => !isDue(answer) && often(answer) > 0 && unconfirmedIn(turn, answer).length > 0);
    const shown = [...due.slice(0, shownAtMost), ...open.slice(0, unconfirmedAtMost)];
    turn.conversation.listed = { of: 'answers', rows: shown.map(({ id }) => [id]), at: turn.now.toISOString() };
    const lines = shown.map((answer, index) =>
      turn.say('knowledge.dueLine', { number: index + 1, title: answer.title, review: answer.reviewBy, asked: often(answer) }),
    );
    if (shown.length === 0) return [here(turn, turn.say('knowledge.nothingOverdue', { days: soonDays }))];
    const dueLines = lines.slice(0, Math.min(due.length, shownAtMost)).join('\n');
    const openLines = lines.slice(Math.min(due.length, shownAtMost)).join('\n');
    const parts = [
      dueLines === ''
        ? turn.say('knowledge.nothingOverdue', { days: soonDays })
        : turn.say('knowledge.overdue', { count: due.length, lines: dueLines }),
      openLines === '' ? '' : turn.say('knowledge.oftenOpen', { lines: openLines }),
      turn.say('knowledge.howToReview'),
    ];
    return [here(turn, parts.filter(Boolean).join('\n'))];
  },
};

interface Confirming {
  readonly topic: string;
  /** The sentences as they stood when they were shown. */
  readonly texts: readonly string[];
}

/** 问答 核: an answer is right as it stands, on the word of whoever says so; with 取消 it is not any more. */
export const knowledgeConfirm: Command<Confirming> = {
  id: 'knowledge.confirm',
  role: 'worker',
  needs: [],
  accepts: ['row', 'topic'],
  open: true,
  async resolve(turn, { row, topic, text }) {
    const meant = topic ?? (row === undefined ? undefined : recentList(turn, 'answers')?.[row - 1]?.[0]);
    if (meant === undefined) throw new UserError(turn.say('knowledge.confirmWhich', { text: text.slice(0, 20) }));
    const answer = turn.content.answers.get(meant);
    if (!answer) throw new UserError(turn.say('knowledge.noAnswer', { title: turn.content.titles.get(meant) ?? meant }));
    return { topic: meant, texts: statementsOf(answer).map(({ text: sentence }) => sentence) };
  },
  async confirm(turn, { text }, { topic }) {
    const answer = turn.content.answers.get(topic);
    if (!answer || isTakenBack(turn, text)) return undefined;
    const open = unconfirmedIn(turn, answer);
    const lines = open.map((side) => turn.say('knowledge.sentence', side)).join('\n');
    return turn.say('knowledge.confirmAsk', {
      title: answer.title,
      lines,
      rest: open.length === 0 ? turn.say('knowledge.confirmRest') : '',
    });
  },
  async run(turn, { text }, { topic, texts }) {
    const { confirmed: before, ...known } = (await turn.tx.get('answerChanges', topic)) ?? { id: topic };
    const title = turn.content.titles.get(topic) ?? topic;
    if (isTakenBack(turn, text)) {
      if (!before) throw new UserError(turn.say('knowledge.notConfirmed', { title }));
      if (Object.keys(known).length > 1) await turn.tx.put('answerChanges', known);
      else await turn.tx.remove('answerChanges', topic);
      await noteChange(turn);
      return [here(turn, turn.say('knowledge.unconfirmed', { title }))];
    }
    const confirmed = { texts: [...texts], by: turn.person.id, at: turn.now.toISOString() };
    await turn.tx.put('answerChanges', { ...known, confirmed });
    await noteChange(turn);
    return [here(turn, turn.say('knowledge.confirmed', { title, name: turn.person.name, review: reviewAfter(turn, topic) }))];
  },
};

/** Until when an answer is good that is confirmed or rewritten now. */
export function reviewAfter({ content, now }: Pick<Turn, 'content' | 'now'>, topic: string): string {
  const answer = content.answers.get(topic);
  return answer ? goodAgain(answer, inShanghai(now).date, content.laws).reviewBy : '';
}

const isTakenBack = (turn: Turn, text: string) => turn.content.staffWords.undo.includes(text);

/** The sentences of an answer that nobody has confirmed, each with the side of the matter it tells of; holes are no sentences. */
function unconfirmedIn(turn: Turn, { lead, facets }: Answer): { facet: string; text: string }[] {
  const sides: [string, readonly Statement[]][] = [
    [turn.say('knowledge.lead'), [lead]],
    ...Object.entries(facets).map(([facet, statements]): [string, readonly Statement[]] => [
      turn.content.facetTitles.get(facet as Facet) ?? facet,
      statements,
    ]),
  ];
  return sides.flatMap(([facet, statements]) =>
    statements.filter(isUnconfirmed).flatMap(({ text }) => {
      const { text: said } = withoutHoles(text, (id) => localValue(id, turn) === '');
      return said === '' ? [] : [{ facet, text: said.replace(/\n/g, ' ').slice(0, sentenceAtMost) }];
    }),
  );
}
