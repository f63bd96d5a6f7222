import { localPath } from '../address.ts';
import { assetPath } from '../assets.ts';
import { html } from '../html.ts';
import type { SiteDesk } from '../server.ts';

/** The communities of one site, for whoever comes without knowing the address of theirs. */
export async function listPage(communities: readonly SiteDesk[]): Promise<string> {
  const named = await Promise.all(communities.map(async ({ id, pages }) => ({ id, name: (await pages.frame()).community.name })));
  const say = communities[0]?.pages.say;
  if (!say) return '';
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say('site.kind')}</title>
<link rel="stylesheet" href="${assetPath('site.css')}">
<link rel="icon" href="${assetPath('icon.svg')}" type="image/svg+xml">
</head>
<body>
<main>
<h1>${say('site.which')}</h1>
<ul class="list">${named.map(({ id, name }) => html`<li><a href="${localPath(`/c/${id}`, '/', false)}">${name}</a></li>`)}</ul>
</main>
</body>
</html>
`.text;
}
