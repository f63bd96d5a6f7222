import { type Span, spansOf } from './candidate.ts';
import type { Plain } from './plain.ts';

/** What plates begin with (GA 36): provinces, in both scripts, and the army's former districts. */
export const plateProvinces = '京津沪滬渝冀豫云雲辽遼黑湘皖鲁魯新苏蘇浙赣贛鄂桂甘晋晉蒙陕陝吉闽閩贵貴粤粵青藏川宁寧琼瓊';
const army = '军軍空海';
const suffixes = '挂学學警港澳领領使试試超临臨';
const sign = '[ ·•・.\\-—_]';
const body = '(?:[A-HJ-NP-Z0-9OI]{5,6}|[A-HJ-NP-Z0-9OI](?: [A-HJ-NP-Z0-9OI]){4,5}|[A-HJ-NP-Z0-9OI]{2,3}[·.][A-HJ-NP-Z0-9OI]{2,3})';
const shapes = [
  `[${plateProvinces}${army}]${sign}{0,2}[A-HJ-NP-Z](?:${sign}{0,3}|牌)(?:[A-HJ-NP-Z0-9OI]{4}[${suffixes}]|应急|${body})`,
  // 武警, embassies and consulates.
  `(?<![A-Z0-9])WJ${sign}{0,2}(?:[${plateProvinces}]|[0-9]{2}${sign})?${sign}?[0-9]{4,5}[A-Z0-9]?`,
  `使${sign}?[0-9]{3}${sign}?[0-9]{3}(?!\\d|元|块|人)|(?<!\\d)[0-9]{3}${sign}?[0-9]{3}使(?!用|得|劲|人|我|他)`,
  // Behind its label any that is long enough.
  `(?<=(?:车牌|車牌|牌照|牌号)(?:号码?|是|为|：|:|\\s){0,3})[\\p{Script=Han}]?[A-Z]{0,2}${sign}{0,2}${body}[${suffixes}]?`,
];
const plates = new RegExp(`(?:${shapes.join('|')})(?![A-Z0-9])`, 'gu');

/** The plates of vehicles in a text: at least two digits, and no word beside. */
export function findPlates(plain: Plain): Span[] {
  return spansOf(plates, plain).filter(({ start, end }) => /\d.*\d/u.test(plain.text.slice(start, end)));
}

/** @param plate as a plain text */
export function maskPlate(plate: string): string {
  const bare = plate.replace(/[\p{P}\p{Z}]/gu, '');
  const begin = /^(?:\p{Script=Han}?[A-Z]{1,2}|使)?/u.exec(bare)?.[0] ?? '';
  return `${begin.slice(0, 2)}****${bare.slice(-1)}`;
}
