/** Halves of characters and zeros: nobody types them, and no database keeps them. */
const broken = /\p{Cs}|\0/gu;

/** Some data with all of its texts well-formed. */
export function wellFormed<T>(data: T): T {
  if (typeof data === 'string') return data.replace(broken, '') as T;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, wellFormed(value)])) as T;
}
