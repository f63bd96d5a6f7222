import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toldIn } from '../../src/domain/reckoning/told.ts';
import { datesIn, monthIn } from '../../src/domain/time/told-date.ts';
import { spansIn } from '../../src/domain/time/told-span.ts';
import { inDigits } from '../../src/domain/words/digits.ts';
import { bareSum, payIn } from '../../src/domain/words/told-money.ts';

const today = '2026-11-26';

test.each([
  ['七八年三月', '78年3月'],
  ['一九七八年', '1978年'],
  ['二〇〇五年', '2005年'],
  ['零五年', '05年'],
  ['十二年', '12年'],
  ['二十三', '23'],
  ['四千五', '4500'],
  ['一万二', '12000'],
  ['一万零五百', '10500'],
  ['两千零五十', '2050'],
  ['三千八百五', '3850'],
  ['１９７８年', '1978年'],
  ['1.2万', '12000'],
  ['3千5', '3500'],
  ['干了七八年', '干了7~8年'],
  ['千万别来', '千万别来'],
  ['两个', '2个'],
])('%s is read as %s', (text, digits) => expect(inDigits(text)).toBe(digits));

describe('a day that is told', () => {
  test.each([
    ['78年3月', '1978-03-01', '1978-03-31'],
    ['我是78年3月5号生的', '1978-03-05', '1978-03-05'],
    ['一九六九年七月十九日生', '1969-07-19', '1969-07-19'],
    ['1981-06，普通工人', '1981-06-01', '1981-06-30'],
    ['男 1976.11', '1976-11-01', '1976-11-30'],
    ['出生 1968 05 男', '1968-05-01', '1968-05-31'],
    ['19780305', '1978-03-05', '1978-03-05'],
    ['2024.11.05', '2024-11-05', '2024-11-05'],
    ['我78年的女的', '1978-01-01', '1978-12-31'],
    ['我七一年的 是个开车的', '1971-01-01', '1971-12-31'],
    ['05年进厂', '2005-01-01', '2005-12-31'],
    ['女 1974 8月', '1974-08-01', '1974-08-31'],
    ['65年8月男', '1965-08-01', '1965-08-31'],
    ['去年五月', '2025-05-01', '2025-05-31'],
    ['去年九月二十号', '2025-09-20', '2025-09-20'],
    ['前年十一月离的职', '2024-11-01', '2024-11-30'],
    ['今年3月份', '2026-03-01', '2026-03-31'],
    ['去年年底', '2025-11-01', '2025-12-31'],
    ['去年', '2025-01-01', '2025-12-31'],
    ['上个月', '2026-10-01', '2026-10-31'],
    ['上月15号', '2026-10-15', '2026-10-15'],
    ['三月一号入职', '2026-03-01', '2026-03-01'],
    ['12月生的', '2025-12-01', '2025-12-31'],
    ['3个月前', '2026-08-11', '2026-09-10'],
    ['昨天', '2026-11-25', '2026-11-25'],
    ['2026年1月15日', '2026-01-15', '2026-01-15'],
    ['二〇一四年七月入职', '2014-07-01', '2014-07-31'],
    ['2017年2月，离职', '2017-02-01', '2017-02-28'],
  ])('%s', (text, from, to) => expect(datesIn(text, today)[0]).toMatchObject({ from, to }));

  test.each([
    ['七八年腊月', '1978-12-01', '1979-02-28'],
    ['去年腊月十八', '2025-12-01', '2026-02-28'],
    ['农历三月初五', '2026-03-01', '2026-05-31'],
    ['六六年冬月', '1966-11-01', '1967-01-31'],
  ])('%s, by the farmers’ calendar, may be any day of these', (text, from, to) =>
    expect(datesIn(text, today)[0]).toEqual(expect.objectContaining({ from, to, lunar: true })),
  );

  test.each([
    '干了7年半',
    '一个月四千',
    '12年工龄',
    '干了七八年',
    '交了15年',
    '三年零两个月',
    '不晓得',
    '2月30号',
    '断了两年',
    '工龄三年十个月',
  ])('%s tells none', (text) => expect(datesIn(text, today)).toEqual([]));

  test('two are read in their order', () => {
    const [first, second, ...more] = datesIn('2017年2月入职，2026年10月离职', today);
    expect([first?.from, second?.from, more]).toEqual(['2017-02-01', '2026-10-01', []]);
  });

  test('a birth that is expected lies ahead', () => {
    expect(datesIn('预产期3月2号', today, true)[0]?.from).toBe('2027-03-02');
    expect(datesIn('明年三月二号', today, true)[0]?.from).toBe('2027-03-02');
  });

  test.each([
    ['3', '1978-03-01', '1978-03-31'],
    ['三月', '1978-03-01', '1978-03-31'],
    ['12月份', '1978-12-01', '1978-12-31'],
    ['腊月', '1978-12-01', '1979-02-28'],
    ['三月初五，农历', '1978-03-01', '1978-05-31'],
  ])('%s is a month of a year that is known', (text, from, to) => expect(monthIn(text, 1978)).toMatchObject({ from, to }));

  test.each(['13', '不晓得', '三年', '3个月'])('%s is none', (text) => expect(monthIn(text, 1978)).toBeUndefined());
});

describe('a span that is told', () => {
  test.each([
    ['7年半', 90, 90],
    ['干了6年', 72, 72],
    ['六年零三个月', 75, 75],
    ['3年8个月', 44, 44],
    ['工龄三年十个月', 46, 46],
    ['8个月', 8, 8],
    ['十一个月', 11, 11],
    ['一年半', 18, 18],
    ['半年', 6, 6],
    ['半年多', 7, 11],
    ['六年多', 73, 83],
    ['二十多年', 241, 359],
    ['十来年', 108, 144],
    ['干了五六年', 60, 72],
    ['快10年', 108, 119],
    ['两年', 24, 24],
    ['十四年零三个月', 171, 171],
  ])('%s', (text, from, to) => expect(spansIn(text)[0]).toEqual({ from, to }));

  test.each(['不晓得', '4000', '好久'])('%s tells none', (text) => expect(spansIn(text)).toEqual([]));
});

describe('pay that is told', () => {
  test.each([
    ['一个月四千', 4000],
    ['月薪4500', 4500],
    ['工资三千八', 3800],
    ['月均工资四千三百元', 4300],
    ['三千块一个月', 3000],
    ['两千九百的工资', 2900],
    ['一年六万', 5000],
    ['年薪8.4万', 7000],
    ['每月平均4600', 4600],
    ['月薪5k', 5000],
    ['工资四千五，补偿几个月', 4500],
  ])('%s', (text, yuan) => expect(payIn(text)?.yuan).toBe(yuan));

  test.each(['干了6年赔几个月', '2017年', '不晓得', '没得工资'])('%s tells none', (text) => expect(payIn(text)).toBeUndefined());

  test.each([
    ['4000', 4000],
    ['四千多', 4000],
    ['大概3500块', 3500],
  ])('%s alone is a sum', (text, yuan) => expect(bareSum(text)).toBe(yuan));
});

describe('one message', () => {
  test.each([
    ['我在厂里干了7年半，一个月四千，老板把我开了赔多少', [], 4000, [{ from: 90, to: 90 }]],
    ['月薪6000，工龄7年2个月，被裁赔几个', [], 6000, [{ from: 86, to: 86 }]],
    ['我05年进的厂，工资3500', ['2005-01-01'], 3500, []],
    ['四年半 三千块一个月 老板该赔我好多', [], 3000, [{ from: 54, to: 54 }]],
    ['一个月2800，干了五年零一个月', [], 2800, [{ from: 61, to: 61 }]],
    ['我男 73年 干了十五年 六千', ['1973-01-01'], undefined, [{ from: 180, to: 180 }]],
  ])('%s', (text, dates, pay, spans) => {
    const told = toldIn(text, today);
    expect(told.dates.map(({ from }) => from)).toEqual(dates);
    expect(told.pay).toBe(pay);
    expect(told.spans).toEqual(spans);
  });

  test('of any kind is read without end or error', () => {
    const piece = fc.constantFrom(
      '七',
      '八',
      '年',
      '月',
      '个',
      '半',
      '十',
      '万',
      '千',
      '零',
      '前',
      '去年',
      '腊月',
      '3',
      '12',
      '1978',
      '.',
      ' ',
      '多',
      '岁',
      '块',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const { dates, spans } = toldIn(pieces.join(''), today);
        for (const { from, to } of dates) expect(from <= to && !Number.isNaN(Date.parse(from))).toBe(true);
        for (const { from, to } of spans) expect(from).toBeLessThanOrEqual(to);
      }),
    );
    expect(toldIn('七八年'.repeat(5000), today)).toBeDefined();
  });
});
