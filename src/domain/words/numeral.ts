const digits = [...'零一二三四五六七八九'];

/** A numeral up to 99, or one in digits, as a number: "两", "二", "2" → 2, "二十三" → 23. NaN when it is none. */
export function readNumeral(said: string): number {
  if (said === '两') return 2;
  const beyond = /^([二三四五六七八九]?)十([一二三四五六七八九]?)$/u.exec(said);
  if (beyond) return 10 * digits.indexOf(beyond[1] || '一') + digits.indexOf(beyond[2] || '零');
  const value = digits.indexOf(said);
  return value >= 0 ? value : Number(said);
}
