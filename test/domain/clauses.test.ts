import { expect, test } from '@jest/globals';
import { plainNameMatcher } from '../../src/domain/understanding/facet-cues.ts';
import { clausesOf, hasAskingForm, pointsBack, withoutJoint } from '../../src/domain/understanding/take-apart.ts';

test.each([
  ['房子过户要交哪样税，居住证到期咋个办', ['房子过户要交哪样税，', '居住证到期咋个办']],
  ['残疾证咋个办我那张社保卡断了', ['残疾证咋个办', '我那张社保卡断了']],
  ['这个能不能在网上办', ['这个能不能在网上办']],
  ['居住证要满多久，是不是还要房东去备案', ['居住证要满多久，', '是不是还要房东去备案']],
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

test.each([
  ['这个钱哪个发，还补得到不', true],
  ['这种情况找谁', true],
  ['这个小区归哪个管', false],
  ['补贴哪个发', false],
])('what points back asks nothing by itself: %s', (part, back) => {
  expect(pointsBack(part)).toBe(back);
});

const named = plainNameMatcher(
  { materials: { words: ['带哪样', '材料'], patterns: [] }, fee: { words: ['多少钱'], patterns: [] } },
  new Map([['居住证', 'residence-permit.apply']]),
);
test.each([
  ['居住证', false],
  ['居住证咋个办', true],
  ['我想办居住证，要带哪样嘛？', true],
  ['居住证多少钱', true],
  ['居住证没得了要带哪样', false],
  ['居住证到期了', false],
  ['我妈的居住证要哪样材料', false],
])('a name with a facet and words that ask is plain; with more it is not: %s', (text, isPlain) => {
  expect(named(text)).toBe(isPlain ? 'residence-permit.apply' : undefined);
});
