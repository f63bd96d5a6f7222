import { describe, expect, test } from '@jest/globals';
import { loadFiles } from '../../src/adapters/content/load.ts';
import { projectFolder } from '../../src/adapters/content/project.ts';
import { isUnknown, missingIn } from '../../src/domain/content/fact-shape.ts';
import { shippedContent } from '../support/content.ts';

const { local, factShapes } = shippedContent().current();
const question = (id: string) => local.get(id)?.question ?? '';

describe('what staff fill in', () => {
  test.each([
    ['office.phone', '黄土坡路 12 号，菜场斜对面', '电话号码'],
    ['office.phone', '0858-81234', '电话号码'],
    ['street.phone', '找老王', '电话号码'],
    ['office.address', '0858-8123456', '地点'],
    ['street.hall', '8123456', '地点'],
    ['office.hours', '看情况', '时间'],
    ['party.day', '书记说了算', '时间'],
    ['welfare.dibao-standard', '按规定', '数目'],
    ['residence.replacement-fee', '问派出所', '数目'],
    ['police.household', '示例派出所，人民路 10 号', '电话号码'],
  ])('for %s, “%s” lacks %s', (id, said, missing) => {
    expect(question(id)).not.toBe('');
    expect(missingIn(question(id), said, factShapes)?.name).toBe(missing);
  });

  test.each([
    ['office.phone', '0858-8123456'],
    ['office.phone', '０８５８－８１２３４５６'],
    ['office.phone', '13885801234（小周）'],
    ['office.phone', '8123456 转 3'],
    ['property.phone', '住建局 12345 转'],
    ['danger.sms', '12110858'],
    ['office.address', '黄土坡路12号，菜场斜对面'],
    ['office.hours', '周一到周五，早九晚五'],
    ['office.hours', '24 小时都有人'],
    ['welfare.dibao-standard', '630 元'],
    ['welfare.dibao-standard', '六百三'],
    ['residence.replacement-fee', '不收钱'],
    ['office.visit', '走不动的老人都可以，提前一天打电话，不收钱'],
  ])('for %s, “%s” is taken as it is', (id, said) => {
    expect(missingIn(question(id), said, factShapes)).toBeUndefined();
  });

  test('the examples of the shipped questions look like what they ask for', () => {
    const samples = [...loadFiles(projectFolder).content.local.values()].flatMap((fact) => (fact.sample === undefined ? [] : [fact]));
    expect(samples.length).toBeGreaterThan(25);
    expect(samples.filter((fact) => missingIn(fact.question, fact.sample ?? '', factShapes))).toEqual([]);
  });

  test.each(['不晓得', '不知道', '不太清楚', '没得', '待定', '还没定', '？', '。。。', '问一下', '不清楚哦'])('“%s” is no fact', (said) => {
    expect(isUnknown(said, factShapes)).toBe(true);
  });

  test.each(['没有门槛，都可以来', '0858-8123456', '不办', '没有网上入口，要来窗口'])('“%s” is one', (said) => {
    expect(isUnknown(said, factShapes)).toBe(false);
  });
});
