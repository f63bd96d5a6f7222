/** Characters that stand in any sentence; what is told in them is nothing in particular. */
const common = new Set(
  '的了是在我你您他她它们这那有没不就都还也很一个上下天人家好多吗呢吧啊嘛哦噻请来去到给和又太要说能得着过把被让从对里外面前后边点些么什怎哪搞弄',
);

/** Characters that tell nothing of a matter when they stand alone: of time, number, place and people. */
const commonAlone = new Set([
  ...common,
  ...'今昨早晚中午夜半时间分钟年月日星期周现已经可以会想问您麻烦谢师傅二三四五六七八九十两几只种条块件家户栋楼层单元路口门旁头底侧号东西南北正掉起成为所啥咋谁晓噶克咯哈自己像出回进走住放子儿娃孙妈爸奶爷婆老往第根',
]);

/**
 * How many pairs of characters two texts have in common, each counted once, without those that stand in any sentence: "烧烤店的油烟" and
 * "烧烤摊油烟大" share 烧烤 and 油烟. Linear in both.
 */
export function sharedPairs(one: string, other: string): number {
  const pairs = pairsOf(one);
  return [...pairsOf(other)].filter((pair) => pairs.has(pair)).length;
}

/** How many characters two texts have in common that tell of a matter: "感应灯不亮" and "灯泡不亮" share 灯 and 亮. Linear in both. */
export function sharedCharacters(one: string, other: string): number {
  const characters = charactersOf(one);
  return [...charactersOf(other)].filter((each) => characters.has(each)).length;
}

function charactersOf(text: string): Set<string> {
  return new Set([...text.normalize('NFKC')].filter((each) => /\p{Script=Han}/u.test(each) && !commonAlone.has(each)));
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
