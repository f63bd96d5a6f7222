import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FileBox } from 'file-box';
import type { Message as WechatyMessage } from 'wechaty';
import { silentLog } from '../../../src/adapters/system/log.ts';
import { savedFile } from '../../../src/adapters/wechat/media.ts';

const gps = 'GPS 26.59N 104.83E 20261123';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lianxinqiao-media-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const kept = (bytes: Uint8Array, name = 'a.jpg') =>
  savedFile(
    { id: 'm1', toFileBox: async () => FileBox.fromBuffer(Buffer.from(bytes), name) } as unknown as WechatyMessage,
    folder,
    silentLog,
  );
const bytesOf = (file = '') => readFileSync(join(folder, file));

const be32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const letters = (text: string) => [...Buffer.from(text, 'latin1')];
const segment = (marker: number, data: readonly number[]) => [0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255, ...data];
const box = (type: string, data: readonly number[]) => [...be32(data.length + 8), ...letters(type), ...data];
const chunk = (type: string, data: readonly number[]) => [...be32(data.length), ...letters(type), ...data, 0, 0, 0, 0];
const riff = (type: string, data: readonly number[]) => [...letters(type), data.length, 0, 0, 0, ...data, ...(data.length % 2 ? [0] : [])];

const scan = [...segment(0xda, [1, 1, 0]), 1, 0xff, 0, 2, 0xff, 0xd0, 3];
const jpeg = [
  0xff,
  0xd8,
  ...segment(0xe0, letters('JFIF\0')),
  ...segment(0xe1, letters(`Exif\0\0MM\0*\0\0\0\x08\0\0${gps}`)),
  ...segment(0xe1, letters(`http://ns.adobe.com/xap/1.0/\0${gps}`)),
  ...segment(0xed, letters(`Photoshop 3.0\0${gps}`)),
  ...segment(0xfe, letters(gps)),
  ...scan,
  ...segment(0xc4, [0xff, 0xd9]),
  ...scan,
  0xff,
  0xd9,
  ...letters(`a short film: ${gps}`),
];
const png = [
  ...letters('\x89PNG\r\n\x1a\n'),
  ...chunk('IHDR', [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]),
  ...chunk('tEXt', letters(`Comment\0${gps}`)),
  ...chunk('iTXt', letters(`XML:com.adobe.xmp\0${gps}`)),
  ...chunk('eXIf', letters(gps)),
  ...chunk('IDAT', [1, 2, 3]),
  ...chunk('IEND', []),
  ...letters(gps),
];
const chunks = [
  ...riff('VP8X', [0x0c, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
  ...riff('VP8 ', [1, 2, 3, 4]),
  ...riff('EXIF', letters(gps)),
  ...riff('XMP ', letters(gps)),
];
const webp = [...letters('RIFF'), chunks.length + 4, 0, 0, 0, ...letters('WEBP'), ...chunks];
const film = [
  ...box('ftyp', letters('isom\0\0\0\0')),
  ...box('moov', [
    ...box('mvhd', [0, 0, 0, 0]),
    ...box('udta', letters(gps)),
    ...box('trak', [...box('tkhd', [7]), ...box('meta', letters(gps))]),
  ]),
  ...box('uuid', letters(gps)),
  ...box('mdat', [1, 2, 3]),
];

describe('a file that is kept', () => {
  test.each([
    [
      'JPEG',
      jpeg,
      '.jpg',
      [
        [0xff, 0xc4],
        [0xff, 0xd9],
      ],
    ],
    ['PNG', png, '.png', [letters('IHDR'), letters('IDAT'), letters('IEND')]],
    ['WebP', webp, '.webp', [letters('VP8 ')]],
    ['MP4', film, '.mp4', [letters('mvhd'), letters('tkhd'), letters('mdat')]],
    ['MOV', film.map((each, at) => letters('qt  ')[at - 8] ?? each), '.mov', [letters('mdat')]],
  ])('%s: tells nothing of where and when it was taken, and is still what it was', async (_, bytes, ending, stays) => {
    expect(Buffer.from(bytes).includes(gps)).toBe(true);
    const { file, bytes: size } = await kept(Uint8Array.from(bytes), 'C:\\..\\evil.exe');
    expect(file).toBe(`m1${ending}`);
    const written = bytesOf(file);
    expect(size).toBe(written.length);
    expect(written.includes('GPS')).toBe(false);
    for (const each of stays) expect(written.includes(Buffer.from(each))).toBe(true);
  });

  test.each([
    ['a paper', letters('%PDF-1.7 x'), '.pdf'],
    ['a Word file', letters('PK\x03\x04 [Content_Types].xml word/document.xml'), '.docx'],
  ])('%s is named by what it is', async (_, bytes, ending) => {
    expect((await kept(Uint8Array.from(bytes), 'x.exe')).file).toBe(`m1${ending}`);
  });
});

describe('a file that is not kept', () => {
  test.each([
    ['a program named like a picture', letters('MZ\x90\0 this program')],
    ['a page with a script', letters('<html><script>1</script>')],
    ['a drawing with a script', letters('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['an archive', letters('PK\x03\x04 evil.exe')],
    ['a picture whose traces cannot be cut out here', box('ftyp', letters('heic\0\0\0\0'))],
    ['half a JPEG', jpeg.slice(0, 30)],
    ['a film whose boxes do not fit', [...box('ftyp', letters('isom')), 0xff, 0xff, 0xff, 0xff, ...letters('moov')]],
    ['nothing', []],
  ])('%s: says so, and nothing is written', async (_, bytes) => {
    expect(await kept(Uint8Array.from(bytes))).toEqual({ unkept: 'kind' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('one that is too large is not fetched to its end', async () => {
    expect(await kept(new Uint8Array(25_000_001))).toEqual({ unkept: 'large' });
    expect(readdirSync(folder)).toEqual([]);
  });
});
