import { z } from 'zod';
import { fileName, personId, time } from '../kernel/fields.ts';
import { table } from '../kernel/table.ts';

declare module '../kernel/table.ts' {
  interface Tables {
    releases: Release;
    streetViews: StreetView;
  }
}

/** As far back as the months of 办理公示. */
const releasedDays = 190;

const release = z.object({
  /** The number of the case. */
  id: z.string(),
  at: time,
  /** Of which round it tells: taken up again, the case is not done any more. */
  round: z.number(),
  /** Whoever told of it: when their data is deleted, so is this. */
  person: personId,
  category: z.string(),
  /** Its compound, road or landmark; nothing finer. */
  place: z.string().exactOptional(),
  text: z.string(),
});
/** What was done about a case, in a sentence that staff released for everybody. */
export type Release = z.infer<typeof release>;

const releases = table<Release>({
  row: release,
  indexes: [{ equal: [], order: 'at' }],
  kept: [{ from: 'at', days: releasedDays }],
  deletion: 'goes',
});

const streetView = z.object({
  id: z.string(),
  at: time,
  /** The name of the place that it shows. */
  place: z.string(),
  text: z.string().exactOptional(),
  file: fileName,
});
/** 街景: a picture of a place that staff put on the site. */
export type StreetView = z.infer<typeof streetView>;

const streetViews = table<StreetView>({
  row: streetView,
  indexes: [{ equal: ['place'], order: 'at' }],
  kept: 'always',
  deletion: 'stays',
});

export const siteTables = { releases, streetViews };
