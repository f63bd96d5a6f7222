import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A form may lie open for so long. */
const longestMs = 4 * 3_600_000;
/** So many bits of a digest have to be zero: a second of work for an old phone, and nothing for who sends one form. */
const workBits = 15;

/** The signed field in forms: nobody makes one but us, and each names one form. No cookie and no row is needed for it. */
export interface FormTokens {
  make(now: Date): string;
  /** The name of the form; undefined when it is not ours, or lay open too long. */
  read(token: string, now: Date): string | undefined;
  /** Whether the browser has worked for this form: then more is taken from where it is. */
  worked(token: string, work: string): boolean;
}

/** @param key by default one of this process: a form that was open over a restart is sent once more */
export function createFormTokens(key: Buffer = randomBytes(32)): FormTokens {
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url').slice(0, 22);
  return {
    make(now) {
      const body = `${now.getTime().toString(36)}.${randomBytes(12).toString('base64url')}`;
      return `${body}.${sign(body)}`;
    },
    read(token, now) {
      const [at = '', form = '', signed = '', ...more] = token.slice(0, 100).split('.');
      const ours = Buffer.from(sign(`${at}.${form}`));
      const given = Buffer.from(signed);
      if (more.length > 0 || given.length !== ours.length || !timingSafeEqual(given, ours)) return undefined;
      const age = now.getTime() - Number.parseInt(at, 36);
      return age >= 0 && age <= longestMs ? form : undefined;
    },
    worked(token, work) {
      if (!/^\d{1,10}$/.test(work)) return false;
      return createHash('sha256').update(`${token}.${work}`).digest().readUInt32BE(0) >>> (32 - workBits) === 0;
    },
  };
}
