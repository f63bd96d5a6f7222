import { expect, test } from '@jest/globals';
import { chinese } from '../../src/adapters/language/language.ts';
import { corrector, spellingOf } from '../../src/domain/understanding/spelling.ts';

/** Enough of what people write to know which characters stand together. */
const phrasings = [
  ['煤气漏了咋办', '厨房煤气漏了', '煤气味好大', '楼道着火了', '着火了快来', '失火了'],
  [
    '没有水',
    '没有电了',
    '家里没有人',
    '社区几点上班',
    '居住证怎么办理',
    '医保在哪里交',
    '路灯坏了三天',
    '楼上天天吵',
    '孩子上学要哪些材料',
    '老人补贴好多钱',
    '企业退休年龄',
    '身份证或者户口本',
  ],
].flat();
const learnt = phrasings.flatMap((text) => Array.from({ length: 500 }, () => text));
const language = chinese([]);
const putRight = corrector(spellingOf(learnt, language), language);

test('what was typed by its sound is put right where the characters beside it say so', () => {
  expect(putRight('煤企漏了').perhaps).toBe('煤气漏了');
  expect(putRight('楼道着或了，快来').perhaps).toBe('楼道着火了，快来');
});

test('what may well be meant stays as it was typed', () => {
  for (const text of ['没有煤气', '家里没有水', '今天天气好', 'abc 12', ''])
    expect(putRight(text)).toEqual({ surely: text, perhaps: text });
});

test('the text stays as long as it was, so that places in it are what they were', () => {
  const text = '煤企漏了！煤企漏了 ，快来…';
  expect(putRight(text).perhaps).toHaveLength(text.length);
});

test('the same texts give the same', () => {
  expect(spellingOf(learnt, language)).toEqual(spellingOf(learnt, language));
});
