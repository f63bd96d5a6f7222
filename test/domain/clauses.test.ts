import { expect, test } from '@jest/globals';
import { clausesOf, hasAskingForm, withoutJoint } from '../../src/domain/understanding/take-apart.ts';

test.each([
  ['房子过户要交哪样税，居住证到期咋个办', ['房子过户要交哪样税，', '居住证到期咋个办']],
  ['残疾证咋个办我那张社保卡断了', ['残疾证咋个办', '我那张社保卡断了']],
  ['这个能不能在网上办', ['这个能不能在网上办']],
])('clauses begin behind commas and behind what asks: %s', (text, clauses) => {
  expect(clausesOf(text)).toEqual(clauses);
});

test('no message has more clauses than are looked at', () => {
  expect(clausesOf('楼上漏水，'.repeat(400)).length).toBeLessThanOrEqual(16);
});

test('what joins a clause says nothing of what it is about; alone it stays', () => {
  expect(withoutJoint('还有那个坐公交不要钱的卡')).toBe('坐公交不要钱的卡');
  expect(withoutJoint('另外')).toBe('另外');
});

test.each([
  ['低保户去世，', false],
  ['我有乙肝好多年了', false],
  ['要带几张照片', true],
  ['工伤如何申报', true],
])('half of a story has no form that asks: %s', (clause, asks) => {
  expect(hasAskingForm(clause)).toBe(asks);
});
