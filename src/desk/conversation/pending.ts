import { openStates } from '../../domain/appeals/appeal.ts';
import { findPlace } from '../../domain/words/place.ts';
import { bareWords, chosenNumber, chosenOf, saysOne } from '../../domain/words/short-answer.ts';
import { file, joinAppeal, proceed } from '../appeals/filing.ts';
import { continueAppeal, isUnnamedWish, startAppeal, unname } from '../appeals/form.ts';
import { actingIn, keep, summaryLine } from '../appeals/moves.ts';
import { supplementTo } from '../appeals/own-appeals.ts';
import { answerRating } from '../appeals/rating.ts';
import { withdrawAppeal } from '../appeals/withdrawal.ts';
import { afterSlash, commandIn, firstWord } from '../commands/parse.ts';
import { raise } from '../danger/emergency.ts';
import { noteAct } from '../kernel/audit.ts';
import { may, toHandler } from '../kernel/staff.ts';
import type { PendingQuestion } from '../kernel/tables.ts';
import { type Handler, here, type Outcome, settle, type Turn } from '../kernel/turn.ts';
import { keepFact, skipFact } from '../knowledge/local.ts';
import { noteChange } from '../knowledge/overlay.ts';
import { rememberUnanswered } from '../knowledge/unanswered.ts';
import { pastEdition } from '../news/reading.ts';
import { erasePerson } from '../people/erasure.ts';
import { erasedNotice } from '../people/own-data.ts';
import { offerHelp } from '../talk/fallback.ts';
import { openTopic } from '../talk/open-topic.ts';
import { offerChoice } from '../talk/question.ts';
import { runLine } from './run-command.ts';

/** The question that waits for an answer owns numbers and short answers. */
export const pending: Handler = async (turn) => {
  const question = turn.pending?.question;
  return question ? answered[question.kind](turn, question as never) : undefined;
};

/** A choice in words is short; what is longer is another question. */
const longestWords = 15;
const longestFacet = 12;
/** From here on a few words are taken for the topic that was offered. */
const meantFrom = 0.5;
/** From here on an offered question may be a complaint about the staff. */
const nearDiscreet = 0.03;

type Of<K extends PendingQuestion['kind']> = Extract<PendingQuestion, { kind: K }>;

const answered: { [K in PendingQuestion['kind']]: (turn: Turn, question: Of<K>) => Promise<Outcome | undefined> } = {
  async choice(turn, { topics, facet, text }) {
    const titles = topics.map((topic) => turn.content.titles.get(topic) ?? topic);
    if (saysOne(turn.text, turn.content.shortAnswers.cancel)) {
      await settle(turn);
      return { decision: 'fallback', topic: null, replies: [here(turn, turn.say('fallback.declined'))] };
    }
    const choice = chosenOf(turn.text, titles, turn.content.shortAnswers) ?? meantOf(turn, topics);
    if (choice === undefined) {
      // "那要带哪样", said instead of a choice: the choice is asked for again, and what was asked is kept.
      const [asked] = turn.understood.questions;
      const onlyFacet = asked.decision === 'decline' && asked.facet !== null && bareWords(turn.text).length <= longestFacet;
      return onlyFacet ? offerChoice(turn, topics, asked.facet, text) : undefined;
    }
    await settle(turn);
    const topic = choice === 'none' ? undefined : topics[choice];
    if (topic === undefined) {
      await rememberUnanswered(turn.tx, text, turn.now, undefined);
      return offerHelp(turn, text);
    }
    await turn.tx.insert('feedback', {
      id: turn.ids.id(),
      text,
      topic,
      verdict: 'chosen',
      person: turn.person.id,
      at: turn.now.toISOString(),
    });
    await noteChange(turn);
    return openTopic(turn, topic, facet, text);
  },

  async edition(turn, { editions }) {
    const id = editions[Number(chosenNumber(turn.text)) - 1];
    return id === undefined ? undefined : pastEdition(turn, id);
  },

  form: (turn, { draft, asks }) => continueAppeal(turn, draft, asks),

  async join(turn, { draft, appeal: number }) {
    const { yes, no, cancel } = turn.content.shortAnswers;
    const choice = chosenNumber(turn.text);
    const picture = turn.message.file;
    if (picture !== undefined) return proceed(turn, { ...draft, files: [...draft.files, picture] });
    if (saysOne(turn.text, cancel)) {
      await settle(turn);
      return { decision: 'appeal', topic: draft.category, replies: [here(turn, turn.say('appeal.dropped'))] };
    }
    const similar = await turn.tx.get('appeals', number);
    if ((choice === '1' || saysOne(turn.text, yes)) && similar && openStates.includes(similar.state))
      return joinAppeal(turn, similar, draft);
    if (choice === '1' || choice === '2' || saysOne(turn.text, [...yes, ...no])) return file(turn, draft);
    return undefined;
  },

  async rating(turn, { appeal: number, solved }) {
    const appeal = await turn.tx.get('appeals', number);
    return appeal && ['resolved', 'archived'].includes(appeal.state) ? answerRating(turn, appeal, solved) : undefined;
  },

  /** Staff asked something: whatever is said next belongs to it, but for a clear question about something else. */
  async supplement(turn, { appeal: number }) {
    const appeal = await turn.tx.get('appeals', number);
    const [{ decision, topic }] = turn.understood.questions;
    const otherGrievance =
      topic !== null &&
      turn.content.categories.has(topic) &&
      topic !== appeal?.category &&
      findPlace(turn.text, turn.content.shortAnswers.place) !== undefined;
    const another =
      decision === 'answer' && topic !== null && (turn.content.answers.has(topic) || topic.startsWith('action.') || otherGrievance);
    if (appeal && isUnnamedWish(turn)) return unname(turn, appeal);
    const empty = bareWords(turn.text) === '' && turn.message.file === undefined;
    const aboutOwn = saysOne(turn.text, [...turn.content.shortAnswers.status, ...turn.content.shortAnswers.record]);
    if (appeal?.state !== 'waiting_resident' || another || empty || aboutOwn) return undefined;
    return supplementTo(turn, appeal, turn.text.slice(0, 1000));
  },

  async withdrawal(turn, { appeal: number }) {
    const { yes, no, cancel } = turn.content.shortAnswers;
    const choice = chosenNumber(turn.text);
    const stays = choice === '2' || /^不/.test(bareWords(turn.text)) || saysOne(turn.text, [...no, ...cancel]);
    const appeal = await turn.tx.get('appeals', number);
    if (!appeal || !(stays || choice === '1' || saysOne(turn.text, yes))) return undefined;
    await settle(turn);
    if (stays) return { decision: 'action', replies: [here(turn, turn.say('withdraw.kept', { number }))] };
    if (!openStates.includes(appeal.state)) return { decision: 'action', replies: [here(turn, turn.say('withdraw.closed', { number }))] };
    const moved = await withdrawAppeal(turn, appeal);
    if (!moved)
      return { decision: 'action', topic: 'action.appeal-withdraw', replies: [here(turn, turn.say('withdraw.left', { number }))] };
    const notice = turn.say('withdraw.staff', { line: await summaryLine(moved, turn) });
    return {
      decision: 'action',
      topic: 'action.appeal-withdraw',
      replies: [here(turn, turn.say('withdraw.done', { number })), ...(await toHandler(turn, moved, notice))],
    };
  },

  async erasure(turn) {
    const { yes, no, cancel } = turn.content.shortAnswers;
    const choice = chosenNumber(turn.text);
    const stays = choice === '2' || /^不/.test(bareWords(turn.text)) || saysOne(turn.text, [...no, ...cancel]);
    const wants = choice === '1' || saysOne(turn.text, [...yes, ...turn.content.shortAnswers.erase]);
    if (!stays && !wants) return undefined;
    await settle(turn);
    if (stays) return { decision: 'action', replies: [here(turn, turn.say('privacy.eraseKept'))] };
    const withdrawn = await erasePerson(turn);
    await noteAct(turn, 'erase', true, turn.person.id);
    return { decision: 'action', replies: [here(turn, turn.say('privacy.erased')), ...(await erasedNotice(turn, withdrawn))] };
  },

  async consent(turn, { appeal: number }) {
    const { yes, no } = turn.content.shortAnswers;
    const choice = chosenNumber(turn.text);
    const refuses = choice === '2' || saysOne(turn.text, no);
    if (!(refuses || choice === '1' || saysOne(turn.text, yes))) return undefined;
    await settle(turn);
    const appeal = await turn.tx.get('appeals', number);
    if (appeal) await keep(actingIn(turn), { ...appeal, mayPublish: !refuses });
    return { decision: 'action', replies: [here(turn, turn.say(refuses ? 'board.private' : 'board.public'))] };
  },

  async danger(turn, { emergency, text }) {
    const { danger } = turn.content.shortAnswers;
    const kind = turn.content.emergencies.kinds.find(({ id }) => id === emergency);
    const number = chosenNumber(turn.text);
    const said = bareWords(turn.text);
    const safe = number === '2' || danger.no.test(said);
    // Whoever tells of danger again has answered.
    const { noPlace, place } = turn.content.shortAnswers;
    const again = turn.understood.emergency !== null || findPlace(turn.text, place) !== undefined || saysOne(turn.text, noPlace);
    if (!kind || !(safe || number === '1' || danger.yes.test(said) || again)) return undefined;
    await turn.tx.remove('alarms', turn.conversation.id);
    if (!safe) return raise({ ...turn, text: `${text} ${number === '1' ? '' : turn.text}`.trim() }, kind);
    await settle(turn);
    return { decision: 'emergency', topic: null, replies: [here(turn, turn.say('emergency.calm'))] };
  },

  async offer(turn, { text }) {
    const { yes, no, cancel } = turn.content.shortAnswers;
    const number = chosenNumber(turn.text);
    if (number === '1' || saysOne(turn.text, yes)) {
      await settle(turn);
      // What may be about the staff themselves goes to directors only, also when it was not understood for sure.
      const near = turn.content
        .understand(text)
        .questions[0].candidates.find(({ topic, score }) => score >= nearDiscreet && turn.content.categories.get(topic)?.discreet);
      return near ? startAppeal(turn, near.topic, text) : startAppeal(turn, 'appeal.other', text, '咨询');
    }
    if (number !== '0' && !saysOne(turn.text, [...no, ...cancel])) return undefined;
    await settle(turn);
    return { decision: 'fallback', topic: null, replies: [here(turn, turn.say('fallback.declined'))] };
  },

  async argument(turn, { line, missing }) {
    await settle(turn);
    if (saysOne(turn.text, turn.content.shortAnswers.cancel)) {
      return { decision: 'action', replies: [here(turn, turn.say('command.cancelled'))] };
    }
    const called = commandIn(afterSlash(line) ?? '', turn.content.commands);
    const verb = turn.content.commands.get(called?.id ?? '')?.verb;
    if (afterSlash(turn.text) !== undefined || !called || verb === undefined) return undefined;
    const [due = ''] = turn.content.staffWords.due;
    if (missing === 'text' || missing === 'into') return runLine(turn, `/${verb} ${called.rest} ${turn.raw}`);
    // What is looked up comes first; whatever else was said with it comes last.
    const { word, after } = firstWord(turn.raw.trim());
    const answer = { person: /^[@＠]/.test(word) ? word : `@${word}`, due: `${due}:${word}` }[missing] ?? word;
    return runLine(turn, `/${verb} ${answer} ${called.rest} ${after}`.trimEnd());
  },

  async confirmation(turn, { line, code }) {
    const said = bareWords(turn.text);
    if (saysOne(turn.text, turn.content.shortAnswers.cancel)) {
      await settle(turn);
      return { decision: 'action', replies: [here(turn, turn.say('command.cancelled'))] };
    }
    const word = bareWords(turn.say('command.confirmWord'));
    // The code is what keeps a "确认" that was meant for somebody else from doing it.
    if (said === word) return { decision: 'action', replies: [here(turn, turn.say('command.confirm', { warning: '', code }))] };
    if (said !== bareWords(`${word}${code}`) && said !== bareWords(code)) return undefined;
    await settle(turn);
    return runLine(turn, line, true);
  },

  async localFact(turn, { fact }) {
    if (afterSlash(turn.text) !== undefined || !may(turn.person, 'worker') || !turn.message.addressed) return undefined;
    await settle(turn);
    if (saysOne(turn.text, turn.content.shortAnswers.cancel)) {
      return { decision: 'action', replies: [here(turn, turn.say('local.paused'))] };
    }
    const skipped = bareWords(turn.text) === bareWords(turn.say('local.skipWord'));
    return { decision: 'action', replies: skipped ? await skipFact(turn, fact) : await keepFact(turn, fact, turn.raw) };
  },
};

/** Which of the offered topics a few words mean, as they were understood. */
function meantOf(turn: Turn, topics: readonly string[]): number | undefined {
  if (bareWords(turn.text).length > longestWords || /^不|算了/.test(bareWords(turn.text))) return undefined;
  const [{ decision, topic, candidates }] = turn.understood.questions;
  const best = decision === 'answer' ? topic : candidates[0]?.topic;
  const index = topics.indexOf(best ?? '');
  return index >= 0 && (decision === 'answer' || (candidates[0]?.score ?? 0) >= meantFrom) ? index : undefined;
}
