import type { Answer, Category, CommandWords, Community, Law, LocalFact, MenuItem, NewsItem, ShortAnswers } from '../domain/knowledge.ts';
import type { EmergencyRules } from '../domain/understanding/emergency.ts';
import type { Facet, Understand } from '../domain/understanding/result.ts';
import type { Wording } from '../domain/wording.ts';

/** All that was read from `intents/` and `data/`, checked as a whole. Never changes; a reload makes a new one. */
export interface Snapshot {
  readonly community: Community;
  readonly answers: ReadonlyMap<string, Answer>;
  readonly categories: ReadonlyMap<string, Category>;
  /** The title of every topic: answers, categories and actions. */
  readonly titles: ReadonlyMap<string, string>;
  readonly laws: ReadonlyMap<string, Law>;
  readonly local: ReadonlyMap<string, LocalFact>;
  readonly facetTitles: ReadonlyMap<Facet, string>;
  readonly menu: MenuItem;
  readonly human: MenuItem;
  readonly wording: Wording;
  readonly commands: ReadonlyMap<string, CommandWords>;
  readonly emergencies: EmergencyRules;
  readonly shortAnswers: ShortAnswers;
  readonly news: readonly NewsItem[];
  readonly understand: Understand;
}

/** Where the content comes from. */
export interface Content {
  /** The latest good snapshot. */
  current(): Snapshot;
}
