import { type Html, html, join } from './html.ts';

/** "1. ", "2、", "（3）" before a step. */
const step = /^(?:\d{1,2}[.．、]\s*|[（(]\d{1,2}[）)]\s*)/u;
/** A number that can be called: 110, 12345, 0858-1234567; not part of a longer one, and no example. */
const phone = /(?<![\d.-])(?:0\d{2,3}-?\d{7,8}|1(?:10|19|20|22|2\d{3}|1\d{3})|9[56]\d{3})(?![\d年月日元号条-])(?!（示例）)/gu;

/** Text of the content as paragraphs and lists; telephone numbers can be touched to call. */
export function prose(text: string): Html {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const blocks: Html[] = [];
  for (let index = 0; index < lines.length; ) {
    const list: Html[] = [];
    while (index < lines.length && step.test(lines[index] ?? '')) {
      list.push(html`<li>${inline((lines[index] ?? '').replace(step, ''))}</li>`);
      index++;
    }
    if (list.length > 0) blocks.push(html`<ol>${list}</ol>`);
    else blocks.push(html`<p>${inline(lines[index++] ?? '')}</p>`);
  }
  return join(blocks);
}

/** One line, with its telephone numbers as links. */
export function inline(text: string): Html {
  const pieces: (Html | string)[] = [];
  let from = 0;
  for (const match of text.matchAll(phone)) {
    pieces.push(text.slice(from, match.index), call(match[0]));
    from = match.index + match[0].length;
  }
  pieces.push(text.slice(from));
  return join(pieces);
}

/** A number to touch. */
export function call(number: string): Html {
  return html`<a class="tel" href="tel:${number.replace(/-/g, '')}">${number}</a>`;
}

/** The beginning of a text on one line. */
export function beginning(text: string, atMost: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const signs = [...line];
  return signs.length > atMost ? `${signs.slice(0, atMost).join('')}…` : line;
}
