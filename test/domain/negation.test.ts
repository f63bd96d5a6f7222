import { describe, expect, test } from '@jest/globals';
import { deniedWish, negated, type Wish } from '../../src/domain/words/negation.ts';
import { shippedContent } from '../support/content.ts';

const { wishes } = shippedContent().current();

const denied: Readonly<Record<Wish, readonly string[]>> = {
  unsubscribe: [
    '不要退订',
    '我不想退订',
    '别退订',
    '莫给我退订',
    '没说要退订',
    '不用退订',
    '先不退订',
    '不是要退订',
    '我没想取消订阅',
    '算了，不要退订',
  ],
  subscribe: ['不要订阅', '我没说要订阅', '不用给我订', '别订', '不想订阅', '莫订'],
  urge: ['我没催你们，慢慢来', '没催', '不催', '我不是催你们', '没有催的意思', '莫催', '我没在催', '不用催', '不催，慢慢来'],
  withdraw: ['不用撤', '不要撤回', '别撤', '莫撤', '我没说要撤', '没有要撤回', '不想撤', '先不撤'],
  appeal: ['我没说要投诉', '不要投诉', '我不想投诉他', '不是要投诉', '别登记', '莫登记', '我没要举报', '不用登记', '没想上访', '不想告他'],
  human: ['不要转人工', '不用转人工', '别转人工', '莫给我转人工'],
  erase: ['不要删', '别删我的信息', '莫删', '不用删除', '我没说要删', '不删'],
  anonymous: ['不匿名', '不要匿名', '不用匿名', '我没要匿名', '别匿名', '不用保密', '我没说要匿名'],
  office: ['我不想办居住证', '不用办低保', '我没说要办居住证', '先不办了', '我们不打算办社保'],
};

describe('a wish that is denied', () => {
  test.each(Object.entries(denied).flatMap(([wish, said]) => said.map((text) => [text, wish] as const)))('%j wants no %s', (text, wish) => {
    expect(negated(text, wish as Wish, wishes)).toBe(true);
    expect(deniedWish(text, wishes)).toBe(wish);
  });

  test('is heard in many ways', () => {
    expect(Object.values(denied).flat().length).toBeGreaterThanOrEqual(60);
  });

  test.each([
    '退订',
    '不看了，退订',
    '帮我退订',
    '能不能退订',
    '怎么不能退订',
    '不是不想退订',
    '不得不投诉',
    '不要再发了，退订',
    '匿名',
    '可不可以匿名',
    '不要说我名字',
    '催一下',
    '不催你们是不是就不办',
    '撤回',
    '不投诉了',
    '我不反映了 把刚才那件撤回',
    '我要投诉',
    '再不来我就投诉',
    '没登记过怎么办',
    '还没登记',
    '转人工',
    '不要机器人，我要人工',
    '删除我的信息',
    '不办居住证会罚款吗',
    '没办居住证能上学吗',
    '我不想办低保了怎么退',
    '居住证怎么办',
    '不用了',
    '楼道灯不亮',
    '楼道灯坏了，不匿名',
    '5栋1单元楼道灯不亮，不匿名',
    '不匿名，5栋灯坏了',
    '',
  ])('%j is none', (text) => {
    expect(deniedWish(text, wishes)).toBeUndefined();
  });

  test('is read in no time, however long', () => {
    expect(deniedWish('不要'.repeat(50_000), wishes)).toBeUndefined();
  });
});
