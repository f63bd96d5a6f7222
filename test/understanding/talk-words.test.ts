import { describe, expect, test } from '@jest/globals';
import { actOf, inCommon, matterIn, notThisBut } from '../../src/domain/words/talk.ts';
import { shippedContent } from '../support/content.ts';

const words = shippedContent().current().talkWords;

describe('what a message does, said to something that is under way', () => {
  test.each([
    ['喊个人给我打电话嘛', 'call'],
    ['把我的电话记到那个单子上', 'call'],
    ['喊你们主任来', 'person'],
    ['垃圾还没收！！', 'waiting'],
    ['还没修', 'waiting'],
    ['你们来得太慢了', 'waiting'],
    ['都三天了没人管', 'waiting'],
    ['说好今天来修的人呢', 'waiting'],
    ['明天上午几点？', 'when'],
    ['好久来修嘛', 'when'],
    ['楼上漏水那个呢', 'progress'],
    ['修好没得', 'progress'],
    ['办得咋样了', 'progress'],
    ['谢谢周姐', 'thank'],
    ['好的', 'acknowledge'],
    ['要得要得', 'acknowledge'],
    ['3栋2单元楼道灯不亮', undefined],
    ['低保要带什么', undefined],
    ['我家住5栋', undefined],
  ])('%s: %s', (text, act) => {
    expect(actOf(text, words)).toBe(act);
  });
});

describe('the matter within headings and courtesies', () => {
  test.each([
    ['反映:\n5栋1单元楼道灯不亮', '5栋1单元楼道灯不亮'],
    ['投诉\n楼上太吵', '楼上太吵'],
    ['反映问题：\n1.路灯不亮', '路灯不亮'],
    ['您好，外墙瓷砖掉了几十处，物业不管。万分感谢！', '外墙瓷砖掉了几十处，物业不管'],
    ['尊敬的领导：您好！我们小区停水三天了，盼复', '我们小区停水三天了'],
    ['您好', '您好'],
    ['谢谢', '谢谢'],
    ['我要投诉', '我要投诉'],
    ['反映了三次都没人管', '反映了三次都没人管'],
  ])('%j', (text, matter) => {
    expect(matterIn(text, words)).toBe(matter);
  });
});

describe('not this but that', () => {
  test.each([
    ['不是灯坏了，是没电', { not: '灯坏了', but: '没电' }],
    ['不是5栋，是7栋', { not: '5栋', but: '7栋' }],
    ['不是噪音是油烟', { not: '噪音', but: '油烟' }],
    ['他们太过分', undefined],
    ['昨天晚上开始的', undefined],
    ['不是', undefined],
  ])('%s', (text, said) => {
    expect(notThisBut(text, words)).toEqual(said);
  });
});

test('a matter is known by what it has in common with what is said', () => {
  expect(inCommon('地砖那个', '门口的地砖翘起来咯')).toBeGreaterThan(inCommon('地砖那个', '单元门关不拢'));
  expect(inCommon('那个门呢', '单元门关不拢')).toBeGreaterThan(0);
  expect(inCommon('今天太阳好', '楼道灯不亮')).toBe(0);
});
