import { type Courtesies, courtesies, type TalkAct, type TalkWords, talkActs } from '../content/knowledge.ts';

/** What a message does, as far as its shape tells; undefined when it is none of these. */
export function actOf(text: string, { acts, unmeant }: Pick<TalkWords, 'acts' | 'unmeant'>): TalkAct | undefined {
  const said = spoken(text);
  return said === '' || unmeant.some((shape) => shape.test(said))
    ? undefined
    : talkActs.find((act) => acts[act].some((shape) => shape.test(said)));
}

/** A message without stops and spaces; its particles stay: "那个漏水呢" asks, "那个漏水" does not. */
export function spoken(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\p{Z}\p{C}]/gu, '');
}

/** What is longer is more than a courtesy. */
const longestCourtesy = 40;

/**
 * "哦 那晓得了 谢谢你哈", "行 就这样 再见": what a message says that is made of such words alone, in whatever order; undefined when anything else
 * stands in it, or nothing but particles.
 * @param text in simplified characters
 */
export function courtesyIn(text: string, words: Courtesies): 'thank' | 'acknowledge' | undefined {
  let rest = spoken(text);
  if (rest.length > longestCourtesy) return undefined;
  const found = new Set<keyof Courtesies>();
  while (rest !== '') {
    const pieces = courtesies.map((kind) => ({ kind, length: Math.max(...words[kind].map((piece) => piece.exec(rest)?.[0].length ?? 0)) }));
    const [longest] = pieces.sort((a, b) => b.length - a.length);
    if (!longest || longest.length === 0) return undefined;
    found.add(longest.kind);
    rest = rest.slice(longest.length);
  }
  if (found.has('thank') || found.has('bye')) return 'thank';
  return found.has('heard') || found.has('going') ? 'acknowledge' : undefined;
}

/** Whether somebody tells that one of theirs has died. @param text in simplified characters */
export function isBereaved(text: string, { bereaved }: Pick<TalkWords, 'bereaved'>): boolean {
  const said = spoken(text);
  return bereaved.some((shape) => shape.test(said));
}

/** Below so many characters a courtesy is what is said. */
const leastMatter = 4;

/** What a message tells, without the headings and courtesies around it; the whole when nothing else is said. */
export function matterIn(text: string, { opening, closing }: Pick<TalkWords, 'opening' | 'closing'>): string {
  const told = text.trim().replace(opening, '').replace(closing, '').trim();
  return spoken(told).length < leastMatter ? text : told;
}

/** "不是X，是Y" in its parts; undefined when the message is none. `not` may be empty: "应该是Y". */
export function notThisBut(
  text: string,
  { notThis }: Pick<TalkWords, 'notThis'>,
): { readonly not: string; readonly but: string } | undefined {
  const found = notThis.exec(text.replace(/[，,。！!\s]+/gu, '').trim())?.groups;
  return found?.but === undefined
    ? undefined
    : { not: found.not ?? '', but: found.but.replace(/(?<![哈哦呢嘛了啊呀])[哈哦呢嘛了啊呀]+$/u, '') };
}

/** Characters that say nothing about which matter is meant. */
const idle =
  /[\d的了是在我你他她它们个那这些么吗呢吧啊嘛哦噻有没不就都还也说要去来到上下好得咯给把和跟又再很太一二三两几天人事件问情况请谢能会可以什怎样咋哪点里头楼栋单元号]/u;

/** Where something is of which one speaks, wherever that may be. */
const whereabouts = /隔壁|对门|对面|旁边|门口|楼[上下]|他家|那家/gu;

/** How much two texts have in common: pairs of characters count, single ones a little (0 when nothing). */
export function inCommon(one: string, other: string): number {
  const [a, b] = [spoken(one).replace(whereabouts, ''), spoken(other)];
  let common = 0;
  for (let at = 0; at < a.length; at++) {
    const [first = '', second = ''] = [a[at], a[at + 1]];
    if (idle.test(first)) continue;
    if (second !== '' && !idle.test(second) && b.includes(first + second)) common += 1;
    else if (b.includes(first)) common += 0.35;
  }
  return common;
}
