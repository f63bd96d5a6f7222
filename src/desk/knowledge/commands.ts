import type { Answer } from '../../domain/content/answer.ts';
import { likeliestAct } from '../../domain/understanding/acts.ts';
import { bareWords } from '../../domain/words/short-answer.ts';
import { recentList } from '../commands/recent-list.ts';
import { type Command, maskedToAll } from '../kernel/command.ts';
import { placeIn } from '../kernel/places.ts';
import { ask } from '../kernel/question.ts';
import { here, type Turn, UserError } from '../kernel/turn.ts';
import { kept } from '../kernel/whole.ts';
import { answerText } from './answer-text.ts';
import { noteChange } from './overlay.ts';
import { reviewAfter } from './review.ts';
import type { Taught } from './rows.ts';
import { groupLine, unansweredGroups } from './unanswered.ts';

const shownAtMost = 20;

/** 问答 查: an answer as residents hear it, or the answers whose title or text has the words. */
export const knowledgeFind: Command = {
  id: 'knowledge.find',
  role: 'worker',
  needs: ['text'],
  open: true,
  async run(turn, { text }) {
    const { answers } = turn.content;
    const exact = answers.get(text) ?? [...answers.values()].find(({ title }) => title === text);
    const found = exact ? [exact] : [...answers.values()].filter((answer) => searched(answer).includes(text));
    const [only, ...others] = found;
    if (!only) throw new UserError(turn.say('knowledge.none', { text: text.slice(0, 20) }));
    if (others.length === 0) {
      const rejected = await turn.tx.find('feedback', { topic: only.id, verdict: 'rejected' });
      const by = only.confirmed && (await turn.tx.get('people', only.confirmed.by))?.name;
      const { text } = answerText(only, null, turn);
      const confirmed = only.confirmed ? turn.say('knowledge.confirmedBy', { name: by ?? '', on: only.confirmed.on }) : '';
      return [
        here(turn, turn.say('knowledge.one', { id: only.id, text, review: only.reviewBy, misses: rejected.length || '', confirmed })),
      ];
    }
    return [here(turn, turn.say('knowledge.list', { count: found.length, lines: lines(turn, found) }))];
  },
};

/** 问答 试: what a sentence would be taken for, and why. */
export const knowledgeTry: Command = {
  id: 'knowledge.try',
  role: 'worker',
  needs: ['text'],
  open: true,
  async run(turn, { text }) {
    const { decision, confidence, answerFrom, clarifyFrom, facet, reasons, act } = turn.content.explain(text);
    const does = act && likeliestAct(act);
    const told = reasons.map(({ topic, score, because, nearest }, index) =>
      turn.say('knowledge.reason', {
        number: index + 1,
        title: turn.content.titles.get(topic) ?? topic,
        id: topic,
        score: percent(score),
        because: because.join(turn.say('list.separator')),
        nearest: nearest?.text ?? '',
        similarity: nearest ? percent(nearest.similarity) : '',
      }),
    );
    return [
      here(
        turn,
        turn.say('knowledge.tried', {
          text: text.slice(0, 100),
          decision: turn.say(`knowledge.${decision}`),
          facet: facet === null ? '' : (turn.content.facetTitles.get(facet) ?? ''),
          confidence: percent(confidence),
          answerFrom: percent(answerFrom),
          clarifyFrom: percent(clarifyFrom),
          act: does ? turn.say(`knowledge.acts.${does}`) : '',
          actShare: does ? percent(act[does]) : '',
          place: placeIn(turn.content, text) ?? '',
          ...readBesides(turn, text),
          reasons: told.join('\n'),
        }),
      ),
    ];
  },
};

/** What a resident who writes it is taken to be in danger of, and each of its parts where it has several; both '' where there is nothing to say. */
function readBesides(turn: Turn, text: string): { readonly danger: string; readonly clauses: string } {
  const { emergency, questions } = turn.content.understand(text);
  const titleOf = (topic: string | null) =>
    topic === null ? turn.say('knowledge.clauseUnknown') : (turn.content.titles.get(topic) ?? topic);
  const clauses = questions.map((part) => turn.say('knowledge.clause', { text: part.text, title: titleOf(part.topic) }));
  return {
    danger: emergency ? turn.say(`knowledge.danger.${emergency.certainty}`, { title: emergency.kind.title }) : '',
    clauses: questions.length > 1 ? clauses.join('\n') : '',
  };
}

/** 问答 加: one more way of asking for a topic. */
export const knowledgeAdd: Command = {
  id: 'knowledge.add',
  role: 'worker',
  needs: ['topic', 'text'],
  open: true,
  async run(turn, { topic = '', text }) {
    await ask(turn, { kind: 'phrasingAdded', ...(await teachOne(turn, text, topic, 'added')) });
    const title = turn.content.titles.get(topic) ?? topic;
    return [here(turn, turn.say('knowledge.added', { text, title, cancel: turn.say('command.orCancel') }))];
  },
};

/** 问答 改: the answer in the office's own words; its facets stay. */
export const knowledgeChange: Command = {
  id: 'knowledge.change',
  masks: maskedToAll,
  role: 'director',
  needs: ['topic', 'text'],
  open: true,
  async run(turn, { topic = '', text }) {
    const answer = answerOf(turn, topic);
    const known = await turn.tx.get('answerChanges', topic);
    await turn.tx.put('answerChanges', { ...known, id: topic, lead: { text, ...signed(turn) } });
    await noteChange(turn);
    return [here(turn, turn.say('knowledge.changed', { title: answer.title, text, review: reviewAfter(turn, topic) }))];
  },
};

/** 问答 停: an answer that is not to be said for the time being; with 取消 it is said again, as it was shipped. */
export const knowledgeStop: Command = {
  id: 'knowledge.stop',
  role: 'director',
  needs: ['topic'],
  open: true,
  async run(turn, { topic = '', text }) {
    const answer = answerOf(turn, topic);
    if (turn.content.staffWords.undo.includes(text)) {
      // First it is said again, as it was last written; only then does the shipped answer come back.
      const { stopped, lead, ...rest } = (await turn.tx.get('answerChanges', topic)) ?? { id: topic };
      const written = stopped && lead ? { ...rest, lead } : rest;
      if (Object.keys(written).length > 1) await turn.tx.put('answerChanges', written);
      else await turn.tx.remove('answerChanges', topic);
      await noteChange(turn);
      return [here(turn, turn.say('knowledge.restored', { title: answer.title }))];
    }
    const known = await turn.tx.get('answerChanges', topic);
    await turn.tx.put('answerChanges', { ...known, id: topic, stopped: signed(turn) });
    await noteChange(turn);
    return [here(turn, turn.say('knowledge.stopped', { title: answer.title }))];
  },
};

/** 未答: what residents asked in vain, in groups; for half an hour 采纳 knows them by their numbers. */
export const knowledgeUnanswered: Command = {
  id: 'unanswered',
  role: 'worker',
  needs: [],
  open: true,
  bare: true,
  async run(turn) {
    const groups = (await unansweredGroups(turn.tx)).slice(0, shownAtMost);
    turn.conversation.listed = { of: 'questions', rows: groups.map(({ ids }) => [...ids]), at: turn.now.toISOString() };
    if (groups.length === 0) return [here(turn, turn.say('unanswered.none'))];
    return [here(turn, turn.say('unanswered.list', { lines: groups.map((group, index) => groupLine(turn, group, index)).join('\n') }))];
  },
};

/** 问答 采纳: the questions of a group become phrasings of a topic. Only a person does this, never the program. */
export const knowledgeAdopt: Command = {
  id: 'knowledge.adopt',
  role: 'worker',
  needs: ['row'],
  accepts: ['topic'],
  open: true,
  async run(turn, { row = 0, topic, text }) {
    if (topic === undefined && text !== '') throw new UserError(turn.say('knowledge.none', { text: text.slice(0, 20) }));
    const ids = recentList(turn, 'questions')?.[row - 1];
    if (!ids) throw new UserError(turn.say('unanswered.listFirst'));
    const questions = (await Promise.all(ids.map((id) => turn.tx.get('unanswered', id)))).flatMap((each) => each ?? []);
    const [first] = questions;
    if (!first) throw new UserError(turn.say('unanswered.listFirst'));
    const meant = topic ?? first.guess;
    if (meant === undefined) throw new UserError(turn.say('unanswered.whichTopic', { row }));
    for (const { id, text, askers } of questions) {
      await teachOne(turn, text, meant, 'adopted', askers);
      await turn.tx.remove('unanswered', id);
    }
    const title = turn.content.titles.get(meant) ?? meant;
    return [here(turn, turn.say('unanswered.adopted', { count: questions.length, text: first.text, title }))];
  },
};

/** @returns its id, and what stood there before */
async function teachOne(
  turn: Turn,
  text: string,
  topic: string,
  origin: Taught['origin'],
  askers?: string[],
): Promise<{ id: string; before?: Taught }> {
  const id = bareWords(text).slice(0, 80);
  if (id === '') throw new UserError(turn.say('knowledge.noWords'));
  const before = await turn.tx.get('taught', id);
  await turn.tx.put('taught', { id, text: kept(turn, text, 200), topic, origin, ...signed(turn), ...(askers ? { askers } : {}) });
  await noteChange(turn);
  return { id, ...(before ? { before } : {}) };
}

function signed(turn: Turn): { by: string; at: string } {
  return { by: turn.person.id, at: turn.now.toISOString() };
}

function answerOf(turn: Turn, topic: string): Answer {
  const answer = turn.content.answers.get(topic);
  if (!answer) throw new UserError(turn.say('knowledge.noAnswer', { title: turn.content.titles.get(topic) ?? topic }));
  return answer;
}

function lines(turn: Turn, answers: readonly Answer[]): string {
  return answers
    .slice(0, shownAtMost)
    .map(({ id, title, reviewBy }) => turn.say('knowledge.line', { title, id, review: reviewBy }))
    .join('\n');
}

function searched({ id, title, lead }: Answer): string {
  return `${id} ${title} ${lead.text}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
