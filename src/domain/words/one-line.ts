/** Characters that nobody sees: of direction, joiners and blanks of no width, fillers, halves of characters. */
const unseen = /(?!\ufe0f)(?:\p{Default_Ignorable_Code_Point}|[\p{Cf}\p{Cs}\p{Co}\u2800])/gu;
const joins = /\p{Extended_Pictographic}\ufe0f?\u200d\p{Extended_Pictographic}/u;
/** Brackets in which our own headings stand (【急】), and those that look like them. */
const opening = /[【〖︻︗⟦〔❲﹝［「『﹁﹃]/gu;
const closing = /[】〗︼︘⟧〕❳﹞］」』﹂﹄]/gu;
/** What a line of ours begins with: the number of a case or an alarm, a row of a list. */
const head = /^[(（\s]*[A-Z]{1,4}[\s-]*\d{6}[\s-]*-/iu;

/**
 * Somebody's words as they are passed on: in one line and without what nobody sees, in no brackets of ours, and in quotation marks where
 * they begin like a line of ours. Else they would forge one ("【紧急】…") wherever staff read them.
 */
export function oneLine(text: string): string {
  const line = text
    // A family is several pictures and what joins them: that alone stays of what nobody sees.
    .replace(unseen, (char, at: number) => (char === '\u200d' && joins.test(text.slice(Math.max(0, at - 3), at + 3)) ? char : ''))
    .replace(/[\s\p{Zl}\p{Zp}\p{Cc}]+/gu, ' ')
    .replace(opening, '（')
    .replace(closing, '）')
    .trim();
  return head.test(line) ? `“${line}”` : line;
}
