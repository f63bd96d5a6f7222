import { existsSync } from 'node:fs';
import type { z } from 'zod';
import type { Answer, LocalFact, StaffNote, Statement } from '../../domain/content/answer.ts';
import type { Broadcasts, Category, Community, MenuItem, NewsIdea, NewsItem } from '../../domain/content/knowledge.ts';
import { compileEmergencyRules, type EmergencyRules } from '../../domain/understanding/emergency.ts';
import type { Facet } from '../../domain/understanding/result.ts';
import { answersFile, lawsFile, localFile, staffNotesFile } from './answer-schemas.ts';
import { type ContentFile, listFiles, parse, placeOf, type Root, readFile } from './files.ts';
import { loadIntents } from './intents.ts';
import type { Problem } from './problem.ts';
import { reckoningFile } from './reckoning-schema.ts';
import { remindMeFile } from './remind-me-schema.ts';
import {
  actionsFile,
  broadcastsFile,
  calendarFile,
  categoriesFile,
  commandsFile,
  communityFile,
  dangerTalkFile,
  emergenciesFile,
  facetsFile,
  factShapesFile,
  helpFile,
  hotlinesFile,
  lastLookFile,
  type MenuEntry,
  menuFile,
  newsFront,
  newsIdeasFile,
  placesFile,
  sheetsFile,
  shortAnswersFile,
  smallTalkFile,
  staffWordsFile,
  talkWordsFile,
  verdictsFile,
  wishesFile,
} from './schemas.ts';
import { loadWording } from './wording.ts';

/** Where a thing was read, so that a cross-check can name the place. */
export interface Located<T> {
  readonly value: T;
  readonly file: ContentFile;
  readonly at: readonly PropertyKey[];
}

/** Everything read from a content folder, before it is checked as a whole. */
export type Parts = ReturnType<typeof readParts>;

/** Reads every file, each by itself; mistakes are added to `problems`. */
export function readParts(root: Root, problems: Problem[]) {
  const one = <S extends z.ZodType>(path: string, schema: S) => parse(readFile(root, path, problems), schema, problems);
  const list = <S extends z.ZodType, T>(paths: string[], schema: S, rows: (value: z.output<S>) => readonly T[], at: PropertyKey[] = []) =>
    paths.flatMap((path) => {
      const file = readFile(root, path, problems);
      const value = parse(file, schema, problems);
      return value === undefined ? [] : rows(value).map((row, index): Located<T> => ({ value: row, file, at: [...at, index] }));
    });

  const community = one('data/community.yaml', communityFile) as Community | undefined;
  const province = community?.province;
  const answers = list(
    listFiles(root, 'data/answers', '.yaml'),
    answersFile,
    ({ section, answers: records }) => records.map((record) => ({ ...record, section, facets: saidIn(record.facets, province) }) as Answer),
    ['answers'],
  );
  const menuSource = readFile(root, 'data/menu.yaml', problems);
  const menu = parse(menuSource, menuFile, problems);
  const broadcastsSource = readFile(root, 'data/broadcasts.yaml', problems);
  const broadcasts = parse(broadcastsSource, broadcastsFile, problems) as Broadcasts | undefined;
  picturesThere(root, broadcastsSource, broadcasts, problems);
  const facetWords = one('data/facets.yaml', facetsFile);
  return {
    answers,
    intents: loadIntents(root, problems),
    categories: list(['data/appeals.yaml'], categoriesFile, (rows) => rows as Category[]),
    actions: list(['data/actions.yaml'], actionsFile, (rows) => rows),
    staffNotes: list(['data/staff-notes.yaml'], staffNotesFile, (rows) =>
      rows.map((row) => ({ ...row, says: row.says.filter(isSaidIn(province)) }) as StaffNote),
    ),
    laws: list(['data/laws.yaml'], lawsFile, (rows) => rows),
    local: localFacts(
      list(listFiles(root, 'data/local', '.yaml'), localFile, (rows) => rows),
      problems,
    ),
    factShapes: one('data/fact-shapes.yaml', factShapesFile),
    hotlines: list(['data/hotlines.yaml'], hotlinesFile, (rows) => rows),
    newsIdeas: list(['data/reminders.yaml'], newsIdeasFile, (rows) => rows as NewsIdea[]),
    news: listFiles(root, 'data/news', '.md')
      .map((path) => readNews(readFile(root, path, problems), problems))
      .flatMap((item) => item ?? []),
    wording: loadWording(root, problems),
    commands: new Map(Object.entries(one('data/commands.yaml', commandsFile) ?? {})),
    situations: one('data/help.yaml', helpFile),
    broadcastsSource,
    broadcasts,
    community,
    shortAnswers: one('data/short-answers.yaml', shortAnswersFile),
    talkWords: one('data/talk-words.yaml', talkWordsFile),
    placeNames: one('data/places.yaml', placesFile),
    sheets: one('data/sheets.yaml', sheetsFile),
    sheetsSource: readFile(root, 'data/sheets.yaml', []),
    calendar: one('data/calendar.yaml', calendarFile),
    dangerTalk: one('data/danger-talk.yaml', dangerTalkFile),
    smallTalk: one('data/small-talk.yaml', smallTalkFile),
    wishes: one('data/wishes.yaml', wishesFile),
    verdicts: one('data/verdicts.yaml', verdictsFile),
    staffWords: one('data/staff-words.yaml', staffWordsFile),
    lastLook: one('data/last-look.yaml', lastLookFile),
    reckoning: one('data/reckoning.yaml', reckoningFile),
    reckoningSource: readFile(root, 'data/reckoning.yaml', []),
    remindMe: one('data/remind-me.yaml', remindMeFile),
    remindMeSource: readFile(root, 'data/remind-me.yaml', []),
    facetTitles: facetWords && new Map(Object.entries(facetWords).map(([facet, { title }]) => [facet as Facet, title])),
    emergencies: loadEmergencies(root, problems),
    emergenciesSource: readFile(root, 'data/emergencies.yaml', []),
    menuSource,
    menu: menu && {
      root: { number: '', title: '', words: [], first: [], items: numbered(menu.items, '') } satisfies MenuItem,
      human: { ...menu.human, number: '0', first: [], items: [] } satisfies MenuItem,
    },
  };
}

/** Whether a sentence is said in a province: those of another are not. */
const isSaidIn =
  (here: string | undefined) =>
  ({ province }: { readonly province?: string }): boolean =>
    province === undefined || province === here;

/** The facets of an answer without the sentences of other provinces; one of which nothing is left is not there. */
function saidIn(facets: Partial<Record<Facet, readonly Statement[]>>, province: string | undefined): Answer['facets'] {
  const kept = Object.entries(facets).map(([facet, statements]) => [facet, statements.filter(isSaidIn(province))] as const);
  return Object.fromEntries(kept.filter(([, statements]) => statements.length > 0));
}

/** A local fact as it stands in a file: a question, with its value or without; or the value of a question that stands elsewhere. */
type LocalRow = z.output<typeof localFile>[number];

/** The facts that are asked for, each with its value, wherever that stands. */
function localFacts(rows: readonly Located<LocalRow>[], problems: Problem[]): Located<LocalFact>[] {
  const asked = rows.flatMap(({ value: { question, ...rest }, ...place }) =>
    question === undefined ? [] : [{ ...place, value: { ...rest, question } }],
  );
  const values = rows.filter(({ value: { question } }) => question === undefined);
  once(values, problems);
  for (const { value, file, at } of values)
    if (!asked.some((fact) => fact.value.id === value.id))
      problems.push(file.problem([...at, 'id'], `${value.id} is asked for nowhere in data/local/`));
  const given = new Map(values.map(({ value: { id, value } }) => [id, value]));
  return asked.map(({ value: fact, ...place }) => {
    const value = given.get(fact.id);
    return { ...place, value: value === undefined ? fact : { ...fact, value } };
  });
}

/** Each id stands in one place only. */
export function once(rows: readonly Located<{ readonly id: string }>[], problems: Problem[]): void {
  const seen = new Map<string, string>();
  for (const { value, file, at } of rows) {
    const first = seen.get(value.id);
    if (first !== undefined) problems.push(file.problem([...at, 'id'], `${value.id} stands in ${first} already`));
    else seen.set(value.id, file.path);
  }
}

/** The signs of danger of a folder, by themselves. */
export function loadEmergencies(root: Root, problems: Problem[]): EmergencyRules | undefined {
  const file = readFile(root, 'data/emergencies.yaml', problems);
  const source = parse(file, emergenciesFile, problems);
  const rules = source && attempt(file, problems, () => compileEmergencyRules(source));
  if (rules) cardsFit(rules, file, problems);
  return rules;
}

/** What is said for some of the words of a kind can be read, and the kind that it names exists. */
function cardsFit({ kinds, situations }: EmergencyRules, file: ContentFile, problems: Problem[]): void {
  const ofKinds = kinds.map(({ variants = [] }, index) => ({ variants, above: ['kinds', index, 'variants'] }));
  for (const { variants, above } of [...ofKinds, { variants: situations, above: ['situations'] }])
    for (const [row, { when, as }] of variants.entries()) {
      const at = [...above, row];
      if (as !== undefined && !kinds.some(({ id }) => id === as)) problems.push(file.problem([...at, 'as'], `${as} is no kind of danger`));
      try {
        new RegExp(when, 'iu');
      } catch (error) {
        problems.push(file.problem([...at, 'when'], `not a regular expression: ${(error as Error).message}`));
      }
    }
}

/** A card whose code is not there could not be drawn, and the news would go out without it. */
function picturesThere(root: Root, file: ContentFile, broadcasts: Broadcasts | undefined, problems: Problem[]): void {
  for (const [index, { card }] of (broadcasts?.broadcasts ?? []).entries()) {
    if (!card?.qr || 'text' in card.qr || existsSync(placeOf(root, card.qr.picture))) continue;
    problems.push(file.problem(['broadcasts', index, 'card', 'qr', 'picture'], `${card.qr.picture} is not there`));
  }
}

function readNews(file: ContentFile, problems: Problem[]): Located<NewsItem> | undefined {
  const front = parse(file, newsFront, problems);
  const id = file.path.replace(/^data\/news\/|\.md$/g, '');
  return front && { value: { id, ...front, text: file.body.trim() } as NewsItem, file, at: [] };
}

function numbered(items: readonly MenuEntry[], above: string): MenuItem[] {
  return items.map(({ items: below, ...item }, index) => {
    const number = above === '' ? `${index + 1}` : `${above}.${index + 1}`;
    return { ...item, number, items: numbered(below, number) } as MenuItem;
  });
}

function attempt<T>(file: ContentFile, problems: Problem[], work: () => T): T | undefined {
  if (file.value === undefined) return undefined;
  try {
    return work();
  } catch (error) {
    problems.push(file.problem([], (error as Error).message));
    return undefined;
  }
}
