import type { Answer } from './answer.ts';
import type { MenuItem } from './knowledge.ts';

/** How many topics of a section are shown before 更多. */
export const shownAtOnce = 8;

/** One line of a menu page: what may be chosen, and by which number. */
export interface MenuLine {
  readonly number: string;
  readonly title: string;
  readonly target: MenuItem | { readonly topic: string };
}

/** What lies below an entry: its own entries, or the topics of its section, or the topics tagged as policy. */
export function linesBelow(item: MenuItem, answers: Iterable<Answer>): MenuLine[] {
  const prefix = item.number === '' ? '' : `${item.number}.`;
  if (item.items.length > 0) return item.items.map((below) => ({ number: below.number, title: below.title, target: below }));
  if (item.section === undefined && item.policy !== true) return [];
  const rank = ({ id }: Answer) => (item.first.includes(id) ? item.first.indexOf(id) : item.first.length);
  return [...answers]
    .filter((answer) => (item.policy === true ? answer.policy : answer.section === item.section))
    .sort((a, b) => rank(a) - rank(b))
    .map((answer, index) => ({ number: `${prefix}${index + 1}`, title: answer.title, target: { topic: answer.id } }));
}

/** The page of the site with what an entry is about; undefined where something is begun or told in the chat instead. */
export function pageOf({ section, news, page, policy }: MenuItem): string | undefined {
  if (section !== undefined) return `/guide?section=${encodeURIComponent(section)}`;
  if (news !== undefined) return `/news?column=${encodeURIComponent(news)}`;
  return policy ? '/policies' : page;
}

/** The entry of a menu with this number ("1", "1.2"), if there is one. */
export function itemAt(root: MenuItem, number: string): MenuItem | undefined {
  if (root.number === number) return root;
  for (const below of root.items) {
    const found = itemAt(below, number);
    if (found) return found;
  }
  return undefined;
}

/** The entry that is called by these words, compared as `same` makes them. */
export function itemCalled(root: MenuItem, said: string, same: (words: string) => string): MenuItem | undefined {
  for (const below of root.items) {
    if ([below.title, ...below.words].some((words) => same(words) === said)) return below;
    const deeper = itemCalled(below, said, same);
    if (deeper) return deeper;
  }
  return undefined;
}
