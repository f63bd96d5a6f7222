import { openStates } from '../../domain/appeals/appeal.ts';
import { mayAsk } from '../../domain/understanding/acts.ts';
import type { Question } from '../../domain/understanding/result.ts';
import { withoutJoint } from '../../domain/understanding/take-apart.ts';
import { bareWords, hasShape } from '../../domain/words/short-answer.ts';
import { isBereaved, spoken } from '../../domain/words/talk.ts';
import { messageBoard } from '../appeals/filing.ts';
import { isPraise, isUnnamedWish, startAppeal, startAppealAt, startUnnamed, whereAlone } from '../appeals/form.ts';
import { countedMatters } from '../appeals/several.ts';
import { placeIn, placesOf } from '../kernel/places.ts';
import { isSame, topOf } from '../kernel/question.ts';
import { type Handler, here, type Outcome, type Turn, talkedOf } from '../kernel/turn.ts';
import { beginningOf } from '../kernel/whole.ts';
import { offerChoice } from './choice.ts';
import { openTopic } from './open-topic.ts';
import { plainWish } from './plain-wish.ts';

/** Of how many topics that one message asks about all are answered; more become a choice. */
const answeredAtOnce = 3;
/** So much of a clause that was not understood is named to who wrote it (characters), and so many of them. */
const named = 24;
const mostNamed = 2;
/** Said beside a question these are mere politeness. */
const pleasantries = new Set(['action.greeting', 'action.thanks']);

/** What whoever has lost somebody needs first, whatever of it was understood. */
const afterDeath = 'life.death-bundle';

/** What residents ask of their own appeals. */
const ownTopics = new Set(['action.appeal-status', 'action.appeal-urge']);
const nearEnough = 0.25;
/** What goes on with a talk is no longer (characters). */
const longestFollowing = 20;
/** What is not half as likely is far below. */
const farBelow = 0.5;

type Clear = Question & { readonly topic: string };

/** What the message is about, as it was understood: each clear question is opened; a near tie becomes a numbered choice. */
export const question: Handler = async (turn) => {
  // What holds no words is about nothing, whatever was talked about before.
  if (turn.message.kind === 'voice' || turn.message.kind === 'other') return undefined;
  const begun = await plainWish(turn);
  if (begun) return begun;
  const [first] = countedMatters(turn);
  if (first) return startAppeal(turn, first.category, turn.text);
  // A house by itself is no matter, whatever its name sounds like: "荷花小区11栋".
  const where = whereAlone(turn);
  if (where !== undefined && placesOf(turn.content).find(where)?.building !== undefined) return startAppealAt(turn, where);
  const clear = inOneForm(turn, await withoutVain(turn, worthAnswering(turn)));
  const topics = [...new Set(clear.map(({ topic }) => topic))];
  if (topics.length > answeredAtOnce) return offerChoice(turn, topics, null);
  if (clear.length === 0) {
    if (isPraise(turn, messageBoard, turn.text) && !perhapsOfStaff(turn)) return startAppeal(turn, messageBoard, turn.text);
    if (isUnnamedWish(turn)) return startUnnamed(turn);
    if (isBereaved(turn.content.simplify(turn.text), turn.content.talkWords) && turn.content.answers.has(afterDeath))
      return mourns(turn) ? condole(turn) : openTopic(turn, afterDeath, null, turn.text);
    const own = await aboutOwnAppeal(turn);
    if (own) return own;
    const visit = await wishForVisit(turn);
    if (visit) return visit;
    const place = placeIn(turn.content, turn.text);
    if (place !== undefined && bareWords(place) === bareWords(turn.text)) return startAppealAt(turn, place);
    const unclear = turn.understood.questions.find(({ decision }) => decision === 'clarify');
    const [likeliest] = unclear?.choices ?? [];
    if (unclear && likeliest !== undefined && isGrievance(turn, likeliest, unclear)) return openTopic(turn, likeliest, null, turn.text);
    return unclear && offerChoice(turn, withTalkedOf(turn, unclear.choices), unclear.facet);
  }
  const outcomes: Outcome[] = [];
  for (const { topic, facet, text } of clear) outcomes.push(await openTopic(turn, topic, facet, clear.length === 1 ? turn.text : text));
  const told = [...outcomes.flatMap(({ replies }) => replies), ...unheard(turn, clear), ...(await perhapsToo(turn, topics))];
  return outcomes[0] && { ...outcomes[0], replies: told };
};

/** Of a message that as a whole is about something else than the one clause of it that was answered, what it is perhaps about. */
async function perhapsToo(turn: Turn, answered: readonly string[]): Promise<Outcome['replies']> {
  const [whole] = turn.understood.questions;
  const others = whole.choices.filter((topic) => !answered.includes(topic));
  if (turn.room || whole.decision !== 'clarify' || others.length < whole.choices.length) return [];
  // "回 1，我替您去问" was said just now: one "1" at a time.
  const top = await topOf(turn);
  if (top !== undefined && !isSame(top.question, turn.asked?.question)) return [];
  return (await offerChoice(turn, others, whole.facet, { too: true }))?.replies ?? [];
}

/**
 * Beside what is answered: the clauses that were not understood, said plainly. A case that is all of the message holds their words too, and in a
 * group where nobody asked it the bot says what it knows.
 */
function unheard(turn: Turn, clear: readonly Clear[]): Outcome['replies'] {
  if (turn.room && !turn.message.addressed) return [];
  if (clear.length === 1 && clear.some(({ topic }) => turn.content.categories.has(topic))) return [];
  const clauses = (turn.understood.unheard ?? []).slice(0, mostNamed);
  return clauses.map((text) => here(turn, turn.say('talk.unheard', { text: beginningOf(withoutStop(text), named) })));
}

/** A clause without the stop that set it apart from the next one. */
const withoutStop = (clause: string) => clause.replace(/\p{P}{1,9}$/u, '');

/** What is short may go on with what is talked about: that can be chosen too. */
function withTalkedOf(turn: Turn, choices: readonly string[]): readonly string[] {
  const topic = talkedOf(turn);
  return topic !== undefined && turn.content.answers.has(topic) && bareWords(turn.text).length <= longestFollowing
    ? [topic, ...choices]
    : choices;
}

/** Whether somebody tells of their grief, and asks for nothing. */
function mourns({ content, text, understood }: Turn): boolean {
  return hasShape(content.simplify(text), content.talkWords.suffering.hard) && !mayAsk(understood);
}

function condole(turn: Turn): Outcome {
  return { decision: 'fallback', topic: null, replies: [here(turn, turn.say('talk.condolence'))] };
}

/** "要人上门", half understood: a matter of its own, with what was talked about just before. */
async function wishForVisit(turn: Turn): Promise<Outcome | undefined> {
  const { content, text } = turn;
  if (!hasShape(text, content.talkWords.visit)) return undefined;
  const topic = content.titles.get(talkedOf(turn) ?? '');
  return startAppeal(turn, 'appeal.other', topic === undefined ? text : turn.say('appeal.visit', { topic, text }), '求助');
}

/** What may be about the staff themselves goes to directors only. */
function perhapsOfStaff({ content, understood }: Turn): boolean {
  return understood.questions.some(({ choices }) => choices.some((topic) => content.categories.get(topic)?.discreet));
}

/** Nobody is asked to choose the category of what they report: the likeliest is taken, and can be put right. */
function isGrievance(turn: Turn, likeliest: string, { candidates }: Question): boolean {
  const category = turn.content.categories.get(likeliest);
  // What may be about the staff themselves is asked: it goes to directors only.
  if (!category || perhapsOfStaff(turn)) return false;
  const scoreOf = (isMeant: (topic: string) => boolean) => candidates.find(({ topic }) => isMeant(topic))?.score ?? 0;
  // An office question that is nearly as likely is asked about.
  if (scoreOf((topic) => turn.content.answers.has(topic)) > scoreOf((topic) => topic === likeliest) * farBelow) return false;
  return placeIn(turn.content, turn.text) !== undefined || !turn.content.talkWords.asking.some((shape) => shape.test(spoken(turn.text)));
}

/** Half understood, from somebody who has an appeal under way: "到底好久修哦" is about that. */
async function aboutOwnAppeal(turn: Turn): Promise<Outcome | undefined> {
  const near = turn.understood.questions[0].candidates.slice(0, 3).find(({ topic, score }) => ownTopics.has(topic) && score >= nearEnough);
  if (!near) return undefined;
  const open = await turn.tx.find('appeals', { person: turn.person.id, state: openStates }, { limit: 1 });
  return open.length > 0 ? openTopic(turn, near.topic, null, turn.text) : undefined;
}

/** The clear questions, each topic once, pleasantries only when there is nothing else. */
function worthAnswering(turn: Turn): Clear[] {
  // Danger is heard elsewhere: what only has its topic, and was not believed, is not understood.
  const clear = turn.understood.questions.filter(
    (each): each is Clear => each.decision === 'answer' && each.topic !== null && each.topic !== 'action.emergency',
  );
  const once = clear.filter((each, index) => clear.findIndex(({ topic, facet }) => topic === each.topic && facet === each.facet) === index);
  const asked = once.filter(({ topic }) => !pleasantries.has(topic));
  const unclear = turn.understood.questions.some(({ decision }) => decision === 'clarify');
  return asked.length > 0 || unclear ? asked : once.slice(0, 1);
}

/** One form takes all that is reported, and comes last: it asks on. */
function inOneForm(turn: Turn, kept: readonly Clear[]): Clear[] {
  const isAppeal = ({ topic }: Clear) => turn.content.categories.has(topic);
  const others = kept.filter((each) => !isAppeal(each));
  const appeals = kept.filter(isAppeal);
  const [first] = appeals;
  return first ? [...others, { ...first, text: reported(turn, appeals, others) }] : others;
}

/** What is reported, in its own words and with whatever else is not answered: nothing of it is lost. */
function reported({ text }: Turn, appeals: readonly Clear[], answered: readonly Clear[]): string {
  const told = appeals.map((each) => withoutStop(withoutJoint(each.text))).join('，');
  if (answered.some((each) => !text.includes(each.text) || each.text === text)) return told;
  return withoutStop(answered.reduce((left, each) => left.replace(each.text, ''), text).trim());
}

/** Beside something that is reported now, "请尽快处理" urges nothing where nothing was reported before. */
async function withoutVain(turn: Turn, clear: Clear[]): Promise<Clear[]> {
  const others = clear.filter(({ topic }) => !ownTopics.has(topic));
  if (others.length === clear.length || !others.some(({ topic }) => turn.content.categories.has(topic))) return clear;
  const open = await turn.tx.find('appeals', { person: turn.person.id, state: openStates }, { limit: 1 });
  return open.length > 0 ? clear : others;
}
