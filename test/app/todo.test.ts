import { describe, expect, test } from '@jest/globals';
import { openTestDesk, readBy } from '../support/desk.ts';

/** Of a phone of 390 pixels: so many characters stand in a line of a bubble, so many lines on its screen. */
const lineLength = 18;
const screenLines = 34;

const rowsOf = (text: string) => text.split('\n').filter((line) => /^\d+\. /.test(line));
const linesOnPhone = (text: string) =>
  text.split('\n').reduce((total, line) => total + Math.max(1, Math.ceil(line.length / lineLength)), 0);

/** A desk on which eighteen people have told of something, the last of them of what is urgent. */
async function withEighteen() {
  const desk = await openTestDesk();
  for (let each = 1; each < 18; each++) await desk.say(`居民${each}`, `${each}栋2单元三楼到四楼的楼道灯坏了好几天，老人晚上不敢下楼`);
  await desk.say('居民18', '18栋门口的井盖不见了，黑漆漆的一个洞');
  return desk;
}

describe('/待办 with eighteen open cases', () => {
  test('is one screen of a phone, the most urgent first, and says how to go on', async () => {
    const desk = await withEighteen();
    const shown = readBy('小周', await desk.say('小周', '/待办'));
    expect(shown).toContain('18 件');
    expect(linesOnPhone(shown)).toBeLessThanOrEqual(screenLines);
    expect(rowsOf(shown)[0]).toContain('井盖');
    expect(shown).toContain('/待办 其余');
  });

  test('the rest comes by “其余”, each case once, and its numbers are heard', async () => {
    const desk = await withEighteen();
    const first = rowsOf(readBy('小周', await desk.say('小周', '/待办')));
    const rest = rowsOf(readBy('小周', await desk.say('小周', '/待办 其余')));
    const numbers = [...first, ...rest].map((row) => /SQ\d{6}-\d+/.exec(row)?.[0]);
    expect(new Set(numbers).size).toBe(18);
    expect([...first, ...rest].map((row) => Number.parseInt(row, 10))).toEqual(Array.from({ length: 18 }, (_, at) => at + 1));
    expect(readBy('小周', await desk.say('小周', '12 受理'))).toContain(numbers[11] ?? '');
    expect(readBy('小周', await desk.say('小周', '1 受理'))).toContain(numbers[0] ?? '');
  });
});
