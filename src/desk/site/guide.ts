import type { Answer } from '../../domain/content/answer.ts';
import type { MenuItem } from '../../domain/content/knowledge.ts';
import { linesBelow } from '../../domain/content/menu.ts';
import { cardOf, kindMeant } from '../danger/cards.ts';
import type { Means } from '../figures/figures.ts';
import { type AnswerPage, answerPage, leadOf } from '../knowledge/answer-page.ts';
import { askedTopics } from '../knowledge/asks.ts';

/** A topic as it is listed. */
export interface Listed {
  readonly id: string;
  readonly title: string;
  /** What may not be said as fact now has no words. */
  readonly lead: string;
}

export interface Section {
  readonly title: string;
  readonly topics: readonly Listed[];
}

export interface Found {
  /** What to do now, where the words tell of danger. Nobody is called by a search. */
  readonly card?: string;
  readonly topics: readonly Listed[];
}

/** From here on a topic is likely enough to be listed for what was searched, and so far below the best one it may lie. */
const likely = 0.06;
const farBelow = 0.15;
const foundAtMost = 8;
const askedMostShown = 8;
const longestSearch = 200;

/** Every answer, by the sections of the menu and then by those that stand in none. */
export function sectionsOf(means: Means): Section[] {
  const { menu, answers } = means.content;
  const inMenu = below(menu).flatMap((item) => {
    const lines = item.section === undefined ? [] : linesBelow(item, answers.values());
    const topics = lines.flatMap(({ target }) => ('topic' in target && target.topic !== undefined ? [target.topic] : []));
    return topics.length === 0 ? [] : [{ title: item.title, topics }];
  });
  const listed = new Set(inMenu.flatMap(({ topics }) => topics));
  const others = [...answers.values()].filter(({ id }) => !listed.has(id));
  const rest = [...new Set(others.map(({ section }) => section))].map((title) => ({
    title,
    topics: others.filter(({ section }) => section === title).map(({ id }) => id),
  }));
  return [...inMenu, ...rest].map(({ title, topics }) => ({ title, topics: listedOf(topics, means) }));
}

/** The 惠民政策, those that are asked most first. */
export function policiesOf(means: Means): Listed[] {
  const { menu, answers } = means.content;
  const item = below(menu).find(({ policy }) => policy === true);
  const lines = item ? linesBelow(item, answers.values()) : [];
  return listedOf(
    lines.flatMap(({ target }) => ('topic' in target && target.topic !== undefined ? [target.topic] : [])),
    means,
  );
}

/** What is asked most: by how often it was asked, and where that is not known yet as the menu says. */
export async function askedMost(means: Means): Promise<Listed[]> {
  const asked = [...(await askedTopics(means))].sort(([, a], [, b]) => b - a).map(([id]) => id);
  const usual = below(means.content.menu).flatMap(({ first }) => first.slice(0, 2));
  const topics = [...new Set([...asked, ...usual])].filter((id) => means.content.answers.has(id));
  return listedOf(topics.slice(0, askedMostShown), means);
}

/** One answer as a page. */
export function topicOf(id: string, means: Means): AnswerPage | undefined {
  const answer = means.content.answers.get(id);
  return answer && answerPage(answer, means);
}

/** Looks for answers as the chat would understand the words, and for those that are called so. */
export function search(words: string, means: Means): Found {
  const { content } = means;
  const said = content.simplify(words.slice(0, longestSearch)).trim();
  if (said === '') return { topics: [] };
  const { questions, emergency } = content.understand(said);
  const candidates = questions.flatMap((question) => question.candidates.filter(({ topic }) => content.answers.has(topic)));
  const best = Math.max(0, ...candidates.map(({ score }) => score));
  const understood = candidates.filter(({ score }) => score >= likely && score >= best * farBelow).sort((a, b) => b.score - a.score);
  const called = [...content.answers.values()].filter(({ title }) => title.includes(said)).map(({ id }) => id);
  const topics = [...new Set([...understood.map(({ topic }) => topic), ...called])].slice(0, foundAtMost);
  const card = emergency && cardOf(content, kindMeant(content, emergency.kind, said), said).whole;
  return { ...(card ? { card } : {}), topics: listedOf(topics, means) };
}

function listedOf(ids: readonly string[], means: Means): Listed[] {
  return ids.flatMap((id) => {
    const answer: Answer | undefined = means.content.answers.get(id);
    return answer ? { id, title: answer.title, lead: leadOf(answer, means) } : [];
  });
}

function below(item: MenuItem): MenuItem[] {
  return item.items.flatMap((each) => [each, ...below(each)]);
}
