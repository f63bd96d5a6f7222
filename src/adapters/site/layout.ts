import { assetPath } from './assets.ts';
import { type Html, html, type Shown } from './html.ts';
import { inline } from './prose.ts';
import type { View } from './view.ts';

export interface PageParts {
  readonly title: string;
  readonly main: Shown;
  /** Which of the tabs it lies below. */
  readonly tab?: string;
  /** It holds something personal, or is made of what somebody sent: no search engine keeps it. */
  readonly hidden?: boolean;
  /** The script that helps where there is one; the page is whole without it. */
  readonly script?: 'site.js' | 'verify.js';
}

/** A whole page. */
export function layout(view: View, { title, main, tab, hidden = false, script }: PageParts): Html {
  const { say, frame, href, large } = view;
  const site = say('site.name', { community: frame.community.name });
  const home = view.path === '/';
  return html`<!doctype html>
<html lang="zh-CN"${large ? html` class="large"` : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${home ? site : say('site.title', { title, site })}</title>
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
${hidden ? html`<meta name="robots" content="noindex">` : ''}
<link rel="stylesheet" href="${assetPath('site.css')}">
<link rel="icon" href="${assetPath('icon.svg')}" type="image/svg+xml">
<link rel="alternate" type="application/atom+xml" title="${say('site.news.title')}" href="${href('/news/feed', false)}">
${script === undefined ? '' : html`<script src="${assetPath(script)}" defer></script>`}
</head>
<body>
<a class="skip" href="#main">${say('site.skip')}</a>
<header class="top">
<div class="bar">
<a class="brand" href="${href('/')}"${home ? html` aria-current="page"` : ''}>${frame.community.name}<span>${say('site.kind')}</span></a>
<a class="size" href="${href(view.path + view.query, !large)}">${say(large ? 'site.usual' : 'site.large')}</a>
</div>
<nav class="tabs" aria-label="${say('site.nav')}">
<ul>${tabs(view, tab)}</ul>
</nav>
</header>
<main id="main" tabindex="-1">
${main}
</main>
${footer(view)}
</body>
</html>
`;
}

function tabs({ say, href }: View, open: string | undefined): Html[] {
  const all = [
    ['guide', '/guide', say('site.tabs.guide')],
    ['news', '/news', say('site.tabs.news')],
    ['places', '/places', say('site.tabs.places')],
    ['report', '/report', say('site.tabs.report')],
    ['case', '/case', say('site.tabs.case')],
  ] as const;
  return all.map(
    ([id, path, title]) => html`<li><a href="${href(path)}"${id === open ? html` aria-current="page"` : ''}>${title}</a></li>`,
  );
}

function footer({ say, frame, href }: View): Html {
  const { phone, address, hours, community } = frame;
  const facts = [
    phone !== '' && say('site.footer.phone', { phone }),
    address !== '' && say('site.footer.address', { address }),
    hours !== '' && say('site.footer.hours', { hours }),
  ].filter((line) => line !== false);
  const links = [
    ['/open', say('site.open.title')],
    ['/policies', say('site.policies.title')],
    ['/about', say('site.about.title')],
    ['/about#privacy', say('site.about.privacyTitle')],
    ['/about#access', say('site.about.accessTitle')],
    ['/news/feed', say('site.footer.feed')],
  ] as const;
  const filings = [
    community.icp !== undefined && html`<a href="https://beian.miit.gov.cn/" rel="noreferrer">${community.icp}</a>`,
    community.police !== undefined && html`<a href="https://beian.mps.gov.cn/" rel="noreferrer">${community.police}</a>`,
  ].filter((each) => each !== false);
  return html`<footer class="foot">
${facts.length > 0 ? html`<address>${facts.map((line) => html`<p>${inline(line)}</p>`)}</address>` : ''}
<nav aria-label="${say('site.footer.nav')}"><ul>${links.map(([path, title]) => html`<li><a href="${href(path)}">${title}</a></li>`)}</ul></nav>
<p class="small">${say('site.footer.legal')}</p>
${filings.length > 0 ? html`<p class="small filings">${filings}</p>` : ''}
</footer>`;
}
