/** As older clients of WeChat write a quotation: 「name：words」, a rule, the answer (domain/words/quotation.ts reads it). */
const RULE = '\n- - - - - - - - - - - - - - -\n';

/** @param {string} said who and what: "陈姐：路灯坏了" @param {string} text */
export const quoting = (said, text) => `「${said}」${RULE}${text}`;

/** What is quoted in a text, and what is said to it. @param {string} text @returns {{quoted?: string, said: string}} */
export function takeApart(text) {
  const at = text.startsWith('「') ? text.lastIndexOf(RULE) : -1;
  return at < 0 ? { said: text } : { quoted: text.slice(1, at - 1), said: text.slice(at + RULE.length) };
}
