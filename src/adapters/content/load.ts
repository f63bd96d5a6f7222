import type { Snapshot } from '../../desk/kernel/content.ts';
import type { EmergencyRules } from '../../domain/understanding/emergency.ts';
import type { Reader } from '../../domain/understanding/engine.ts';
import { crossCheck } from './cross-check.ts';
import { overlaysFit, type Root } from './files.ts';
import type { IntentSource } from './intents.ts';
import { type Located, readParts } from './parts.ts';
import { ContentError, type Problem } from './problem.ts';

/** How a reader of messages is made from the phrasings: training takes seconds when they are new. */
export type MakeReader = (source: IntentSource, emergencies: EmergencyRules) => Reader;

/** Checked content that cannot read messages yet. */
export interface Files {
  readonly content: Omit<Snapshot, keyof Reader>;
  readonly intents: IntentSource;
}

/**
 * Reads and checks `intents/` and `data/` below `root`.
 * @throws ContentError with every mistake at once, each as file:line:column.
 */
export function loadContent(root: Root, makeReader: MakeReader): Snapshot {
  const { content, intents } = loadFiles(root);
  return { ...content, ...makeReader(intents, content.emergencies) };
}

/** The same, without a reader of messages. @throws ContentError */
export function loadFiles(root: Root): Files {
  const problems: Problem[] = [];
  overlaysFit(root, problems);
  const parts = readParts(root, problems);
  crossCheck(parts, problems);
  const {
    community,
    broadcasts,
    menu,
    shortAnswers,
    verdicts,
    placeNames,
    sheets,
    talkWords,
    wishes,
    smallTalk,
    staffWords,
    reckoning,
    remindMe,
    calendar,
    dangerTalk,
    emergencies,
    facetTitles,
    factShapes,
    lastLook,
    situations,
  } = parts;
  if (
    problems.length > 0 ||
    !community ||
    !broadcasts ||
    !menu ||
    !shortAnswers ||
    !placeNames ||
    !sheets ||
    !verdicts ||
    !talkWords ||
    !wishes ||
    !smallTalk ||
    !staffWords ||
    !reckoning ||
    !remindMe ||
    !calendar ||
    !dangerTalk ||
    !emergencies ||
    !facetTitles ||
    !factShapes ||
    !lastLook ||
    !situations
  ) {
    throw new ContentError(problems);
  }
  const content = {
    community,
    broadcasts,
    answers: byId(parts.answers),
    categories: byId(parts.categories),
    titles: new Map([...parts.answers, ...parts.categories, ...parts.actions].map(({ value }) => [value.id, value.title])),
    staffNotes: byId(parts.staffNotes),
    laws: byId(parts.laws),
    local: byId(parts.local),
    factShapes,
    facetTitles,
    menu: menu.root,
    human: menu.human,
    wording: parts.wording.sentences,
    commands: parts.commands,
    situations,
    emergencies,
    dangerTalk,
    shortAnswers,
    placeNames,
    ...(placeNames.map ? { map: placeNames.map } : {}),
    sheets,
    verdicts,
    talkWords,
    wishes,
    smallTalk,
    staffWords,
    lastLook,
    reckoning,
    remindMe,
    calendar,
    news: parts.news.map(({ value }) => value),
    newsIdeas: parts.newsIdeas.map(({ value }) => value),
  };
  return { content, intents: parts.intents.source };
}

function byId<T extends { readonly id: string }>(rows: readonly Located<T>[]): Map<string, T> {
  return new Map(rows.map(({ value }) => [value.id, value]));
}
