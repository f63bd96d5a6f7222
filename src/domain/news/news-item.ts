/** What staff type of an item of news: labels, the title, and below it the text. */
export interface TypedItem {
  readonly title: string;
  readonly text: string;
  /** As it was typed behind its label. */
  readonly category?: string;
  readonly expires?: string;
}

export interface ItemLabels {
  readonly category: readonly string[];
  readonly expires: readonly string[];
}

type Found = { category?: string; expires?: string };

/** A first line longer than this is no title: of one that has no stop, this much stands for it. */
const longestTitle = 30;
const shortTitle = 16;
const cutOff = '……';

/**
 * Takes "类别:活动 到期:12月5日 标题⏎正文" apart; labels may also come last. A single line gives a title up to its first stop, and the
 * rest as text. What was dictated without a stop is all text, and its beginning is the title: nothing of it is lost.
 */
export function readItem(typed: string, labels: ItemLabels): TypedItem {
  const found: Found = {};
  const rest = withoutLast(withoutFirst(typed.trim(), labels, found), labels, found);
  const [first = '', ...lines] = rest.split('\n').map((line) => line.trim());
  const below = lines.join('\n').trim();
  if (below !== '') return first.length <= 2 * longestTitle ? { ...found, title: first, text: below } : { ...found, ...allText(rest) };
  const [, clause = first, , more = ''] = /^(.{2,}?)([，。！；：\s]+)(.*)$/su.exec(first) ?? [];
  if (more !== '' && clause.length <= longestTitle) return { ...found, title: clause, text: more.trim() };
  return first.length <= longestTitle ? { ...found, title: first, text: '' } : { ...found, ...allText(rest) };
}

/** An item as it is said: where the title is only the beginning of the text, the text alone. */
export function saidOf({ title, text }: Pick<TypedItem, 'title' | 'text'>): Pick<TypedItem, 'title' | 'text'> {
  return title.endsWith(cutOff) && text.startsWith(title.slice(0, -cutOff.length)) ? { title: text, text: '' } : { title, text };
}

/** A value ends at a space or a stop: people dictate "类别活动，到期周六，". */
const value = '\\s*[:：]\\s*([^\\s，,。；;]+)';

function withoutFirst(text: string, labels: ItemLabels, found: Found): string {
  for (const key of ['category', 'expires'] as const) {
    if (found[key] !== undefined) continue;
    const match = new RegExp(`^(?:${labels[key].join('|')})${value}[\\s，,。；;]*`, 'u').exec(text);
    if (!match) continue;
    found[key] = match[1] ?? '';
    return withoutFirst(text.slice(match[0].length), labels, found);
  }
  return text;
}

/** Behind the text only the first word for an expiry is a label: "截止:12月5日" may well be for residents. */
function withoutLast(text: string, { category, expires }: ItemLabels, found: Found): string {
  const last = { category, expires: expires.slice(0, 1) };
  for (const key of ['category', 'expires'] as const) {
    if (found[key] !== undefined) continue;
    const match = new RegExp(`(?<![\\s，,。；;])[\\s，,。；;]+(?:${last[key].join('|')})${value}[\\s，,。；;]*$`, 'u').exec(text);
    if (!match) continue;
    found[key] = match[1] ?? '';
    return withoutLast(text.slice(0, match.index), { category, expires }, found);
  }
  return text;
}

function allText(text: string): Pick<TypedItem, 'title' | 'text'> {
  return { title: `${text.slice(0, shortTitle).replace(/[\uD800-\uDBFF]$/u, '')}${cutOff}`, text };
}
