import { z } from 'zod';
import { type Facet, facets } from '../../domain/understanding/result.ts';
import { bareWords, chosenNumber, chosenOf, saysOne } from '../../domain/words/short-answer.ts';
import { askStaff, startAppeal } from '../appeals/form.ts';
import { question, settle } from '../kernel/question.ts';
import { here, type Turn, talkedOf } from '../kernel/turn.ts';
import { noteChange } from '../knowledge/overlay.ts';
import { rememberUnanswered } from '../knowledge/unanswered.ts';
import { offerChoice } from './choice.ts';
import { offerHelp } from './fallback.ts';
import { openTopic } from './open-topic.ts';
import { goOnAbout } from './still-about.ts';

declare module '../kernel/asked.ts' {
  interface Questions {
    /** Which of some topics is meant, by number; `text` is the message that was not clear. */
    choice: z.infer<typeof ofChoice>;
    /** Whether what was not understood, or what the answer to a topic leaves open, shall be put to the staff. */
    offer: z.infer<typeof ofOffer>;
  }
}

const ofChoice = z.object({ topics: z.array(z.string()), facet: z.enum(facets).nullable(), text: z.string() });
const ofOffer = z.object({ text: z.string(), topic: z.string().exactOptional() });

/** A choice in words is short; what is longer is another question. */
const longestWords = 15;
const longestFacet = 12;
/** From here on a few words are taken for the topic that was offered. */
const meantFrom = 0.5;
/** From here on an offered question may be a complaint about the staff. */
const nearDiscreet = 0.03;

export const choice = question<'choice', { readonly chosen: number | 'none' | 'cancel' } | { readonly facet: Facet }>({
  remembers: ofChoice,
  minutes: 10,
  owed: false,
  reads(turn, { topics }) {
    const titles = topics.map((topic) => turn.content.titles.get(topic) ?? topic);
    if (saysOne(turn.text, turn.content.shortAnswers.cancel)) return { answer: { chosen: 'cancel' } };
    const facet = facetAlone(turn, topics[0] ?? '');
    // "那要带哪样", said instead of a choice: asked of what was talked about, where it may be that, or nothing is to be chosen between.
    const talked = talkedOf(turn);
    if (facet && talked !== undefined && (talked === topics[0] || topics.length === 1)) return 'other';
    const chosen = chosenOf(turn.text, titles, turn.content.shortAnswers) ?? meantOf(turn, topics);
    if (chosen !== undefined) return { answer: { chosen } };
    // Otherwise the choice is asked for again, and what was asked is kept.
    return facet ? { answer: { facet } } : 'other';
  },
  async answers(turn, { topics, facet, text }, answer) {
    if ('facet' in answer) return offerChoice(turn, topics, answer.facet, { text, side: turn.content.facetTitles.get(answer.facet) });
    const { chosen } = answer;
    await settle(turn);
    if (chosen === 'cancel') return { decision: 'fallback', topic: null, replies: [here(turn, turn.say('fallback.declined'))] };
    const topic = chosen === 'none' ? undefined : topics[chosen];
    if (topic === undefined) {
      await rememberUnanswered(turn, text, undefined);
      return offerHelp(turn, text);
    }
    // What is talked about was offered besides: then more is asked of it than was said.
    const understood = turn.content.understand(text, { topic });
    if (talkedOf(turn) === topic && !understood.questions[0].choices.includes(topic)) return goOnAbout(turn, topic, text, understood);
    const row = { id: turn.ids.id(), text, topic, verdict: 'chosen' as const, person: turn.person.id, at: turn.now.toISOString() };
    await turn.tx.insert('feedback', row);
    await noteChange(turn);
    // "殡仪馆要多少钱" chooses, and asks for another side of it.
    return openTopic(turn, topic, turn.understood.questions[0].facet ?? facet, text);
  },
});

export const offer = question<'offer', 'yes' | 'no'>({
  remembers: ofOffer,
  minutes: 10,
  owed: false,
  reads(turn, { topic }) {
    const { yes, no, cancel, askForMe } = turn.content.shortAnswers;
    const number = chosenNumber(turn.text);
    if (number === '1' || saysOne(turn.text, askForMe)) return { answer: 'yes' };
    // An answer was given: "好的" takes note of it, and "0" leads back to the menu.
    if (topic !== undefined) return 'other';
    if (saysOne(turn.text, yes)) return { answer: 'yes' };
    return number === '0' || saysOne(turn.text, [...no, ...cancel]) ? { answer: 'no' } : 'other';
  },
  async answers(turn, { text, topic }, answer) {
    await settle(turn);
    if (topic !== undefined) return askStaff(turn, text);
    if (answer === 'no') return { decision: 'fallback', topic: null, replies: [here(turn, turn.say('fallback.declined'))] };
    // What may be about the staff themselves goes to directors only, also when it was not understood for sure.
    const near = turn.content
      .understand(text)
      .questions[0].candidates.find(({ topic, score }) => score >= nearDiscreet && turn.content.categories.get(topic)?.discreet);
    return near ? startAppeal(turn, near.topic, text) : startAppeal(turn, 'appeal.other', text, '咨询');
  },
});

/** The facet that a few words ask for, and nothing else. */
function facetAlone({ text, content }: Turn, topic: string): Facet | null {
  if (bareWords(text).length > longestFacet) return null;
  const [pointed] = content.understand(text, { topic }).questions;
  return pointed.decision === 'answer' && pointed.topic === topic ? pointed.facet : null;
}

/** Which of the offered topics a few words mean, as they were understood. */
function meantOf(turn: Turn, topics: readonly string[]): number | undefined {
  if (bareWords(turn.text).length > longestWords || /^不|算了/.test(bareWords(turn.text))) return undefined;
  const [{ decision, topic, candidates }] = turn.understood.questions;
  const best = decision === 'answer' ? topic : candidates[0]?.topic;
  const index = topics.indexOf(best ?? '');
  return index >= 0 && (decision === 'answer' || (candidates[0]?.score ?? 0) >= meantFrom) ? index : undefined;
}
