import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { courseOf } from '../../src/domain/danger/course.ts';
import { isDenial } from '../../src/domain/danger/denial.ts';
import { shippedContent } from '../support/content.ts';

/** What people answer to "现在有人有危险吗", and what they say while an alarm is on, labelled by hand (verdicts/). */
const { dangerTalk, simplify } = shippedContent().current();

interface Labelled {
  readonly text: string;
  readonly verdict: string;
}

function labelled(name: string): Labelled[] {
  const lines = readFileSync(join(import.meta.dirname, 'verdicts', name), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line));
}

const denies = (text: string) => isDenial(simplify(text), dangerTalk.denial);
const course = (text: string) => courseOf(simplify(text), dangerTalk.goesOn);

describe('the answer to whether somebody is in danger', () => {
  const rows = labelled('danger.jsonl');
  const said = (verdict: string) => rows.filter((row) => row.verdict === verdict).map(({ text }) => text);

  test('a cry for help is hardly ever taken for a denial, though it begins with 没', () => {
    expect(said('yes').length).toBeGreaterThan(400);
    expect(said('yes').filter(denies).length / said('yes').length).toBeLessThanOrEqual(0.005);
  });

  test('denials of many kinds of people are heard as such', () => {
    const missed = said('no').filter((text) => !denies(text));
    expect(1 - missed.length / said('no').length).toBeGreaterThanOrEqual(0.95);
    expect((rows.length - missed.length - said('yes').filter(denies).length) / rows.length).toBeGreaterThanOrEqual(0.98);
  });

  test.each([
    '没力气了',
    '没动静',
    '没停过',
    '没人敢劝',
    '没拉住',
    '没法呼吸',
    '没有用',
    '没有家了',
    '没哭声了',
    '没有要跳，已经跳了',
    '没有，是真的有人要跳',
    '没事，他只是拿着刀坐在门口',
    '没有危险，我已经想好了',
    '没事的时候就打我',
    '没有，我吃了药',
    '没事，我就想睡过去',
    '没事你别报警',
    '都好好的突然就倒了',
    '第二个人也倒了',
    '2个小孩',
    '',
    '🙂',
    '没'.repeat(5000),
  ])('only a whole denial ends it: %j does not', (text) => {
    expect(denies(text)).toBe(false);
  });

  test.each(['没有', '没事', '没危险', '2', '２。', '发错了', '没有，我就问问灭火器哪里领', '沒有危險，謝謝', '没有没有，是电视里头演的'])(
    'a whole denial ends it: %j',
    (text) => {
      expect(denies(text)).toBe(true);
    },
  );
});

describe('how danger goes on', () => {
  const rows = labelled('over.jsonl');
  /** A place, and what is about something else, is read elsewhere. */
  const expected = ({ verdict }: Labelled) => (['place', 'other'].includes(verdict) ? undefined : verdict);

  test('all clear, worse news, waiting and thanks are told apart', () => {
    const right = rows.filter((row) => course(row.text) === expected(row));
    expect(rows.length).toBeGreaterThan(600);
    expect(right.length / rows.length).toBeGreaterThanOrEqual(0.95);
  });

  test('worse news is hardly ever passed on as an all clear, nor an all clear as worse news', () => {
    const taken = (verdict: string, as: string) => rows.filter((row) => row.verdict === verdict && course(row.text) === as).length;
    expect(taken('worse', 'over')).toBeLessThanOrEqual(2);
    expect(taken('over', 'worse')).toBeLessThanOrEqual(3);
  });

  test.each([
    ['火灭了，又从二楼冒烟了', 'worse'],
    ['刚才吓死我了，人醒了', 'over'],
    ['火灭了没有', undefined],
    ['没事了才怪', 'worse'],
    ['我是他儿子，已经送医院了', 'over'],
    ['有没有人管啊', 'waiting'],
    ['谢谢你们', 'thanks'],
    ['打了119了', undefined],
    ['居民医保今年交多少', undefined],
  ])('%j is %j', (text, verdict) => {
    expect(course(text)).toBe(verdict);
  });
});
