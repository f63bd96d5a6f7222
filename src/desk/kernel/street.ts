import type { Counts } from '../../domain/appeals/counts.ts';
import type { Period } from '../../domain/time/period.ts';

/** A community as its street sees it: its name and its numbers. */
export interface CommunityCounts {
  readonly name: string;
  /** Absent: it could not be asked just now. */
  readonly counts?: Counts;
}

/** The street office's view of its communities. Nothing but numbers comes through here: no row, no word, no name of a person. */
export interface Street {
  /** The appeals of a period in each community, in the order in which they are listed. */
  counts(period: Period): Promise<readonly CommunityCounts[]>;
}
