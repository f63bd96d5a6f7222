import { itemsAbout, itemsTitled, matterOf } from '../../domain/news/news-search.ts';
import { inShanghai, plusDays, spokenDate, spokenDay } from '../../domain/time/clock-time.ts';
import { bareWords, hasShape, saysOne } from '../../domain/words/short-answer.ts';
import { paragraphsUpTo } from '../../domain/words/split-text.ts';
import type { Reply } from '../kernel/message.ts';
import { ask } from '../kernel/question.ts';
import { type Handler, here, type Outcome, type Turn } from '../kernel/turn.ts';
import { categoriesOf, currentNews, type Entry, publishedNews } from './items.ts';
import { itemTexts } from './tell.ts';

const topic = 'news.latest';
/** What is older is no answer to "哪天停水". */
const searchedDays = 90;
const shownAtMost = 5;
const foundAtMost = 3;
const editionsShown = 8;

/**
 * Clear wishes about the news: the editions of before, an outage that may be announced, what stands in one category, or, when the question is not understood for sure,
 * the matter in the title of something that staff announced ("义诊是哪天").
 */
export const news: Handler = async (turn) => {
  const said = bareWords(turn.text);
  if (saysOne(turn.text, turn.content.shortAnswers.pastNews)) return pastEditions(turn);
  if (hasShape(turn.text, turn.content.shortAnswers.outage)) return latestNews(turn, turn.text);
  const category = categoriesOf(turn.content).find((each) => each === said);
  if (turn.message.kind !== 'text') return undefined;
  // "有没有消息了", from somebody who has told of something, asks for that.
  if (hasShape(turn.text, turn.content.talkWords.acts.progress) && (await turn.tx.mentioning('appeals', turn.person.id)).length > 0)
    return undefined;
  const published = await publishedNews(turn);
  if (category === undefined) return announced(turn, published);
  const items = currentNews(published, inShanghai(turn.now).date).filter((item) => item.category === category);
  return items.length === 0 ? undefined : told(turn, turn.say('news.of', { category, items: itemTexts(turn, items) }), items);
};

/** Standing matters are for the knowledge base; what staff announced it cannot know. */
async function announced(turn: Turn, published: readonly Entry[]): Promise<Outcome | undefined> {
  if (turn.understood.questions.some(({ decision }) => decision === 'answer')) return undefined;
  const ofStaff = published.filter(({ id }) => !turn.content.news.some((file) => file.id === id));
  const found = itemsTitled(recent(turn, ofStaff), matterOf(turn.text, turn.content.shortAnswers.newsBare)).slice(0, foundAtMost);
  return found.length === 0 ? undefined : told(turn, turn.say('bulletin.foundNear', { items: itemTexts(turn, found) }), found);
}

function recent(turn: Turn, items: readonly Entry[]): Entry[] {
  const from = inShanghai(plusDays(turn.now, -searchedDays)).date;
  return items.filter(({ date, expires = '' }) => date >= from || expires >= from);
}

/** A question about the news: what is about its matter, over or not, with its days; without a matter the latest. */
export async function latestNews(turn: Turn, question: string): Promise<Outcome> {
  const today = inShanghai(turn.now).date;
  const all = await publishedNews(turn);
  const current = currentNews(all, today);
  const matter = matterOf(question, turn.content.shortAnswers.newsBare);
  const category = categoriesOf(turn.content).find((each) => matter.includes(each));
  const ofCategory = current.filter((item) => item.category === category);
  const found = ofCategory.length > 0 ? ofCategory : itemsAbout(recent(turn, all), matter);
  if (found.length > 0) {
    const shown = found.slice(0, foundAtMost);
    return told(turn, turn.say('bulletin.found', { items: itemTexts(turn, shown) }), shown);
  }
  if (current.length === 0) return told(turn, turn.say(matter.length > 0 ? 'bulletin.nothingAtAll' : 'news.none'));
  const shown = current.slice(0, matter.length > 0 ? foundAtMost : shownAtMost);
  if (matter.length === 0) return told(turn, turn.say('news.latest', { items: itemTexts(turn, shown) }), shown);
  const titles = shown.map(({ title }) => turn.say('bulletin.titleLine', { title })).join('\n');
  return told(turn, turn.say('bulletin.nothingAbout', { titles }));
}

/** 往期: the last editions, to be chosen by number. */
async function pastEditions(turn: Turn): Promise<Outcome> {
  const sent = await turn.tx.find('editions', { state: ['planned', 'done'] }, { by: 'plannedAt', descending: true, limit: editionsShown });
  if (sent.length === 0) return told(turn, turn.say('bulletin.noEditions'));
  await ask(turn, { kind: 'edition', editions: sent.map(({ id }) => id) });
  const lines = sent.map(({ title, sendAt, plannedAt }, index) =>
    turn.say('bulletin.editionLine', { number: index + 1, title, date: spokenDate(new Date(sendAt ?? plannedAt)) }),
  );
  return told(turn, turn.say('bulletin.editions', { lines: lines.join('\n') }));
}

/** One of the editions of before, as it was sent. The question stays, so that another can be looked at. */
export async function pastEdition(turn: Turn, id: string): Promise<Outcome> {
  const edition = await turn.tx.get('editions', id);
  if (!edition) return told(turn, turn.say('bulletin.noEditions'));
  const date = spokenDay(new Date(edition.sendAt ?? edition.plannedAt));
  const parts = paragraphsUpTo(edition.text, turn.content.broadcasts.longest);
  const replies = [here(turn, turn.say('bulletin.edition', { date })), ...parts.map((part) => here(turn, part))];
  return { decision: 'action', topic, replies };
}

/** Says it, and shows the pictures of the few items that it is about. */
function told(turn: Turn, text: string, items: readonly Entry[] = []): Outcome {
  const pictures: Reply[] = items
    .flatMap(({ files }) => files)
    .slice(0, foundAtMost)
    .map((file) => here(turn, '', file));
  return { decision: 'action', topic, replies: [here(turn, text), ...pictures] };
}
