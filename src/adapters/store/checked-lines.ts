import { crc32 } from 'node:zlib';

/**
 * Lines that tell whether they are as they were written: `CHECKSUM LENGTH JSON`, the CRC-32 in hexadecimal, the length of the JSON in bytes.
 * A checksum goes on from that of the line before, so that a line that is missing or stands elsewhere is noticed too.
 */
export interface Written {
  readonly bytes: Buffer;
  readonly checksum: number;
}

/** A line that is not as it was written. Lines count from 1. */
export class DamagedLineError extends Error {
  override readonly name = 'DamagedLineError';
  readonly line: number;
  constructor(line: number) {
    super(`line ${line} is not as it was written`);
    this.line = line;
  }
}

/** What was read of a file. */
export interface Read {
  readonly lines: number;
  readonly checksum: number;
  /** So many bytes are whole lines; what follows was cut off while it was written. */
  readonly end: number;
}

const lineBreak = 0x0a;
/** A line that a power cut left with a hole in it has at least so many zeros; text has none. Only at its beginning there may be fewer. */
export const hole = Buffer.alloc(8);

/** @param before the checksum of the line before */
export function checkedLine(json: string, before: number): Written {
  const text = Buffer.from(`${Buffer.byteLength(json)} ${json}\n`);
  const checksum = crc32(text, before);
  return { bytes: Buffer.concat([Buffer.from(`${hexadecimal(checksum)} `), text]), checksum };
}

/**
 * Reads lines. Only the last one may be cut off: it was never acknowledged.
 * @param each is given the JSON in each
 * @throws DamagedLineError
 */
export function readCheckedLines(bytes: Buffer, before: number, each: (json: Buffer) => void): Read {
  let lines = 0;
  let checksum = before;
  let end = 0;
  while (end < bytes.length) {
    const next = bytes.indexOf(lineBreak, end) + 1;
    const line = bytes.subarray(end, next === 0 ? bytes.length : next);
    const json = jsonIn(line, checksum);
    if (json === undefined) {
      if ((next === 0 || next === bytes.length) && isCutOff(line)) break;
      throw new DamagedLineError(lines + 1);
    }
    each(json);
    lines++;
    checksum = Number.parseInt(line.toString('latin1', 0, 8), 16);
    end = next;
  }
  return { lines, checksum, end };
}

/** The JSON of a line that is as it was written; undefined when it is not. @param before the checksum of the line before */
export function jsonIn(line: Buffer, before: number): Buffer | undefined {
  const text = line.subarray(9);
  if (line[line.length - 1] !== lineBreak || line.toString('latin1', 0, 9) !== `${hexadecimal(crc32(text, before))} `) return undefined;
  return text.subarray(text.indexOf(0x20) + 1, text.length - 1);
}

/** Whether the end of this line never reached the disk; a line that is there to its last letter was acknowledged, and is damaged. */
function isCutOff(line: Buffer): boolean {
  // Of its first sector only the last bytes are its own. No bit that turns makes a zero of a figure.
  if (line[0] === 0 || line.includes(hole)) return true;
  if (line[line.length - 1] === lineBreak) return false;
  const [, length] = /^.{8} (\d+) /su.exec(line.toString('latin1', 0, 32)) ?? [];
  return length === undefined || line.length < 9 + length.length + 1 + Number(length) + 1;
}

const hexadecimal = (checksum: number) => checksum.toString(16).padStart(8, '0');
