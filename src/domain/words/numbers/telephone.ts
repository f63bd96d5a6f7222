import { type Candidate, isOneNumber } from './candidate.ts';

/** What is dialled or written before a number: the country, a long distance, cheap lines of former days. */
const prefixes = ['', '86', '0086', '086', '0', '17951', '12593', '17911', '17901', '10193', '17909', '12583'];

/** A mobile number (11 digits from 13 to 19, 《电信网编号计划》), with any prefix. */
export function isMobile(candidate: Candidate): boolean {
  return prefixes.some((prefix) => {
    const rest = withoutPrefix(candidate, prefix);
    return rest !== undefined && /^1[3-9]\d{9}$/.test(rest.digits) && isOneNumber(rest);
  });
}

/** A landline: area code and seven or eight digits; without its area code where a label says what it is. */
export function isLandline(candidate: Candidate): boolean {
  const { digits, before } = candidate;
  if (digits.length <= 8) return /^[2-9]\d{6,7}$/.test(digits) && namesTelephone.test(before) && isOneNumber(candidate);
  for (const prefix of ['', '86', '0086', '086']) {
    const rest = withoutPrefix(candidate, prefix);
    if (!rest || !(prefix === '' ? /^0/ : /^/).test(rest.digits) || !landline.test(rest.digits)) continue;
    // The area code stands by itself, or there is no telling it from other figures.
    const [first = 0, ...others] = rest.sizes;
    const area = /^0?(?:10|2)/.test(rest.digits) ? 3 : 4;
    const apart = first >= 7 || first === area || first === area - 1;
    const listed = !before.endsWith('区号') && rest.gaps.some(({ signs, text }) => signs && /[,，;、；。:：]/u.test(text));
    const parted =
      others.length === 0 || rest.sizes.every((size) => size === 1) || (apart && !listed && others.slice(0, -1).every((size) => size >= 2));
    if (parted && (rest.gaps.every(({ signs }) => signs) || isOneNumber(rest))) return true;
  }
  return false;
}

const landline = /^0?(?:10[2-9]\d{7}|2\d[2-9]\d{7}|[3-9]\d\d[2-9]\d{6,7})$/;
const namesTelephone = /(?:电话|電話|座机|固话|家里号码)(?:号码?|是|为|：|:|，|,|打|\s){0,14}$/u;

/** A mobile number with a digit too many or too few behind its label is still somebody's. */
export function isMistypedMobile({ digits, sizes, before }: Candidate): boolean {
  return (
    sizes.length === 1 && /^1[3-9]\d{8,10}$/.test(digits) && /(?:电话|手机|電話|手機)(?:号码?|號碼?|是|为|：|:|\s){0,14}$/u.test(before)
  );
}

function withoutPrefix(candidate: Candidate, prefix: string): Candidate | undefined {
  if (prefix === '') return candidate;
  if (!candidate.digits.startsWith(prefix)) return undefined;
  const sizes = [...candidate.sizes];
  const gaps = [...candidate.gaps];
  for (let left = prefix.length; left > 0; ) {
    const first = sizes.shift() ?? 0;
    if (first > left) sizes.unshift(first - left);
    else gaps.shift();
    left -= first;
  }
  return { ...candidate, digits: candidate.digits.slice(prefix.length), sizes, gaps };
}

export function maskMobile(digits: string): string {
  return `${digits.slice(-11, -8)}****${digits.slice(-4)}`;
}
