import { createHash } from 'node:crypto';
import { serialize } from 'node:v8';

/** A part of the content in bytes, and what tells it from all others. */
export interface Part {
  readonly digest: string;
  readonly bytes: Uint8Array;
}

/** How long the digest of a part is. */
export const digestLength = 24;

export const partOf = (value: object): Part => ({ digest: digestOf(value), bytes: serialize(value) });

/** Most of what is large is met again, with the next community. */
const digests = new WeakMap<object, string>();

export function digestOf(value: object): string {
  const digest = digests.get(value) ?? short(sha256(written(value)));
  digests.set(value, digest);
  return digest;
}

/** The digest of several things that have names, each of which may be met again in other company; as this engine of JavaScript writes them. */
export const digestOfAll = (things: object): string =>
  short(sha256(process.versions.v8, JSON.stringify(Object.entries(things).map(([name, thing]) => [name, digestOf(thing)]))));

const short = (digest: Buffer) => digest.toString('hex').slice(0, digestLength);

export function sha256(...pieces: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest();
}

/** A value as text. The bytes of `serialize` tell, too, how a text came to be in memory: those of the same value may differ. */
function written(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each;
    if (each instanceof Map) return { map: [...each] };
    if (each instanceof RegExp) return { expression: String(each) };
    return Object.getPrototypeOf(each) === Object.prototype ? each : { bytes: serialize(each).toString('base64') };
  });
}
