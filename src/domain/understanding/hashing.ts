/** Where a hash begins. */
export const seed = 0x811c9dc5 | 0;

/** FNV-1a, from where it was with what came before. */
export function hashOn(value: number, name: string): number {
  let hash = value;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash;
}

/** The key of a list of numbers, from where it was with what came before. */
export function keyOn(value: number, next: number): number {
  return Math.imul(value ^ next, 0x01000193);
}

/** The end of a hash: every bit of it depends on every bit before. */
export function finished(value: number): number {
  let mixed = value ^ (value >>> 15);
  mixed = Math.imul(mixed, 0x85ebca77);
  return mixed ^ (mixed >>> 13);
}

/** Another hash, with a seed of its own: two names that share one do not share the other. */
export const otherSeed = 0x9747b28c | 0;

export function otherHashOn(value: number, name: string): number {
  let hash = value;
  for (let at = 0; at < name.length; at++) {
    hash = Math.imul(hash ^ name.charCodeAt(at), 0x5bd1e995);
    hash ^= hash >>> 15;
  }
  return hash;
}
