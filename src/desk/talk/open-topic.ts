import type { Facet } from '../../domain/understanding/result.ts';
import { isBereaved } from '../../domain/words/talk.ts';
import { startAppeal } from '../appeals/form.ts';
import { here, isTalkedAbout, type Outcome, type Turn, talkAbout } from '../kernel/turn.ts';
import { answerText } from '../knowledge/answer-text.ts';
import { noteAsked } from '../knowledge/asks.ts';
import { reckonOf } from '../reckoning/reckon.ts';
import { runAction } from './action.ts';
import { offerToAsk } from './fallback.ts';

/** Does what a topic stands for: takes an appeal down, acts, reckons what is asked of one's own case, or says the approved answer. */
export async function openTopic(turn: Turn, topic: string, facet: Facet | null, text: string): Promise<Outcome> {
  if (turn.content.categories.has(topic)) return startAppeal(turn, topic, text);
  return (await runAction(turn, topic, text)) ?? (await reckonOf(turn, topic, facet, text)) ?? showAnswer(turn, topic, facet, text);
}

/** So long an answer is easier to read on a page. */
const longAnswer = 120;

/** Where the whole of a long answer stands on the site. */
function wholeText({ siteUrl, say }: Turn, topic: string, text: string): string {
  return siteUrl === undefined || text.length < longAnswer ? '' : `\n${say('answer.whole', { url: `${siteUrl}/guide/${topic}` })}`;
}

/** Says an answer, without what was said of its topic in this talk; what it leaves open can be put to the staff. */
async function showAnswer(turn: Turn, topic: string, facet: Facet | null, words: string): Promise<Outcome> {
  const { conversation, content } = turn;
  const record = content.answers.get(topic);
  if (!record) {
    talkAbout(turn, topic);
    return {
      decision: 'fallback',
      topic,
      replies: [here(turn, turn.say('answer.missing', { title: content.titles.get(topic) ?? topic }))],
    };
  }
  const before = isTalkedAbout(conversation, turn.now) ? (conversation.told ?? []) : [];
  // Of another topic everything is said anew; a condolence is offered once in a talk.
  const told = conversation.topic === topic ? before : before.filter((mark) => mark === 'condolence');
  const bereaved = isBereaved(content.simplify(turn.text), content.talkWords);
  // A form or a rating that waits is not covered.
  const busy = [turn.asked, ...turn.covered].some((each) => each?.owed);
  const said = answerText(record, facet, { ...turn, bereaved, busy, told });
  talkAbout(turn, topic, said.told);
  await noteAsked(turn, topic, facet);
  if (said.open !== undefined && !busy) await offerToAsk(turn, topic, said.open, words);
  return { decision: 'answer', topic, facet, replies: [here(turn, said.text + wholeText(turn, topic, said.text))] };
}
