const rule = '\n- - - - - - - - - - - - - - -\n';

/**
 * Older clients, and puppets that know no better, put a quotation before what is said: 「name：words」, a rule, the answer. The last
 * rule counts: a quotation may hold one, and what stands behind that one is not said by this person.
 */
export function withoutQuote(text: string): string {
  const at = text.startsWith('「') ? text.lastIndexOf(rule) : -1;
  return at < 0 || text[at - 1] !== '」' ? text : text.slice(at + rule.length);
}

/** Whether a text holds a quotation: a name that stands in it was not called by who says this. */
export const quotes = (text: string) => withoutQuote(text) !== text;
