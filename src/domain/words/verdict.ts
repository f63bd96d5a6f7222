/** What an answer says of a case that is done: whether it is solved. */
export type Solved = 'yes' | 'partly' | 'no' | 'dropped';
/** … and whether they are satisfied. */
export type Satisfied = 'yes' | 'fairly' | 'no';
export type Plain = 'yes' | 'no';

/** What one clause says. `again`: what was good went bad once more; `self`: they have done it themselves; `skip`: nothing of the matter. */
export type Sign = Solved | Satisfied | 'again' | 'self' | 'rest' | 'said' | 'perhaps' | 'unsure' | 'skip';

export interface Rule {
  readonly sign: Sign;
  readonly shape: RegExp;
}

/** How people answer one question (data/verdicts.yaml). Every shape is tried in the order of the file; the first that fits counts. */
export interface VerdictWords {
  /** Whole answers. */
  readonly whole: ReadonlyMap<string, Sign>;
  /** What decides by itself, wherever it stands in the answer. */
  readonly shapes: readonly Rule[];
  /** What one clause says. */
  readonly clauses: readonly Rule[];
}

export interface Verdicts {
  /** What a new clause begins with, stop or no stop: "但是", "结果", "又". */
  readonly turns: RegExp;
  /** Speaks of the case that was done. */
  readonly about: RegExp;
  /** Says that something is as it was, or has come back. */
  readonly undone: RegExp;
  readonly solved: VerdictWords;
  readonly satisfied: VerdictWords;
  readonly plain: VerdictWords;
}

/** What is longer is a story: of it the beginning is read. */
const longest = 400;

/**
 * What an answer to "解决没有" says, from the whole of it: negations, turns and what came last count, never a first syllable. Undefined
 * where it says nothing of it, or cannot be made out.
 * @param text in simplified characters, otherwise as written
 */
export function readSolved(text: string, { solved, turns }: Verdicts): Solved | undefined {
  const signs = signsOf(text, solved, turns);
  const has = (sign: Sign) => signs.includes(sign);
  if (has('unsure')) return undefined;
  if (has('dropped') || has('self')) return 'dropped';
  if (has('rest') && !signs.some((sign) => sign === 'no' || sign === 'again')) return has('yes') ? 'yes' : 'dropped';
  if (has('partly') && signs.at(-1) !== 'again') return 'partly';
  const last = signs.findLast((sign) => sign === 'yes' || sign === 'no' || sign === 'again');
  if (last === undefined) return has('perhaps') ? 'no' : undefined;
  if (last === 'yes') return signs.lastIndexOf('perhaps') > signs.lastIndexOf('yes') ? 'partly' : 'yes';
  return last === 'no' && has('yes') ? 'partly' : 'no';
}

/** What an answer to "满不满意" says. Praise with a grievance beside it is 基本满意; what is said outright counts more than what is told. */
export function readSatisfied(text: string, { satisfied, turns }: Verdicts): Satisfied | undefined {
  const signs = signsOf(text, satisfied, turns);
  const has = (sign: Sign) => signs.includes(sign);
  if (has('unsure')) return undefined;
  if (has('fairly')) return 'fairly';
  if (has('said')) return has('dropped') ? 'fairly' : signs.lastIndexOf('said') < signs.lastIndexOf('no') ? 'fairly' : 'yes';
  if (has('dropped')) return 'no';
  if (has('yes') && has('no')) return 'fairly';
  return has('no') ? 'no' : has('yes') ? 'yes' : undefined;
}

/** Yes or no: what is said last. */
export function readPlain(text: string, { plain, turns }: Verdicts): Plain | undefined {
  const said = signsOf(text, plain, turns).findLast((sign) => sign === 'yes' || sign === 'no' || sign === 'unsure');
  return said === 'yes' || said === 'no' ? said : undefined;
}

/** What the clauses of an answer say, in their order. */
function signsOf(text: string, { whole, shapes, clauses }: VerdictWords, turns: RegExp): Sign[] {
  const said = plainly(text);
  const exact = whole.get(bareAnswer(said));
  if (exact !== undefined) return exact === 'skip' ? [] : [exact];
  const outright = firstOf(shapes, said);
  if (outright !== undefined) return [outright];
  const signs = clausesOf(said, turns).map((clause) => firstOf(clauses, clause));
  return signs.filter((sign) => sign !== undefined && sign !== 'skip') as Sign[];
}

function firstOf(rules: readonly Rule[], clause: string): Sign | undefined {
  return rules.find(({ shape }) => shape.test(clause))?.sign;
}

/** Small letters, half width, without the number of a choice before the words ("1、解决了"). */
function plainly(text: string): string {
  return text
    .slice(0, longest)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Cf}\p{M}]/gu, '')
    .trim()
    .replace(/^(?:选?[1-4][\s、.。,，:：)]+)(?=\P{N})/u, '');
}

/** The clauses, at stops and before turns; a question keeps its mark. */
function clausesOf(said: string, turns: RegExp): string[] {
  return said
    .split(/(?<=[?？])|[\s,，。.!！;；、:：~…]+/u)
    .flatMap((clause) => clause.split(new RegExp(`(?<=.)(?=${turns.source})`, 'u')))
    .filter((clause) => clause !== '');
}

/** Without stops, pictures and closing particles. Only pictures: those are the answer. */
export function bareAnswer(said: string): string {
  const words = said
    .replace(/[\p{P}\p{S}\p{Z}]/gu, '')
    .replace(/(?<=^.|[^吧呀啊哦嘛呢哈噻嘞撒哇咯啦喽滴])[吧呀啊哦嘛呢哈噻嘞撒哇咯啦喽滴]+$/u, '');
  return words === '' ? said.replace(/[\p{Z}]/gu, '') : words;
}
