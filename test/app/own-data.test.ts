import { describe, expect, test } from '@jest/globals';
import { hasShape } from '../../src/domain/words/short-answer.ts';
import { shippedContent } from '../support/content.ts';

const { myData, exportMine, eraseMine } = shippedContent().current().shortAnswers;

describe('what people say about their own data', () => {
  test.each([
    [
      'sees it',
      myData,
      ['我的信息', '看下我的信息', '你们存了我些啥子', '你们是不是把我电话记下来了', '我电话你记到没', '你们登记我电话没有'],
    ],
    ['copies it', exportMine, ['导出', '导出我的聊天记录', '给我一份我的资料', '把我的信息发给我']],
    [
      'deletes it',
      eraseMine,
      [
        '删除我的信息！',
        '请删除我的信息',
        '麻烦删除我的信息',
        '我要删除我的信息谢谢',
        '把我的资料删了嘛',
        '把我电话删了',
        '删我电话',
        '你们把我的照片删了嘛',
        '把我说过的话都删了',
      ],
    ],
  ] as const)('%s', (_, shapes, said) => {
    for (const text of said) expect({ text, fits: hasShape(text, shapes) }).toEqual({ text, fits: true });
  });

  test.each([
    '注销',
    '户口注销',
    '我的信息你们拿去干啥子',
    '把我家门口的小广告删掉',
    '把他的电话删了',
    '我要删除群里的照片',
    '打印社保记录',
    '我的电话停机了',
    '不要存我的信息',
  ])('%s is something else', (text) => {
    for (const shapes of [myData, exportMine, eraseMine]) expect(hasShape(text, shapes)).toBe(false);
  });
});
