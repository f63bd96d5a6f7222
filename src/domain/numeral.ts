const digits = [...'零一二三四五六七八九十'];

/** A numeral up to ten, or one in digits, as a number: "两", "二", "2" → 2. NaN when it is none. */
export function readNumeral(said: string): number {
  if (said === '两') return 2;
  const value = digits.indexOf(said);
  return value >= 0 ? value : Number(said);
}
