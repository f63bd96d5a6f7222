import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { appealNumber, damm, endsAs, readAppealNumber } from '../../src/domain/appeals/appeal-number.ts';

describe('numbers of appeals', () => {
  test('have at least three digits and a check digit', () => {
    expect(appealNumber('SQ', '261123', 17)).toMatch(/^SQ261123-017\d$/);
    expect(appealNumber('SQ', '261123', 1234)).toMatch(/^SQ261123-1234\d$/);
    expect(damm('572')).toBe('4');
  });

  test('every wrong digit and every swap of neighbours is noticed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999 }), fc.nat(), fc.integer({ min: 1, max: 9 }), (sequence, where, by) => {
        const number = appealNumber('SQ', '261123', sequence);
        const digits = number.replace(/\D/g, '');
        const at = where % digits.length;
        const wrong = `${digits.slice(0, at)}${(Number(digits[at]) + by) % 10}${digits.slice(at + 1)}`;
        expect(readAppealNumber(`SQ${wrong}`, 'SQ')?.form).toBe('wrong');
        const next = (at + 1) % digits.length;
        const swapped = [...digits];
        [swapped[at], swapped[next]] = [digits[next] ?? '', digits[at] ?? ''];
        if (next > at && digits[at] !== digits[next]) expect(readAppealNumber(swapped.join(''), 'SQ')?.form).toBe('wrong');
      }),
    );
  });

  test.each(['SQ261123-0174', 'sq2611230174', '261123-0174', ' SQ261123—0174。', '单号：ＳＱ２６１１２３－０１７４'])(
    '%s is read',
    (typed) => {
      const number = `SQ261123-017${damm('261123017')}`;
      expect(readAppealNumber(typed.replace(/[4４](?=\D*$)/, damm('261123017')), 'SQ')).toEqual({ form: 'full', number });
    },
  );

  test('a short ending fits with and without its check digit', () => {
    const number = appealNumber('SQ', '261123', 17);
    expect(['17', '017', number.slice(-4)].map((ending) => endsAs(number, ending))).toEqual([true, true, true]);
    expect(endsAs(number, '18')).toBe(number.endsWith('18'));
    expect(readAppealNumber('174号', 'SQ')).toEqual({ form: 'short', ending: '174' });
    expect(readAppealNumber('楼道灯', 'SQ')).toBeUndefined();
  });
});
