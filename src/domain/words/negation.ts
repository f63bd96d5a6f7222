/** Something that a resident may want, or not want, of the bot. */
export const wishes = ['unsubscribe', 'subscribe', 'urge', 'withdraw', 'appeal', 'human', 'erase', 'anonymous', 'office'] as const;
export type Wish = (typeof wishes)[number];

/** How people say that they do not want something (data/wishes.yaml). */
export interface WishWords {
  /** "不要退订": a negation that reaches the wish. */
  readonly negated: Readonly<Record<Wish, RegExp>>;
  /** "能不能退订", "不退订行不行": it is asked about, or denied twice. */
  readonly asks: RegExp;
  /** "灯没有不亮": that nothing is wrong. */
  readonly fine: RegExp;
}

/** What is longer tells of something besides. */
const longest = 18;
/** "算了" before it, "慢慢来" after it say nothing. */
const mostBefore = 2;
const mostAfter = 4;

/**
 * Whether words say that a thing is *not* wanted: "不要退订", "我没说要投诉". A negation reaches no further than its clause: "不看了，退订"
 * wants it. A question, and what is denied twice ("不是不想退订"), is no negated wish.
 * @param text in simplified characters, otherwise as written
 */
export function negated(text: string, wish: Wish, words: WishWords): boolean {
  const said = plainly(text);
  return said.length <= longest * 2 && !words.asks.test(said) && words.negated[wish].test(said);
}

/**
 * The wish that a message denies, when it says nothing besides: "楼道灯坏了，不匿名" tells of a lamp.
 * @param refuses whether it is known to do nothing but refuse: "我先问问，别给我登记"
 */
export function deniedWish(text: string, words: WishWords, refuses = false): Wish | undefined {
  if (plainly(text).length > longest || words.asks.test(plainly(text))) return undefined;
  const clauses = text.split(/[\s,，。.!！;；~…]+/u);
  const length = (some: readonly string[]) => some.join('').length;
  for (const [index, clause] of clauses.entries()) {
    if (!refuses && (length(clauses.slice(0, index)) > mostBefore || length(clauses.slice(index + 1)) > mostAfter)) continue;
    const wish = wishes.find((each) => negated(clause, each, words));
    if (wish) return wish;
  }
  return undefined;
}

function plainly(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Cf}]/gu, '');
}
