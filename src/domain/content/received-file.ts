import { pictureEndings, pictureType, withoutTraces } from './picture.ts';

/** A file that somebody sent, as it may be kept. */
export interface PlainFile {
  readonly bytes: Uint8Array;
  /** What its name ends in, by what it is and not by what it was called. */
  readonly ending: string;
  readonly isPicture: boolean;
}

/**
 * A file without where and when it was taken: pictures (JPEG, PNG, WebP, GIF), videos (MP4, MOV), and papers (PDF, Word, Excel, PowerPoint), which are
 * kept as they are.
 * @returns undefined when it is none of these, or not whole
 */
export function plainFile(bytes: Uint8Array): PlainFile | undefined {
  const type = pictureType(bytes);
  if (type !== undefined) {
    const plain = withoutTraces(bytes);
    if (!plain) return undefined;
    return { bytes: type === 'image/jpeg' ? untilItsEnd(plain) : plain, ending: pictureEndings[type], isPicture: true };
  }
  const video = videoEnding(bytes);
  if (video !== undefined) {
    const plain = withoutPlace(bytes);
    return plain && { bytes: plain, ending: video, isPicture: false };
  }
  const ending = paperEnding(bytes);
  return ending === undefined ? undefined : { bytes, ending, isPicture: false };
}

const textAt = (bytes: Uint8Array, at: number, length: number) => String.fromCharCode(...bytes.subarray(at, at + length));

/** Phones hang more behind a JPEG: a second picture, a short film, each with traces of its own. */
function untilItsEnd(jpeg: Uint8Array): Uint8Array {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  let at = 2;
  while (at + 4 <= jpeg.length) {
    const marker = view.getUint16(at);
    if (marker === 0xffd9) return jpeg.subarray(0, at + 2);
    // What is between segments is the picture itself: there FF stands before 00, or before a mark of its own.
    const isSegment = marker > 0xff01 && marker !== 0xffff && (marker < 0xffd0 || marker > 0xffd7);
    at += isSegment ? 2 + view.getUint16(at + 2) : 1;
  }
  return jpeg;
}

const videoBrands: Readonly<Record<string, string>> = { 'qt  ': '.mov' };
/** Brands of still pictures in the same container (HEIC, AVIF): their traces are not cut out here. */
const stills = /^(?:heic|heix|heim|heis|hevc|mif1|msf1|avif|avis)$/;

function videoEnding(bytes: Uint8Array): string | undefined {
  if (textAt(bytes, 4, 4) !== 'ftyp') return undefined;
  const brand = textAt(bytes, 8, 4);
  return stills.test(brand) ? undefined : (videoBrands[brand] ?? '.mp4');
}

/** Boxes that hold others, and those that hold what was written beside the film (ISO/IEC 14496-12; QuickTime File Format). */
const boxesOfBoxes: readonly string[] = ['moov', 'trak', 'mdia', 'moof', 'traf'];
const traces: readonly string[] = ['udta', 'meta', 'uuid'];

/** A film in which every box of traces has become an empty one, as long as before, so that nothing else moves. */
function withoutPlace(film: Uint8Array): Uint8Array | undefined {
  const plain = film.slice();
  return emptied(plain, 0, plain.length) ? plain : undefined;
}

/** @returns whether the boxes from `from` to `to` are whole */
function emptied(film: Uint8Array, from: number, to: number): boolean {
  const view = new DataView(film.buffer, film.byteOffset, film.byteLength);
  for (let at = from; at < to; ) {
    if (at + 8 > to) return false;
    const short = view.getUint32(at);
    if (short === 1 && at + 16 > to) return false;
    const head = short === 1 ? 16 : 8;
    const size = short === 1 ? Number(view.getBigUint64(at + 8)) : short === 0 ? to - at : short;
    if (size < head || at + size > to) return false;
    const type = textAt(film, at + 4, 4);
    if (traces.includes(type)) {
      film.set([0x66, 0x72, 0x65, 0x65], at + 4);
      film.fill(0, at + head, at + size);
    } else if (boxesOfBoxes.includes(type) && !emptied(film, at + head, at + size)) return false;
    at += size;
  }
  return true;
}

function paperEnding(bytes: Uint8Array): string | undefined {
  if (textAt(bytes, 0, 5) === '%PDF-') return '.pdf';
  if (textAt(bytes, 0, 8) === '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1') return '.doc';
  if (textAt(bytes, 0, 4) !== 'PK\x03\x04') return undefined;
  // The names of a package's parts stand in clear before each of them.
  const names = textAt(bytes, 0, Math.min(bytes.length, 4000));
  if (!names.includes('[Content_Types].xml') && !names.includes('_rels/')) return undefined;
  const whole = new TextDecoder('latin1').decode(bytes);
  return whole.includes('word/') ? '.docx' : whole.includes('xl/') ? '.xlsx' : whole.includes('ppt/') ? '.pptx' : undefined;
}
