import type { Say } from '../../../desk/kernel/say.ts';
import { localPath } from '../address.ts';
import { assetPath } from '../assets.ts';
import { html } from '../html.ts';

/** The communities of one site, for whoever comes without knowing the address of theirs. */
export function listPage(communities: readonly { readonly id: string; readonly name: string }[], say: Say): string {
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
<ul class="list">${communities.map(({ id, name }) => html`<li><a href="${localPath(`/c/${id}`, '/', false)}">${name}</a></li>`)}</ul>
</main>
</body>
</html>
`.text;
}
