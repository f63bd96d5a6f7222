/** Characters that stand in any sentence; what is told in them is nothing in particular. */
const common = new Set(
  '的了是在我你您他她它们这那有没不就都还也很一个上下天人家好多吗呢吧啊嘛哦噻请来去到给和又太要说能得着过把被让从对里外面前后边点些么什怎哪搞弄',
);

/**
 * How many pairs of characters two texts have in common, each counted once, without those that stand in any sentence: "烧烤店的油烟" and
 * "烧烤摊油烟大" share 烧烤 and 油烟. Linear in both.
 */
export function sharedPairs(one: string, other: string): number {
  const pairs = pairsOf(one);
  return [...pairsOf(other)].filter((pair) => pairs.has(pair)).length;
}

function pairsOf(text: string): Set<string> {
  const characters = [...text.normalize('NFKC')];
  const pairs = characters.slice(1).flatMap((second, at) => {
    const first = characters[at] ?? '';
    const isWord = [first, second].every((each) => /\p{Script=Han}/u.test(each) && !common.has(each));
    return isWord ? [first + second] : [];
  });
  return new Set(pairs);
}
