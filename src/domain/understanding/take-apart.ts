/** Words that begin another question inside one breath. */
const another = /(?=还有就是|还有一个|还有个|还有|另外|顺便(?:问|再问)|再问(?:一下|个)?|对了)/u;

/** The same at the beginning of a clause: they say nothing of what it is about. */
const joined =
  /^(?:还有就是|还有一个|还有个|还有|再一个|再有|再就是|另外|顺便(?:问|再问)?|再问(?:一下|个)?|对了)[，,、：:\s]*(?:那个|那)?/u;

/** Where a sentence may go on with another clause: behind commas and blanks, before words that join, behind words that end a question. */
const joint =
  /(?<=[，,、：:\s])|(?=顺便|顺带|完了|同时|并且|以及|(?<!是不是|是否|要不要|需不需)还[要想]|你们|我还|那个|我那)|(?<=怎么办|咋个办|咋办|咋个搞|多少钱|好多钱|要好久|吗)(?!\p{P})/u;

/** Forms that ask, in the words of the region and of letters. */
const asking =
  /[吗么?？]|[不没]\p{P}{0,3}$|怎么|怎样|咋|哪|多少|好多(?![年人次])|几[张天号点时岁路]|什么|啥|为何|何[处时日地种]|谁|如何|是否|可否|能否|有没有|有没得|好久|多久|多长|请问|请告知|(\p{Script=Han})[不没]\1/u;

/** No message has more clauses that are looked at. */
const mostClauses = 16;

/** The clauses of a message, finer than the parts that are questions by themselves: where one of them asks, it must not be passed over. */
export function clausesOf(text: string): string[] {
  return takeApart(text)
    .flatMap((part) => longEnough(part.split(joint)))
    .map((clause) => clause.trim())
    .slice(0, mostClauses);
}

/** A clause without the words that only join it to what was said before. */
export function withoutJoint(clause: string): string {
  return clause.replace(joined, '') || clause;
}

const backwards = /(?:^|[，,、。：:\s])(?:那么?)?这(?:个|笔|种|些|样的?)(?:钱|证|卡|款|事|补贴|补助|奖励|待遇|情况|手续)/u;

/** Whether a clause of a part asks about what was said before it ("这个钱哪个发"): by itself it asks nothing. */
export function pointsBack(part: string): boolean {
  return backwards.test(part);
}

/** Whether a clause has a form that asks: what only names things, as half of a story does, has none. */
export function hasAskingForm(clause: string): boolean {
  return asking.test(clause.trim());
}

/**
 * The parts of a message that may be questions by themselves: at ends of sentences and before words that add another
 * question. Parts of less than four characters are joined to the one before. At most eight.
 */
export function takeApart(text: string): string[] {
  const pieces = text
    .split(/(?<=[。！!？?；;\n])|\n+/u)
    .flatMap((piece) => piece.split(another))
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
  return longEnough(pieces).slice(0, 8);
}

function longEnough(pieces: readonly string[]): string[] {
  const parts: string[] = [];
  for (const piece of pieces) {
    const bare = piece.replace(/[\p{P}\p{S}\s]/gu, '');
    if (bare.length < 4 && parts.length > 0) parts[parts.length - 1] += piece;
    else parts.push(piece);
  }
  return parts;
}
