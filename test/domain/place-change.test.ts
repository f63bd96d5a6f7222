import { describe, expect, test } from '@jest/globals';
import { placeReader } from '../../src/domain/words/place.ts';
import { narrowed, placeMeant } from '../../src/domain/words/place-change.ts';

const named = (name: string) => ({ name, also: [] });
const places = placeReader({ compounds: [named('荷泉小区')], roads: [named('人民路')], landmarks: [] }, (text) => text);

describe('a place with what was told of it later', () => {
  test.each([
    ['8栋', '3单元那边', '8栋3单元那边'],
    ['21栋2单元', '3单元', '21栋3单元'],
    ['荷泉小区', '2栋门口', '荷泉小区2栋门口'],
    ['8栋', '荷泉小区', '荷泉小区8栋'],
    ['人民路', '3单元', '人民路3单元'],
    ['荷泉小区3栋', '5栋', '荷泉小区5栋'],
  ])('%s, then %s', (was, told, whole) => {
    expect(narrowed(was, told, places)).toBe(whole);
  });

  test.each([
    ['8栋', '9栋'],
    ['未写明', '3单元'],
    ['8栋', '人民路口'],
  ])('%s is not that of %s', (was, told) => {
    expect(narrowed(was, told, places)).toBeUndefined();
  });
});

describe('the place that was meant', () => {
  test.each([
    ['不是16栋 是18栋1单元101', '16栋1单元101', '18栋1单元101'],
    ['不是3栋 是13栋背后', '3栋背后', '13栋背后'],
    ['我写的16栋是我妈家 我家18栋', '16栋1单元101', '18栋1单元101'],
    ['不对不对 是8栋1单元101 我说成我妈家了', '6栋1单元101', '8栋1单元101'],
    ['12栋不对 应该是2栋', '12栋', '2栋'],
    ['说错了 6栋', '5栋', '6栋'],
    ['写错了 8栋', '荷泉小区17栋2单元', '荷泉小区8栋2单元'],
    ['不对 是8栋和9栋', '3栋', '8栋和9栋'],
    ['不是3栋4栋 是5栋和6栋中间', '3栋4栋', '5栋和6栋中间'],
    ['说错了 5栋', '3栋和4栋', '5栋'],
    ['不对 是菜场口到邮局那截', '人民路', '菜场口到邮局那截'],
    ['下水道改一下是4单元', '3栋2单元', '3栋4单元'],
    ['说错了 是三单元', '荷泉小区8栋2单元101', '荷泉小区8栋三单元'],
    ['原来我们那是3号楼不是1号楼', '1号楼', '3号楼'],
  ])('%s', (text, was, right) => {
    expect(placeMeant(text, was, places)).toBe(right);
  });

  test.each([
    // Nothing is put right: who did it, where else it is, the same place again.
    ['3栋的人丢的', '5栋'],
    ['6栋也漏', '5栋'],
    ['说错了 就是5栋', '5栋'],
    ['不对劲', '5栋'],
    ['3栋把车库改成住房', '5栋'],
  ])('%s puts nothing right', (text, was) => {
    expect(placeMeant(text, was, places)).toBeUndefined();
  });
});
