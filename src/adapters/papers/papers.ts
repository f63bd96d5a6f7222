import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isAbsolute, normalize } from 'node:path';
import type { NewsCard, Papers, QrSheet } from '../../desk/kernel/papers.ts';
import type { Log } from '../../desk/kernel/ports.ts';
import { cardSvg } from './card.ts';
import { chartSvg } from './chart.ts';
import type { Letterings } from './drawing.ts';
import { keepFile } from './folder.ts';
import { pageHtml } from './page.ts';
import { openLetterings, png } from './picture.ts';
import { linkOf, sheetPdf } from './sheet.ts';
import { word } from './word.ts';
import { workbook } from './workbook.ts';

export interface PapersOptions {
  /** Where files to be sent are looked for: the channel's media folder. It is made when the first file is written. */
  readonly media: string;
  /** Where the font is shipped. */
  readonly fonts: string;
  /** Where a supplied picture lies, by its path in the content. */
  readonly picture: (path: string) => string;
  readonly log: Log;
  /** The address of the site, for QR codes. */
  readonly site?: string | undefined;
  /** What an account's own code of a scene says; absent: no account has any. */
  readonly codeOf?: ((scene: string) => Promise<string>) | undefined;
}

/**
 * Makes pictures, workbooks and pages. A file is named after what it shows and a hash of it: the same again is the same file,
 * and nothing is written twice. Font and libraries are loaded on first use. What cannot be made
 * is logged and rejected.
 */
export function createPapers({ media, fonts, picture, log, site, codeOf }: PapersOptions): Papers {
  let read: Letterings | undefined;
  const letterings = () => {
    read ??= openLetterings(fonts);
    return read;
  };
  const keep = (name: string, ending: string, source: string, make: () => Promise<string | Uint8Array>) =>
    keepFile(media, `${plainName(name)}-${hashOf(source)}.${ending}`, make);
  const draw = (name: string, svg: string) => keep(name, 'png', svg, () => png(svg, fonts));

  async function logged(made: Promise<string>): Promise<string> {
    try {
      return await made;
    } catch (error) {
      log.error({ err: error }, 'a picture, workbook or page could not be made');
      throw error;
    }
  }

  /** An account that is not verified makes no codes: then they lead to the site. */
  async function codeLink(sheet: QrSheet): Promise<string> {
    const toSite = site === undefined ? undefined : linkOf(sheet, site);
    if (codeOf && sheet.scene !== undefined)
      try {
        return await codeOf(sheet.scene);
      } catch (error) {
        if (toSite === undefined) throw error;
        log.warn({ err: error }, 'the account made no code; it leads to the site');
      }
    if (toSite === undefined) throw new Error('there is no address of a site');
    return toSite;
  }

  return {
    chart: (chart) => logged((async () => draw(chart.title, chartSvg(chart, letterings())))()),
    card: (card) => logged((async () => draw(card.title, cardSvg(card, letterings(), await supplied(card, picture))))()),
    workbook: (name, sheets) => logged(keep(name, 'xlsx', JSON.stringify(sheets), () => workbook(sheets))),
    word: (name, page) => logged(keep(name, 'docx', JSON.stringify(page), () => word(page))),
    sheet: (sheet) =>
      logged(
        (async () => {
          const link = await codeLink(sheet);
          const make = () => sheetPdf(sheet, link, ['A4', 'A5', 'card'], fonts, letterings());
          return keep(sheet.name, 'pdf', JSON.stringify([sheet, link]), make);
        })(),
      ),
    ...(site === undefined ? {} : { site }),
    ...(codeOf ? { codes: true as const } : {}),
    async page(name, page) {
      const html = pageHtml(page);
      return logged(keep(name, 'html', html, async () => html));
    },
  };
}

/** Letters and figures only, so that it is a file name anywhere. */
function plainName(name: string): string {
  return (
    name
      .normalize('NFC')
      .match(/[\p{L}\p{N}]+/gu)
      ?.join('-')
      .slice(0, 40) ?? ''
  );
}

function hashOf(source: string): string {
  return createHash('sha256').update(source).digest('hex').slice(0, 10);
}

/**
 * The supplied picture of a code, as a data URI.
 * @throws when it lies outside the content folder, or is not there
 */
async function supplied({ qr }: NewsCard, picture: PapersOptions['picture']): Promise<string | undefined> {
  if (!qr || 'text' in qr) return undefined;
  if (isAbsolute(qr.picture) || normalize(qr.picture).startsWith('..')) throw new Error(`${qr.picture} is outside the content folder`);
  const path = picture(qr.picture);
  const type = /\.jpe?g$/i.test(path) ? 'jpeg' : 'png';
  return `data:image/${type};base64,${(await readFile(path)).toString('base64')}`;
}
