import { z } from 'zod';
import { openStates } from '../../domain/appeals/appeal.ts';
import { talkActs } from '../../domain/content/knowledge.ts';
import { inOtherBuilding, samePlace } from '../../domain/words/place.ts';
import { narrowed, placeMeant } from '../../domain/words/place-change.ts';
import { bareWords, chosenNumber, chosenOf, hasShape, saysOne } from '../../domain/words/short-answer.ts';
import { actOf, courtesyIn } from '../../domain/words/talk.ts';
import { readPlain } from '../../domain/words/verdict.ts';
import { placeIn, placesOf } from '../kernel/places.ts';
import { question, settle } from '../kernel/question.ts';
import { here, type Turn } from '../kernel/turn.ts';
import { brieflyOwn, kept } from '../kernel/whole.ts';
import { closeness, handlerOf, matterMeant, nameOf, openMatters, recentMatters } from './about.ts';
import { answerCallback, askNumber, callUnanswered, tellsNumber } from './callback.ts';
import { draftMinutes, file, joinAppeal, likelyCategory, proceed, similarQuestion } from './filing.ts';
import {
  answerForm,
  corrected,
  type FormAnswer,
  fileUnplaced,
  formQuestion,
  isPlaceOf,
  isUnnamedWish,
  nameAlone,
  readForm,
  saysMeToo,
  startAppeal,
  unname,
  whereAlone,
} from './form.ts';
import { passOnFurther, readFurther } from './further-words.ts';
import { isOver, letsBe } from './let-be.ts';
import { actingIn, keep } from './moves.ts';
import { actOn } from './open-matter.ts';
import { correctPlaceOf, supplementTo } from './own-appeals.ts';
import { answerRating, keepUnclear, type RatingAnswer, ratingQuestion, readRating } from './rating.ts';
import { type Appeal, type Draft, draft, solved } from './rows.ts';
import { passOn } from './staff-talk.ts';
import { takeAppealBack } from './withdrawal.ts';

declare module '../kernel/asked.ts' {
  interface Questions {
    /** What is the matter, or where, of an appeal that is being taken down. */
    form: z.infer<typeof ofForm>;
    /** Whether it is solved and, once that is said, whether they are satisfied. */
    rating: z.infer<typeof ofRating>;
    /** What else somebody says who is not content with what was done. */
    furtherWords: z.infer<typeof ofAppeal>;
    /** Whether what was told is the same as an appeal that is open. */
    join: z.infer<typeof ofJoin>;
    /** What staff asked with /补充. */
    supplement: z.infer<typeof ofAppeal>;
    /** Whether an appeal shall really be taken back. */
    withdrawal: z.infer<typeof ofWithdrawal>;
    /** Which of several matters is meant, and what the message wants of it. */
    whichMatter: z.infer<typeof ofMatters>;
    /** Whether what was put into a matter was meant for it. */
    otherMatter: z.infer<typeof ofOther>;
    /** Which number to phone, and when. */
    callback: z.infer<typeof ofCallback>;
    /** The right place of a matter. */
    rightPlace: z.infer<typeof ofAppeal>;
    /** Whether a note of the message board may be shown. */
    consent: z.infer<typeof ofAppeal>;
  }
}

const ofAppeal = z.object({ appeal: z.string() });
/** `over`: they told that nobody need come any more. */
const ofWithdrawal = z.object({ appeal: z.string(), over: z.boolean().optional() });
const ofMatters = z.object({ appeals: z.array(z.string()), act: z.enum([...talkActs, 'add']), text: z.string() });
const ofOther = ofAppeal.extend({ text: z.string() });
const ofCallback = z.object({ appeal: z.string().exactOptional(), text: z.string() });
const ofForm = z.object({ draft, asks: z.enum(['what', 'where']) });
const ofRating = ofAppeal.extend({ solved: solved.exactOptional() });
const ofJoin = ofAppeal.extend({ draft: draft.extend({ what: z.string() }) });

/** How long the two questions of a rating wait; after that the appeal is archived without one. */
const ratingMinutes = 7 * 24 * 60;
const dayMinutes = 24 * 60;
/** A choice in words is short; so is a number with when to phone. */
const longestChoice = 8;
const longestContact = 60;
/** From here on a few words mean one of the matters that were named. */
const leastNear = 0.3;

export const form = question<'form', FormAnswer>({
  remembers: ofForm,
  minutes: draftMinutes,
  owed: true,
  about: ({ draft }) => draft.begun ?? '',
  inSentences: true,
  insists: true,
  reads: readForm,
  claims: isPlaceOf,
  answers: answerForm,
  again: (turn, { draft, asks }) => formQuestion(turn, draft, asks),
  unanswered: fileUnplaced,
});

export const rating = question<'rating', RatingAnswer>({
  remembers: ofRating,
  minutes: ratingMinutes,
  owed: true,
  about: ({ appeal }) => appeal,
  reads: readRating,
  answers: answerRating,
  unclear: keepUnclear,
  again: ratingQuestion,
});

/** Not put in words: it was offered with what was said before. */
export const furtherWords = question<'furtherWords', 'words'>({
  remembers: ofAppeal,
  minutes: 30,
  owed: false,
  inSentences: true,
  reads: readFurther,
  answers: passOnFurther,
});

/** What may be said to a question that is answered by yes, no, 1 or 2. */
type Decided = 'yes' | 'no';

export const whichMatter = question<'whichMatter', { readonly chosen: string | 'none' }>({
  remembers: ofMatters,
  minutes: draftMinutes,
  owed: false,
  async reads(turn, { appeals }) {
    if (turn.content.shortAnswers.supplement.some((shape) => shape.test(turn.text))) return 'other';
    const open = (await openMatters(turn)).filter(({ id }) => appeals.includes(id));
    const shown = appeals.flatMap((id) => open.find((each) => each.id === id) ?? []);
    const chosen = chosenOf(
      turn.text,
      shown.map((each) => `${nameOf(turn, each)} ${each.place ?? ''}`),
      turn.content.shortAnswers,
    );
    if (chosen === 'none') return { answer: { chosen: 'none' } };
    const meant = chosen === undefined ? matterMeant(turn, shown) : shown[chosen];
    const [{ decision, topic }] = turn.understood.questions;
    const asksOffice = decision === 'answer' && turn.content.answers.has(topic ?? '');
    if (meant === undefined || meant === 'several')
      return bareWords(turn.text).length <= longestChoice && !asksOffice ? 'unclear' : 'other';
    const near = chosen === undefined ? (closeness(turn, meant) ?? 0) : longestChoice;
    return near < leastNear ? 'other' : { answer: { chosen: meant.id } };
  },
  async answers(turn, { act, text }, { chosen }) {
    await settle(turn);
    const appeal = chosen === 'none' ? undefined : await turn.tx.get('appeals', chosen);
    if (!appeal) return startAppeal(turn, likelyCategory(turn.content, turn.content.understand(text))?.id ?? 'appeal.other', text);
    // What is longer than a choice tells something more.
    const said = bareWords(turn.text).length > longestChoice ? `${text} ${turn.text}` : text;
    const done = await actOn(turn, appeal, act === 'add' ? 'acknowledge' : act, kept(turn, said));
    // … also where the first asked only how it stands.
    const asked = said !== text && (act === 'progress' || act === 'when');
    const notices = asked ? await passOn(turn, appeal, await handlerOf(turn, appeal)) : [];
    return { ...done, replies: [...done.replies, ...notices] };
  },
  again: async (turn, { appeals }) => {
    const rows = await Promise.all(appeals.map((id) => turn.tx.get('appeals', id)));
    const lines = rows.flatMap((each, index) =>
      each ? [turn.say('about.choice', { row: index + 1, matter: nameOf(turn, each), place: each.place ?? '' })] : [],
    );
    return turn.say('about.which', { matters: lines.join('\n') });
  },
  async unanswered(turn, { appeals, act, text }) {
    const shown = (await recentMatters(turn)).filter(({ id }) => appeals.includes(id));
    const meant = matterMeant(turn, shown, text);
    const appeal = meant === undefined || meant === 'several' ? shown[0] : meant;
    return appeal && actOn(turn, appeal, act === 'add' ? 'acknowledge' : act, text);
  },
});

export const otherMatter = question<'otherMatter', 'another'>({
  remembers: ofOther,
  minutes: draftMinutes,
  owed: false,
  reads: (turn) => (saysOne(turn.text, turn.content.talkWords.otherMatter) ? { answer: 'another' } : 'other'),
  async answers(turn, { text }) {
    await settle(turn);
    return startAppeal(turn, likelyCategory(turn.content, turn.content.understand(text))?.id ?? 'appeal.other', text);
  },
});

export const callback = question<'callback', 'told' | 'dropped'>({
  remembers: ofCallback,
  minutes: draftMinutes,
  owed: true,
  reads(turn) {
    if (saysOne(turn.text, [...turn.content.shortAnswers.cancel, ...turn.content.shortAnswers.no])) return { answer: 'dropped' };
    const told =
      tellsNumber(turn) || turn.content.talkWords.convenient.test(turn.text) || saysOne(turn.text, turn.content.shortAnswers.yes);
    return told && bareWords(turn.text).length <= longestContact ? { answer: 'told' } : 'other';
  },
  async answers(turn, asked, answer) {
    if (answer === 'told') return answerCallback(turn, asked);
    await settle(turn);
    return { decision: 'action', topic: 'action.callback', replies: [here(turn, turn.say('fallback.declined'))] };
  },
  again: (turn) => askNumber(turn, ''),
  unanswered: callUnanswered,
});

export const rightPlace = question<'rightPlace', { readonly place: string } | 'kept'>({
  remembers: ofAppeal,
  minutes: draftMinutes,
  owed: false,
  reads(turn) {
    if (saysOne(turn.text, [...turn.content.shortAnswers.cancel, ...turn.content.shortAnswers.noPlace])) return { answer: 'kept' };
    const place = placeIn(turn.content, turn.text);
    return place === undefined ? 'unclear' : { answer: { place } };
  },
  async answers(turn, { appeal: number }, answer) {
    await settle(turn);
    const appeal = await turn.tx.get('appeals', number);
    if (answer === 'kept' || !appeal) return { decision: 'action', replies: [here(turn, turn.say('fallback.declined'))] };
    return correctPlaceOf(turn, appeal, answer.place);
  },
  again: async (turn, { appeal: number }) =>
    turn.say('appeal.askRightPlace', { place: (await turn.tx.get('appeals', number))?.place ?? '' }),
  async unanswered(turn, { appeal: number }) {
    const appeal = await turn.tx.get('appeals', number);
    if (!appeal) return undefined;
    const replies = await passOn(turn, appeal, await handlerOf(turn, appeal), turn.say('appeal.wrongPlaceStep'));
    return { decision: 'appeal', topic: appeal.category, replies };
  },
});

/** 1 or yes, 2 or no; what is neither, and not clearly something else, is unclear. */
function readDecided(turn: Turn): Decided | 'other' | 'unclear' {
  const number = chosenNumber(turn.text);
  if (number === '1' || number === '2') return number === '1' ? 'yes' : 'no';
  const [{ decision, topic }] = turn.understood.questions;
  const clear = decision === 'answer' && topic !== null && (turn.content.answers.has(topic) || turn.content.categories.has(topic));
  if (turn.message.kind !== 'text' || clear) return 'other';
  return readPlain(turn.content.simplify(turn.text), turn.content.verdicts) ?? 'unclear';
}

/** The place that somebody says theirs is, where it is not that of the matter they are asked to join; empty where only that it is wrong. */
function placeOfTheirs({ content, text }: Turn, { place: was = '' }: Draft): string | undefined {
  const places = placesOf(content);
  const right = placeMeant(text, was, places);
  if (right !== undefined) return right;
  const told = placeIn(content, text);
  if (told !== undefined && inOtherBuilding(told, was, places)) return told;
  const finer = told === undefined ? undefined : narrowed(was, told, places);
  if (finer !== undefined && !samePlace(finer, was, places)) return finer;
  return corrected(text, content.shortAnswers.correctPlace);
}

export const join = question<'join', Decided | 'cancel' | { readonly picture: string } | { readonly place: string }>({
  remembers: ofJoin,
  minutes: draftMinutes,
  owed: true,
  about: ({ draft }) => draft.begun ?? '',
  async reads(turn, { draft, appeal: number }) {
    if (turn.message.file !== undefined) return { answer: { picture: turn.message.file } };
    if (letsBe(turn)) return { answer: 'cancel' };
    const place = placeOfTheirs(turn, draft);
    if (place !== undefined) return { answer: { place } };
    const said = readDecided(turn);
    if (said === 'other' || said === 'unclear') return said;
    const similar = await turn.tx.get('appeals', number);
    return { answer: said === 'yes' && similar && openStates.includes(similar.state) ? 'yes' : 'no' };
  },
  async answers(turn, { draft, appeal: number }, answer) {
    if (typeof answer === 'object' && 'picture' in answer) return proceed(turn, { ...draft, files: [...draft.files, answer.picture] });
    if (typeof answer === 'object') {
      await settle(turn);
      const { place: _, ...unplaced } = draft;
      return proceed(turn, answer.place === '' ? unplaced : { ...draft, place: answer.place });
    }
    if (answer === 'no' && saysMeToo(turn.content, draft.what)) {
      await settle(turn);
      return startAppeal(turn, 'appeal.other', '');
    }
    if (answer === 'no') return file(turn, draft);
    if (answer === 'cancel') {
      await settle(turn);
      return { decision: 'appeal', topic: draft.category, replies: [here(turn, turn.say('appeal.dropped'))] };
    }
    const similar = await turn.tx.get('appeals', number);
    return similar && joinAppeal(turn, similar, draft);
  },
  async again(turn, { appeal: number }) {
    const similar = await turn.tx.get('appeals', number);
    return similar ? similarQuestion(turn, similar) : '';
  },
  async unanswered(turn, { draft, appeal: number }) {
    const similar = await turn.tx.get('appeals', number);
    if (!similar || !openStates.includes(similar.state)) return file(turn, draft);
    const joined = await joinAppeal(turn, similar, draft);
    return { ...joined, replies: [here(turn, turn.say('similar.takenUp')), ...joined.replies] };
  },
});

/** Staff asked something: whatever is said next belongs to it, but for a clear question about something else. */
export const supplement = question<'supplement', 'words' | 'unnamed'>({
  remembers: ofAppeal,
  minutes: 3 * dayMinutes,
  owed: true,
  about: ({ appeal }) => appeal,
  inSentences: true,
  async reads(turn, { appeal: number }) {
    const appeal = await turn.tx.get('appeals', number);
    if (appeal && isUnnamedWish(turn)) return { answer: 'unnamed' };
    const empty = bareWords(turn.text) === '' && turn.message.file === undefined;
    const { status, record } = turn.content.shortAnswers;
    if (appeal?.state !== 'waiting_resident' || isAnother(turn, appeal) || empty || saysOne(turn.text, [...status, ...record]))
      return 'other';
    return { answer: 'words' };
  },
  async answers(turn, { appeal: number }, answer) {
    const appeal = await turn.tx.get('appeals', number);
    if (!appeal) return undefined;
    return answer === 'unnamed' ? unname(turn, appeal) : supplementTo(turn, appeal, kept(turn, turn.text));
  },
});

/** A clear question about something else, or another grievance at a place of its own. */
function isAnother(turn: Turn, appeal: Appeal): boolean {
  const [{ decision, topic }] = turn.understood.questions;
  if (decision !== 'answer' || topic === null) return false;
  if (turn.content.answers.has(topic) || topic.startsWith('action.')) return true;
  const elsewhere = placeIn(turn.content, turn.text) !== undefined;
  return turn.content.categories.has(topic) && topic !== appeal.category && elsewhere;
}

export const withdrawal = question<'withdrawal', Decided>({
  remembers: ofWithdrawal,
  minutes: 10,
  owed: true,
  async reads(turn, { over }) {
    const { yes, no, cancel } = turn.content.shortAnswers;
    if (/^不/.test(bareWords(turn.text)) || saysOne(turn.text, [...no, ...cancel])) return { answer: 'no' };
    if (/^(?:确认|就|对|是)?(?:撤回|撤销|撤掉|撤)$/u.test(bareWords(turn.text))) return { answer: 'yes' };
    const said = readDecided(turn);
    if (said === 'other' || said === 'no') return said === 'no' ? { answer: said } : said;
    if (chosenNumber(turn.text) === '1' || saysOne(turn.text, yes) || (over && isOver(turn))) return { answer: 'yes' };
    // It ends the matter: a yes with more beside it than thanks ("好嘛 那我打") is none.
    const [first = '', ...rest] = turn.text.split(/[\s,，。.!！;；]+/u);
    const beside = turn.content.simplify(rest.join(' '));
    const isYes = courtesyIn(beside, turn.content.smallTalk.courtesies) === 'thank' || /^(?:确认|就)?(?:撤|取消)/u.test(beside);
    if (saysOne(first, yes) && isYes) return { answer: 'yes' };
    // A place told late is that of the matter.
    return (whereAlone(turn) ?? nameAlone(turn)) ? 'other' : 'unclear';
  },
  async unclear(turn, { appeal: number }) {
    const appeal = await turn.tx.get('appeals', number);
    return appeal && bareWords(turn.text).length > longestChoice ? passOn(turn, appeal, await handlerOf(turn, appeal)) : [];
  },
  async again(turn, { appeal: number, over }) {
    return turn.say(over ? 'withdraw.askOver' : 'withdraw.ask', {
      number,
      what: brieflyOwn(turn.say, (await turn.tx.get('appeals', number))?.what ?? ''),
    });
  },
  async answers(turn, { appeal: number }, answer) {
    const appeal = await turn.tx.get('appeals', number);
    await settle(turn);
    if (answer === 'no') return { decision: 'action', replies: [here(turn, turn.say('withdraw.kept', { number }))] };
    if (!appeal || !openStates.includes(appeal.state))
      return { decision: 'action', replies: [here(turn, turn.say('withdraw.closed', { number }))] };
    return takeAppealBack(turn, appeal);
  },
});

export const consent = question<'consent', Decided>({
  remembers: ofAppeal,
  minutes: dayMinutes,
  owed: true,
  about: ({ appeal }) => appeal,
  reads(turn) {
    const { another, asking } = turn.content.talkWords;
    // "对了 广场舞能不能早点收" says nothing of what may be shown.
    const asks =
      (hasShape(turn.text, asking) || actOf(turn.text, turn.content.talkWords) === 'when') && bareWords(turn.text).length > longestChoice;
    if (asks || hasShape(turn.text, another)) return 'other';
    const said = readDecided(turn);
    return said === 'other' || said === 'unclear' ? said : { answer: said };
  },
  again: (turn) => turn.say('board.consent'),
  async answers(turn, { appeal: number }, answer) {
    await settle(turn);
    const appeal = await turn.tx.get('appeals', number);
    if (appeal) await keep(actingIn(turn), { ...appeal, mayPublish: answer === 'yes' });
    return { decision: 'action', replies: [here(turn, turn.say(answer === 'yes' ? 'board.public' : 'board.private'))] };
  },
});
