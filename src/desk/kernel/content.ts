import type { LookWords } from '../../domain/appeals/last-look.ts';
import type { Answer, Law, LocalFact, StaffNote } from '../../domain/content/answer.ts';
import type { CommunityMap } from '../../domain/content/community-map.ts';
import type { FactShapes } from '../../domain/content/fact-shape.ts';
import type {
  Broadcasts,
  Category,
  CommandWords,
  Community,
  Courtesies,
  chats,
  MenuItem,
  NewsIdea,
  NewsItem,
  OfficeCalendar,
  ShortAnswers,
  Situation,
  StaffWords,
  TalkWords,
} from '../../domain/content/knowledge.ts';
import type { Sheets } from '../../domain/content/sheets.ts';
import type { Wording } from '../../domain/content/wording.ts';
import type { CourseWords } from '../../domain/danger/course.ts';
import type { DenialWords } from '../../domain/danger/denial.ts';
import type { ReckoningContent } from '../../domain/reckoning/rule.ts';
import type { RemindMe } from '../../domain/reminders/reminder.ts';
import type { EmergencyRules } from '../../domain/understanding/emergency.ts';
import type { Emergency, Explain, Facet, Understand } from '../../domain/understanding/result.ts';
import type { WishWords } from '../../domain/words/negation.ts';
import type { PlaceNames } from '../../domain/words/place.ts';
import type { Verdicts } from '../../domain/words/verdict.ts';

/** All that was read from `intents/` and `data/`, checked as a whole. Never changes; a reload makes a new one. */
export interface Snapshot {
  readonly community: Community;
  readonly broadcasts: Broadcasts;
  readonly answers: ReadonlyMap<string, Answer>;
  readonly categories: ReadonlyMap<string, Category>;
  /** The title of every topic: answers, categories and actions. */
  readonly titles: ReadonlyMap<string, string>;
  /** What staff hear of a topic besides its answer, by the topic. */
  readonly staffNotes: ReadonlyMap<string, StaffNote>;
  readonly laws: ReadonlyMap<string, Law>;
  readonly local: ReadonlyMap<string, LocalFact>;
  /** What local facts look like. */
  readonly factShapes: FactShapes;
  readonly facetTitles: ReadonlyMap<Facet, string>;
  readonly menu: MenuItem;
  readonly human: MenuItem;
  readonly wording: Wording;
  readonly commands: ReadonlyMap<string, CommandWords>;
  /** The page of /帮助. */
  readonly situations: readonly Situation[];
  readonly emergencies: EmergencyRules;
  /** How people answer and go on when somebody is in danger. */
  readonly dangerTalk: {
    readonly denial: DenialWords;
    readonly goesOn: CourseWords;
    /** Topics that whoever is in danger asks about: talk of them is not calm. */
    readonly grave: ReadonlySet<string>;
    /** What is surely right to do when it is asked of some kinds of danger: it is answered at once. */
    readonly firstAid: readonly {
      readonly kinds: readonly string[];
      /** Told, it is answered without being asked. */
      readonly tells?: RegExp;
      readonly asks: RegExp;
      readonly say: string;
    }[];
    /** How staff say without a command that they go, and that they are there. */
    readonly staff: { readonly hears: readonly RegExp[]; readonly there: readonly RegExp[] };
  };
  readonly shortAnswers: ShortAnswers;
  readonly placeNames: PlaceNames;
  /** Where things are, as it is drawn on the site; absent where nobody has drawn it. */
  readonly map?: CommunityMap;
  /** What is printed with a QR code. */
  readonly sheets: Sheets;
  /** How people say whether a thing is solved, whether they are satisfied, yes and no: from the whole of what they say. */
  readonly verdicts: Verdicts;
  readonly talkWords: TalkWords;
  /** How people say that they do not want something. */
  readonly wishes: WishWords;
  /** Whole messages that want nothing: a nod, a call, "?", words of the staff's trade. */
  readonly smallTalk: Readonly<Record<'nods' | 'calls' | 'puzzled' | 'office', readonly string[]>> & {
    /** The pieces of thanks, goodbyes and the like, as they begin. */
    readonly courtesies: Courtesies;
    readonly aboutBot: readonly RegExp[];
    /** What has nothing to do with the office. */
    readonly chats: Readonly<Record<(typeof chats)[number], readonly RegExp[]>>;
    readonly hello: readonly RegExp[];
  };
  readonly staffWords: StaffWords;
  /** What is looked at once more before it is sent to a resident. */
  readonly lastLook: LookWords;
  /** What can be reckoned, when it is, and what it rests on. */
  readonly reckoning: ReckoningContent;
  /** What residents can be reminded of, and how they ask for it. */
  readonly remindMe: RemindMe;
  readonly calendar: OfficeCalendar;
  readonly news: readonly NewsItem[];
  readonly newsIdeas: readonly NewsIdea[];
  readonly understand: Understand;
  readonly explain: Explain;
  readonly emergencyOf: (text: string) => Emergency | null;
  /** Traditional characters as simplified ones. */
  readonly simplify: (text: string) => string;
  /** True in the first seconds of a first start: danger is heard, and what is done by menu and command, and nothing else. */
  readonly learning: boolean;
}

/** Where the content comes from. */
export interface Content {
  /** The latest good snapshot. */
  current(): Snapshot;
  /**
   * Lets understanding learn from these phrasings besides those of the files; they replace what was taught before. The
   * current snapshot goes on answering until the new one is ready. Does nothing when they are the same as before.
   */
  teach(lessons: readonly Lesson[]): void;
}

/** A phrasing and what it means, as people confirmed it while the bot ran. */
export interface Lesson {
  readonly text: string;
  readonly topic: string;
  readonly facet?: Facet;
}
