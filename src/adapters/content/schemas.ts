import { z } from 'zod';
import { appealKinds } from '../../domain/appeals/appeal.ts';
import { spotKinds } from '../../domain/content/community-map.ts';
import { chats, courtesies, sufferings } from '../../domain/content/knowledge.ts';
import { alarmPrefix } from '../../domain/danger/alarm-number.ts';
import { isQuiet } from '../../domain/time/quiet-hours.ts';
import { nextSlots } from '../../domain/time/schedule.ts';
import { guardNames } from '../../domain/understanding/emergency.ts';
import { facets } from '../../domain/understanding/result.ts';
import { type WishWords, wishes } from '../../domain/words/negation.ts';
import { bareAnswer, type VerdictWords } from '../../domain/words/verdict.ts';
import { readSchedule } from './cron.ts';

/** The forms of the files below intents/ and data/. Unknown keys are mistakes: a misspelt key must not be lost silently. */

export const text = z.string().trim().min(1);
export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date is written 2026-11-23');
export const topicId = z.string().regex(/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)?$/, 'an id is written section.name, in small letters');
const evidence = z.enum(['law', 'official', 'office', 'media', 'memory']);
export const facet = z.enum(facets);

/** A regular expression over the text of a message (flags `iu`). */
export const pattern = text.transform(expression);

function expression(source: string, context: z.RefinementCtx): RegExp {
  try {
    return new RegExp(source, 'iu');
  } catch (error) {
    context.addIssue({ code: 'custom', message: `not a regular expression: ${(error as Error).message}` });
    return z.NEVER;
  }
}

export const intentsFile = z.array(
  z.strictObject({
    id: topicId,
    title: text.exactOptional(),
    utterances: z.array(text).default([]),
    facets: z.partialRecord(facet, z.array(text)).default({}),
  }),
);

export const categoriesFile = z.array(
  z.strictObject({
    id: topicId,
    title: text,
    kind: z.enum(appealKinds),
    what: text,
    where: text.exactOptional(),
    advice: text.exactOptional(),
    personal: z.boolean().default(false),
    discreet: z.boolean().default(false),
    urgent: z.boolean().default(false),
    urgentWhen: z.array(pattern).default([]),
    things: z.array(pattern).default([]),
    sources: z
      .array(
        z.union([z.strictObject({ law: text, articles: z.coerce.string().exactOptional() }), z.strictObject({ note: text, evidence })]),
      )
      .default([]),
  }),
);

export const actionsFile = z.array(z.strictObject({ id: topicId, title: text }));

/** The path of a page of the site: /, /news. */
const sitePath = z.string().regex(/^\/[a-z-]{0,40}$/, 'is no page of the site: /, /news, /places …');

const menuItem = z.strictObject({
  title: text,
  words: z.array(text).default([]),
  section: text.exactOptional(),
  policy: z.boolean().exactOptional(),
  topic: topicId.exactOptional(),
  page: sitePath.exactOptional(),
  onSite: sitePath.exactOptional(),
  first: z.array(topicId).default([]),
  news: text.exactOptional(),
  get items() {
    return z.array(menuItem).default([]);
  },
});
export const menuFile = z.strictObject({
  items: z.array(menuItem).min(1),
  human: z.strictObject({ title: text, words: z.array(text), topic: topicId }),
});
export type MenuEntry = z.output<typeof menuItem>;

export const communityFile = z.strictObject({
  name: text,
  district: text,
  city: text,
  areaCode: z.string().regex(/^0\d{2,3}$/, 'the area code of its telephones, in quotes: "0858"'),
  province: text,
  app: text,
  prefix: z
    .string()
    .regex(/^[A-Z]{1,4}$/, 'one to four capital letters')
    .refine((prefix) => prefix !== alarmPrefix, { error: `${alarmPrefix} begins the numbers of alarms` }),
  botName: text,
  friends: z
    .strictObject({ greetings: z.array(text).default([]), aDay: z.number().int().min(0).max(100).default(30) })
    .default({ greetings: [], aDay: 30 }),
  icp: text.exactOptional(),
  police: text.exactOptional(),
});

export const shortAnswersFile = z.strictObject({
  yes: z.array(text),
  no: z.array(text),
  cancel: z.array(text),
  none: z.array(text),
  askForMe: z.array(text),
  bare: z.array(text),
  noPlace: z.array(text),
  anonymous: z.array(pattern),
  correctPlace: z.array(pattern),
  correctWhat: z.array(pattern),
  supplement: z.array(pattern),
  verify: z.array(pattern),
  status: z.array(text),
  whole: z.array(text).default([]),
  record: z.array(text),
  myData: z.array(pattern),
  exportMine: z.array(pattern),
  eraseMine: z.array(pattern),
  joinMine: z.array(pattern),
  outage: z.array(pattern),
  erase: z.array(text),
  solved: z.strictObject({ yes: z.array(text), partly: z.array(text), no: z.array(text), dropped: z.array(text) }),
  satisfied: z.strictObject({ yes: z.array(text), fairly: z.array(text), no: z.array(text) }),
  pastNews: z.array(text),
  newsBare: z.array(text),
});

const namedPlaces = z.array(z.strictObject({ name: text, also: z.array(text).default([]) })).default([]);
const point = z.tuple([z.number().min(0).max(100), z.number().min(0).max(100)]);
const mapOfPlaces = z.strictObject({
  areas: z.array(z.strictObject({ name: text, from: point, to: point })).default([]),
  roads: z.array(z.strictObject({ name: text, along: z.array(point).min(2) })).default([]),
  spots: z.array(
    z.strictObject({
      name: text,
      kind: z.enum(spotKinds),
      at: point,
      position: z.tuple([z.number().min(73).max(136), z.number().min(3).max(54)]).exactOptional(),
      about: text.exactOptional(),
    }),
  ),
  sample: z.literal(true).exactOptional(),
});
export const placesFile = z.strictObject({
  compounds: namedPlaces,
  roads: namedPlaces,
  landmarks: namedPlaces,
  map: mapOfPlaces.exactOptional(),
});

/** What is printed with a QR code (data/sheets.yaml). The id may later be the scene of a code of a 服务号: a short word. */
const printed = { title: text, line: text };
export const sheetsFile = z.strictObject({
  scan: text,
  other: z.strictObject(printed),
  sheets: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/, 'an id is made of small letters, digits and "-"'),
      name: text,
      ...printed,
      topic: text.exactOptional(),
      at: text.exactOptional(),
    }),
  ),
});

const shapes = z.array(pattern).min(1);
/** How people go on about something that is under way (data/talk-words.yaml). */
export const talkWordsFile = z.strictObject({
  acts: z.strictObject({
    call: shapes,
    person: shapes,
    waiting: shapes,
    when: shapes,
    progress: shapes,
    thank: shapes,
    acknowledge: shapes,
  }),
  bereaved: shapes,
  suffering: z.record(z.enum(sufferings), shapes),
  unmeant: shapes,
  over: z.strictObject({ says: shapes, not: shapes, other: pattern, again: pattern }),
  notWanted: shapes,
  letBe: pattern,
  whereabouts: z.strictObject({
    says: shapes,
    not: shapes,
    vague: shapes,
    beside: pattern,
    points: pattern,
    alsoAt: pattern,
    ofAll: pattern,
  }),
  assure: shapes,
  sends: shapes,
  sent: shapes,
  meToo: pattern,
  reportedBefore: shapes,
  reporting: pattern,
  againstUs: pattern,
  advert: shapes,
  asksOnly: shapes,
  atDoor: shapes,
  goesOn: z.strictObject({ tells: shapes, agent: shapes, asks: shapes, andThis: shapes }),
  ofThis: shapes,
  forgot: shapes,
  asking: shapes,
  another: shapes,
  otherMatter: z.array(text).min(1),
  all: shapes,
  visit: shapes,
  naming: shapes,
  convenient: pattern,
  praise: z.strictObject({ says: shapes, not: shapes }),
  opening: pattern,
  closing: pattern,
  named: shapes,
  recategorise: pattern,
  notThis: pattern,
});

const clauses = z.array(pattern).min(1);
/** What clauses begin with. */
const beginnings = z.array(text.transform((source, context) => expression(`^(?:${source})`, context))).min(1);

const sources = z.array(text).exactOptional();
const cardVariant = z.strictObject({
  when: text,
  as: text.exactOptional(),
  card: text.exactOptional(),
  groupCard: text.exactOptional(),
  call: z.array(text).min(1).exactOptional(),
});
/** How danger is recognised, and what is said at once (data/emergencies.yaml). Its expressions are compiled with their word lists. */
export const emergenciesFile = z.strictObject({
  words: z.record(z.string(), text).exactOptional(),
  kinds: z
    .array(
      z.strictObject({
        id: text,
        title: text,
        call: z.array(text).min(1),
        card: text,
        groupCard: text,
        privateOnly: z.boolean(),
        restricted: z.boolean().exactOptional(),
        persists: z.boolean().exactOptional(),
        ask: text.exactOptional(),
        calm: text.exactOptional(),
        variants: z.array(cardVariant).exactOptional(),
        signs: z.array(text),
        plain: sources,
        sought: sources,
        maybe: sources,
        hints: sources,
        harmless: sources,
        shown: sources,
      }),
    )
    .min(1),
  situations: z.array(cardVariant).exactOptional(),
  guards: z.record(z.enum(guardNames), z.array(text)),
});

/** What is said in danger besides its signs (data/danger-talk.yaml). */
export const dangerTalkFile = z.strictObject({
  denial: z.strictObject({ fillers: beginnings, denials: beginnings, courtesies: beginnings, instead: clauses, dangers: clauses }),
  goesOn: z.strictObject({
    worse: clauses,
    over: clauses,
    died: clauses,
    gone: clauses,
    waiting: clauses,
    thanks: clauses,
    voids: clauses,
    called: clauses,
    relatives: clauses,
    about: clauses,
    cameOut: clauses,
    done: clauses,
    treated: clauses,
    notYet: clauses,
    asksHow: clauses,
  }),
  grave: z.array(topicId).transform((topics) => new Set(topics)),
  firstAid: z.array(z.strictObject({ kinds: z.array(text).min(1), tells: pattern.exactOptional(), asks: pattern, say: text })),
  staff: z.strictObject({ hears: clauses, there: clauses }),
});

const signs = z.enum(['yes', 'partly', 'fairly', 'no', 'dropped', 'again', 'self', 'rest', 'said', 'perhaps', 'unsure', 'skip']);
const rules = z.array(z.partialRecord(signs, text)).min(1);

/** How people answer one question: `{…}` in a shape stands for one of the stems. */
const verdictWords = z
  .strictObject({ stems: z.record(z.string(), text), whole: z.partialRecord(signs, z.array(text)), shapes: rules, clauses: rules })
  .transform(({ stems, whole, shapes, clauses }, context): VerdictWords => {
    const spelt = (source: string): string =>
      source.replace(/\{([a-z]+)\}/g, (_, name: string) => `(?:${spelt(stems[name] ?? `{${name}}`)})`);
    const compiled = (list: z.infer<typeof rules>) =>
      list.flatMap((each) =>
        Object.entries(each).map(([sign, shape]) => ({ sign: signs.parse(sign), shape: expression(spelt(shape), context) })),
      );
    const answers = Object.entries(whole).flatMap(([sign, said]) => said.map((each) => [bareAnswer(each), signs.parse(sign)] as const));
    return { whole: new Map(answers), shapes: compiled(shapes), clauses: compiled(clauses) };
  });

export const verdictsFile = z.strictObject({
  turns: pattern,
  about: pattern,
  undone: pattern,
  solved: verdictWords,
  satisfied: verdictWords,
  plain: verdictWords,
});

const fold = (not: string, between: string, wish: string) => `(?:${not})${between}(?:${wish})`;

export const wishesFile = z
  .strictObject({
    not: text,
    between: text,
    asks: pattern,
    wishes: z.record(z.enum(wishes).exclude(['office']), text),
    office: pattern,
    fine: pattern,
  })
  .transform(({ not, between, asks, wishes: things, office, fine }, context): WishWords => {
    const negated = Object.entries(things).map(([wish, words]) => [wish, expression(fold(not, between, words), context)]);
    return { negated: { ...Object.fromEntries(negated), office }, asks, fine };
  });

export const smallTalkFile = z.strictObject({
  nods: z.array(text),
  courtesies: z.record(z.enum(courtesies), beginnings),
  calls: z.array(text),
  puzzled: z.array(text),
  office: z.array(text),
  aboutBot: z.array(pattern),
  hello: z.array(pattern),
  chats: z.record(z.enum(chats), shapes),
});

export const staffWordsFile = z.strictObject({
  due: z.array(text).min(1),
  reason: z.array(text).min(1),
  into: z.array(text).min(1),
  me: z.array(text).min(1),
  undo: z.array(text).min(1),
  back: z.array(text).min(1),
  mine: z.array(text).min(1),
  today: z.array(text).min(1),
  urgent: z.array(text).min(1),
  overdue: z.array(text).min(1),
  rest: z.array(text).min(1),
  unassigned: z.array(text).min(1),
  week: z.array(text).min(1),
  month: z.array(text).min(1),
  director: z.array(text).min(1),
  worker: z.array(text).min(1),
  commonPins: z.array(z.string().regex(/^\d{4,6}$/, 'a PIN has four to six digits')),
  original: z.array(text).min(1),
  titles: z.array(text).min(1),
  offices: z.array(text).min(1),
  category: z.array(text).min(1),
  expires: z.array(text).min(1),
  all: z.array(text).min(1),
  noIntro: z.array(text).min(1),
  atOnce: z.array(text).min(1),
  newsOff: z.array(text).min(1),
  newsOn: z.array(text).min(1),
  newsOnly: z.array(text).min(1),
});

export const facetsFile = z.record(
  facet,
  z.strictObject({ title: text, cues: z.array(text).min(1), patterns: z.array(pattern).default([]) }),
);

export const factShapesFile = z.strictObject({
  unknown: pattern,
  shapes: z.array(z.strictObject({ name: text, asks: pattern, has: pattern, example: text })),
});

export const lastLookFile = z
  .strictObject({
    hollow: z.array(pattern).min(1),
    promise: pattern,
    later: pattern,
    done: pattern,
    who: pattern,
    when: pattern,
    tells: pattern,
    begun: pattern,
    things: z.record(topicId, z.strictObject({ names: pattern, near: pattern })),
  })
  .transform(({ things, ...words }) => ({ ...words, things: new Map(Object.entries(things)) }));

export const lexiconFile = z.strictObject({
  synonyms: z.array(z.strictObject({ term: text, variants: z.array(text).min(1) })).default([]),
  homophones: z.union([z.record(z.string(), text), z.array(z.strictObject({ typed: text, meant: text }))]).default({}),
  ignored: z.array(pattern).default([]),
  words: z.array(text).default([]),
  names: z.record(text, topicId).default({}),
});

/** One or two words, Chinese or English, that can be typed after a slash. */
const commandName = z
  .string()
  .regex(/^[\p{Script=Han}a-zA-Z]+( [\p{Script=Han}a-zA-Z]+)?$/u, 'a command is one or two words of Chinese or English letters');

export const commandsFile = z.record(
  z.string(),
  z.strictObject({ verb: commandName, aliases: z.array(commandName).default([]), usage: z.string(), summary: text, example: text }),
);

export const helpFile = z.array(z.strictObject({ title: text, first: z.array(text).min(1), more: z.array(text).default([]) })).min(1);

export const hotlinesFile = z.array(z.strictObject({ number: z.coerce.string(), title: text, use: text, evidence }));

/** Words of the wording files: nested names, each ending in a sentence or in several that say the same. */
export type WordingTree = { [key: string]: string | string[] | WordingTree };
export const wordingFile: z.ZodType<WordingTree> = z.record(
  z.string(),
  z.union([z.string(), z.array(z.string()).min(1), z.lazy(() => wordingFile)]),
);

// A value in the wrong form is one mistake: comparing it with its neighbours (abort) would only report it again.
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'a time of day is written 09:00', abort: true });
// The form alone would let 2027-02-30 pass, which no day ever is: the holiday meant by it would be worked.
const calendarDay = z.iso.date({ error: 'a date is written 2026-11-23, and is a day that exists', abort: true });
export const newsFront = z.strictObject({
  title: text,
  category: text,
  date: calendarDay,
  expires: calendarDay.exactOptional(),
  sample: z.literal(true).exactOptional(),
});

const aYear = { error: 'a year is written 2027', abort: true };

/** Broadcasts have one time of day: any of their days shows it. */
const aDay = new Date('2026-01-01T00:00:00Z');

/** Regular broadcasts (data/broadcasts.yaml). */
export const broadcastsFile = z
  .strictObject({
    reviewers: z.union([z.literal(1), z.literal(2)]),
    quiet: z.strictObject({ from: clockTime, to: clockTime }),
    longest: z.int().min(50),
    disclosure: z.strictObject({ category: text, days: z.int().min(1) }),
    broadcasts: z
      .array(
        z
          .strictObject({
            id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'an id is written in small letters'),
            title: text,
            cron: text,
            timezone: text,
            release: z.enum(['auto', 'reviewed']),
            categories: z.array(text).min(1),
            groups: z.array(text).min(1).exactOptional(),
            subscribers: z.boolean().default(false),
            figures: z.boolean().default(false),
            card: z
              .strictObject({
                qr: z.union([z.strictObject({ text }), z.strictObject({ picture: text })]).exactOptional(),
                caption: text.exactOptional(),
              })
              .exactOptional(),
          })
          .transform(({ cron, timezone, ...broadcast }, context) => ({ ...broadcast, schedule: readSchedule(cron, timezone, context) })),
      )
      .superRefine((broadcasts, context) => {
        for (const [index, { id }] of broadcasts.entries()) {
          if (id === 'urgent' || broadcasts.findIndex((each) => each.id === id) < index)
            context.addIssue({ code: 'custom', path: [index, 'id'], message: `${id} is taken already` });
        }
      }),
  })
  .superRefine(({ quiet, broadcasts }, context) => {
    for (const [index, { schedule }] of broadcasts.entries()) {
      const [slot] = nextSlots(schedule, aDay, 1);
      const message = `it is due while nobody is disturbed (${quiet.from} to ${quiet.to}) and would wait for the morning`;
      if (slot && isQuiet(quiet, slot)) context.addIssue({ code: 'custom', path: ['broadcasts', index, 'cron'], message });
    }
  });

/** Office hours and what the office knows of holidays (data/calendar.yaml). */
export const calendarFile = z
  .strictObject({
    hours: z.array(z.strictObject({ from: clockTime, to: clockTime })).min(1),
    known: z.array(z.int(aYear).min(2000, aYear).max(2999, aYear)).default([]),
    holidays: z.array(calendarDay).default([]),
    workdays: z.array(calendarDay).default([]),
  })
  .superRefine(({ hours, known, holidays, workdays }, context) => {
    const mistake = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message });
    for (const [index, { from, to }] of hours.entries()) {
      const before = hours[index - 1];
      if (from >= to) mistake(['hours', index, 'to'], `the office opens at ${from} and must close later than that, not at ${to}`);
      if (before && from < before.to) mistake(['hours', index, 'from'], `${from} lies before ${before.to}, when the hours above it end`);
    }
    for (const [index, date] of workdays.entries()) {
      if (holidays.includes(date)) mistake(['workdays', index], `${date} is among the holidays too`);
    }
    // No year is without holidays: the year was declared complete, and its dates were forgotten.
    for (const [index, year] of known.entries()) {
      if (!holidays.some((date) => date.startsWith(`${year}-`))) mistake(['known', index], `none of the holidays lies in ${year}`);
    }
  });

const aMonth = { error: 'a month is written 1 to 12', abort: true };

/** The office's year (data/reminders.yaml): what residents are told in which month. */
export const newsIdeasFile = z.array(
  z.strictObject({
    month: z.int(aMonth).min(1, aMonth).max(12, aMonth),
    title: text,
    text,
    topic: topicId.exactOptional(),
    category: text,
    evidence: evidence.exclude(['office']),
  }),
);
