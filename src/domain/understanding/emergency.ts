/** A danger to life or limb, and what is said at once to whoever tells of it. */
export interface EmergencyKind {
  readonly id: string;
  readonly title: string;
  /** The numbers to call, the first one first. */
  readonly call: readonly string[];
  /** Private chat: whom to call, then what to do. */
  readonly card: string;
  /** A group: one line. For a kind that is `privateOnly` it says nothing about the matter. */
  readonly groupCard: string;
  /** Whether what happened may be spoken of in private only. */
  readonly privateOnly: boolean;
  /** Whether its words are for who is on duty, directors and whoever takes it on: suicide, violence, children. */
  readonly restricted?: boolean;
  /** Whether it is as grave when it happens again and again: habit weakens no word of suicide, gas or violence. */
  readonly persists?: boolean;
  /** Where it is not sure: what is asked instead of whether somebody is in danger; and what is said when it is denied. */
  readonly ask?: string;
  readonly calm?: string;
  /** Cards for what the words tell besides ("躺起不动"); the first that fits is said instead. */
  readonly variants?: readonly CardVariant[];
}

/** What some of the words of a kind tell besides; `when` is a regular expression over the message in simplified characters. */
export interface CardVariant extends Partial<Pick<EmergencyKind, 'card' | 'call' | 'groupCard'>> {
  readonly when: string;
  /** They tell of this other kind. */
  readonly as?: string;
}

/** How to tell that a message is not about a danger to somebody now, although it has the words of one. */
export const guardNames = [
  'past',
  'habit',
  'question',
  'object',
  'others',
  'negation',
  'play',
  'nuisance',
  'paper',
  'doubt',
  'now',
] as const;
type GuardName = (typeof guardNames)[number];

/** The content of the file of emergencies: regular expressions, without slashes and flags. */
export interface EmergencyFile {
  /** Word lists ("被|遭|让"), which the expressions use by name: `{遭}`. */
  readonly words?: Readonly<Record<string, string>> | undefined;
  readonly kinds: readonly (EmergencyKind & {
    /** Somebody is in danger now. */
    readonly signs: readonly string[];
    /** The same, in words that nobody uses who does not mean it. */
    readonly plain?: readonly string[] | undefined;
    /** The same, where it is asked for: a question about ways to die is danger itself. */
    readonly sought?: readonly string[] | undefined;
    /** Somebody may be in danger: worth asking. */
    readonly maybe?: readonly string[] | undefined;
    /** The same, whatever the model makes of it: who settles affairs, or threatens. */
    readonly hints?: readonly string[] | undefined;
    /** Phrases of everyday life that hold the letters of a sign ("打不着火"). They are overlooked. */
    readonly harmless?: readonly string[] | undefined;
    /** What is typed with nothing besides to call for help: its number, its picture. */
    readonly shown?: readonly string[] | undefined;
  })[];
  /** Cards for words of any kind, where the kind says nothing of its own for them. */
  readonly situations?: readonly CardVariant[] | undefined;
  /** Read on the words around a sign, in which `※` stands for the sign itself. What each list does: see `judge`. */
  readonly guards: Readonly<Record<GuardName, readonly string[]>>;
}

interface WatchedKind extends EmergencyKind {
  readonly signs: readonly RegExp[];
  readonly plain: readonly RegExp[];
  readonly sought: readonly RegExp[];
  readonly maybe: readonly RegExp[];
  readonly hints: readonly RegExp[];
  readonly harmless: readonly RegExp[];
  readonly shown: readonly RegExp[];
}

/** The file of emergencies, ready for use. */
export interface EmergencyRules {
  /** In order of precedence: a message that shows two kinds is of the first. */
  readonly kinds: readonly WatchedKind[];
  readonly situations: readonly CardVariant[];
  readonly guards: Readonly<Record<GuardName, RegExp>>;
}

/** How many characters on either side can change what a sign means: of its clause, and for a weak sign of the message. */
const reach = 24;
const reachOfWeak = 120;

/** Up to this many characters between two stops are an adverb of what follows ("上个月，我家着火了"), not a clause. */
const longestAdverb = 3;

/** How often one sign is looked at in one message, so that no message takes long. */
const mostRepeats = 20;

const sign = '※';
const overlooked = '〇';

/** Makes the rules of a file. Throws a SyntaxError that names the kind or the guard whose expression is not one. */
export function compileEmergencyRules(file: EmergencyFile): EmergencyRules {
  const { words = {} } = file;
  const each = (sources: readonly string[] = [], name: string) => sources.map((source) => expression(source, words, name));
  const kinds = file.kinds.map(({ signs, plain, sought, maybe, hints, harmless, shown, ...kind }) => ({
    ...kind,
    signs: each(signs, kind.id),
    plain: each(plain, kind.id),
    sought: each(sought, kind.id),
    maybe: each(maybe, kind.id),
    hints: each(hints, kind.id),
    harmless: each(harmless, kind.id),
    shown: each(shown, kind.id),
  }));
  const guards = Object.fromEntries(guardNames.map((name) => [name, anyOf(each(file.guards[name], name))]));
  return { kinds, situations: file.situations ?? [], guards: guards as Record<GuardName, RegExp> };
}

/**
 * What the rules see in a message: the first kind with a clear sign of danger now, or else with a weak or doubtful one. `harmless`: it has
 * words of danger, and each of them stands where it tells of none ("上个月着过火", "热死了"). `play`: it is said in a game ("毒圈缩了 快来救我"), or of a blocked car.
 * `plain`: nobody says it who does not mean it ("我要自杀"). `sought`: it asks for danger itself ("吃百草枯几天死"). `hinted`: it is worth asking, whatever else is believed ("鸟送人了，你们保重").
 */
export interface Signs {
  readonly kind: EmergencyKind;
  readonly certainty: 'plain' | 'explicit' | 'sought' | 'hinted' | 'unsure' | 'harmless' | 'play';
}

/**
 * The danger to life or limb of which a message has the words, if any, by rules alone.
 *
 * `explicit`: somebody is in danger now, as far as the words go. `unsure`: worth asking whether somebody is. `harmless`: nobody is. A guard ("上个月",
 * "怎么预防") silences only the sign in its own clause, and words of the present ("现在", "快来") set aside the guards of time and of
 * asking. What the words mean in the whole of the message is for `hearDanger` to weigh.
 *
 * @param text a message in simplified characters, otherwise as written. Work is linear in its length.
 */
export function signsOfDanger(text: string, rules: EmergencyRules): Signs | undefined {
  const message = readable(text);
  // What players say is as urgent as can be, whatever its words.
  const [first] = rules.kinds;
  if (first && rules.guards.play.test(message)) return { kind: first, certainty: 'play' };
  const isPaper = rules.guards.paper.test(message);
  let hinted: EmergencyKind | undefined;
  let doubtful: EmergencyKind | undefined;
  let harmless: EmergencyKind | undefined;
  for (const kind of rules.kinds) {
    const verdict = verdictOf(message, kind, (...clause) => judge(clause, kind, isPaper, rules.guards));
    if (verdict === 'explicit' || verdict === 'plain' || verdict === 'sought') return { kind, certainty: verdict };
    if (verdict === 'hinted') hinted ??= kind;
    if (verdict === 'doubtful') doubtful ??= kind;
    if (verdict === 'harmless') harmless ??= kind;
  }
  if (hinted) return { kind: hinted, certainty: 'hinted' };
  if (doubtful) return { kind: doubtful, certainty: 'unsure' };
  if (first && rules.guards.nuisance.test(message)) return { kind: first, certainty: 'play' };
  return harmless && { kind: harmless, certainty: 'harmless' };
}

/** What a sign means where it stands. `harmless`: it is there, but tells of no danger now. */
type Verdict = 'explicit' | 'doubtful' | 'harmless';

function verdictOf(
  message: string,
  kind: WatchedKind,
  judged: (...clause: Clause) => Verdict,
): Verdict | 'plain' | 'sought' | 'hinted' | 'nothing' {
  const said = kind.harmless.reduce((rest, phrase) => rest.replace(phrase, (found) => overlooked.repeat(found.length)), message);
  if (!matches(said, kind.sought).next().done) return 'sought';
  const judge = ({ start, end }: Span) => judged(clauseBefore(message, start), message.slice(start, end), clauseAfter(message, end));
  for (const span of matches(said, kind.plain)) if (judge(span) === 'explicit') return 'plain';
  const verdicts = new Set<Verdict>();
  for (const span of matches(said, kind.signs)) {
    const verdict = judge(span);
    if (verdict === 'explicit') return verdict;
    verdicts.add(verdict);
  }
  for (const span of matches(said, kind.hints)) if (judge(span) === 'explicit') return 'hinted';
  // A weak sign counts only when nothing far and wide speaks against it.
  for (const { start, end } of matches(said, kind.maybe)) {
    if (verdicts.has('doubtful')) break;
    const verdict = judged(message.slice(Math.max(0, start - reachOfWeak), start), '', message.slice(end, end + reachOfWeak));
    verdicts.add(verdict === 'harmless' ? verdict : 'doubtful');
  }
  if (verdicts.has('doubtful')) return 'doubtful';
  const inPhrase = said !== message && !matches(message, kind.signs).next().done;
  return inPhrase || verdicts.has('harmless') ? 'harmless' : 'nothing';
}

/** What stands before a sign in its clause, the sign itself, and what stands after it. */
type Clause = [before: string, found: string, after: string];

/** What a sign means in its clause. */
function judge([before, found, after]: Clause, { persists }: EmergencyKind, isPaper: boolean, guards: EmergencyRules['guards']): Verdict {
  const clause = before + sign + after;
  if (guards.negation.test(clause) || guards.others.test(clause) || guards.object.test(clause)) return 'harmless';
  // Adverbs of time may stand inside a sign, too: "老公又打我", "老公经常打我".
  const spelt = before + found + sign + after;
  const now = Math.max(indexOf(guards.now, clause), indexOf(guards.now, spelt));
  // "上次没管现在又着火了" tells of now, "现在想问去年着火的事" does not: the later word counts.
  const over = Math.max(indexOf(guards.past, spelt), persists ? -1 : indexOf(guards.habit, spelt));
  if (over > now) return 'harmless';
  if (now >= 0) return 'explicit';
  // Claims and notices speak of dangers far from the words that give them away.
  if (isPaper || guards.question.test(clause)) return 'harmless';
  return guards.doubt.test(clause) ? 'doubtful' : 'explicit';
}

function indexOf(guard: RegExp, clause: string): number {
  return guard.exec(clause)?.index ?? -1;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** By `exec`: `matchAll` makes a new expression of each of some hundred, every time. */
function* matches(message: string, expressions: readonly RegExp[]): Generator<Span> {
  for (const each of expressions) {
    each.lastIndex = 0;
    let found = each.exec(message);
    for (let repeats = 0; found && repeats < mostRepeats; repeats++) {
      const { index } = found;
      const end = index + found[0].length;
      yield { start: index, end };
      each.lastIndex = end > index ? end : end + 1;
      found = each.exec(message);
    }
  }
}

function clauseBefore(message: string, start: number): string {
  const clauses = message.slice(Math.max(0, start - reach), start).split(' ');
  const adverb = clauses.at(-2);
  return clauses.slice(adverb && adverb.length <= longestAdverb ? -2 : -1).join(' ');
}

function clauseAfter(message: string, end: number): string {
  return message
    .slice(end, end + reach)
    .split(' ', 1)
    .join();
}

/** "不是开玩笑": a negation that takes nothing back. */
const inEarnest = /(?:不是|没有?|没得)(?:在|跟你们?)?(?:开玩笑|骗[你您人]们?|吓[你您人]们?|说笑|说着玩)的?/gu;

/** NFKC, lower case, every run of stops and spaces as one space. */
function readable(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Cf}/gu, '')
    .replace(inEarnest, ' ')
    .replace(/[\p{P}\p{S}\p{Z}\p{C}]+/gu, ' ')
    .trim();
}

function expression(source: string, words: Readonly<Record<string, string>>, name: string): RegExp {
  try {
    return new RegExp(
      source.replace(/\{(\p{Script=Han}+)\}/gu, (unknown, word: string) => (words[word] ? `(?:${words[word]})` : unknown)),
      'gu',
    );
  } catch (error) {
    throw new SyntaxError(`${name}: ${(error as Error).message}`);
  }
}

/** One expression for several; none finds nothing. */
function anyOf(expressions: readonly RegExp[]): RegExp {
  return new RegExp(expressions.map(({ source }) => `(?:${source})`).join('|') || '(?!)', 'u');
}
