import { z } from 'zod';
import { day, fileName, personId, time } from '../kernel/fields.ts';
import { table } from '../kernel/table.ts';

declare module '../kernel/table.ts' {
  interface Tables {
    editions: Edition;
    newsItems: StaffItem;
    disclosures: Disclosure;
  }
}

/** How long editions and items of news can be read back. */
const newsDays = 400;

/**
 * draft 拟, reviewed 审, released 定 (its text is frozen and its time is set), planned 发 (its deliveries are in the ledger), done;
 * withheld: not sent unless somebody goes on; skipped: its time passed; withdrawn: what was not sent yet is not.
 */
const editionState = z.enum(['draft', 'reviewed', 'released', 'planned', 'done', 'withheld', 'skipped', 'withdrawn']);
export type EditionState = z.infer<typeof editionState>;

const edition = z.object({
  id: z.string(),
  title: z.string(),
  /** As its groups read it; until it is released, as it was last drafted or reviewed. */
  text: z.string(),
  state: editionState,
  plannedAt: time,
  /** The parts of the text, so that a group which wants only some of them gets those. */
  sections: z.array(z.object({ category: z.string(), text: z.string() })).exactOptional(),
  /** What the drafter says before the news. */
  intro: z.string().exactOptional(),
  /** The ids of the items and notes that it holds: what one edition said the next does not say again. */
  items: z.array(z.string()).exactOptional(),
  files: z.array(fileName).exactOptional(),
  /** The names of the groups that it goes to, where not to all. */
  groups: z.array(z.string()).readonly().exactOptional(),
  sendAt: time.exactOptional(),
  draftedBy: personId.exactOptional(),
  reviewedBy: personId.exactOptional(),
  releasedBy: personId.exactOptional(),
  pausedAt: time.exactOptional(),
  urgent: z.boolean().exactOptional(),
  /** How it went, once it is done. */
  result: z.object({ sent: z.number(), unsure: z.number(), failed: z.number() }).exactOptional(),
});
/** One issue of a broadcast; its id is its broadcast and the day of its slot, so that it exists once. */
export type Edition = z.infer<typeof edition>;

const editions = table<Edition>({
  row: edition,
  indexes: [
    { equal: [], order: 'id' },
    { equal: ['state'], order: 'plannedAt' },
    { equal: [], order: 'plannedAt' },
  ],
  kept: [{ from: 'plannedAt', days: newsDays, archived: true }],
  archive: { by: 'plannedAt' },
  deletion: 'stays',
});

const staffItem = z.object({
  id: z.string(),
  title: z.string(),
  text: z.string(),
  category: z.string(),
  date: day,
  expires: day.exactOptional(),
  files: z.array(fileName),
  by: personId,
  at: time,
  /** When it went out; before that residents do not read it. */
  publishedAt: time.exactOptional(),
  /** Went out by itself at once: no edition repeats it. */
  urgent: z.boolean().exactOptional(),
  /** Taken back: nobody is told of it any more. */
  removedAt: time.exactOptional(),
});
/** An item of news that staff wrote in chat. */
export type StaffItem = z.infer<typeof staffItem>;

const newsItems = table<StaffItem>({
  row: staffItem,
  indexes: [
    { equal: ['by'], order: 'at' },
    { equal: [], order: 'at' },
  ],
  kept: [{ from: 'at', days: newsDays, archived: true }],
  archive: { by: 'at' },
  deletion: 'stays',
});

const disclosure = z.object({
  id: z.string(),
  title: z.string(),
  firstDay: day,
  lastDay: day,
  /** On how many days the bot was there to tell it. */
  days: z.number(),
});
/** The record that something disclosed (居务公开) was readable; its id is the item. */
export type Disclosure = z.infer<typeof disclosure>;

const disclosures = table<Disclosure>({
  row: disclosure,
  indexes: [
    { equal: [], order: 'lastDay' },
    { equal: [], order: 'firstDay' },
  ],
  kept: 'always',
  deletion: 'stays',
});

export const newsTables = { editions, newsItems, disclosures };
