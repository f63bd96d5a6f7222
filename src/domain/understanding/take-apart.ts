/** Words that begin another question inside one breath. */
const another = /(?=还有就是|还有一个|还有个|还有|再一个|再有|再就是|另外|顺便(?:问|再问)|再问(?:一下|个)?|对了)/u;

/** The same at the beginning of a part: they say nothing of what it is about. */
const joined =
  /^(?:还有就是|还有一个|还有个|还有|再一个|再有|再就是|另外|顺便(?:问|再问)?|再问(?:一下|个)?|对了|又|另)[，,、：:\s]*(?:那个|那|我)?/u;

/** Where a sentence may go on with another matter: behind commas and blanks, before words that join, behind words that ask. */
const joint =
  /(?<=[，,、：:\s])|(?=顺便|顺带|完了|同时|并请|并且|以及|还要|还想|你们|我还|那个|我那)|(?<=怎么办|咋个办|咋办|咋个搞|[哪点里][办领报查补交买]|好多钱|多少钱|几多钱|要好久|好多|多少|[带要]哪样|吗|不得|没得|[办要能会有得行去管收来讲领了]不)(?![\p{P}办要能会有得行去管收来讲领住用])/u;

/** Forms that ask, in the words of the region and of letters. */
const asking =
  /[吗么?？]|[不没]\p{P}{0,3}$|怎么|怎样|咋|哪|多少|好多|几|什么|啥|为何|何[处时日地种]|谁|如何|是否|可否|能否|有没有|有没得|好久|多久|多长|请问|请告知|(\p{Script=Han})[不没]\1/u;

/** Fewer characters are no matter by themselves. */
const least = 4;
const mostParts = 8;
const mostPieces = 10;

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
  return longEnough(pieces).slice(0, mostParts);
}

/** The pieces of a part that may be matters by themselves: finer than sentences. At most ten; joined they are the part. */
export function piecesOf(part: string): string[] {
  const pieces = longEnough(part.split(joint));
  return pieces.length <= mostPieces ? pieces : [...pieces.slice(0, mostPieces - 1), pieces.slice(mostPieces - 1).join('')];
}

/** A part without the words that only join it to what was said before. */
export function withoutJoint(part: string): string {
  return part.trim().replace(joined, '') || part;
}

/** Whether a part has a form that asks: what only names things, as half of a story does, has none. */
export function hasAskingForm(part: string): boolean {
  return asking.test(part.trim());
}

function longEnough(pieces: readonly string[]): string[] {
  const parts: string[] = [];
  for (const piece of pieces) {
    const bare = piece.replace(/[\p{P}\p{S}\s]/gu, '');
    if (bare.length < least && parts.length > 0) parts[parts.length - 1] += piece;
    else parts.push(piece);
  }
  return parts;
}
