import { describe, expect, test } from '@jest/globals';
import { isOver, letsBe } from '../../src/desk/appeals/let-be.ts';
import type { Turn } from '../../src/desk/kernel/turn.ts';
import { courtesyIn } from '../../src/domain/words/talk.ts';
import { shippedContent } from '../support/content.ts';

const content = shippedContent().current();

describe('thanks, goodbyes and what goes with them, however mixed', () => {
  test.each([
    ['哦 那晓得了 谢谢你哈', 'thank'],
    ['晓得咯 麻烦你老人家咯', 'thank'],
    ['好嘞好嘞 辛苦你们了哈 再见', 'thank'],
    ['原来是这样 明白咯 多谢小桥', 'thank'],
    ['行 我知道了 不打扰你了', 'thank'],
    ['那就这样嘛 有事再找你', 'thank'],
    ['谢谢你哦 你真是个好人', 'thank'],
    ['晓得喽，难为你喽', 'thank'],
    ['打扰了 你忙', 'thank'],
    ['要得要得 我明天就克', 'acknowledge'],
    ['要得嘛 那我明天去一趟派出所', 'acknowledge'],
    ['好了 晓得怎么办了', 'acknowledge'],
  ])('%s', (text, courtesy) => {
    expect(courtesyIn(text, content.smallTalk.courtesies)).toBe(courtesy);
  });

  test.each([
    '你好',
    '嗯嗯',
    '谢谢 还有路灯坏了',
    '谢谢 那要带什么',
    '麻烦你来看一下',
    '打扰一下',
    '好的 那费用呢',
    '我不晓得',
    '晓得了你们不管',
    '我们自己弄好了',
    '我要去告你们',
    '我去死',
    '再见了这个世界',
    '我走了 活够了',
  ])('more than that, or less: %s', (text) => {
    expect(courtesyIn(text, content.smallTalk.courtesies)).toBeUndefined();
  });

  test('is read in no time, however long it is', () => {
    expect(courtesyIn('好谢'.repeat(5000), content.smallTalk.courtesies)).toBeUndefined();
  });
});

const said = (text: string) => ({ content, text }) as Turn;

describe('what is over by itself, told unasked', () => {
  test.each([
    ['停水', '来水咯 谢谢'],
    ['停水', '水来了'],
    ['噪音', '他们停了 安静了'],
    ['楼上漏水', '师傅来修好了 麻烦你们了'],
    ['占车位', '车开走了'],
    ['路灯不亮', '路灯已经亮了'],
    ['垃圾没人收', '收走了 不用来了'],
    ['狗叫', '没再叫了'],
    ['管道堵了', '通了通了 谢谢哈'],
    ['停电', '哦又好了'],
  ])('%s: %s', (matter, text) => {
    expect(isOver(said(text), matter)).toBe(true);
  });

  test.each([
    ['装修吵', '天天晚上整到两三点'],
    ['烧烤摊吵', '搞到一两点才消停'],
    ['喇叭吵', '从早上七点整到晚上九点'],
    ['乱摆摊', '每天都来 周末也来'],
    ['施工', '早上六点就整起'],
    ['停水', '光明小区全部都停了'],
    ['停水', '三栋四栋都停了'],
    ['停电', '原来从来不停的 今年停了好几回'],
    ['停水', '今年才开始的 去年都好好的'],
    ['装修吵', '今天白天倒是停了 晚上又打'],
    ['漏水', '我是老住户了 你们都认得我'],
    ['路灯', '隔壁那栋的修好了 我们这栋没有'],
    ['电梯坏了', '现在没得事了 我是要投诉物业'],
    ['厕所没水', '焊倒是焊了'],
    ['门禁坏了', '那个暖气的取消了嘛 物业来弄好了'],
    ['电梯坏了', '那你们就是不管咯'],
    ['垃圾', '那你们不管了嘛'],
    ['垃圾', '堆到门口来了'],
  ])('not %s: %s', (matter, text) => {
    expect(isOver(said(text), matter) || letsBe(said(text))).toBe(false);
  });
});
