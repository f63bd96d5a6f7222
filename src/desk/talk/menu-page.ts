import type { MenuItem } from '../../domain/content/knowledge.ts';
import { itemAt, linesBelow, shownAtOnce } from '../../domain/content/menu.ts';
import type { Say } from '../kernel/say.ts';
import { here, type Outcome, type Turn } from '../kernel/turn.ts';

/** How long a page stays open for a bare number. */
const openMinutes = 30;

/** Shows a page of the menu and keeps it open, so that the next number means a line of it. */
export async function showMenu(turn: Turn, item: MenuItem, all = false): Promise<Outcome> {
  turn.conversation.menu = item.number;
  turn.conversation.menuAt = turn.now.toISOString();
  const below = linesBelow(item, turn.content.answers.values());
  const shown = all ? below : below.slice(0, shownAtOnce);
  if (item.number === '') return { decision: 'action', topic: 'action.menu', replies: [here(turn, rootMenu(turn.content, turn.say))] };
  const lines = shown.map((line, index) => turn.say('menu.line', { number: index + 1, title: line.title }));
  const more = shown.length < below.length ? turn.say('menu.more', { count: below.length - shown.length }) : '';
  const text = turn.say('menu.page', { title: item.title, lines: lines.join('\n'), more });
  return { decision: 'action', topic: 'action.menu', replies: [here(turn, text)] };
}

/** The first page of the menu, whole. */
export function rootMenu({ menu, answers, community }: Turn['content'], say: Say): string {
  const lines = linesBelow(menu, answers.values()).map(({ number, title }) => say('menu.line', { number, title }));
  return say('menu.root', { bot: community.botName, community: community.name, lines: lines.join('\n') });
}

/** The page whose numbers are meant by a bare number, while it is recent. */
export function openPage(turn: Turn): MenuItem | undefined {
  const { menu: number, menuAt } = turn.conversation;
  if (number === undefined || menuAt === undefined) return undefined;
  const minutes = (turn.now.getTime() - Date.parse(menuAt)) / 60_000;
  return minutes <= openMinutes ? itemAt(turn.content.menu, number) : undefined;
}
