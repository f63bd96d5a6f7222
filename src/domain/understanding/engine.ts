import { mask, withoutNumbers } from '../words/masking.ts';
import { bareWords } from '../words/short-answer.ts';
import { type ActBeliefs, readActs } from './acts.ts';
import { matterOf, withoutAddress } from './courtesies.ts';
import { dangerByRules, hearDanger, weighDanger } from './danger.ts';
import type { EmergencyRules } from './emergency.ts';
import { facetOf } from './facet.ts';
import { bareFacetMatcher, type FacetCues, facetCueFinder, plainNameMatcher } from './facet-cues.ts';
import { featuresOf } from './features.ts';
import { fitting, grievanceIn, surest } from './fitting.ts';
import { clauseReader, type ReadClause } from './hashed.ts';
import { highest } from './highest.ts';
import type { Language } from './language.ts';
import { emergencyTopic, isAction, isGrievance, type Lessons } from './lessons.ts';
import { judge } from './logistic.ts';
import { withoutNames } from './names.ts';
import { believed, type Seen, see } from './network.ts';
import { bounded, type Lexicon, normaliser } from './normalise.ts';
import { rank } from './ranking.ts';
import { reasonsFor } from './reasons.ts';
import type { Candidate, Context, Emergency, Explain, Facet, Question, Understand, Understood } from './result.ts';
import { agreed, sentencesOf } from './sentences.ts';
import { corrector, type Spelling } from './spelling.ts';
import { clausesOf, hasAskingForm, pointsBack, takeApart, withoutJoint } from './take-apart.ts';
import type { Model } from './training.ts';
import { type Vector, vectorOf } from './vocabulary.ts';

/** A choice is offered from here on: of several topics, and of one alone. */
const guessed = { several: 0.25, one: 0.45 };
/** Who is believed from here on to chat talks of what others complain of. */
const mostlyTalks = 0.6;
/** A part of a message counts as a question of its own from here on. */
const surePart = 0.05;
/** Beside something else these are said out of politeness. */
const courtesies: ReadonlySet<string> = new Set(['action.thanks', 'action.greeting']);
/** What asks on about a topic ("能不能手机上弄，我没空跑") is no shorter and no longer, and so sure to ask. */
const shortestFollowUp = 3;
const longestFollowUp = 16;
const surelyAsks = 0.8;

/** A clause asks something else than the rest: so long, like some topic, and not even so much like one that is answered. */
const shortestBeside = 6;
const likeNone = 0.2;
const alike = 0.15;
/** From here on it is answered… */
const surelyBeside = 0.68;
/** … and from here on even where it is the only question of a story, or may not quite ask. */
const surelyElse = 0.78;
const perhapsAsks = 0.45;
/** So sure is what people call it by: not enough to speak up unasked. */
const plainlyNamed = 0.85;
/** Words that only press a question. */
const pressing = /^(?:现在|到底|究竟)+/u;
/** So many facets are answered beside the first. */
const mostFurther = 2;
/** What somebody wants beside anything: to be called. */
const callback = 'action.callback';
const wantsCall = 0.2;
/** "电话打不通": whom one could not reach is not asked to call. */
const notReached = /打不通|没人接|不接|关机|空号|停机/u;
/** Longer messages are read once for danger. */
const rereadAtMost = 60;
/** Longer messages (characters) tell one story in many clauses. */
const longestRead = 100;

/** Reads messages, and tells why it read one as it did. */
export interface Reader {
  readonly understand: Understand;
  readonly explain: Explain;
  /** By the rules alone: for when nothing else works. */
  readonly emergencyOf: (text: string) => Emergency | null;
  /** Traditional characters as simplified ones: what tables of words are written in. */
  readonly simplify: (text: string) => string;
  /** True where nothing was learnt yet: it hears danger by the rules, and understands nothing else. */
  readonly learning: boolean;
}

/** A reader that has learnt nothing yet. */
export function beginner(language: Language, emergencies: EmergencyRules): Reader {
  const emergencyOf = (text: string) => dangerByRules(language.simplify(text), emergencies) ?? null;
  return {
    understand: (said) => {
      const text = withoutNumbers(mask(said).text);
      return { questions: [notUnderstood(text)], emergency: emergencyOf(text), act: null };
    },
    explain: (said) => {
      const danger = emergencyOf(said);
      const heard = danger ? { kind: danger.kind.id, belief: danger.belief } : null;
      return { decision: 'decline', facet: null, confidence: 0, answerFrom: 1, clarifyFrom: 1, reasons: [], act: null, danger: heard };
    },
    emergencyOf,
    simplify: language.simplify,
    learning: true,
  };
}

function notUnderstood(text: string): Question {
  return { text, decision: 'decline', candidates: [], topic: null, facet: null, choices: [] };
}

/** A text that is read for several things, each time in the same words. */
interface Text {
  readonly text: string;
  /** Without what says nothing: as typed, as it surely was meant (what it is about is read in this), and as it may have been meant. */
  readonly typed: string;
  readonly normal: string;
  readonly perhaps: string;
  /** What is read of it for its topic, and what that shows. */
  readonly matter: string;
  readonly vector: Vector;
  readonly seen: Seen;
  readonly act: ActBeliefs | null;
}

/** What stands beside a clause. */
interface Rest {
  /** What was decided on the message. */
  readonly as: Question['decision'];
  /** The topics that are answered, or offered as a choice. */
  readonly taken: ReadonlySet<string>;
  /** So many clauses have a form that asks. */
  readonly asking: number;
}

/** Whether a message names a facet, asks, and tells of no topic: of what was talked about it asks one thing more. */
function asksOn({ decision, facet, candidates }: Question, normal: string, act: ActBeliefs | null): boolean {
  const knows = decision === 'answer' || (candidates[0]?.score ?? 0) >= guessed.one;
  return (
    !knows && facet !== null && normal.length >= shortestFollowUp && normal.length <= longestFollowUp && (act?.question ?? 0) >= surelyAsks
  );
}

/** What all readers over a model have in common: one community after another gets a reader, and each of these takes time and megabytes. */
const readyFor = onceEach(({ phrasings, ranker: { topics, neighbours } }: Model) => ({
  fits: fitting(topics),
  // As written: to make each of them bare would take a third of a second.
  learnt: new Map(phrasings.map((phrasing, number) => [phrasing, neighbours.labels[number]])),
  room: new Float32Array(neighbours.labels.length),
}));
/** … and all with the same words, whose expressions are long. */
const normaliserOf = onceEach((language: Language) => onceEach((lexicon: Lexicon) => normaliser(language, lexicon)));
const correctorOf = onceEach((language: Language) => onceEach((spelling: Spelling) => corrector(spelling, language)));
const facetsNamedBy = onceEach((cues: FacetCues) => ({ bareFacet: bareFacetMatcher(cues), namedFacet: facetCueFinder(cues) }));

/** Makes something of each object once, as long as that is there. */
function onceEach<Key extends object, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const made = new WeakMap<Key, { readonly it: Made }>();
  return (key) => {
    const before = made.get(key);
    if (before) return before.it;
    const it = make(key);
    made.set(key, { it });
    return it;
  };
}

/** Whether a message that names a facet may be about what was talked about, or about something else: then it is about that. */
function staysWith({ decision, facet, choices }: Question, topic: string): boolean {
  return decision === 'clarify' && facet !== null && choices.includes(topic);
}

/** A reader of messages over what was learnt. */
export function reader(
  model: Model,
  lessons: Pick<Lessons, 'facetCues' | 'lexicon'>,
  language: Language,
  emergencies: EmergencyRules,
): Reader {
  const normalise = normaliserOf(language)(lessons.lexicon);
  const { bareFacet, namedFacet } = facetsNamedBy(lessons.facetCues);
  const plainName = plainNameMatcher(lessons.facetCues, lessons.lexicon.names);
  const { rejection, ranker, network } = model;
  const putRight = correctorOf(language)(model.spelling);
  const { fits, learnt, room } = readyFor(model);

  /** What a normalised text shows of what it is about. */
  const look = (normal: string) => {
    const matter = bounded(withoutNames(matterOf(normal)));
    const vector = vectorOf(featuresOf(matter, language), model.vocabulary);
    return { matter, vector, seen: see(network, vector) };
  };
  const open = (text: string, clause: ReadClause): Text => {
    const typed = normalise(text);
    const { surely: normal, perhaps } = putRight(typed);
    const shown = look(normal);
    return { text, typed, normal, perhaps, ...shown, act: readActs({ classifier: model.acts, network }, normal, shown.seen, clause) };
  };
  const dangerIn = (hear: typeof weighDanger, simple: string, normal: string, seen: Seen, clause: ReadClause) => {
    const shares = believed(network, 'kinds', seen);
    const kinds = new Map(model.kinds.map((kind, number) => [kind, shares[number] ?? 0]));
    const [, danger = 0] = believed(network, 'danger', seen);
    return hear({ simple, normal: withoutAddress(normal), danger, kinds }, emergencies, model.danger, clause);
  };
  /**
   * Danger must be heard through any spelling, while names and jokes that nobody has phrased are no topic's words: it is read as it was typed
   * and as it may have been meant, and believed as the one that tells of it more. A longer message is read once, as it may have been meant:
   * the words around a mistake tell what they tell.
   */
  const dangerOf = ({ text, typed, perhaps, seen }: Text, hear: typeof weighDanger, clause: ReadClause) => {
    const simple = language.simplify(text);
    if (perhaps === typed) return dangerIn(hear, simple, typed, seen, clause);
    const meant = simple === typed ? perhaps : putRight(simple).perhaps;
    if (perhaps.length > rereadAtMost) return dangerIn(hear, meant, perhaps, seen, clause);
    const asTyped = dangerIn(hear, simple, typed, seen, clause);
    const asMeant = dangerIn(hear, meant, perhaps, look(perhaps).seen, clause);
    return asMeant && asMeant.belief > (asTyped?.belief ?? Number.NEGATIVE_INFINITY) ? asMeant : asTyped;
  };

  const ranked = (vector: Vector, seen: Seen, length: number) => rank(ranker, vector, believed(network, 'topics', seen), length, room);
  const sharesOf = (sentence: string) => {
    const vector = vectorOf(featuresOf(sentence, language), model.vocabulary);
    return ranked(vector, see(network, vector), sentence.length).shares;
  };

  /** Reads one question by itself. */
  const read = ({ text, matter: normal, vector, seen, act }: Text): Question & { readonly confidence: number } => {
    if (vector.ids.length === 0 || !/[\p{L}\p{N}]/u.test(normal)) return { ...notUnderstood(text), confidence: 0 };
    const ranking = ranked(vector, seen, normal.length);
    const { signs } = ranking;
    // In the very words of a phrasing that was learnt, it is sure.
    const same = learnt.get(text) ?? learnt.get(bareWords(text));
    const right = same !== undefined && same === ranking.order[0] ? surest : judge(rejection.right, signs);
    const shares = agreed(ranking.shares, sentencesOf(normal).map(sharesOf));
    const top = Math.max(...shares) || 1;
    // How sure it is of a topic grows and shrinks with how well the topic goes with what the message does.
    const weighed = act ? fits.weighed(shares, act) : shares;
    const candidates = highest(weighed, 5).map((topic) => ({
      topic: ranker.topics[topic] ?? '',
      score: Math.min(surest, (right * (weighed[topic] ?? 0)) / top),
    }));
    const plain = same === undefined ? plainName(normal) : undefined;
    if (plain !== undefined) {
      const facet = facetOf(model.facets, vector, plain, namedFacet(normal));
      const others = candidates.filter(({ topic }) => topic !== plain).slice(0, 4);
      const score = Math.max(plainlyNamed, candidates.find(({ topic }) => topic === plain)?.score ?? 0);
      return {
        text,
        decision: 'answer',
        candidates: [{ topic: plain, score }, ...others],
        topic: plain,
        facet,
        choices: [],
        confidence: score,
      };
    }
    const sure = candidates[0]?.score ?? 0;
    const choices = choicesOf(candidates);
    const guess = choices.length > 1 ? guessed.several : guessed.one;
    const talks = act !== null && isGrievance(candidates[0]?.topic ?? '') && act.chat >= mostlyTalks;
    const unclear = sure >= guess && judge(rejection.near, signs) >= rejection.clarifyFrom && !talks;
    const taken =
      sure >= rejection.answerFrom || !act
        ? undefined
        : grievanceIn(candidates, { category: fits.categories(shares), unclear, length: normal.length }, act);
    const decided = taken !== undefined || sure >= rejection.answerFrom ? 'answer' : unclear ? 'clarify' : 'decline';
    // "报", "匿": one character is a wish at most.
    const decision = normal.length < 2 && !isAction(candidates[0]?.topic ?? '') ? 'decline' : decided;
    const topic = decision === 'answer' ? (taken ?? candidates[0]?.topic ?? null) : null;
    return {
      text,
      decision,
      candidates,
      topic,
      facet: facetOf(model.facets, vector, candidates[0]?.topic ?? null, namedFacet(normal)),
      choices: decision === 'clarify' ? choices : [],
      confidence: sure,
    };
  };

  /** What a clause is beside the rest: a question of its own, one that is not surely understood, or none. */
  const besideOf = (each: string, { as, taken, asking }: Rest, clause: ReadClause): Question | 'unheard' | undefined => {
    const bare = withoutJoint(each);
    if (bare.length < shortestBeside || pointsBack(bare)) return undefined;
    const opened = open(bare, clause);
    const { question = 0, call = 0 } = opened.act ?? {};
    // Where nothing is understood as a whole, what one clause asks is what the message asks.
    const asksFrom = as === 'decline' ? surelyAsks : perhapsAsks;
    const mayAsk = hasAskingForm(bare) && question >= asksFrom;
    const mayCall = as === 'answer' && call >= wantsCall && !notReached.test(bare);
    if (!mayAsk && !mayCall) return undefined;
    // With the words that join it: they say that it is another.
    const part = { ...read(opened), text: each };
    const [leads] = part.candidates;
    // What is like no topic ("要带什么"), or somewhat like one that is answered, asks on about that.
    if (leads === undefined || (leads.score < likeNone && bare === each)) return undefined;
    if (part.candidates.some(({ topic, score }) => taken.has(topic) && score >= leads.score * alike)) return undefined;
    const isSure = part.confidence >= surelyElse;
    if (part.topic === callback) return isSure && mayCall ? part : undefined;
    if (!mayAsk) return undefined;
    const asks = part.topic !== null && !isGrievance(part.topic);
    // What is to be done ("帮我算") is asked for in clauses that would be questions by themselves.
    const acts = bare === each && [...taken].some(isAction);
    if (asks && isSure && as !== 'clarify' && !acts && !isAction(part.topic ?? '')) return part;
    if (as === 'decline') return undefined;
    // The only question of a story is what the story leads to.
    if (question < surelyAsks || (asking < 2 && bare === each)) return undefined;
    // Nor does what names a facet and little more ask something else, unless it begins with words that say so.
    if (bareFacet(opened.normal.replace(pressing, '')) !== undefined || (bare === each && asksOn(part, opened.normal, opened.act)))
      return undefined;
    return asks && part.confidence >= surelyBeside ? part : 'unheard';
  };

  /** Of the one topic that is asked about, the facets that further clauses ask for ("要多少钱？几天能拿到？"). */
  const furtherFacets = (questions: readonly Question[], clauses: readonly string[]): Question[] => {
    const [first] = questions;
    const topic = first?.decision === 'answer' && questions.every((each) => each.topic === first.topic) ? first.topic : null;
    if (!first || topic === null || isGrievance(topic) || isAction(topic)) return [];
    const further = new Map<Facet, string>();
    for (const text of clauses) {
      const facet = hasAskingForm(text) ? (bareFacet(normalise(withoutJoint(text))) ?? null) : null;
      if (facet !== null && questions.every((each) => each.facet !== facet)) further.set(facet, text);
    }
    return [...further].slice(0, mostFurther).map(([facet, text]) => ({ ...first, facet, text }));
  };

  /** The clauses that surely ask something else than was understood: those that are surely understood by themselves, and those that are not. */
  const beside = (text: string, questions: readonly Question[], clause: ReadClause): { heard: Question[]; unheard: string[] } => {
    const taken = new Set(questions.flatMap(({ topic, choices }) => (topic === null ? choices : [topic])));
    const clauses = text.length > longestRead ? [] : clausesOf(matterOf(text));
    if (clauses.length < 2) return { heard: [], unheard: [] };
    const rest: Rest = { as: questions[0]?.decision ?? 'decline', taken, asking: clauses.filter(hasAskingForm).length };
    const found = clauses.map((each) => ({ each, is: besideOf(each, rest, clause) }));
    return {
      heard: [...furtherFacets(questions, clauses), ...found.flatMap(({ is }) => (is === undefined || is === 'unheard' ? [] : [is]))],
      unheard: found.flatMap(({ each, is }) => (is === 'unheard' ? [withoutJoint(each)] : [])),
    };
  };

  /** A question within a talk: where it is about nothing by itself, what it asks for is a facet of what is being talked about. */
  const within = (question: ReturnType<typeof read>, { normal, vector }: Text, { topic }: Context) =>
    topic === undefined || question.decision === 'answer'
      ? question
      : { ...question, facet: facetOf(model.facets, vector, topic, namedFacet(normal)) };

  const understand: Understand = (said, context = {}) => {
    const clause = clauseReader(language);
    const message = open(withoutNumbers(mask(said).text), clause);
    const { text, normal, act } = message;
    const whole = within(read(message), message, context);
    const emergency = dangerOf(message, hearDanger, clause) ?? null;
    const pointed = context.topic === undefined ? undefined : bareFacet(normal);
    if (pointed !== undefined && context.topic !== undefined && (pointed !== null || whole.decision !== 'answer')) {
      return { questions: [{ ...whole, decision: 'answer', topic: context.topic, facet: pointed }], emergency, act };
    }
    if (context.topic !== undefined && (asksOn(whole, normal, act) || staysWith(whole, context.topic))) {
      return { questions: [{ ...whole, decision: 'answer', topic: context.topic, follows: true }], emergency, act };
    }
    const withBeside = (questions: readonly [Question, ...Question[]]): Understood => {
      const { heard, unheard } = beside(text, questions, clause);
      const [first, ...more] = questions[0].decision === 'decline' ? heard : [];
      return {
        questions: first ? [first, ...more] : [...questions, ...heard],
        ...(unheard.length === 0 ? {} : { unheard }),
        emergency,
        act,
      };
    };
    const parts = takeApart(matterOf(text));
    const sure = (parts.length < 2 ? [] : parts)
      .filter((part, number) => number === 0 || !pointsBack(part))
      .map((part) => ({ ...read(open(withoutJoint(part), clause)), text: part }))
      .filter((part) => part.confidence >= rejection.answerFrom + surePart && !courtesies.has(part.topic ?? ''));
    const topics = new Set(sure.map((part) => part.topic));
    // What one part alone asks is the whole's question only if the whole sounds like it too: nouns of a story ask nothing. "另外问一下" tells no story.
    const [leads] = whole.candidates;
    const goesOn = parts.some((part) => withoutJoint(part) !== part && hasAskingForm(part));
    if (topics.size >= 2 || (topics.size === 1 && (goesOn || (whole.decision !== 'answer' && topics.has(leads?.topic ?? null))))) {
      const [first, ...rest] = sure;
      if (first) return withBeside([first, ...rest]);
    }
    return withBeside([whole]);
  };

  const explain: Explain = (said) => {
    const clause = clauseReader(language);
    const message = open(withoutNumbers(mask(said).text), clause);
    const { decision, facet, candidates, confidence } = read(message);
    const danger = dangerOf(message, weighDanger, clause);
    return {
      decision,
      facet,
      confidence,
      answerFrom: rejection.answerFrom,
      clarifyFrom: rejection.clarifyFrom,
      reasons: reasonsFor(candidates.slice(0, 3), message.matter, language, model),
      act: message.act,
      danger: danger ? { kind: danger.kind.id, belief: danger.belief } : null,
    };
  };

  return {
    understand,
    explain,
    emergencyOf: (text) => dangerByRules(language.simplify(text), emergencies) ?? null,
    simplify: language.simplify,
    learning: false,
  };
}

/** Two to four topics that are not far behind the best. Danger is no line of a list: it is asked about in plain words, or not at all. */
function choicesOf(candidates: readonly Candidate[]): string[] {
  const best = candidates[0]?.score ?? 0;
  const close = candidates
    .filter(({ topic }) => topic !== emergencyTopic)
    .filter(({ score }, index) => score >= best * (index < 2 ? 0.15 : 0.3));
  return close.slice(0, 4).map(({ topic }) => topic);
}
