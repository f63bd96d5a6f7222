import { z } from 'zod';
import { likelyCategory } from '../../desk/appeals/filing.ts';
import { type LikeContent, likeAmong, surest, type Told } from '../../desk/appeals/similar.ts';
import { placeIn } from '../../desk/kernel/places.ts';
import { share } from './case.ts';
import { readJsonLines } from './lines.ts';

const eventSchema = z.object({ id: z.string(), reports: z.array(z.string()), others: z.array(z.string()) });

/** One event: what several people report of it, and what is told that is near it, but not it. */
export type Event = z.infer<typeof eventSchema>;

/** A message as it would be taken down, and the event that it reports. */
interface Filed extends Told {
  readonly event: string;
}

/** What became of a message of an event (or near it), and the report that its resident was asked to join. */
export interface Offer {
  readonly event: string;
  readonly text: string;
  readonly became: 'right' | 'wrong' | 'shown' | 'nothing';
  readonly joins: string | null;
}

/** How well those are brought together who report the same; all but the counts are shares. */
export interface DuplicatesReport {
  readonly reports: number;
  /** Asked to join a report of the same event, or of another one. */
  readonly offeredRight: number;
  readonly offeredWrong: number;
  /** Asked nothing: staff are shown a report of the same event, or not even that. */
  readonly shownRight: number;
  readonly nothing: number;
  readonly others: number;
  /** What reports none of the events was asked to join one. */
  readonly othersOffered: number;
  /** Each wrong offer, and each report that was not offered a right one. */
  readonly wrong: readonly Offer[];
  readonly missed: readonly Offer[];
}

/** The lines of a file of events, `{"id","reports","others"}`. @throws Error naming the line that is not one */
export const readEvents = (file: string): Event[] => readJsonLines(file, eventSchema, 'an event');

/** Tells each message while all reports of others stand open: would its resident be asked to join one, and is it the same event? */
export function measureDuplicates(events: readonly Event[], content: LikeContent, now: Date): DuplicatesReport {
  const open = events.flatMap(({ id, reports }) => reports.flatMap((text) => filed(content, id, text) ?? []));
  const offer = (event: string, text: string, isReport: boolean): Offer => {
    const told = filed(content, event, text);
    const others = open.filter((each) => !isReport || each.event !== event || each.what !== text);
    const like = told ? likeAmong(content, told, others, now) : [];
    const joins = surest(like);
    const isSame = (each: Filed) => isReport && each.event === event;
    const shown = like.some(({ appeal }) => isSame(appeal)) ? 'shown' : 'nothing';
    return { event, text, became: joins ? (isSame(joins) ? 'right' : 'wrong') : shown, joins: joins?.what ?? null };
  };
  const reports = events.flatMap((event) => event.reports.map((text) => offer(event.id, text, true)));
  const others = events.flatMap((event) => event.others.map((text) => offer(event.id, text, false)));
  const became = (what: Offer['became']) => share(reports, (each) => each.became === what);
  return {
    reports: reports.length,
    offeredRight: became('right'),
    offeredWrong: became('wrong'),
    shownRight: became('shown'),
    nothing: became('nothing'),
    others: others.length,
    othersOffered: share(others, (each) => each.became === 'wrong'),
    wrong: [...reports, ...others].filter((each) => each.became === 'wrong'),
    missed: reports.filter((each) => each.became !== 'right'),
  };
}

/** A first message as it would be taken down; undefined where it is answered instead, or about nothing that is taken down. */
function filed(content: LikeContent, event: string, text: string): Filed | undefined {
  const understood = content.understand(text);
  const [{ decision, topic }] = understood.questions;
  const category = decision === 'answer' && topic !== null ? content.categories.get(topic) : likelyCategory(content, understood);
  return category && { event, category: category.id, what: text, place: placeIn(content, text) };
}
