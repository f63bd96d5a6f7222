import { createHash, timingSafeEqual } from 'node:crypto';

/** WeChat's signature over some texts: SHA-1, in hexadecimal, of their sorted concatenation. */
export function signatureOf(...texts: readonly string[]): string {
  return createHash('sha1')
    .update([...texts].sort().join(''))
    .digest('hex');
}

/** Whether `given` is the signature over these texts. How long the comparison takes tells nothing of where they differ. */
export function isSigned(given: string, ...texts: readonly string[]): boolean {
  const [right, said] = [Buffer.from(signatureOf(...texts)), Buffer.from(given)];
  return said.length === right.length && timingSafeEqual(said, right);
}
