import type { PlaceReader } from './place.ts';

const numeral = '(?:\\d{1,4}|[一二三四五六七八九十百]{1,4}|[A-Za-z])';
/** Where nothing but a part of a house is told, which is no place by itself: "402室", "五楼", "2单元". */
const partOfHouse = new RegExp(`${numeral}\\s*(?:号楼|栋|幢|单元|室|楼(?![道梯])|层)`, 'u');

/** What a text tells of a place that is finer than a compound or a road ("3栋2单元", "人民路12号", "五楼"); undefined when it tells none. */
export function finerPlace(text: string, places: PlaceReader): string | undefined {
  const fine = places
    .all(text)
    .find(({ building, unit, floor, room, house }) => [building, unit, floor, room, house].some((field) => field !== undefined));
  return fine?.text ?? partOfHouse.exec(text)?.[0];
}
