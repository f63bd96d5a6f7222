import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { encode } from 'uqr';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { openLetterings } from '../../src/adapters/papers/picture.ts';
import { linkOf, sheetPdf, sheetPng } from '../../src/adapters/papers/sheet.ts';
import { layOut, type SheetFormat, sheetFormats } from '../../src/adapters/papers/sheet-layout.ts';
import { sheets } from '../../src/cli/sheets.ts';
import type { QrSheet } from '../../src/desk/kernel/papers.ts';
import { landingOf } from '../../src/domain/content/sheets.ts';
import { shippedContent } from '../support/content.ts';
import { openTestDesk, readBy } from '../support/desk.ts';

const fonts = join(projectFolder, 'data/fonts');
const letterings = openLetterings(fonts);
const site = 'https://shequ.example.cn/';
const sheet: QrSheet = {
  title: '居住证怎么办，要带什么，一次说清楚',
  line: '要带什么、去哪里、几天拿到，扫码看清楚再来',
  scan: '微信扫一扫',
  name: '3号窗口',
  community: '黄土坡社区',
  path: '/guide/residence-permit.apply',
};
const formats = Object.keys(sheetFormats) as SheetFormat[];

/** The texts of the streams of a PDF that can be read. */
function streamsOf(pdf: Uint8Array): string[] {
  const text = Buffer.from(pdf).toString('latin1');
  return [...text.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].flatMap(([, body = '']) => {
    try {
      return [inflateSync(Buffer.from(body, 'latin1')).toString('latin1')];
    } catch {
      return [];
    }
  });
}

/** The code that a PDF's page draws, read back from its rectangles, module by module. */
function codeIn(pdf: Uint8Array, format: SheetFormat, link: string): boolean[][] {
  const { code } = layOut(sheet, link, format, letterings);
  const { size } = encode(link, { ecc: 'M', border: 4 });
  const module = code.size / size;
  const page = streamsOf(pdf).find((stream) => / re\b/.test(stream)) ?? '';
  const matrix = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [, ...numbers] of page.matchAll(/([\d.-]+) ([\d.-]+) ([\d.-]+) ([\d.-]+) re\b/g)) {
    const [x = 0, y = 0, width = 0, height = 0] = numbers.map(Number);
    // The band behind the title is larger than any module.
    if (height > 1.5 * module) continue;
    const row = matrix[Math.round((y - code.y) / module)];
    const from = Math.round((x - code.x) / module);
    for (let column = from; column < from + Math.round(width / module); column++) if (row) row[column] = true;
  }
  return matrix;
}

describe('a sheet', () => {
  test.each(formats)('%s: its code says the link, in a PDF that is drawn, not a picture, with the letters it needs', async (format) => {
    const pdf = await sheetPdf(sheet, linkOf(sheet, site), [format], fonts, letterings);
    const text = Buffer.from(pdf).toString('latin1');
    expect(text.startsWith('%PDF-')).toBe(true);
    expect(text.trimEnd().endsWith('%%EOF')).toBe(true);
    expect(text).not.toContain('/Subtype /Image');
    expect(text).toMatch(/\/FontName \/[A-Z]{6}\+NotoSansSC/);
    // A subset, not the font of ten megabytes.
    expect(pdf.length).toBeLessThan(150_000);
    const { width, height } = sheetFormats[format];
    const [, w, h] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(text) ?? [];
    expect([Number(w), Number(h)].map((points) => Math.round((points / 72) * 25.4))).toEqual([width, height]);
    const link = 'https://shequ.example.cn/guide/residence-permit.apply';
    expect(linkOf(sheet, site)).toBe(link);
    expect(codeIn(pdf, format, link)).toEqual(encode(link, { ecc: 'M', border: 4 }).data);
  });

  test.each(formats)('%s: everything stands on the paper, and nothing on the code', (format) => {
    for (const [title, line] of [
      ['有事', '扫码'],
      ['很长很长的标题'.repeat(8), '很长的一句话，说不完'.repeat(10)],
    ]) {
      const layout = layOut({ ...sheet, title: title ?? '', line: line ?? '' }, linkOf(sheet, site), format, letterings);
      const { code, width, height } = layout;
      expect(code.size).toBeGreaterThan(0.35 * Math.min(width, height));
      expect(code.x >= 0 && code.x + code.size <= width && code.y >= 0 && code.y + code.size <= height).toBe(true);
      for (const { words, x, y, size, bold, middle } of layout.words) {
        const long = (bold ? letterings.bold : letterings.regular).width(words, size);
        const left = middle ? x - long / 2 : x;
        expect(left >= 0 && left + long <= width && y - size >= 0 && y <= height).toBe(true);
        const beside = left >= code.x + code.size || left + long <= code.x;
        expect(beside || y <= code.y || y - size >= code.y + code.size).toBe(true);
      }
    }
  });

  test('is a picture as well, large enough to be printed', async () => {
    const png = await sheetPng(sheet, linkOf(sheet, site), 'A5', fonts, letterings);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBe(Math.round((148 / 25.4) * 150));
  });

  test('lands where it hangs, on its topic, or on the first page', () => {
    expect(landingOf({ at: '3号窗口' })).toBe(`/report?at=${encodeURIComponent('3号窗口')}`);
    expect(landingOf({ topic: 'welfare.dibao' })).toBe('/guide/welfare.dibao');
    expect(landingOf({})).toBe('/');
  });
});

describe('npm run sheets', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sheets-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
    delete process.env.SITE_URL;
  });

  test('says what is to be set when the site has no address', async () => {
    delete process.env.SITE_URL;
    await expect(sheets([folder])).rejects.toThrow('set SITE_URL');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('writes every sheet in every format', async () => {
    process.env.SITE_URL = 'https://shequ.example.cn';
    await sheets([folder]);
    const { sheets: listed } = shippedContent().current().sheets;
    expect(readdirSync(folder).sort()).toEqual(
      listed.flatMap(({ id }) => formats.flatMap((format) => ['pdf', 'png'].map((ending) => `${id}-${format}.${ending}`))).sort(),
    );
  });
});

describe('/二维码', () => {
  test('makes a sheet that is listed, or of any place, once the site has an address', async () => {
    const media = mkdtempSync(join(tmpdir(), 'sheets-'));
    process.env.SITE_URL = 'https://shequ.example.cn';
    const desk = await openTestDesk({ media });
    delete process.env.SITE_URL;
    expect(readBy('小周', await desk.say('小周', '/二维码'))).toContain('3号窗口');
    for (const name of ['3号窗口', '7栋', '居住证']) {
      const [said] = await desk.say('小周', `/二维码 ${name}`);
      expect(said?.text).toContain(`“${name}”的二维码做好了`);
      const text = readFileSync(said?.file ?? '').toString('latin1');
      expect(text.match(/\/Type \/Page\b/g)).toHaveLength(3);
    }
    rmSync(media, { recursive: true });
  });

  test('says who has to set what while it has none', async () => {
    const desk = await openTestDesk();
    expect(readBy('小周', await desk.say('小周', '/二维码 3号窗口'))).toContain('SITE_URL');
  });
});
