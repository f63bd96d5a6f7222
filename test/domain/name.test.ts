import { expect, test } from '@jest/globals';
import { readCode } from '../../src/domain/people/code.ts';
import { bareName, hidesSomething, mixesScripts } from '../../src/domain/people/name.ts';
import { isWeakPin } from '../../src/domain/people/pin.ts';

test.each([
  ['王 磊', '王磊'],
  ['王\u3000磊', '王磊'],
  ['王\u200b磊', '王磊'],
  ['王\u2060磊\u3164', '王磊'],
  ['小\u2800周\ufe0f', '小周'],
  ['⼩周', '小周'],
  ['Ａｍｙ', 'Amy'],
  ['Аmу', 'Amy'],
  ['ΑΜΥ', 'AMY'],
  ['Ámy', 'Amy'],
  ['ⅼeo', 'leo'],
  ['李主任1', '李主任l'],
  ['小Ｏ', '小0'],
  ['ロ子', '口子'],
  ['张•三', '张·三'],
])('%j is %j to whoever reads it', (one, other) => expect(bareName(one)).toBe(bareName(other)));

test.each([
  ['王磊', '王雷'],
  ['小周', '小邹'],
  ['李主任', '李主任2'],
  ['王', '王磊'],
])('%j is not %j', (one, other) => expect(bareName(one)).not.toBe(bareName(other)));

test('of a name of which nothing can be seen nothing is left', () => expect(bareName('\u200b \u3164\u2800')).toBe(''));

test('what is odd about a name is told', () => {
  expect([hidesSomething('王\u200b磊'), hidesSomething('王 磊'), hidesSomething('王磊')]).toEqual([true, false, false]);
  expect([mixesScripts('Аmy'), mixesScripts('Amy'), mixesScripts('Оля')]).toEqual([true, false, false]);
});

test.each([
  ['k7m2 9qxt', 'K7M29QXT'],
  ['Ｋ7M2-9QXT', 'K7M29QXT'],
  ['K7M2\u200b9QXT', 'K7M29QXT'],
  ['password', undefined],
  ['12345678', undefined],
  ['haha1234', undefined],
  ['2345 6789', undefined],
  ['谢谢您啊谢谢您', undefined],
  ['K7M29QXTA', undefined],
])('%j has the form of the code %s', (said, code) => expect(readCode(said)).toBe(code));

test('a fifth of all PINs may not be chosen, at the most', () => {
  const weak = Array.from({ length: 1000 }, (_, index) => String((index * 7919 + 13) % 1_000_000).padStart(6, '0')).filter((pin) =>
    isWeakPin(pin),
  );
  expect(weak.length).toBeLessThan(200);
});
