import { describe, expect, test } from '@jest/globals';
import { citedIn, meets } from '../../src/domain/content/answer.ts';
import { factsIn, withFacts, withoutHoles } from '../../src/domain/content/holes.ts';

const unset = (id: string) => id.startsWith('no.');

describe('a text with a fact that is not filled in', () => {
  test.each([
    ['先到街道。街道电话：{{local.no.phone}}', '先到街道。'],
    ['先到街道；电话：{{local.no.phone}}；周一到周五。', '先到街道；周一到周五。'],
    ['到街道便民中心（{{local.no.hall}}）交材料。', '到街道便民中心交材料。'],
    ['{{ local.no.phone }}', ''],
    ['1. 到街道，地址：{{local.no.hall}}\n2. 填表\n3. 等通知', '1. 填表\n2. 等通知'],
    ['带：\n1. 身份证\n2. {{local.no.papers}}\n3. 照片\n领：\n1. 到窗口', '带：\n1. 身份证\n2. 照片\n领：\n1. 到窗口'],
    ['问“住哪里？”再打 {{local.no.phone}}。', '问“住哪里？”'],
  ])('loses that sentence and no other: %s', (text, left) => {
    expect(withoutHoles(text, unset).text).toBe(left);
  });

  test('tells which facts are missing, each once', () => {
    expect(withoutHoles('电话{{local.no.a}}。地址{{local.b}}，{{local.no.a}}。{{local.no.c}}', unset).missing).toEqual(['no.a', 'no.c']);
  });

  test('stays as it is where everything is filled in, its spaces and lines too', () => {
    const text = '电话：{{local.b}}。\n\n  再见';
    expect(withoutHoles(text, unset)).toEqual({ text, missing: [] });
    expect(withFacts(text, (id) => `<${id}>`)).toBe('电话：<b>。\n\n  再见');
    expect(factsIn(text)).toEqual(['b']);
  });
});

describe('articles', () => {
  test('of several sentences are told together, each once, in their order', () => {
    const law = (articles: string) => ({ text: '', evidence: 'law' as const, law: { one: articles } });
    expect([...citedIn([law('10、2'), law('2、8–9'), law('')])]).toEqual([['one', '2、8–9、10']]);
  });

  test.each([
    ['24', '23–32', true],
    ['20–24', '23-32', true],
    ['10、33', '23–32', false],
    ['', '23–32', true],
    ['附件', '', true],
    ['30、2', '30', true],
  ])('%s meets %s: %s', (these, those, expected) => {
    expect(meets(these, those)).toBe(expected);
  });
});
