/** Text that is HTML already. Made by `html` alone, so that whatever else stands in a page is escaped. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What can stand in a page; `undefined`, `false` and '' leave nothing. */
export type Shown = Html | string | number | undefined | false | readonly Shown[];

/** A piece of a page: html`<p>${text}</p>`. Values are escaped, in text as in attributes between double quotes. */
export function html(parts: TemplateStringsArray, ...values: readonly Shown[]): Html {
  return new Html(parts.map((part, index) => part + textOf(values[index])).join(''));
}

/** Pieces one after another. */
export function join(pieces: readonly Shown[]): Html {
  return new Html(pieces.map(textOf).join(''));
}

function textOf(value: Shown): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(textOf).join('');
  return escaped(String(value));
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** What no XML may hold is left out: a feed with it is no feed. */
export function escaped(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '').replace(/[&<>"']/g, (sign) => entities[sign] ?? '');
}
