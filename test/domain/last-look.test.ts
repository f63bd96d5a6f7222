import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { placesOf } from '../../src/desk/kernel/places.ts';
import { type LookedAt, lookAt } from '../../src/domain/appeals/last-look.ts';
import { shippedContent } from '../support/content.ts';

const content = shippedContent().current();
const lamp: LookedAt = { category: 'appeal.streetlight', what: '3栋2单元楼道灯不亮', place: '3栋2单元楼道', name: '张奶奶' };
const look = (text: string, as: 'answer' | 'result', of = lamp) => lookAt(text, of, as, content.lastLook, placesOf(content));

describe('what says nothing', () => {
  test.each([
    '已阅',
    '收到',
    '收到，感谢您的反映',
    '知道了',
    '会尽快处理',
    '我们会尽快处理，请您耐心等待',
    '正在处理中',
    '马上处理',
    '您好，已知悉，将尽快落实',
    '高度重视，正在研究',
    '已转交相关部门处理',
    '已经安排人处理',
    '已反馈给领导',
    '张奶奶，您放心',
    '陈姐，收到',
    '李婆婆您好，会尽快处理',
    '弄好了',
    '办好了。',
    '处理好了',
    '问题已解决',
    '已办结',
    '都好了',
    'OK',
    '……',
  ])('“%s” is told, as an answer and as a result', (text) => {
    expect(look(text, 'answer').lacks).toEqual(['said']);
    expect(look(text, 'result').lacks).toEqual(['said']);
  });

  test('of whom it is said to does not make it say something, whatever they are called', () => {
    expect(look('小明好了', 'result', { ...lamp, name: '小明' }).lacks).toEqual(['said']);
    expect(look('灯换了', 'result', { ...lamp, name: '灯' }).lacks).toEqual([]);
    expect(look('修好了', 'result', { ...lamp, name: '' }).lacks).toEqual([]);
  });
});

test.each(['我们会尽快派人来看', '近期安排人来换', '会去看的'])('“%s” says neither who nor when', (text) => {
  expect(look(text, 'answer').lacks).toEqual(['when']);
});

test.each(['明天来修', '准备下周换', '会换的', '打算换个大的'])('“%s” is no result yet', (text) => {
  expect(look(text, 'result').lacks).toEqual(['done']);
});

describe('what speaks of another case', () => {
  test.each([
    ['垃圾清走了', 'matter', 'appeal.sanitation'],
    ['狗主人答应牵绳了', 'matter', 'appeal.pets'],
    ['5栋的灯换了', 'place', '5栋'],
    ['8号楼换了灯泡', 'place', '8号楼'],
  ])('“%s” lacks %s', (text, lack, other) => {
    expect(look(text, 'result')).toEqual({ lacks: [lack], other });
  });

  test.each(['换了灯泡', '3栋的灯换了', '3幢2单元的灯换了', '从5栋、3栋接了线，灯亮了', '线路修好了', '物业说下午来', '开关换了'])(
    '“%s” does not',
    (text) => {
      expect(look(text, 'result').lacks).toEqual([]);
    },
  );

  test('a word of the case is enough, and a case of no particular kind speaks of anything', () => {
    const rubbish: LookedAt = { category: 'appeal.sanitation', what: '楼道堆了狗屎', name: '陈姐' };
    expect(look('狗主人自己扫了', 'result', rubbish).lacks).toEqual([]);
    expect(look('灯换了', 'result', { category: 'appeal.other', what: '晚上看不见', name: '陈姐' }).lacks).toEqual([]);
  });
});

test.each([
  '师傅明天上午来',
  '物业会尽快来换',
  '我马上到',
  '打 95598 问供电局，他们会说几点来电',
  '您方便明早在家吗？',
  '这个归公园管，请打 12345',
  '灯泡到了就换，周五以前',
  '已经报给供电所了',
  '不好意思点错了，配件明天到',
])('“%s” is an answer', (text) => {
  expect(look(text, 'answer').lacks).toEqual([]);
});

test('of what was written down before there was a last look, only what says nothing is told', () => {
  const spoken = ['one', 'two'].flatMap((name) => {
    const dialogues = parse(readFileSync(join(import.meta.dirname, `../dialogues/${name}.yaml`), 'utf8')) as unknown[];
    return [...JSON.stringify(dialogues).matchAll(/\/(办结|回复) (?:\{case:\d\}|\d+) ([^"]+)"/g)];
  });
  expect(spoken.length).toBeGreaterThan(150);
  const told = spoken.filter(([, verb, text = '']) => {
    const as = verb === '办结' ? 'result' : 'answer';
    return look(text, as, { category: 'appeal.other', what: '', name: '' }).lacks.length > 0;
  });
  expect(told.map(([, , text]) => text)).toEqual([]);
});
