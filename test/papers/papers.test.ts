import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { cardSvg } from '../../src/adapters/papers/card.ts';
import { chartSvg } from '../../src/adapters/papers/chart.ts';
import { readFont, withFallback } from '../../src/adapters/papers/font.ts';
import { createPapers } from '../../src/adapters/papers/papers.ts';
import { openLetterings } from '../../src/adapters/papers/picture.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import type { Chart, NewsCard, Sheet } from '../../src/desk/kernel/papers.ts';

const fonts = join(projectFolder, 'data/fonts');
const letterings = openLetterings(fonts);
/** Has what the two weights lack. */
const rarer = readFont(readFileSync(join(fonts, 'NotoSansSC-Medium.ttf')));
const chart: Chart = {
  title: '黄土坡社区 上周统计',
  subtitle: '11月16日—11月22日\n收到 23 件，比前一周多 3 件😀',
  rates: [
    { title: '响应率', share: 0.92, text: '46/50', note: '前一周 88%' },
    { title: '解决率', share: 0, text: '0/3' },
    { title: '满意率', share: undefined, text: '还没人评价' },
  ],
  bars: [
    { title: '按类别', rows: [{ title: '停水、停电、停气、没暖气', count: 18, before: 12 }] },
    { title: '按地点', rows: [{ title: '㐂乐园<b>&"', count: 0, before: 0 }] },
  ],
  legend: ['上周', '前一周'],
  footer: '11月23日 10:00 统计',
};
const card: NewsCard = {
  title: '一周消息',
  date: '2026年11月27日',
  sections: [
    { title: '最新通知', items: ['11月28日9:00停水'] },
    { title: '活动', items: ['包饺子'] },
  ],
  footer: '回“退订”不再收',
  more: (left) => `…还有 ${left} 条`,
};

let media: string;
let papers: ReturnType<typeof createPapers>;
beforeEach(() => {
  media = mkdtempSync(join(tmpdir(), 'papers-'));
  papers = createPapers({ media, fonts, picture: (path) => join(media, path), log: silentLog });
});
afterEach(() => rmSync(media, { recursive: true }));
const bytes = (file: string) => readFileSync(join(media, file));

/** The words of a picture, each with its weight. */
const drawn = (svg: string) =>
  [...svg.matchAll(/font-weight="(\d+)"[^>]*>([^<]*)</g)].map(([, weight, text = '']) => ({
    bold: weight === '700',
    text: text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))),
  }));

describe('pictures', () => {
  test.each([
    ['a chart', () => chartSvg(chart, letterings)],
    ['a card', () => cardSvg({ ...card, qr: { text: 'https://example.cn' }, qrCaption: '扫码🎉' }, letterings)],
  ])('%s has no character that the font lacks, and nothing in it is markup', (_, svg) => {
    const regular = withFallback(readFont(readFileSync(join(fonts, 'NotoSansSC-Regular.ttf'))), rarer);
    const bold = withFallback(readFont(readFileSync(join(fonts, 'NotoSansSC-Bold.ttf'))), rarer);
    const all = drawn(svg());
    expect(all.length).toBeGreaterThan(5);
    for (const each of all)
      expect([...each.text].filter((character) => !(each.bold ? bold : regular).has(character.codePointAt(0) ?? 0))).toEqual([]);
    expect(svg()).not.toContain('<b>');
  });

  test('are PNG as wide as a phone shows them, the same again is the same file and not written twice', async () => {
    const file = await papers.chart(chart);
    expect(file).toMatch(/^papers\/黄土坡社区-上周统计-[0-9a-f]{10}\.png$/);
    expect(bytes(file).subarray(1, 4).toString()).toBe('PNG');
    expect(bytes(file).readUInt32BE(16)).toBe(1080);
    const written = bytes(file);
    writeFileSync(join(media, file), 'kept');
    expect(await papers.chart({ ...chart })).toBe(file);
    expect(bytes(file).toString()).toBe('kept');
    rmSync(join(media, file));
    await papers.chart(chart);
    expect(bytes(file).equals(written)).toBe(true);
    expect(await papers.chart({ ...chart, footer: '' })).not.toBe(file);
    expect(readdirSync(join(media, 'papers')).length).toBe(2);
  });

  test('a card that grew too long says how many are left, whatever section they are of', () => {
    const long = { ...card, sections: [{ title: '通知', items: Array(60).fill('停水停电停气'.repeat(10)) }, ...card.sections] };
    const words = drawn(cardSvg(long, letterings)).map(({ text }) => text);
    const shown = words.filter((text) => text.startsWith('停水停电停气')).length;
    const left = Number(/还有 (\d+) 条/.exec(words.join('\n'))?.[1]);
    expect(left).toBeGreaterThan(40);
    expect(words).not.toContain('包饺子');
    expect(shown).toBeGreaterThan(0);
    expect(drawn(cardSvg(card, letterings)).some(({ text }) => text.includes('还有'))).toBe(false);
  });

  test('a supplied code is part of the picture; one outside the content folder is refused', async () => {
    writeFileSync(join(media, 'code.png'), bytes(await papers.card({ ...card, qr: { text: 'x' } })));
    const [own, none] = [await papers.card({ ...card, qr: { picture: 'code.png' } }), await papers.card(card)];
    expect(bytes(own).length).toBeGreaterThan(bytes(none).length);
    await expect(papers.card({ ...card, qr: { picture: '../../etc/passwd' } })).rejects.toThrow('outside');
  });
});

describe('a workbook', () => {
  const sheets: Sheet[] = [
    {
      title: '诉求[1]/2',
      head: ['单号', '件数'],
      rows: [
        ['=HYPERLINK("http://x","点我")', 3],
        ['+1', -2],
        ['@x', 0],
        ['\t=1', 1],
        ['＝1', 1],
        ['a\u0001<b>&', 1],
      ],
    },
    { title: '数字', head: ['项目'], rows: [] },
  ];
  const parts = async () => {
    const zip = unzipSync(bytes(await papers.workbook('诉求 导出', sheets)));
    return (name: string) => strFromU8(zip[name] ?? new Uint8Array());
  };

  test('opens: two sheets, a head that stays, numbers that are numbers', async () => {
    const part = await parts();
    expect([...part('xl/workbook.xml').matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(([, name]) => name)).toEqual(['诉求 1  2', '数字']);
    expect(part('xl/worksheets/sheet1.xml')).toContain('ySplit="1"');
    expect(part('xl/worksheets/sheet1.xml')).toMatch(/<c r="B2"[^>]*><v>3<\/v>/);
    expect(part('xl/worksheets/sheet1.xml')).toMatch(/<c r="B3"[^>]*><v>-2<\/v>/);
  });

  test('what a resident wrote is never a formula, also after it was saved as CSV', async () => {
    const part = await parts();
    const strings = [...part('xl/sharedStrings.xml').matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map(([, text = '']) => text);
    expect(part('xl/worksheets/sheet1.xml')).not.toContain('<f');
    expect(strings.filter((text) => /^[=+\-@\t\r＝]/.test(text))).toEqual([]);
    expect(strings.some((text) => text.startsWith("'=HYPERLINK("))).toBe(true);
  });
});

test('a page holds everything, runs nothing, and shows what was written as it was', async () => {
  const file = await papers.page('周报', {
    title: '周报<script>alert(1)</script>',
    blocks: [{ heading: '一' }, { paragraph: '"&\'' }, { head: ['甲'], rows: [['<img src=x>']] }],
    signature: ['居委会'],
  });
  const html = bytes(file).toString();
  expect(html).not.toMatch(/<(script|img|link|iframe)/);
  expect(html).toContain(`content="default-src 'none'`);
  expect(html).toContain('&#60;img src=x&#62;');
});

describe('the folder', () => {
  test('is made when there is something to write, and what is a hundred days old is forgotten', async () => {
    const old = await papers.page('旧', { title: '旧', blocks: [], signature: [] });
    const longAgo = new Date(statSync(join(media, old)).mtimeMs - 101 * 24 * 3_600_000);
    utimesSync(join(media, old), longAgo, longAgo);
    const recent = await papers.page('新', { title: '新', blocks: [], signature: [] });
    expect(readdirSync(join(media, 'papers')).map((name) => `papers/${name}`)).toEqual([recent]);
  });

  test('a name says what it is and holds nothing that a file system minds', async () => {
    expect(await papers.page('../周报：11月/3栋?*', { title: '', blocks: [], signature: [] })).toMatch(
      /^papers\/周报-11月-3栋-[0-9a-f]{10}\.html$/,
    );
  });
});
