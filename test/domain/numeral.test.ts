import { expect, test } from '@jest/globals';
import { readNumeral } from '../../src/domain/words/numeral.ts';

test.each([
  ['两', 2],
  ['十', 10],
  ['十二', 12],
  ['二十', 20],
  ['三十五', 35],
  ['零', 0],
  ['12', 12],
])('%s is %i', (said, value) => expect(readNumeral(said)).toBe(value));

test.each(['百', '一二', '十十', '一百'])('%s is no numeral that is read here', (said) => expect(readNumeral(said)).toBeNaN());
