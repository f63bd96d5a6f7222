/**
 * What kind of picture some bytes are, by how they begin and not by what they claim: a page or a drawing with a
 * script in it (SVG) must never come back from our own address as a picture.
 * @returns the media type, or undefined when it is none that WeChat shows
 */
export function pictureType(bytes: Uint8Array): PictureType | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'image/gif';
  if (head.startsWith('RIFF') && head.startsWith('WEBP', 8)) return 'image/webp';
  return undefined;
}

export type PictureType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';

/** What the name of a picture ends in. */
export const pictureEndings: Readonly<Record<PictureType, string>> = {
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'image/gif': '.gif',
  'image/webp': '.webp',
};

/**
 * A picture without what a camera wrote beside it: where it was taken, when, with what. The way it is to be held (EXIF orientation) stays.
 * @returns undefined when it is no picture, or one that ends before it is whole
 */
export function withoutTraces(bytes: Uint8Array): Uint8Array | undefined {
  switch (pictureType(bytes)) {
    case 'image/jpeg':
      return plainJpeg(bytes);
    case 'image/png':
      return plainPng(bytes);
    case 'image/webp':
      return plainWebp(bytes);
    case 'image/gif':
      return bytes;
    default:
      return undefined;
  }
}

/** JPEG (ITU-T T.81): segments up to the picture itself. Of APP1 only the orientation stays, of the others JFIF, colours and Adobe's. */
function plainJpeg(bytes: Uint8Array): Uint8Array | undefined {
  const view = viewOf(bytes);
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let orientation = 1;
  for (let at = 2; at + 4 <= bytes.length; ) {
    const marker = view.getUint16(at);
    if (marker === 0xffff) {
      at++;
      continue;
    }
    if (marker < 0xff01) return undefined;
    if (marker === 0xffda) {
      const exif = orientation === 1 ? [] : [orientationOnly(orientation)];
      return joined([kept[0] ?? new Uint8Array(), ...exif, ...kept.slice(1), bytes.subarray(at)]);
    }
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) return undefined;
    const segment = bytes.subarray(at, end);
    if (marker === 0xffe1) orientation = orientationIn(segment) ?? orientation;
    const goes = marker === 0xfffe || (marker >= 0xffe0 && marker <= 0xffef && ![0xffe0, 0xffe2, 0xffee].includes(marker));
    if (!goes) kept.push(segment);
    at = end;
  }
  return undefined;
}

/** The tag 0x0112 in the first directory of an EXIF segment (TIFF 6.0). */
function orientationIn(segment: Uint8Array): number | undefined {
  if (String.fromCharCode(...segment.subarray(4, 8)) !== 'Exif' || segment.length < 18) return undefined;
  const tiff = viewOf(segment.subarray(10));
  const little = tiff.getUint16(0) === 0x4949;
  const first = tiff.getUint32(4, little);
  if (first + 2 > tiff.byteLength) return undefined;
  const count = tiff.getUint16(first, little);
  for (let index = 0; index < count; index++) {
    const entry = first + 2 + index * 12;
    if (entry + 12 > tiff.byteLength) return undefined;
    const value = tiff.getUint16(entry + 8, little);
    if (tiff.getUint16(entry, little) === 0x0112) return value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
}

/** An EXIF segment that tells nothing but how to hold the picture. */
function orientationOnly(orientation: number): Uint8Array {
  return Uint8Array.from([
    ...[0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0],
    ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1],
    ...[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0],
    ...[0, 0, 0, 0],
  ]);
}

const pngTraces: ReadonlySet<string> = new Set(['tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME']);

/** PNG: chunks of length, type, data and checksum, up to IEND. */
function plainPng(bytes: Uint8Array): Uint8Array | undefined {
  const view = viewOf(bytes);
  const kept: Uint8Array[] = [bytes.subarray(0, 8)];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (end > bytes.length) return undefined;
    if (!pngTraces.has(type)) kept.push(bytes.subarray(at, end));
    if (type === 'IEND') return joined(kept);
    at = end;
  }
  return undefined;
}

/** WebP: chunks in a RIFF container, each padded to an even length; the flags for EXIF and XMP in VP8X go with them. */
function plainWebp(bytes: Uint8Array): Uint8Array | undefined {
  const view = viewOf(bytes);
  const kept: Uint8Array[] = [];
  for (let at = 12; at + 8 <= bytes.length; ) {
    const type = String.fromCharCode(...bytes.subarray(at, at + 4));
    const size = view.getUint32(at + 4, true);
    const end = Math.min(at + 8 + size + (size % 2), bytes.length);
    if (at + 8 + size > bytes.length) return undefined;
    const chunk = bytes.slice(at, end);
    if (type === 'VP8X') chunk[8] = (chunk[8] ?? 0) & ~0x0c;
    if (type !== 'EXIF' && type !== 'XMP ') kept.push(chunk);
    at = end;
  }
  const result = joined([bytes.slice(0, 12), ...kept]);
  viewOf(result).setUint32(4, result.length - 8, true);
  return kept.length > 0 ? result : undefined;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}
