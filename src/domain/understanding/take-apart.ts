/** Words that begin another question inside one breath. */
const another = /(?=还有就是|还有一个|还有个|还有|另外|顺便(?:问|再问)|再问(?:一下|个)?|对了)/u;

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
  const parts: string[] = [];
  for (const piece of pieces) {
    const bare = piece.replace(/[\p{P}\p{S}\s]/gu, '');
    if (bare.length < 4 && parts.length > 0) parts[parts.length - 1] += piece;
    else parts.push(piece);
  }
  return parts.slice(0, 8);
}
