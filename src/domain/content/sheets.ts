/** What is printed beside a QR code. */
interface Printed {
  readonly title: string;
  /** What one gets there, in a line. */
  readonly line: string;
}

/** A sheet with a QR code that hangs at a desk or a building, or tells of a topic; with neither it leads to the first page. */
export interface ListedSheet extends Printed {
  /** A short word of small letters and digits: the name of its files. */
  readonly id: string;
  /** Where it hangs, or what it is about, as staff ask for it: "3号窗口". */
  readonly name: string;
  readonly topic?: string;
  /** What the form for a report begins with as the place. */
  readonly at?: string;
}

/** The sheets of a community (data/sheets.yaml). */
export interface Sheets {
  /** How a code is used: "微信扫一扫". */
  readonly scan: string;
  /** What stands on a sheet that is asked for and not listed: it leads to the form for a report. */
  readonly other: Printed;
  readonly sheets: readonly ListedSheet[];
}

/** The page of the site on which whoever scans a sheet lands. */
export function landingOf({ topic, at }: Pick<ListedSheet, 'topic' | 'at'>): string {
  if (topic !== undefined) return `/guide/${encodeURIComponent(topic)}`;
  return at === undefined ? '/' : `/report?at=${encodeURIComponent(at)}`;
}
