/**
 * A text in parts of at most `longest` characters, to be sent one after another: cut between paragraphs where that will do, else
 * between lines, else after a sentence, else between two characters, never inside one.
 */
export function paragraphsUpTo(text: string, longest: number): string[] {
  return packed(text, longest, ['\n\n', '\n', sentenceEnd, '']);
}

/** A part that is filled less than this is hardly worth a message. */
const leastFilled = 1 / 4;

const sentenceEnd = /(?<=[。！？；…])/u;

/** Pieces at the first of the cuts, put together again as far as they fit; what alone is too long is cut at the next. */
function packed(text: string, longest: number, [cut = '', ...finer]: readonly (string | RegExp)[]): string[] {
  if (lengthOf(text) <= longest) return text.trim() === '' ? [] : [text.trim()];
  const pieces = cut === '' ? characters(text) : text.split(cut);
  const joint = typeof cut === 'string' ? cut : '';
  const parts: string[] = [];
  let open = '';
  for (const piece of pieces) {
    const longer = open === '' ? piece : `${open}${joint}${piece}`;
    if (lengthOf(longer) <= longest) {
      open = longer;
      continue;
    }
    // A heading does not go alone: what follows it is rather cut inside, and so is what is too long by itself.
    const alone = open.trim() !== '' && lengthOf(open) < longest * leastFilled;
    const whole = cut === '' || (lengthOf(piece) <= longest && !alone);
    if (whole && open.trim() !== '') parts.push(open.trim());
    const cutFiner = whole ? [piece] : packed(longer, longest, finer);
    open = cutFiner.pop() ?? '';
    parts.push(...cutFiner);
  }
  return open.trim() === '' ? parts : [...parts, open.trim()];
}

/** As people see them: a flag or a family is one. */
const characters = (text: string) =>
  Array.from(new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(text), ({ segment }) => segment);

/** In UTF-16 units, as WeChat's own limit counts. */
const lengthOf = (text: string) => text.length;
