import { type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import { prose } from '../prose.ts';
import type { View } from '../view.ts';
import { topicLines } from './lists.ts';

/** 关于: what this is, how to reach a person, what becomes of what one says, and for whom the pages are made. */
export function aboutPage(view: View): Html {
  const { say, frame } = view;
  const { name, botName } = frame.community;
  const main = html`<h1>${say('site.about.title')}</h1>
${prose(say('site.about.text', { community: name, bot: botName }))}
<h2>${say('site.about.personTitle')}</h2>
${prose(say('site.about.person', { phone: frame.phone, address: frame.address, hours: frame.hours }))}
<h2 id="privacy">${say('site.about.privacyTitle')}</h2>
${prose(say('site.about.privacy', { community: name }))}
<h2 id="access">${say('site.about.accessTitle')}</h2>
${prose(say('site.about.access', { phone: frame.phone }))}`;
  return layout(view, { title: say('site.about.title'), main });
}

/** 惠民政策. */
export async function policiesPage(view: View): Promise<Html> {
  const { say, pages } = view;
  const main = html`<h1>${say('site.policies.title')}</h1>
<p>${say('site.policies.intro')}</p>
${topicLines(view, await pages.policies())}`;
  return layout(view, { title: say('site.policies.title'), main });
}

/** What is not there. */
export function missingPage(view: View): Html {
  const { say, href } = view;
  const main = html`<h1>${say('site.missing.title')}</h1>
<p>${say('site.missing.text')}</p>
<p><a class="button" href="${href('/')}">${say('site.missing.home')}</a><a class="button plain" href="${href('/guide')}">${say('site.guide.title')}</a></p>`;
  return layout(view, { title: say('site.missing.title'), main, hidden: true });
}

/** A page of a few plain words: too much, too large, not now. */
export function plainPage(view: View, title: string, text: string): Html {
  const main = html`<h1>${title}</h1>${prose(text)}<p><a class="button" href="${view.href('/')}">${view.say('site.missing.home')}</a></p>`;
  return layout(view, { title, main, hidden: true });
}
