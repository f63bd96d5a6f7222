/** A message up to this many characters is read as one. */
const oneWindow = 60;
/** A window has at most so many characters and clauses: as much as somebody who calls for help says. */
const longest = 45;
const mostClauses = 4;
/** What nobody parted by stops is cut after so many characters. */
const uncut = 15;

const clause = /[^，。！？；：、,.!?;:…~～\s]+[，。！？；：、,.!?;:…~～\s]*/gu;

/**
 * A long text as its windows: from every clause on two clauses, and as many as there is room for. What is said in the middle of 2,000
 * characters stands in some window as if it had been said alone. There are at most twice as many windows as clauses, and what is short is its own and
 * only window.
 */
export function windowsOf(text: string): string[] {
  if (text.length <= oneWindow) return [text];
  const clauses = (text.match(clause) ?? []).flatMap(cut);
  const windows: string[] = [];
  let reached = 0;
  for (let first = 0; first < clauses.length; first++) {
    let [window, next] = [clauses[first] ?? '', first + 1];
    let pair = window;
    while (next < clauses.length && next < first + mostClauses && window.length + (clauses[next] ?? '').length <= longest) {
      window += clauses[next++];
      if (next === first + 2) pair = window;
    }
    // What ends where the one before ended is a part of it.
    const goesOn = next > reached;
    if (goesOn) windows.push(window);
    if (next > first + 1 && !(goesOn && pair === window)) windows.push(pair);
    reached = Math.max(reached, next);
  }
  return windows.length > 0 ? windows : [text];
}

function cut(clause: string): string[] {
  if (clause.length <= longest) return [clause];
  return Array.from({ length: Math.ceil(clause.length / uncut) }, (_, piece) => clause.slice(piece * uncut, (piece + 1) * uncut));
}
