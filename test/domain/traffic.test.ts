import { describe, expect, test } from '@jest/globals';
import { countMessage, isQuiet, personLimit, type Tally } from '../../src/domain/people/traffic.ts';
import { plusMinutes } from '../../src/domain/time/clock-time.ts';

const start = new Date('2026-11-23T02:00:00Z');

/** Says these one after another, `minutes` apart. @returns which of them, from 1, was the first that was too much, and the tally */
function say(texts: readonly (string | undefined)[], minutes = 0, before?: Tally, from = start) {
  let tally = before;
  for (const [index, text] of texts.entries()) {
    const counted = countMessage(tally, text, plusMinutes(from, index * minutes), personLimit);
    tally = counted.tally;
    if (counted.tooMuch) return { at: index + 1, tally };
  }
  return { at: undefined, tally };
}

const different = (count: number) => Array.from({ length: count }, (_, index) => `第${index}件事`);
const repeated = (count: number, ...texts: (string | undefined)[]) =>
  Array.from({ length: count }, (_, index) => texts[index % texts.length]);

describe('what is too much', () => {
  test.each<[string, readonly (string | undefined)[], number, number | undefined]>([
    ['two hundred different things at one instant are not', different(200), 0, undefined],
    ['the two hundred and first is', different(201), 0, 201],
    ['two hundred and forty in four hours are not', different(240), 1, undefined],
    ['the same seven times is not', repeated(7, '你好'), 0, undefined],
    ['the same an eighth time is', repeated(8, '你好'), 0, 8],
    ['two things in turn, eight times, are', repeated(8, '你好', '您好'), 0, 8],
    ['three things in turn are a talk', repeated(60, '你好', '您好', '哈哈'), 0, undefined],
    [
      'the same now and then among other things is not',
      different(80).map((text, index) => (index % 3 ? text : '那要带什么')),
      0,
      undefined,
    ],
    ['what answers a list is no repetition', repeated(90, undefined), 0, undefined],
    ['something new after the same seven times is not', [...repeated(7, '你好'), '居住证怎么办'], 0, undefined],
    ['the same eight times over more than an hour is not', repeated(8, '你好'), 10, undefined],
    ['a machine that answers every ten seconds is, in half an hour', different(300), 1 / 6, 201],
  ])('%s', (_, texts, minutes, expected) => {
    expect(say(texts, minutes).at).toBe(expected);
  });
});

describe('silence', () => {
  const again = (before: Tally | undefined, from: Date) => say(repeated(8, '你好'), 0, before, from).tally;

  test('grows: ten minutes, an hour, the rest of the day in Shanghai', () => {
    const first = again(undefined, start);
    expect(first?.quietUntil).toBe('2026-11-23T02:10:00.000Z');
    const second = again(first, new Date('2026-11-23T02:20:00Z'));
    expect(second?.quietUntil).toBe('2026-11-23T03:20:00.000Z');
    const third = again(second, new Date('2026-11-23T04:00:00Z'));
    expect(third?.quietUntil).toBe('2026-11-23T16:00:00.000Z');
  });

  test('is never shorter late in the evening', () => {
    const second = again(again(undefined, start), new Date('2026-11-23T02:20:00Z'));
    expect(again(second, new Date('2026-11-23T15:59:00Z'))?.quietUntil).toBe('2026-11-23T16:59:00.000Z');
  });

  test('begins anew for whoever kept to it for a day', () => {
    const first = again(undefined, start);
    expect(again(first, new Date('2026-11-24T02:11:00Z'))).toMatchObject({ level: 1 });
    expect(again(first, new Date('2026-11-24T02:09:00Z'))).toMatchObject({ level: 2 });
  });

  test('ends at its minute, and counting begins anew with it', () => {
    const tally = again(undefined, start);
    expect(isQuiet(tally, new Date('2026-11-23T02:09:59Z'))).toBe(true);
    expect(isQuiet(tally, new Date('2026-11-23T02:10:00Z'))).toBe(false);
    expect(say(repeated(7, '你好'), 0, tally, new Date('2026-11-23T02:10:00Z')).at).toBeUndefined();
  });

  test('keeps no word of anybody', () => {
    expect(JSON.stringify(say(['我的秘密', '你好']).tally)).not.toMatch(/秘密|你好/);
  });
});
