import { expect, test } from '@jest/globals';
import { hasAskingForm, piecesOf, takeApart, withoutJoint } from '../../src/domain/understanding/take-apart.ts';

test.each([
  ['低保怎么办？还有社保卡丢了', ['低保怎么办？', '还有社保卡丢了']],
  ['楼道灯不亮再一个垃圾没人收', ['楼道灯不亮', '再一个垃圾没人收']],
  ['在吗。电梯坏了', ['在吗。', '电梯坏了']],
])('a message is taken apart at its sentences and where another matter is begun: %s', (text, parts) => {
  expect(takeApart(text)).toEqual(parts);
});

test.each([
  ['房子过户要交哪样税，居住证到期咋个办', ['房子过户要交哪样税，', '居住证到期咋个办']],
  ['残疾证咋个办我那张社保卡断了', ['残疾证咋个办', '我那张社保卡断了']],
  ['这个能不能在网上办', ['这个能不能在网上办']],
  ['民政局要不要提前约', ['民政局要不要提前约']],
])('a run-on is cut behind what asks, and never inside 能不能: %s', (text, pieces) => {
  expect(piecesOf(text)).toEqual(pieces);
});

test('pieces joined are the part, however many clauses it has', () => {
  const part = '楼上漏水，'.repeat(40);
  expect(piecesOf(part).join('')).toBe(part);
  expect(piecesOf(part).length).toBeLessThanOrEqual(10);
});

test('what joins a part says nothing of what it is about; alone it stays', () => {
  expect(withoutJoint('还有那个坐公交不要钱的卡')).toBe('坐公交不要钱的卡');
  expect(withoutJoint('另外')).toBe('另外');
});

test.each([
  ['低保户去世，', false],
  ['楼道灯不亮', false],
  ['要带几张照片', true],
  ['工伤如何申报', true],
  ['报得了不', true],
])('half of a story has no form that asks: %s', (part, asks) => {
  expect(hasAskingForm(part)).toBe(asks);
});
