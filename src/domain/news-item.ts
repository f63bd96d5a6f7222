/** What staff type of an item of news: labels first, then the title, and below it the text. */
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

/** A title longer than this is a sentence, and its first clause is the title. */
const longestTitle = 30;

/** Takes "类别:活动 到期:12月5日 标题⏎正文" apart. A single line gives a title up to its first stop, and the rest as text. */
export function readItem(typed: string, labels: ItemLabels): TypedItem {
  const found: { category?: string; expires?: string } = {};
  let rest = typed.trim();
  for (let again = true; again; ) {
    again = false;
    for (const key of ['category', 'expires'] as const) {
      const match = new RegExp(`^(?:${labels[key].join('|')})\\s*[:：]\\s*(\\S+)\\s*`, 'u').exec(rest);
      if (!match || found[key] !== undefined) continue;
      found[key] = match[1] ?? '';
      rest = rest.slice(match[0].length);
      again = true;
    }
  }
  const [first = '', ...lines] = rest.split('\n');
  if (lines.join('').trim() !== '') return { ...found, title: first.trim(), text: lines.join('\n').trim() };
  const [, clause = first, , more = ''] = /^(.{2,}?)([，。！；：\s]+)(.*)$/su.exec(first.trim()) ?? [];
  if (more === '' || clause.length > longestTitle) return { ...found, title: first.trim(), text: '' };
  return { ...found, title: clause, text: more.trim() };
}
