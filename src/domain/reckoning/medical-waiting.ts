/** What the rule says in numbers (data/reckoning.yaml): months, and the year from which breaks are counted. */
export interface WaitingTerms {
  readonly fixed: number;
  readonly further: number;
  readonly countedFrom: number;
}

export interface Waiting {
  /** So many months without benefits, at least and at most. */
  readonly from: number;
  readonly to: number;
}

/**
 * How long somebody waits for the benefits of residents' medical insurance who has not paid within the yearly period, or not each year:
 * 国办发〔2024〕38号. Three months; for each further year of a break one more. Whether the first year of a break is a further one is read
 * in two ways, by place: hence from … to.
 * @param missed how many years in a row were not paid for, those that count; 0: only paid too late
 */
export function medicalWaiting(missed: number, { fixed, further }: WaitingTerms): Waiting {
  return { from: fixed + further * Math.max(0, missed - 1), to: fixed + further * missed };
}

/** How many of the years that were not paid for count, the last of them being `last`. */
export function yearsThatCount(missed: number, last: number, { countedFrom }: WaitingTerms): number {
  return Math.max(0, Math.min(missed, last - countedFrom + 1));
}
