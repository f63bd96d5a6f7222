import type { NewsPage } from '../../../desk/site/news.ts';
import { fromShanghai } from '../../../domain/time/clock-time.ts';
import { part } from '../address.ts';
import { escaped } from '../html.ts';
import type { View } from '../view.ts';

const itemsAtMost = 40;

/** The news as an Atom feed (RFC 4287). Ids hold where the site moves to another address; links are whole where the address is known. */
export function feedOf(view: View, items: readonly NewsPage[]): string {
  const { say, frame } = view;
  const name = frame.community.name;
  const link = (path: string) => escaped(view.absolute(path) ?? view.href(path, false));
  const shown = items.slice(0, itemsAtMost);
  const at = ({ date }: NewsPage) => fromShanghai(date, '00:00').toISOString();
  const updated = shown.map(at).sort().at(-1) ?? view.now.toISOString();
  const entries = shown.map(
    (item) => `<entry>
<id>tag:lianxinqiao,2026:${escaped(part(`${name}/news/${item.id}`))}</id>
<title>${escaped(item.title)}</title>
<updated>${at(item)}</updated>
<category term="${escaped(item.category)}"/>
<link rel="alternate" href="${link(`/news/${part(item.id)}`)}"/>
<content type="text">${escaped(item.text)}</content>
</entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">
<id>tag:lianxinqiao,2026:${escaped(part(`${name}/news`))}</id>
<title>${escaped(say('site.news.feedTitle', { community: name }))}</title>
<updated>${updated}</updated>
<author><name>${escaped(name)}</name></author>
<link rel="self" href="${link('/news/feed')}"/>
<link rel="alternate" href="${link('/news')}"/>
${entries.join('\n')}
</feed>
`;
}
