/** Where what was made lies below the folder of files: its names begin so. */
export const papersFolder = 'papers/';

/**
 * What is made to be looked at, printed or opened in a spreadsheet. Each call writes one file and returns its name, to be sent as a
 * `file`; the same again is the same file.
 */
export interface Papers {
  /** A picture (PNG) of figures. */
  chart(chart: Chart): Promise<string>;
  /** A picture (PNG) of the week's news: an upright card. */
  card(card: NewsCard): Promise<string>;
  /** A workbook (XLSX). No cell of it is ever a formula. */
  workbook(name: string, sheets: readonly Sheet[]): Promise<string>;
  /** A page (HTML, all in one file) to be printed. */
  page(name: string, page: Page): Promise<string>;
  /** The same as a Word file (DOCX), to be changed and signed. */
  word(name: string, page: Page): Promise<string>;
  /** A sheet with a QR code as a PDF: a page of A4, one of A5 and a card for a desk. Only where `site` is known, or `codes` and its scene. */
  sheet(sheet: QrSheet): Promise<string>;
  /** The address of the site as people see it. */
  readonly site?: string;
  /** There is an account whose own codes tell it what was scanned. */
  readonly codes?: true;
}

/** A sheet that hangs somewhere, whose code leads to a page of the site; every word of it comes from data/. */
export interface QrSheet {
  readonly title: string;
  /** What one gets there, in a line. */
  readonly line: string;
  /** How it is used: "微信扫一扫". */
  readonly scan: string;
  /** Where it hangs, or what it is about. */
  readonly name: string;
  readonly community: string;
  /** The page on which whoever scans it lands: "/guide/residence.permit". */
  readonly path: string;
  /** By what an account's own code tells what was scanned; absent: the code leads to the site. */
  readonly scene?: string;
}

/** Figures of a period; every word of it comes from data/. */
export interface Chart {
  readonly title: string;
  readonly subtitle: string;
  /** Shares, each with what it is a share of: "响应率", 0.92, "46/50", and beside it how it was before. `share` is 0…1; undefined when there is nothing to divide by. */
  readonly rates: readonly { readonly title: string; readonly share: number | undefined; readonly text: string; readonly note?: string }[];
  /** Bars, each list under its own heading, longest first; `before` is the period before, for comparison. */
  readonly bars: readonly {
    readonly title: string;
    readonly rows: readonly { readonly title: string; readonly count: number; readonly before?: number }[];
  }[];
  /** What the thick and the thin bars are: "本周", "上周". */
  readonly legend?: readonly [now: string, before: string];
  readonly footer: string;
}

/** One edition as a picture. */
export interface NewsCard {
  readonly title: string;
  readonly date: string;
  readonly sections: readonly { readonly title: string; readonly items: readonly string[] }[];
  readonly footer: string;
  /** What the QR code says, or the path of a picture of one (PNG) below the content folder; neither: no code. */
  readonly qr?: { readonly text: string } | { readonly picture: string };
  /** What stands beside the code. */
  readonly qrCaption?: string;
  /** What is said at the end of a card that grew too long: "…还有 3 条". */
  more(left: number): string;
}

export interface Sheet {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** A page of text with tables, as it is printed. */
export interface Page {
  readonly title: string;
  readonly blocks: readonly (
    | { readonly heading: string }
    | {
        readonly paragraph: string;
        /** It begins at the edge: whom a letter is to. */
        readonly flush?: true;
      }
    | {
        readonly head: readonly string[];
        readonly rows: readonly (readonly string[])[];
        /** How wide each column is, in percent; absent: as it comes. */
        readonly widths?: readonly number[];
      }
  )[];
  /** Lines to be signed by hand, before the end. */
  readonly signLines?: readonly string[];
  /** Whether the paper lies: for wide tables. */
  readonly lying?: boolean;
  /** At the end, to the right: who wrote it and when. */
  readonly signature: readonly string[];
}
