import { openStates } from '../../domain/appeals/appeal.ts';
import { itemCalled } from '../../domain/content/menu.ts';
import { deniedWish, negated, type Wish } from '../../domain/words/negation.ts';
import { mayBeNamed } from '../../domain/words/place.ts';
import { bareWords, hasShape, matterOf, saysOne } from '../../domain/words/short-answer.ts';
import { actOf, courtesyIn, inCommon, matterIn, spoken } from '../../domain/words/talk.ts';
import type { Question } from '../kernel/asked.ts';
import { placeIn, placesOf } from '../kernel/places.ts';
import { type Reading, settle, topOf } from '../kernel/question.ts';
import { type Handler, here, type Outcome, privately, type Turn } from '../kernel/turn.ts';
import { kept } from '../kernel/whole.ts';
import { matterMeant, openMatters } from './about.ts';
import { callbackTopic, isContactOnly, tellsNumber } from './callback.ts';
import { type Correction, correctionIn } from './corrections.ts';
import { file, justBefore, likelyCategory, messageBoard, proceed } from './filing.ts';
import { isOver, letsBe } from './let-be.ts';
import { actingIn, makeMove } from './moves.ts';
import type { AlsoTold, Appeal, Draft } from './rows.ts';
import { countedMatters, severalIn } from './several.ts';

/** What is longer tells of something besides the wish to be named. */
const longestWish = 10;
/** Below so many characters nothing was said about the matter itself. */
const leastWords = 2;
/** What is left beside a wish not to be named says nothing below so many characters. */
const leastMatter = 3;
/** So sure that a message does something else, it holds no name of a place. */
const surelyNoName = 0.5;
/** From here on another grievance, told while the place of one was asked for, is a grievance of its own. */
const clearlyAnother = 0.7;
/** From here on a message does nothing but refuse. */
const surelyRefuses = 0.8;
/** So much has to be said beside a place for it to be about something else. */
const leastBeside = 3;
/** … and from here on a question about office matters is answered first: what is less like one tells more of the matter ("八十几了咋个下来"). */
const probableQuestion = 0.6;
/** What surely asks may be less like one, … */
const surelyAsks = 0.75;
const surelyQuestion = 0.4;
/** … and what is said to be another still less. */
const perhapsQuestion = 0.2;

/** A picture by itself belongs to what was told just now; otherwise it begins a report, whatever it is about. */
export const picture: Handler = async (turn) => {
  const { file, kind } = turn.message;
  if (kind !== 'image' && kind !== 'file') return undefined;
  if (turn.room && !turn.message.addressed) return undefined;
  if (file === undefined) return { decision: 'fallback', topic: null, replies: [here(turn, turn.say('appeal.pictureLost'))] };
  const told = await toldJustNow(turn);
  if (told) return attach(turn, told, file);
  return proceed(turn, { ...newDraft(turn, 'appeal.other'), files: [file] });
};

/** Begins to take an appeal down; what the message already says is not asked again. */
export async function startAppeal(turn: Turn, likely: string, text: string, kind?: Draft['kind']): Promise<Outcome> {
  const category = kind === undefined ? besideName(turn, likely, text) : likely;
  const before = await finishWaitingForm(turn);
  const praises = kind === undefined && isPraise(turn, category, text);
  const several = text === turn.text && kind === undefined && !praises ? severalIn(turn) : [];
  const draft = praises ? newDraft(turn, category, '表扬') : newDraft(turn, category, kind);
  const told = several.length > 0 ? withMatters(turn, draft, several) : saysSomething(turn, text) ? withWords(turn, draft, text) : draft;
  const started = await proceed(turn, told);
  return { ...started, replies: [...before, ...started.replies] };
}

/** What is told beside the name of an estate counts, not the trees or the river in its name: "下水道臭 银杏园10栋". */
function besideName({ content }: Turn, likely: string, text: string): string {
  const place = placesOf(content).find(text);
  if (place?.compound === undefined) return likely;
  const [{ decision, topic }] = content.understand(text.replace(place.text, ' ').trim()).questions;
  return decision === 'answer' && topic !== null && content.categories.has(topic) ? topic : likely;
}

/** The category that praise of staff is taken for. */
const ofStaff = 'appeal.service-attitude';

/** Whether somebody is to be praised: nobody who does that is told that we are sorry. What is for directors only stays so. */
export function isPraise({ content }: Turn, category: string, text: string): boolean {
  const { says, not } = content.talkWords.praise;
  return (category === messageBoard || category === ofStaff) && hasShape(text, says) && !hasShape(text, not);
}

/** With several matters, the first its own and the others told with it. */
function withMatters(turn: Turn, draft: Draft, [first, ...also]: readonly AlsoTold[]): Draft {
  if (!first) return draft;
  const { category, kind, what, place } = first;
  const told = { ...withWords(turn, { ...draft, category, kind }, what), ...(place === undefined ? {} : { place }) };
  return { ...told, also, ...placeOfAll(told, also) };
}

/** Puts a question to the staff, in these words. A place that stands in it is none where something is the matter. */
export function askStaff(turn: Turn, what: string): Promise<Outcome> {
  return proceed(turn, { ...newDraft(turn, 'appeal.other', '咨询'), what });
}

/** Where one of several matters was told without a place, the next place that was told holds for it. */
function placeOfAll({ place }: Draft, also: readonly AlsoTold[]): { place?: string } {
  const found = place ?? also.find((each) => each.place !== undefined)?.place;
  return found === undefined ? {} : { place: found };
}

/** A form that has its matter is filed as it is before another begins: what was told is not lost. */
async function finishWaitingForm(turn: Turn): Promise<Outcome['replies']> {
  const question = (await topOf(turn))?.question;
  if (question?.kind !== 'form' || question.draft.what === undefined) return [];
  const { what, place = turn.say('appeal.placeUnsaid') } = question.draft;
  return (await file(turn, { ...question.draft, what, place })).replies;
}

/** Whether a text asks that its author stay unnamed, in a clause that does not say the contrary ("不匿名"). */
export function wantsNoName(content: Turn['content'], text: string): boolean {
  const clauses = text.split(/[,，。.!！;；\s]+/u);
  return clauses.some((clause) => content.shortAnswers.anonymous.some((shape) => shape.test(clause)) && !isNamedWish(content, clause));
}

/** "不匿名", "撤销匿名", "可以说我名字". */
function isNamedWish({ simplify, wishes, talkWords }: Turn['content'], text: string): boolean {
  const said = simplify(text).replace(/[\p{P}\p{Z}]/gu, '');
  if (said.length > longestWish) return false;
  return hasShape(said, talkWords.named) || negated(said, 'anonymous', wishes);
}

/** Whether a message wants its author named, and nothing of theirs that is open is without a name. */
export async function isNamedAlready(turn: Turn): Promise<boolean> {
  if (!isNamedWish(turn.content, turn.text)) return false;
  const open = await turn.tx.find('appeals', { person: turn.person.id, state: openStates });
  return !open.some(({ anonymous }) => anonymous);
}

/** "我不想说名字" and no more. */
export function isUnnamedWish(turn: Turn): boolean {
  const { anonymous, bare } = turn.content.shortAnswers;
  if (!wantsNoName(turn.content, turn.text)) return false;
  const rest = anonymous.reduce((left, shape) => left.replace(new RegExp(shape.source, 'gu'), ''), turn.text);
  return matterOf(rest, bare).length < leastMatter;
}

/** Takes the name off an appeal; what it waits for it goes on waiting for. */
export async function unname(turn: Turn, appeal: Appeal): Promise<Outcome> {
  await makeMove(actingIn(turn), { ...appeal, anonymous: true }, 'note', turn.say('appeal.unnamedStep'));
  return { decision: 'appeal', topic: appeal.category, replies: [here(turn, turn.say('appeal.unnamed'))] };
}

/** A wish to stay unnamed, about what was told just now, or before telling it. */
export async function startUnnamed(turn: Turn): Promise<Outcome> {
  const told = await toldJustNow(turn);
  if (told) return unname(turn, told);
  const started = await proceed(turn, { ...newDraft(turn, 'appeal.other'), anonymous: true });
  return { ...started, replies: [here(turn, turn.say('appeal.unnamed')), ...started.replies] };
}

/** "3栋2单元" and no more: something must be the matter there. */
export async function startAppealAt(turn: Turn, place: string): Promise<Outcome> {
  return proceed(turn, { ...newDraft(turn, 'appeal.other'), place });
}

/** What an answer to the question of a form does to its draft. */
export type FormAnswer =
  | { readonly does: 'drop' | 'over' | 'named' | 'unnamed' | 'askAgain' | 'assure' | 'send' | 'noPlace' }
  /** What was said answers nothing yet, and is not asked for in the same words again. */
  | { readonly does: 'noted'; readonly draft: Draft; readonly note: 'appeal.numberNoted' | 'appeal.pictureSeen' | 'appeal.pictureUnseen' }
  /** With what was said, corrected or shown; what is still missing is asked for. */
  | { readonly does: 'draft'; readonly draft: Draft }
  /** Another grievance: this one is filed as it is. */
  | { readonly does: 'another'; readonly category: string };

/** What a message says that it does not want, and nothing besides: "不要退订", "我先问问 别给我登记". */
export function wishDenied({ content, text, understood }: Turn): Wish | undefined {
  return deniedWish(content.simplify(text), content.wishes, (understood.act?.refuse ?? 0) >= surelyRefuses);
}

/** Reads a message as the answer to the question of a form. What is something else is answered first; the form waits. */
export async function readForm(turn: Turn, { draft, asks }: Question<'form'>): Promise<Reading<FormAnswer>> {
  const { correctPlace, correctWhat, noPlace } = turn.content.shortAnswers;
  const anonymous = draft.anonymous || wantsNoName(turn.content, turn.text);
  const becomes = (changed: Draft): Reading<FormAnswer> => ({ answer: { does: 'draft', draft: { ...changed, anonymous } } });
  if (letsBe(turn) || wishDenied(turn) === 'appeal') return { answer: { does: 'drop' } };
  if (draft.what !== undefined && isOver(turn) && (await speaksOfFiled(turn, draft.what))) return 'other';
  if (draft.what !== undefined && isOver(turn, draft.what)) return { answer: { does: 'over' } };
  if (turn.message.file !== undefined) return becomes({ ...draft, files: [...draft.files, turn.message.file] });
  const what = corrected(turn.text, correctWhat);
  if (what !== undefined) return becomes(what === '' ? withoutWhat(draft) : withWords(turn, draft, what));
  const place = corrected(turn.text, correctPlace);
  if (place !== undefined) return becomes(place === '' ? withoutPlace(draft) : { ...draft, place: placeIn(turn.content, place) ?? place });
  const correction = draft.what === undefined ? undefined : correctionIn(turn, draft);
  if (correction) return becomes(corrections(draft, correction));
  if (isForSomethingElse(turn, draft)) return 'other';
  const found = placeIn(turn.content, turn.text);
  // Where to phone belongs to the matter, and answers nothing yet.
  if (draft.what !== undefined && found === undefined && (isContactOnly(turn) || wantsCallAt(turn)))
    return { answer: { does: 'noted', draft: askedOnce(turn, { ...withMore(turn, draft), anonymous }), note: 'appeal.numberNoted' } };
  if (hasShape(turn.text, turn.content.talkWords.assure)) return { answer: { does: 'assure' } };
  if (draft.what !== undefined && found === undefined && hasShape(turn.text, turn.content.talkWords.sent)) {
    const note = draft.files.length > 0 ? 'appeal.pictureSeen' : 'appeal.pictureUnseen';
    return { answer: { does: 'noted', draft: draft.askedAgain ? draft : { ...draft, askedAgain: true }, note } };
  }
  if (hasShape(turn.text, turn.content.talkWords.sends)) return { answer: { does: 'send' } };
  // "不要说我名字" is a wish about the form, not an answer to its question.
  if (isUnnamedWish(turn)) return { answer: { does: 'unnamed' } };
  // With a word beside it, too: "莫说是我告的 低头不见抬头见".
  if (!draft.anonymous && draft.what !== undefined && anonymous && found === undefined) {
    const more = withMore(turn, draft);
    return becomes(draft.askedAgain ? { ...more, place: turn.say('appeal.placeUnsaid') } : more);
  }
  // … which may be one about what was filed before.
  if (isNamedWish(turn.content, turn.text)) return draft.anonymous ? { answer: { does: 'named' } } : 'other';
  if (asks === 'what') {
    const several = draft.kind === '咨询' ? [] : countedMatters(turn);
    if (several.length > 0) return becomes(withMatters(turn, draft, several));
    if (saysSomething(turn, turn.text)) return becomes(withWords(turn, recategorised(turn, draft), turn.text));
    return asksSomethingElse(turn) ? 'other' : { answer: { does: 'askAgain' } };
  }
  // "好嘛 谢谢哈" tells no place, and nothing of the matter.
  if (courtesyIn(turn.content.simplify(turn.text), turn.content.smallTalk.courtesies)) return { answer: { does: 'askAgain' } };
  if (found !== undefined) {
    const other = otherGrievance(turn, draft, found);
    return other === undefined || draft.what === undefined
      ? becomes(placed(turn, draft, found))
      : { answer: { does: 'another', category: other } };
  }
  if (saysOne(turn.text, noPlace)) return { answer: { does: 'noPlace' } };
  const where = withoutFillers(turn.text);
  // "我们那栋" only neighbours know: asked once more, then taken as it is.
  if (hasShape(where, turn.content.talkWords.whereabouts.vague) && !draft.askedAgain) return becomes({ ...draft, askedAgain: true });
  if (tellsWhere(turn, where)) return becomes(withPlace(turn, draft, where));
  if (asksSomethingElse(turn)) return 'other';
  const other = otherGrievance(turn, draft);
  if (other !== undefined && draft.what !== undefined) return { answer: { does: 'another', category: other } };
  const said = bareWords(turn.text);
  if (said.length < 2) return { answer: { does: 'askAgain' } };
  if (hasShape(turn.text, turn.content.talkWords.forgot)) return { answer: { does: 'askAgain' } };
  // What is no place tells more of the matter; the place is asked for once more, and then done without.
  const more = withMore(turn, draft);
  return becomes(draft.askedAgain && mayBeName(turn) ? withPlace(turn, draft, where) : askedOnce(turn, more));
}

/** Whether a message tells the place that a form asks for, and little besides. */
export function isPlaceOf({ content, text }: Turn, { asks }: Question<'form'>): boolean {
  const place = placeIn(content, text);
  return asks === 'where' && place !== undefined && bareWords(text).length - bareWords(place).length < leastBeside;
}

/** Whether what is over is a matter of theirs that was filed before, by its words, and not the one that is being told. */
async function speaksOfFiled(turn: Turn, what: string): Promise<boolean> {
  const meant = matterMeant(turn, await openMatters(turn));
  return meant !== undefined && meant !== 'several' && inCommon(turn.text, meant.what) > inCommon(turn.text, what);
}

export async function answerForm(turn: Turn, { draft }: Question<'form'>, answer: FormAnswer): Promise<Outcome> {
  switch (answer.does) {
    case 'drop':
      await settle(turn);
      return { decision: 'appeal', topic: draft.category, replies: [here(turn, turn.say('appeal.dropped'))] };
    case 'unnamed': {
      const unnamed = await proceed(turn, { ...draft, anonymous: true });
      return { ...unnamed, replies: [here(turn, turn.say('appeal.unnamed')), ...unnamed.replies] };
    }
    case 'named': {
      const named = await proceed(turn, { ...draft, anonymous: false });
      return { ...named, replies: [here(turn, turn.say('declined.anonymous')), ...named.replies] };
    }
    case 'over':
      await settle(turn);
      return { decision: 'appeal', topic: draft.category, replies: [here(turn, turn.say('appeal.overByItself'))] };
    // What was asked comes again behind it.
    case 'assure':
    case 'send': {
      const text = turn.say(answer.does === 'assure' ? 'appeal.assured' : 'appeal.sendIt');
      return { decision: 'appeal', topic: draft.category, replies: [here(turn, text)] };
    }
    case 'noted': {
      const note = here(turn, turn.say(answer.note));
      // Where nothing changes, what was asked comes again behind it.
      if (answer.draft === draft) return { decision: 'appeal', topic: draft.category, replies: [note] };
      const asked = await proceed(turn, answer.draft);
      return { ...asked, replies: [note, ...asked.replies] };
    }
    case 'noPlace':
      return file(turn, { ...draft, what: draft.what ?? '', place: turn.say('appeal.placeUnsaid') });
    case 'another':
      return startAppeal(turn, answer.category, turn.text);
    case 'askAgain':
      return proceed(turn, draft);
    default: {
      const told = await proceed(turn, answer.draft);
      return answer.draft.anonymous && !draft.anonymous
        ? { ...told, replies: [here(turn, turn.say('appeal.unnamed')), ...told.replies] }
        : told;
    }
  }
}

/** Nobody has said where: what was told is taken down without it. A form that has no matter yet holds nothing. */
export async function fileUnplaced(turn: Turn, { draft }: Question<'form'>): Promise<Outcome | undefined> {
  const { what, place = turn.say('appeal.placeUnsaid') } = draft;
  if (what === undefined) return undefined;
  const filed = await file(turn, { ...draft, what, place });
  return { ...filed, replies: [here(turn, turn.say('appeal.takenUp')), ...filed.replies] };
}

/** What a waiting form asked for, to be said again after another question was answered. */
export function formQuestion(turn: Turn, draft: Draft, asks: 'what' | 'where'): string {
  const category = turn.content.categories.get(draft.category);
  return turn.say('appeal.resume', { question: (asks === 'where' ? category?.where : category?.what) ?? turn.say('appeal.askWhat') });
}

/** The appeal that this person told of just now, to which a picture or a correction still belongs. */
export async function toldJustNow(turn: Turn): Promise<Appeal | undefined> {
  const told = await turn.tx.find('appeals', { person: turn.person.id, state: openStates, createdAt: { atLeast: justBefore(turn.now) } });
  const [latest] = told.sort((a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id));
  return latest;
}

/** What follows "改地点"; undefined when the text corrects nothing. */
export function corrected(text: string, shapes: readonly RegExp[]): string | undefined {
  for (const shape of shapes) {
    const found = shape.exec(text.trim());
    if (found) return (found[1] ?? '').trim();
  }
  return undefined;
}

async function attach(turn: Turn, appeal: Appeal, picture: string): Promise<Outcome> {
  const moved = await makeMove(
    actingIn(turn),
    { ...appeal, files: [...appeal.files, picture] },
    'supplement',
    turn.say('appeal.pictureStep'),
  );
  const told = turn.say('appeal.pictureAdded', { number: moved.id });
  return { decision: 'appeal', topic: moved.category, replies: [turn.room ? privately(turn, told) : here(turn, told)] };
}

function corrections(draft: Draft, { place, category, what }: Correction): Draft {
  return {
    ...draft,
    ...(place === undefined ? {} : { place }),
    ...(what === undefined ? {} : { what }),
    ...(category ? { category: category.id, kind: category.kind } : {}),
  };
}

/** So much of a place is kept; what is longer is a story. */
export const longestPlace = 80;
/** A name of a place that nobody has told us of is not longer than this. */
const shortPlace = 10;
/** Beside a place so much was said that it tells more of the matter. */
const tellsMore = 8;
/** What is longer than this tells no place alone. */
const longestWhere = 40;

/** Whether words, said when it was asked where, tell of a place that no map knows: "进门右手第二棵电线杆", "老仓库隔壁". */
export function tellsWhere({ content, understood }: Turn, where: string): boolean {
  const { says, not } = content.talkWords.whereabouts;
  // "铁路桥脚脚 老仓库隔壁": each part tells where.
  const parts = where.split(/[\s,，。]+/u);
  const long = parts.some((part) => part.length > shortPlace || !hasShape(part, says));
  const reports = long && understood.questions[0].decision === 'answer' && (understood.act?.report ?? 0) >= clearlyAnother;
  return where.length <= longestWhere && !reports && hasShape(where, says) && !hasShape(where, not);
}

/** Whether a few words that nobody knows may be the name of a place: they do nothing else. */
function mayBeName({ content, understood, text }: Turn): boolean {
  const act = understood.act;
  const does = act ? act.wish + act.refuse + act.question + act.person + act.call + act['complain-waiting'] : 0;
  return bareWords(text).length <= shortPlace && does < surelyNoName && !hasShape(text, content.talkWords.whereabouts.not);
}

/** "我不会打字 你打电话给我 138…". */
function wantsCallAt(turn: Turn): boolean {
  const [{ topic }] = turn.understood.questions;
  return tellsNumber(turn) && (topic === callbackTopic || actOf(turn.text, turn.content.talkWords) === 'call');
}

/** Asked once more, and then done without. */
function askedOnce(turn: Turn, draft: Draft): Draft {
  if (draft.place !== undefined) return draft;
  return draft.askedAgain ? { ...draft, place: turn.say('appeal.placeUnsaid') } : { ...draft, askedAgain: true };
}

/** The name of a place that no map knows, by itself, where only the place was not told yet: "大十字". */
export function nameAlone(turn: Turn): string | undefined {
  const said = withoutFillers(turn.text);
  return tellsWhere(turn, said) && mayBeName(turn) ? said : undefined;
}

/** With what was said besides. */
function withMore(turn: Turn, draft: Draft): Draft {
  return { ...draft, what: kept(turn, `${draft.what ?? ''} ${turn.text}`.trim()) };
}

/** With the place that was asked for; what was said beside it belongs to the matter. */
function placed(turn: Turn, draft: Draft, found: string): Draft {
  const said = withoutFillers(turn.text);
  if (said.length - found.length < tellsMore) return withPlace(turn, draft, withName(turn, said, found));
  return tellsWhere(turn, said) ? withPlace(turn, draft, said) : withMore(turn, withPlace(turn, draft, found));
}

/** "花溪 清华苑" with what may be a name before it; "麻烦你们 清华苑" without. */
function withName({ content }: Turn, said: string, found: string): string {
  if (!said.endsWith(found)) return said;
  const { not, points } = content.talkWords.whereabouts;
  const before = said.slice(0, -found.length).trim();
  return (mayBeNamed(before) || points.test(before)) && !hasShape(before, not) ? said : found;
}

/** A text that tells where and nothing else, without what announces it: "都是荔园小区的", "紫林庵那点 老烟厂宿舍". */
export function whereAlone({ content, text }: Turn): string | undefined {
  const { beside, points, not } = content.talkWords.whereabouts;
  const said = withoutFillers(text);
  const all = placesOf(content).all(said);
  const rest = all.reduce((left, place) => left.replace(place.text, ' '), said);
  const words = rest.split(/[\s\p{P}]+/u).filter((word) => word !== '');
  const pointsThere = (word: string) => points.test(word) && !hasShape(word, not);
  const alone = words.every((word) => beside.test(word) || pointsThere(word)) && (all.length > 0 || words.some(pointsThere));
  return alone && said.length <= longestWhere ? said : undefined;
}

/** "哦哦 是9栋1单元门口嘛" → "9栋1单元门口" */
export function withoutFillers(text: string): string {
  return text
    .trim()
    .replace(
      /^(?:(?:哦|嗯|噢|喔|诶|哎|唉|啊|对(?![面门过])|就|那|接着说刚才的|就是|都是|都在|应该|是|系|在|第[一二三四五六七八九1-9](?:个|件|条|样|项)|[几哪](?:栋|幢|号楼|单元|楼|里|点)[?？]|我家|我们家|我屋头|我们屋头|我屋|我住|住|地址|地点|位置|的)[\s,，。:：、?？]*)+/u,
      '',
    )
    .replace(/(?<![\s,，。！!~～])[\s,，。！!~～]*(?:(?:这里|这点|嘛|噻|哈|哦|呀|啊|的)[\s,，。！!~～]*)?$/u, '');
}

/** A keyword of ours, or a clear wish for something that we do, is no answer to a form, whatever it asks. */
function isForSomethingElse(turn: Turn, draft: Draft): boolean {
  const { pastNews, record, status } = turn.content.shortAnswers;
  const said = bareWords(turn.text);
  if (saysOne(turn.text, [...pastNews, ...record, ...status])) return true;
  if (itemCalled(turn.content.menu, said, bareWords) !== undefined) return true;
  if (draft.kind === '咨询' || placeIn(turn.content, turn.text) !== undefined) return false;
  const [{ decision, topic }] = turn.understood.questions;
  return decision === 'answer' && topic !== null && /^(?:action\.(?!human|callback|message-board|emergency)|news\.)/.test(topic);
}

function withPlace(turn: Turn, draft: Draft, text: string): Draft {
  return { ...draft, place: kept(turn, text, longestPlace) };
}

/** A clear question about office matters, put while the place was asked for, is answered first; the form waits. */
function asksSomethingElse(turn: Turn): boolean {
  const [question] = turn.understood.questions;
  const about = question.decision === 'answer' ? question.topic : null;
  const [best] = question.candidates;
  const asks = (turn.understood.act?.question ?? 0) >= surelyAsks;
  const from = hasShape(turn.text, turn.content.talkWords.another) ? perhapsQuestion : asks ? surelyQuestion : probableQuestion;
  const probably = best !== undefined && best.score >= from && turn.content.answers.has(best.topic);
  // "这种要罚款不" asks about what is being told: it belongs to that.
  if (about === null && hasShape(turn.text, turn.content.talkWords.ofThis)) return false;
  const isAnother = probably || (about !== null && (turn.content.answers.has(about) || /^(action|news)\./.test(about)));
  return isAnother && placeIn(turn.content, turn.text) === undefined;
}

/** The category of another grievance that the message clearly tells of. */
function otherGrievance(turn: Turn, draft: Draft, place?: string): string | undefined {
  const [{ decision, topic, candidates }] = turn.understood.questions;
  const clear = decision === 'answer' && topic !== null && topic !== draft.category && (candidates[0]?.score ?? 0) >= clearlyAnother;
  if (!clear || !turn.content.categories.has(topic)) return undefined;
  const beside = place === undefined ? leastBeside : spoken(turn.text).length - spoken(place).length;
  return beside >= leastBeside ? topic : undefined;
}

/** "我要投诉" says nothing yet; the words that follow tell the category. */
function recategorised(turn: Turn, draft: Draft): Draft {
  if (draft.category !== 'appeal.other') return draft;
  const category = likelyCategory(turn.content, turn.understood);
  return category ? { ...draft, category: category.id, kind: draft.kind === '咨询' ? draft.kind : category.kind } : draft;
}

/** Whether words say of what a neighbour has told that it is so with them too, and tell of nothing else. */
export function saysMeToo({ simplify, talkWords }: Turn['content'], text: string): boolean {
  return talkWords.meToo.test(simplify(text.normalize('NFKC')).trim());
}

/** A draft of which nothing was told yet. */
export function newDraft(turn: Turn, category: string, kind?: Draft['kind']): Draft {
  return {
    begun: turn.message.id,
    category,
    kind: kind ?? turn.content.categories.get(category)?.kind ?? '求助',
    anonymous: false,
    files: [],
  };
}

/** A draft with what is the matter, and the place that stands in these words. */
export function withWords(turn: Turn, draft: Draft, text: string): Draft {
  const found = placeIn(turn.content, text);
  return {
    ...draft,
    what: kept(turn, matterIn(text, turn.content.talkWords)),
    ...(found === undefined ? {} : { place: found }),
    anonymous: draft.anonymous || wantsNoName(turn.content, text),
  };
}

function withoutPlace({ place: _, ...draft }: Draft): Draft {
  return draft;
}

function withoutWhat({ what: _, ...draft }: Draft): Draft {
  return draft;
}

function saysSomething(turn: Turn, text: string): boolean {
  return matterOf(text, turn.content.shortAnswers.bare).length >= leastWords;
}
