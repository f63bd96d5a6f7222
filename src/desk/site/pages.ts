import type { CommunityMap } from '../../domain/content/community-map.ts';
import { withFacts, withoutHoles } from '../../domain/content/holes.ts';
import type { Community, MenuItem } from '../../domain/content/knowledge.ts';
import type { Day } from '../../domain/supervision/day.ts';
import { inShanghai } from '../../domain/time/clock-time.ts';
import type { Means } from '../figures/figures.ts';
import { type PublicRecord, recordOf } from '../figures/record.ts';
import type { Snapshot } from '../kernel/content.ts';
import type { App } from '../kernel/desk.ts';
import type { Say } from '../kernel/say.ts';
import { speaker } from '../kernel/say.ts';
import type { AnswerPage } from '../knowledge/answer-page.ts';
import { localValue } from '../knowledge/answer-text.ts';
import { publicDay } from '../supervision/proof.ts';
import { type Deeds, deedsOf } from './deeds.ts';
import { askedMost, type Found, type Listed, policiesOf, type Section, search, sectionsOf, topicOf } from './guide.ts';
import { type NewsPage, newsOf, type PastEdition, pastEditions } from './news.ts';
import type { StreetView } from './rows.ts';

/** What stands on every page. */
export interface Frame {
  readonly community: Community;
  readonly menu: MenuItem;
  /** Of the office, each '' while nobody has filled it in. */
  readonly phone: string;
  readonly address: string;
  readonly hours: string;
}

/** What the site shows of one community. Each is read in one look, and reading changes nothing. */
export interface SitePages {
  readonly say: Say;
  now(): Date;
  /** One and the same for a day, or until the content changes: what is made of the content alone may be kept as long. */
  frame(): Promise<Frame>;
  sections(): Promise<readonly Section[]>;
  askedMost(): Promise<readonly Listed[]>;
  policies(): Promise<readonly Listed[]>;
  topic(id: string): Promise<AnswerPage | undefined>;
  search(words: string): Promise<Found>;
  news(): Promise<{ readonly columns: readonly string[]; readonly items: readonly NewsPage[] }>;
  editions(): Promise<readonly PastEdition[]>;
  map(): Promise<CommunityMap | undefined>;
  /** 街景: the pictures of each place by its name, the latest first. */
  streets(): Promise<ReadonlyMap<string, readonly StreetView[]>>;
  record(): Promise<PublicRecord>;
  /** What was done, as staff released it; never older than a look. */
  deeds(): Promise<readonly Deeds[]>;
  /** The days that were sealed, the latest first. */
  sealedDays(): Promise<readonly Day[]>;
}

/** Figures are counted anew after so many minutes: for months that are over the archive is read. */
const recordMinutes = 5;
/** So many nights are shown: a month of weekly news to compare them with. */
const sealedShown = 30;

/** What the desk shows of its community on the site. */
export function createSitePages(app: App): SitePages {
  const say = speaker(() => app.content.current().wording, { chance: () => 0 });
  const look = <T>(read: (means: Means) => T | Promise<T>): Promise<T> =>
    app.store.transaction(async (tx) =>
      read({ tx, say, now: app.clock.now(), content: await app.overlay.over(app.content.current(), tx) }),
    );
  const [frame, sections, policies] = [ofContent(frameOf), ofContent(sectionsOf), ofContent(policiesOf)];
  let counted: { readonly at: number; readonly record: Promise<PublicRecord> } | undefined;
  return {
    say,
    now: () => app.clock.now(),
    frame: () => look(frame),
    sections: () => look(sections),
    askedMost: () => look(askedMost),
    policies: () => look(policies),
    topic: (id) => look((means) => topicOf(id, means)),
    search: (words) => look((means) => search(words, means)),
    news: () => look(newsOf),
    editions: () => look(pastEditions),
    map: () => look(mapOf),
    streets: () => look(streetsOf),
    deeds: () => look(deedsOf),
    sealedDays: () => look(sealedDaysOf),
    record() {
      const at = app.clock.now().getTime();
      if (counted && at >= counted.at && at - counted.at < recordMinutes * 60_000) return counted.record;
      const record = look(recordOf);
      counted = { at, record };
      record.catch(() => {
        counted = undefined;
      });
      return record;
    },
  };
}

/** Makes something of the content and the day alone, anew only when one of them is another. */
function ofContent<T>(make: (means: Means) => T): (means: Means) => T {
  let last: { readonly content: Snapshot; readonly day: string; readonly made: T } | undefined;
  return (means) => {
    const day = inShanghai(means.now).date;
    if (last?.content !== means.content || last.day !== day) last = { content: means.content, day, made: make(means) };
    return last.made;
  };
}

function frameOf({ content }: Means): Frame {
  return {
    community: content.community,
    menu: content.menu,
    phone: localValue('office.phone', { content }),
    address: localValue('office.address', { content }),
    hours: localValue('office.hours', { content }),
  };
}

async function sealedDaysOf({ tx }: Means): Promise<Day[]> {
  return (await tx.find('sealedDays', {}, { by: 'id', descending: true, limit: sealedShown })).map(publicDay);
}

async function streetsOf({ tx }: Means): Promise<ReadonlyMap<string, readonly StreetView[]>> {
  const streets = new Map<string, StreetView[]>();
  for (const view of (await tx.find('streetViews')).sort((a, b) => (a.at < b.at ? 1 : -1)))
    streets.set(view.place, [...(streets.get(view.place) ?? []), view]);
  return streets;
}

/** The map with local facts filled in; what needs one that is unset leaves its sentence out. */
function mapOf({ content }: Means): CommunityMap | undefined {
  const { map } = content;
  if (!map) return undefined;
  const known = (id: string) => localValue(id, { content });
  const spots = map.spots.map((spot) => {
    const { text } = withoutHoles(spot.about ?? '', (id) => known(id) === '');
    const { about: _, ...rest } = spot;
    return text === '' ? rest : { ...rest, about: withFacts(text, known) };
  });
  return { ...map, spots };
}
