import type { MenuItem } from '../../domain/content/knowledge.ts';
import { itemAt, itemCalled, linesBelow, type MenuLine } from '../../domain/content/menu.ts';
import { inShanghai } from '../../domain/time/clock-time.ts';
import { bareWords, chosenNumber } from '../../domain/words/short-answer.ts';
import { type Handler, here, type Outcome, type Turn } from '../kernel/turn.ts';
import { currentNews, publishedNews } from '../news/items.ts';
import { itemTexts } from '../news/tell.ts';
import { openPage, showMenu } from './menu-page.ts';
import { openTopic } from './open-topic.ts';

/** The menu, by number and by words. A number means the page that is open; without one, the first page. */
export const menu: Handler = async (turn) => {
  const said = bareWords(turn.text);
  if (/^[/／]/.test(turn.text.trim()) && said === '') return showMenu(turn, turn.content.menu);
  const called = turn.content.human.words.some((word) => bareWords(word) === said)
    ? turn.content.human
    : itemCalled(turn.content.menu, said, bareWords);
  if (called) return choose(turn, called);
  if (turn.message.room !== undefined && !turn.message.addressed) return undefined;
  const page = openPage(turn);
  if (page && said === bareWords(turn.say('menu.moreWord'))) return showMenu(turn, page, true);
  const number = chosenNumber(turn.text);
  return number === undefined ? undefined : byNumber(turn, number, page);
};

async function byNumber(turn: Turn, number: string, page: MenuItem | undefined): Promise<Outcome> {
  const { menu: root, answers, human } = turn.content;
  if (number === '0') return page && page !== root ? showMenu(turn, root) : choose(turn, human);
  const below = page && page !== root ? linesBelow(page, answers.values()) : [];
  const line = below[Number(number) - 1] ?? lineNumbered(turn, number);
  return line ? follow(turn, line) : showMenu(turn, root);
}

/** "1.2" is looked up from the root, whatever page is open. */
function lineNumbered(turn: Turn, number: string): MenuLine | undefined {
  const { menu: root, answers } = turn.content;
  const item = itemAt(root, number);
  if (item) return { number, title: item.title, target: item };
  const parent = itemAt(root, number.slice(0, Math.max(0, number.lastIndexOf('.'))));
  return parent && linesBelow(parent, answers.values()).find((line) => line.number === number);
}

async function follow(turn: Turn, line: MenuLine): Promise<Outcome> {
  return 'number' in line.target ? choose(turn, line.target) : openTopic(turn, line.target.topic, null, line.title);
}

async function choose(turn: Turn, item: MenuItem): Promise<Outcome> {
  if (item.topic !== undefined) return openTopic(turn, item.topic, null, '');
  if (item.news !== undefined) return showNews(turn, item, item.news);
  return showMenu(turn, item);
}

async function showNews(turn: Turn, item: MenuItem, category: string): Promise<Outcome> {
  const items = currentNews(await publishedNews(turn), inShanghai(turn.now).date).filter((news) => news.category === category);
  const text =
    items.length === 0
      ? turn.say('news.noneOf', { category: item.title })
      : turn.say('news.of', { category: item.title, items: itemTexts(turn, items.slice(0, 3)) });
  return { decision: 'action', topic: 'news.latest', replies: [here(turn, text)] };
}
