/** Signs that would draw something else than themselves, and the wide ones of the same look. */
const wide: Readonly<Record<string, string>> = {
  '*': '＊',
  '`': '｀',
  '~': '～',
  '<': '＜',
  '[': '［',
  ']': '］',
  '#': '＃',
  '>': '＞',
  '-': '－',
  '=': '＝',
};
const widened = (sign: string) => wide[sign] ?? sign;

/**
 * A text as it stands, for a service that takes nothing but Markdown: what somebody said must not become a heading, a link with other words
 * over it, or a mention. Line ends are hard ones. Addresses stay addresses.
 */
export function plainMarkdown(text: string): string {
  return text
    .replace(/[*`<[\]]|~~/g, (signs) => [...signs].map(widened).join(''))
    .replace(/^( {0,3})([#>]|[-=](?=[-=]*[^\S\n]*$))/gm, (_, before: string, sign: string) => `${before}${widened(sign)}`)
    .replace(/([^\n])\n(?!\n)/g, '$1  \n');
}
