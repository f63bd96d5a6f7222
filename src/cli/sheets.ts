import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadFiles } from '../adapters/content/load.ts';
import { projectFolder } from '../adapters/content/project.ts';
import { openLetterings } from '../adapters/papers/picture.ts';
import { linkOf, sheetPdf, sheetPng } from '../adapters/papers/sheet.ts';
import { type SheetFormat, sheetFormats } from '../adapters/papers/sheet-layout.ts';
import { landingOf } from '../domain/content/sheets.ts';
import { chosenCommunity } from './communities.ts';
import { communityOptions } from './community.ts';
import { ConfigError } from './config.ts';
import { accountCodes } from './papers.ts';
import { contentFolder } from './understanding.ts';

/**
 * `sheets [--community ID] DIR`: every sheet of data/sheets.yaml with its QR code, as ID-A4.pdf, ID-A4.png, ID-A5.…, ID-card.…, to be printed. With a
 * 服务号 the codes are its own, and the desk is told what was scanned; otherwise they lead to the site.
 */
export async function sheets(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: communityOptions });
  const [folder] = positionals;
  if (folder === undefined) throw new ConfigError('sheets needs a folder to write to: npm run sheets -- DIR');
  const { config } = chosenCommunity(process.env, values);
  const { SITE_URL: site } = config;
  const codeOf = accountCodes(config);
  if (site === undefined && !codeOf)
    throw new ConfigError(
      'the codes lead to the site: set SITE_URL to its address as people see it, e.g. SITE_URL=https://shequ.example.cn',
    );
  const { community, sheets: listed } = loadFiles(contentFolder(config)).content;
  const fonts = join(projectFolder, 'data/fonts');
  const letterings = openLetterings(fonts);
  mkdirSync(folder, { recursive: true });
  for (const sheet of listed.sheets) {
    const drawn = { ...sheet, scan: listed.scan, community: community.name, path: landingOf(sheet) };
    const link = codeOf ? await codeOf(sheet.id) : linkOf(drawn, site ?? '');
    for (const format of Object.keys(sheetFormats) as SheetFormat[]) {
      const path = join(folder, `${sheet.id}-${format}`);
      writeFileSync(`${path}.pdf`, await sheetPdf(drawn, link, [format], fonts, letterings));
      writeFileSync(`${path}.png`, await sheetPng(drawn, link, format, fonts, letterings));
    }
    process.stdout.write(`${sheet.id}: ${link}\n`);
  }
}
