import type { AnswerPage, Passage } from '../../../desk/knowledge/answer-page.ts';
import type { Section } from '../../../desk/site/guide.ts';
import { part } from '../address.ts';
import { type Html, html, join } from '../html.ts';
import { layout } from '../layout.ts';
import { prose } from '../prose.ts';
import type { View } from '../view.ts';
import { searchBox } from './home.ts';
import { dayOf, topicLines } from './lists.ts';

/** So many of a section are shown before the link to all of them. */
const firstShown = 5;

/** 办事指南: the search, what is asked most, and every section; or one section whole. */
export async function guidePage(view: View, { section, words }: { readonly section?: string; readonly words?: string }): Promise<Html> {
  if (words !== undefined && words.trim() !== '') return searchPage(view, words);
  const sections = await view.pages.sections();
  const chosen = sections.find(({ title }) => title === section);
  return chosen ? sectionPage(view, sections, chosen) : overview(view, sections);
}

async function overview(view: View, sections: readonly Section[]): Promise<Html> {
  const { say, href, pages } = view;
  const main = html`<h1>${say('site.guide.title')}</h1>
${searchBox(view, '')}
<h2>${say('site.guide.most')}</h2>
${topicLines(view, await pages.askedMost(), false)}
${sections.map(
  ({ title, topics }) => html`<h2>${title}</h2>
${topicLines(view, topics.slice(0, firstShown), false)}
${topics.length > firstShown ? html`<p><a href="${href(`/guide?section=${part(title)}`)}">${say('site.guide.all', { title, count: topics.length })}</a></p>` : ''}`,
)}`;
  return layout(view, { title: say('site.guide.title'), main, tab: 'guide' });
}

function sectionPage(view: View, sections: readonly Section[], { title, topics }: Section): Html {
  const { say } = view;
  const main = html`${crumbs(view)}
<h1>${title}</h1>
${chips(view, sections, title)}
${topicLines(view, topics)}`;
  return layout(view, { title: say('site.guide.sectionTitle', { title }), main, tab: 'guide' });
}

function chips({ href, say }: View, sections: readonly Section[], open: string): Html {
  const line = ({ title }: Section) =>
    html`<li><a href="${href(`/guide?section=${part(title)}`)}"${title === open ? html` aria-current="page"` : ''}>${title}</a></li>`;
  return html`<nav aria-label="${say('site.guide.sections')}"><ul class="chips">${sections.map(line)}</ul></nav>`;
}

async function searchPage(view: View, words: string): Promise<Html> {
  const { say, pages, href } = view;
  const { card, topics } = await pages.search(words);
  const found =
    topics.length === 0
      ? html`<p class="notice">${say('site.guide.nothing')}</p><p><a class="button" href="${href('/report')}">${say('site.guide.askStaff')}</a></p>`
      : topicLines(view, topics);
  const main = html`<h1>${say('site.guide.found', { words })}</h1>
${card === undefined ? '' : html`<div class="alarm big">${prose(card)}</div>`}
${searchBox(view, words)}
${found}
${topics.length > 0 ? html`<p class="small">${say('site.guide.notFound')} <a href="${href('/report')}">${say('site.guide.askStaff')}</a></p>` : ''}`;
  return layout(view, { title: say('site.guide.found', { words }), main, tab: 'guide', hidden: true });
}

/** One answer: what it is and the one next thing to do, then each side, every sentence with what carries it. */
export function topicPage(view: View, page: AnswerPage): Html {
  const { say, href } = view;
  const { title, section, stale, mourning, lead, sides, open, checkedOn } = page;
  const body = stale
    ? html`<p class="notice">${say('site.topic.stale')}</p>`
    : html`<div class="lead">${mourning ? html`<p>${say('answer.condolence')}</p>` : ''}${passages(view, lead)}</div>
${sides.length > 2 ? html`<nav class="noprint" aria-label="${say('site.topic.sides')}"><ul class="chips">${sides.map((side, index) => html`<li><a href="#side${index}">${side.title}</a></li>`)}</ul></nav>` : ''}
${sides.map((side, index) => html`<section aria-labelledby="side${index}"><h2 id="side${index}">${side.title}</h2>${passages(view, side.passages)}</section>`)}`;
  const main = html`${crumbs(view, section)}
<h1>${title}</h1>
${body}
${open.length > 0 ? html`<section class="card"><h2>${say('site.topic.open')}</h2><ul>${open.map((question) => html`<li>${question}</li>`)}</ul><p>${say('site.topic.askOpen')} <a href="${href('/report')}">${say('site.guide.askStaff')}</a></p></section>` : ''}
<p class="small">${checkedOn === undefined || stale ? '' : say('site.topic.checked', { date: dayOf(view, checkedOn) })} ${say('site.topic.wrong')} <a href="${href('/report')}">${say('site.topic.tell')}</a></p>`;
  return layout(view, { title, main, tab: 'guide' });
}

function crumbs({ href, say }: View, section?: string): Html {
  return html`<nav class="crumbs" aria-label="${say('site.crumbs')}"><a href="${href('/guide')}">${say('site.guide.title')}</a>${section === undefined ? '' : html` › <a href="${href(`/guide?section=${part(section)}`)}">${section}</a>`}</nav>`;
}

/** Sentences, each with what carries it; where several in a row are carried by the same, it stands once behind the last. */
function passages(view: View, all: readonly Passage[]): Html {
  const { say } = view;
  const sourceOf = ({ sources }: Passage) => sources.join(say('list.separator'));
  return join(
    all.map((passage, index) => {
      const next = all[index + 1];
      const carried = sourceOf(passage);
      const last = next === undefined || sourceOf(next) !== carried || next.unconfirmed !== passage.unconfirmed;
      const notes = [
        carried !== '' && say('site.topic.source', { sources: carried }),
        passage.unconfirmed && say('site.topic.unconfirmed'),
        passage.confirmedOn !== undefined && say('site.topic.confirmed', { date: dayOf(view, passage.confirmedOn) }),
      ].filter((note) => note !== false);
      return html`${prose(passage.text)}${last && notes.length > 0 ? html`<p class="source">${notes.join('　')}</p>` : ''}`;
    }),
  );
}
