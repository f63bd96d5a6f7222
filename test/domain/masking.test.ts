import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mask, withoutNumbers } from '../../src/domain/words/masking.ts';

describe('personal numbers', () => {
  test.each([
    ['我电话13985801234，找我', '我电话139****1234，找我'],
    ['139 8580 1234', '139****1234'],
    ['＋86 １３９８５８０１２３４', '139****1234'],
    ['身份证520201195203041229', '身份证520***********29'],
    ['52020119520304122X', '520***********2X'],
    ['卡号6217 0012 3456 7890 123', '卡号****0123'],
    ['座机0858-8221234', '座机****1234'],
    ['贵BA1234挡住了', '贵B****4挡住了'],
    ['5-1-302 13985801234 漏水', '5-1-302 139****1234 漏水'],
    ['12-3-1501 139 8580 1234', '12-3-1501 139****1234'],
    ['1501（13001201234）', '1501（130****1234）'],
    ['139,8580,1234', '139****1234'],
    ['139/8580/1234', '139****1234'],
    ['我电话一三九八五八零一二三四', '我电话139****1234'],
  ])('%s → %s', (text, masked) => {
    expect(mask(text).text).toBe(masked);
  });

  test.each([
    '3栋2单元501',
    '2026年11月23日',
    '一共花了123456元',
    'SQ261123-0174',
    '打12345、96110',
    '一三五七九，一楼三号',
    '13、14、15、16、17、18栋',
  ])('%s stays', (text) => {
    expect(mask(text)).toEqual({ text, found: [] });
  });

  test('what is not a number stays to the letter', () => {
    expect(mask('①号楼，电话13985801234！').text).toBe('①号楼，电话139****1234！');
  });

  test('masking twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('1', '3', '9', '0', ' ', '-', '贵', 'B', '号', '*') }), (text) => {
        const once = mask(text).text;
        expect(mask(once).text).toBe(once);
      }),
    );
  });

  test('are left out with their label when it matters what a message is about', () => {
    expect(withoutNumbers('楼道灯坏了，我电话139****1234，身份证520***********29')).toBe('楼道灯坏了， ， ');
  });
});
