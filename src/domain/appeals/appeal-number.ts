/**
 * Numbers of appeals: `SQ261123-0174` = prefix, date in Asia/Shanghai, daily sequence of at least three
 * digits, check digit. The check digit is Damm's (H. M. Damm, "Total anti-symmetrische Quasigruppen",
 * Marburg 2004): it catches every wrong digit and every swap of neighbours.
 */

const quasigroup = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
];

/** The check digit over a string of digits. */
export function damm(digits: string): string {
  let interim = 0;
  for (const digit of digits) interim = Number(quasigroup[interim]?.[Number(digit)]);
  return String(interim);
}

/** Makes the number of the `sequence`-th appeal (from 1) of a day; `date` is yyMMdd. */
export function appealNumber(prefix: string, date: string, sequence: number): string {
  const counted = String(sequence).padStart(3, '0');
  return `${prefix}${date}-${counted}${damm(date + counted)}`;
}

export type NumberReading =
  | { readonly form: 'full'; readonly number: string }
  | { readonly form: 'short'; readonly ending: string }
  | { readonly form: 'wrong'; readonly typed: string };

/**
 * Reads a number however it is typed: "sq2611230174", "SQ261123-0174" (full), "0174", "174号", "17" (short: the ending
 * is looked up among appeals that the asker may see). A full number whose check digit does not fit is `wrong`.
 */
export function readAppealNumber(typed: string, prefix: string): NumberReading | undefined {
  const compact = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-_—–#号:.，。]|单号|编号/g, '');
  const digits = compact.startsWith(prefix) ? compact.slice(prefix.length) : compact;
  if (!/^\d+$/.test(digits)) return undefined;
  if (digits.length >= 10 && digits.length <= 13) {
    const date = digits.slice(0, 6);
    const counted = digits.slice(6, -1);
    const number = `${prefix}${date}-${counted}${digits.slice(-1)}`;
    return damm(date + counted) === digits.slice(-1) ? { form: 'full', number } : { form: 'wrong', typed: number };
  }
  return digits.length <= 6 ? { form: 'short', ending: digits } : undefined;
}

/** Whether a short ending ("0174", "174", "17" for the seventeenth) may mean this number. */
export function endsAs(number: string, ending: string): boolean {
  const counted = number.slice(number.indexOf('-') + 1);
  const bare = (digits: string) => digits.replace(/^0+/, '');
  return bare(counted) === bare(ending) || bare(counted.slice(0, -1)) === bare(ending);
}

/** Those of several appeals that a short ending means: the one that ends in just these digits ("0018"), else all that may be meant. */
export function endingIn<A extends { readonly id: string }>(appeals: readonly A[], ending: string): A[] {
  const exact = appeals.filter(({ id }) => id.endsWith(`-${ending}`));
  return exact.length > 0 ? exact : appeals.filter(({ id }) => endsAs(id, ending));
}
