import { expect, test } from '@jest/globals';
import { formOfAddress, isSurname } from '../../src/domain/people/form-of-address.ts';

test.each([
  ['我姓王', '王'],
  ['免贵姓王', '王'],
  ['我免贵姓欧阳', '欧阳'],
  ['本人姓张。', '张'],
  ['叫我李姐就行', '李姐'],
  ['我叫王芳', '王芳'],
  ['3栋的王大爷', '王大爷'],
  ['姓王，叫我老王吧', '老王'],
])('%j says that one is called %s', (text, name) => expect(formOfAddress(text)).toBe(name));

test.each(['低保', '是的', '王家坝3栋漏水', '叫什么名字', '我是居民', '王', '王芳', '老王', '我姓王，3栋楼道灯坏了', '', '，。'])(
  '%j says nothing of it',
  (text) => expect(formOfAddress(text)).toBeUndefined(),
);

test.each(['王', '王芳', '老王', '小李', '欧阳', '欧阳小芳', '冉大姐'])('a bare name is one to the question: %j', (text) =>
  expect(formOfAddress(text, true)).toBe(text),
);

test.each(['谢谢', '好的', '没事', '路灯坏了', '方便的话', '水管爆', '高兴得很', '随便', '1', '安静点'])(
  'what is no name is none to the question either: %j',
  (text) => expect(formOfAddress(text, true)).toBeUndefined(),
);

test('nobody is called by a bare surname', () => expect(['王', '欧阳', '王芳', '老王'].map(isSurname)).toEqual([true, true, false, false]));
