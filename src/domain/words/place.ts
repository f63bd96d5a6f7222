const chineseDigits = '零一二三四五六七八九';

/**
 * The place that a message tells of, in the resident's own words, longest match of the shapes given by the content
 * ("3栋2单元", "菜场门口", "人民路口"). Undefined when there is none.
 */
export function findPlace(text: string, shapes: readonly RegExp[]): string | undefined {
  let longest = '';
  for (const shape of shapes) {
    for (const match of text.matchAll(new RegExp(shape.source, 'gu'))) {
      if (match[0].length > longest.length) longest = match[0];
    }
  }
  return longest === '' ? undefined : longest;
}

/** The building that a place lies in ("三栋二单元501" → "3栋"); undefined when it names none. */
export function buildingOf(place: string): string | undefined {
  const found = /([a-z\d]+)(?:栋|幢|号楼|座)/.exec(plainPlace(place));
  return found ? `${found[1]}栋` : undefined;
}

/** Whether two places are the same spot, as far as the words go: the same building and unit, or one named within the other. */
export function samePlace(one: string, other: string): boolean {
  const [a, b] = [plainPlace(one), plainPlace(other)];
  if (a === b) return a !== '';
  const [buildingA, buildingB] = [buildingOf(one), buildingOf(other)];
  if (buildingA !== undefined && buildingB !== undefined) {
    const [unitA, unitB] = [unitOf(a), unitOf(b)];
    return buildingA === buildingB && (unitA === undefined || unitB === undefined || unitA === unitB);
  }
  return Math.min(a.length, b.length) >= 3 && (a.includes(b) || b.includes(a));
}

/**
 * Under which name a place is counted: its building, or the first of the given names that is the same spot, or its own words. Room
 * numbers are left out with what follows the building.
 */
export function spotOf(place: string, names: Iterable<string>): string {
  const building = buildingOf(place);
  if (building !== undefined) return building;
  for (const name of names) if (samePlace(name, place)) return name;
  return place.replace(/\s+/g, ' ').trim();
}

function unitOf(plain: string): string | undefined {
  return /([a-z\d]+)单元/.exec(plain)?.[1];
}

/** Without spaces and stops, in small letters, numbers in digits: "三栋 二单元" → "3栋2单元". */
function plainPlace(place: string): string {
  return place
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\p{Z}]/gu, '')
    .replace(/[零一二三四五六七八九]?十[一二三四五六七八九]?/gu, (ten) => {
      const [before = '', after = ''] = ten.split('十');
      return String((before === '' ? 1 : chineseDigits.indexOf(before)) * 10 + (after === '' ? 0 : chineseDigits.indexOf(after)));
    })
    .replace(/[零一二三四五六七八九](?=栋|幢|号楼|座|单元|楼|层)/gu, (digit) => String(chineseDigits.indexOf(digit)));
}
