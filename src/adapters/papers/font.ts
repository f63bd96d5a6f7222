/** What is known of a font without drawing with it: which characters it has, and how wide they are. */
export interface Font {
  has(codePoint: number): boolean;
  /** The width in em; of a character that it lacks, that of the sign that stands for it. */
  width(codePoint: number): number;
}

/**
 * Reads a TrueType font (OpenType 1.9): its `cmap` (format 12 where it has one, else 4: the Basic Multilingual Plane) and its widths (`hmtx`).
 * @throws when the font has no such table
 */
export function readFont(bytes: Uint8Array): Font {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = new Map<string, number>();
  for (let entry = 12; entry < 12 + 16 * view.getUint16(4); entry += 16)
    tables.set(String.fromCharCode(...bytes.subarray(entry, entry + 4)), view.getUint32(entry + 8));
  const table = (name: string): number => {
    const found = tables.get(name);
    if (found === undefined) throw new Error(`the font has no table ${name}`);
    return found;
  };
  const glyphs = glyphsOf(view, table('cmap'));
  const unitsPerEm = view.getUint16(table('head') + 18);
  const widths = table('hmtx');
  const lastWidth = view.getUint16(table('hhea') + 34) - 1;
  return {
    has: (codePoint) => glyphs.has(codePoint),
    width: (codePoint) => view.getUint16(widths + 4 * Math.min(glyphs.get(codePoint) ?? 0, lastWidth)) / unitsPerEm,
  };
}

/** A font with another for what it lacks, as the two are drawn. */
export function withFallback(font: Font, fallback: Font): Font {
  return {
    has: (codePoint) => font.has(codePoint) || fallback.has(codePoint),
    width: (codePoint) => (font.has(codePoint) || !fallback.has(codePoint) ? font : fallback).width(codePoint),
  };
}

/** Code point → glyph. */
function glyphsOf(view: DataView, cmap: number): ReadonlyMap<number, number> {
  const whole = subtableOf(view, cmap, 12);
  if (whole !== undefined) return glyphsOfGroups(view, whole);
  const at = subtableOf(view, cmap, 4);
  if (at === undefined) throw new Error('the font has no cmap of format 4 or 12');
  const length = view.getUint16(at + 6);
  const [ends, starts, deltas, offsets] = [14, 16 + length, 16 + 2 * length, 16 + 3 * length].map((offset) => at + offset) as [
    number,
    number,
    number,
    number,
  ];
  const glyphs = new Map<number, number>();
  for (let segment = 0; segment < length; segment += 2) {
    const start = view.getUint16(starts + segment);
    const offset = view.getUint16(offsets + segment);
    const delta = view.getUint16(deltas + segment);
    for (let code = start; code <= view.getUint16(ends + segment) && code < 0xffff; code++) {
      const stored = offset === 0 ? code : view.getUint16(offsets + segment + offset + 2 * (code - start));
      const glyph = stored === 0 ? 0 : (stored + delta) & 0xffff;
      if (glyph !== 0) glyphs.set(code, glyph);
    }
  }
  return glyphs;
}

/** Format 12: runs of code points, of any plane, with the glyph of the first. */
function glyphsOfGroups(view: DataView, at: number): ReadonlyMap<number, number> {
  const glyphs = new Map<number, number>();
  const end = at + 16 + 12 * view.getUint32(at + 12);
  for (let group = at + 16; group < end; group += 12) {
    const start = view.getUint32(group);
    for (let code = start; code <= view.getUint32(group + 4); code++) glyphs.set(code, view.getUint32(group + 8) + code - start);
  }
  return glyphs;
}

function subtableOf(view: DataView, cmap: number, format: number): number | undefined {
  for (let entry = cmap + 4; entry < cmap + 4 + 8 * view.getUint16(cmap + 2); entry += 8) {
    const at = cmap + view.getUint32(entry + 4);
    if (view.getUint16(at) === format) return at;
  }
  return undefined;
}
