/**
 * Somebody's words in one line: a line break in them would forge a line of ours ("【紧急】…") wherever they are passed on.
 */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Zl}\p{Zp}\p{Cc}]+/gu, ' ').trim();
}
