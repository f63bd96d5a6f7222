/** A one-time code makes whoever says it privately one of the staff. Letters and digits that nobody takes for each other: 40 bits. */
export const codeLength = 8;

const form = new RegExp(`^[A-HJ-NP-Z2-9]{${codeLength}}$`);

/**
 * The one-time code that a message is, however it was typed: "k7m2 9qxt", "K7M2-9QXT". Undefined for anything else: words and numbers
 * have no digit, or no letter, or letters that no code has.
 */
export function readCode(text: string): string | undefined {
  if (text.length > 4 * codeLength) return undefined;
  const typed = text
    .normalize('NFKC')
    .replace(/[\s\p{Cf}·.。‐-―_-]/gu, '')
    .toUpperCase();
  return form.test(typed) && /\d/.test(typed) && /[A-Z]/.test(typed) ? typed : undefined;
}
