import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { paragraphsUpTo } from '../../src/domain/words/split-text.ts';

describe('a text in parts', () => {
  test.each([
    ['what fits stays whole', '一段\n\n二段', 10, ['一段\n\n二段']],
    ['paragraphs are kept together as far as they fit', '一一\n\n二二\n\n三三', 6, ['一一\n\n二二', '三三']],
    ['then lines', '一一一\n二二二\n三三三', 8, ['一一一\n二二二', '三三三']],
    ['then sentences', '今天停水。明天来水。后天再说。', 10, ['今天停水。明天来水。', '后天再说。']],
    ['then characters', '啊啊啊啊啊', 2, ['啊啊', '啊啊', '啊']],
    ['a heading does not go alone', '停水\n\n今天停水。明天来水。后天再说。', 14, ['停水\n\n今天停水。明天来水。', '后天再说。']],
    ['nothing is nothing', ' \n\n ', 5, []],
  ])('%s', (_, text, longest, parts) => {
    expect(paragraphsUpTo(text, longest)).toEqual(parts);
  });

  test('never cuts a character in two', () => {
    expect(paragraphsUpTo('👨‍👩‍👧👨‍👩‍👧', 9)).toEqual(['👨‍👩‍👧', '👨‍👩‍👧']);
  });

  test('loses no word, and no part is too long', () => {
    const text = fc
      .array(fc.constantFrom('停水', '。', '\n', '\n\n', '通知', '一二三四五六七八九十', ' '), { maxLength: 60 })
      .map((words) => words.join(''));
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 40 }), (whole, longest) => {
        const parts = paragraphsUpTo(whole, longest);
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(longest);
        expect(parts.join('').replace(/\s/g, '')).toBe(whole.replace(/\s/g, ''));
      }),
      { seed: 20261124 },
    );
  });
});
