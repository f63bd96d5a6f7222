import type { Facet } from '../../domain/understanding/result.ts';
import { startAppeal } from '../appeals/form.ts';
import { here, type Outcome, type Turn, talkAbout } from '../kernel/turn.ts';
import { answerText } from '../knowledge/answer-text.ts';
import { runAction } from './action.ts';

/** Does what a topic stands for: takes an appeal down, acts, or says the approved answer. */
export async function openTopic(turn: Turn, topic: string, facet: Facet | null, text: string): Promise<Outcome> {
  if (turn.content.categories.has(topic)) return startAppeal(turn, topic, text);
  return (await runAction(turn, topic, text)) ?? showAnswer(turn, topic, facet);
}

function showAnswer(turn: Turn, topic: string, facet: Facet | null): Outcome {
  const record = turn.content.answers.get(topic);
  talkAbout(turn, topic);
  const text = record ? answerText(record, facet, turn) : turn.say('answer.missing', { title: turn.content.titles.get(topic) ?? topic });
  return { decision: record ? 'answer' : 'fallback', topic, facet: record ? facet : null, replies: [here(turn, text)] };
}
