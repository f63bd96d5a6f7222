const isDay = (text: string) => /^(?:0[1-9]|[12]\d|3[01])$/.test(text);
const isMonth = (text: string) => /^(?:0[1-9]|1[0-2])$/.test(text);
const isYear = (text: string) => /^(?:19\d\d|20[0-3]\d)$/.test(text);

/**
 * Whether digits may be a birthday or a year, as people write them: 850713, 130785, 071385, 198507, 071985; four of them 0713, 1307, 1985.
 * Whoever knows somebody knows these.
 */
export function isDate(digits: string): boolean {
  const at = (from: number) => digits.slice(from, from + 2);
  if (digits.length === 4) return isYear(digits) || (isMonth(at(0)) && isDay(at(2))) || (isDay(at(0)) && isMonth(at(2)));
  if (digits.length === 6)
    return (
      isYear(digits.slice(0, 4)) ||
      isYear(digits.slice(2)) ||
      (isMonth(at(2)) && isDay(at(4))) ||
      (isDay(at(0)) && isMonth(at(2))) ||
      (isMonth(at(0)) && isDay(at(2)))
    );
  return isYear(digits.slice(0, 4)) || isYear(digits.slice(-4));
}
