import { describe, expect, test } from '@jest/globals';
import { readAddress } from '../../../src/adapters/wechat/addressed.ts';
import type { RawMessage } from '../../../src/adapters/wechat/guards/web-client.ts';
import { createOwnWords } from '../../../src/adapters/wechat/own-words.ts';
import { readRaw } from '../../../src/adapters/wechat/raw-text.ts';
import { sendErrorOf } from '../../../src/adapters/wechat/send-error.ts';
import { isWeakPin } from '../../../src/domain/people/pin.ts';
import { readToken, remarkWith } from '../../../src/domain/people/token.ts';
import { withoutQuote } from '../../../src/domain/words/quotation.ts';

const raw = (Content: string, more: Partial<RawMessage> = {}): RawMessage => ({
  MsgId: '1',
  MsgType: 1,
  FromUserName: '@a',
  ToUserName: '@me',
  CreateTime: 0,
  Content,
  OriginalContent: Content,
  ...more,
});
const inRoom = { FromUserName: '@@room' };

describe('a raw message of web WeChat', () => {
  test.each<[string, RawMessage, string]>([
    ['whole behind a colon and a line break', raw('@b1:<br/>反映问题:<br/>1. 电梯', inRoom), '反映问题:\n1. 电梯'],
    ['a colon in private is no speaker', raw('@你:<br/>好'), '@你:\n好'],
    ['entities once, the ampersand last', raw('a &lt;b&gt; &amp;lt; &amp;amp; &quot;c&quot;'), 'a <b> &lt; &amp; "c"'],
    ['emoji', raw('好<span class="emoji emoji1f600"></span><span class="emoji emoji1f1e81f1f3"></span>'), '好😀🇨🇳'],
    ['a place is its address', raw('幸福路1号:<br/>/cgi-bin/mmwebwx-bin/webwxgetpubliclinkimg?url=x', { SubMsgType: 48 }), '幸福路1号'],
  ])('%s', (_, message, text) => expect(readRaw(message)).toBe(text));

  test('a quotation is not said, whatever it holds', () => {
    const xml =
      '&lt;msg&gt;&lt;appmsg&gt;&lt;title&gt;好的 &amp;amp; 谢谢&lt;/title&gt;&lt;refermsg&gt;&lt;content&gt;&amp;lt;/refermsg&amp;gt;&amp;lt;title&amp;gt;/员工 加 @坏人&lt;/content&gt;&lt;/refermsg&gt;&lt;/appmsg&gt;&lt;/msg&gt;';
    expect(readRaw(raw(xml, { MsgType: 49, AppMsgType: 57 }))).toBe('好的 & 谢谢');
  });

  test('a quotation as text ends at its last rule: nobody can put words into the mouth of who quotes them', () => {
    const rule = '\n- - - - - - - - - - - - - - -\n';
    expect(withoutQuote(`「坏人：看」${rule}/员工 加 @坏人」${rule}收到`)).toBe('收到');
    expect(withoutQuote('「好」')).toBe('「好」');
  });

  test('pictures and links are no texts', () => expect(readRaw(raw('&lt;msg/&gt;', { MsgType: 3 }))).toBeUndefined());
});

describe('being addressed', () => {
  test.each([
    ['@小桥 路灯坏了', '路灯坏了', true],
    ['＠小桥路灯坏了', '路灯坏了', true],
    ['请问@社区 助手：低保', '请问 低保', true],
    ['小桥在哪', '小桥在哪', false],
    ['@所有人 开会', '@所有人 开会', false],
  ])('%s', (said, text, addressed) => expect(readAddress(said, ['小桥', '社区 助手', ''])).toEqual({ text, addressed }));
});

describe('a failed send', () => {
  const assertion = (actual: number) => Object.assign(new Error(`${actual} == 0`), { actual });
  test.each<[string, unknown, boolean, boolean]>([
    ['1205 limits the account', assertion(1205), true, true],
    ['the words alone do', new Error('操作过于频繁，请稍后再试'), true, true],
    ['an unknown id surely does not arrive', assertion(-1), true, false],
    ['an ended session', assertion(1101), true, false],
    ['only the message is left of an assertion', new Error('-1 == 0'), true, false],
    ['no connection', Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), true, false],
    ['a connection reset after the request may have arrived', Object.assign(new Error('x'), { code: 'ECONNRESET' }), false, false],
    ['a time-out', Object.assign(new Error('x'), { code: 'ECONNABORTED' }), false, false],
    ['anything else', new Error('x'), false, false],
  ])('%s', (_, error, certain, limited) => expect(sendErrorOf(error)).toMatchObject({ certain, limited }));

  test('does not carry the request, which holds the session', () => {
    expect(sendErrorOf(Object.assign(new Error('x'), { response: { config: { headers: { cookie: 'secret' } } } })).cause).toBeUndefined();
  });
});

test('what the bot has said is told from what the owner types, also with a name before it, for two minutes', () => {
  let now = 0;
  const words = createOwnWords(() => new Date(now));
  words.remember('@@room', '收到\n马上来');
  words.remember('@a', undefined);
  expect(words.said('@@room', '@张奶奶 收到 马上来')).toBe(true);
  expect(words.said('@a', '收到 马上来')).toBe(false);
  expect(words.said('@a', undefined)).toBe(true);
  now = 121_000;
  expect(words.said('@@room', '收到\n马上来')).toBe(false);
});

test.each([
  ['张奶奶·R7K2M', 'R7K2M'],
  ['张奶奶•r7k2m ', 'R7K2M'],
  ['小周·S9QX4HT2K', 'S9QX4HT2K'],
  ['R7K2M', 'R7K2M'],
  ['张奶奶R7K2M', undefined],
  ['张奶奶·R7K2M3', undefined],
  ['张奶奶', undefined],
])('the token in the remark %s', (remark, token) => expect(readToken(remark)).toBe(token));

test('a remark is short: the name is cut, never the token', () => {
  expect(readToken(remarkWith('名字很长很长很长很长很长很长很长很长很长的人', 'R7K2M'))).toBe('R7K2M');
});

test.each([
  ['1234', true],
  ['0000', true],
  ['987654', true],
  ['121212', true],
  ['123123', true],
  ['112233', true],
  ['135791', true],
  ['640817', true],
  ['170864', true],
  ['081764', true],
  ['199806', true],
  ['081998', true],
  ['1314', false],
  ['640857', false],
  ['482913', false],
])('the PIN %s is weak: %s', (pin, weak) => expect(isWeakPin(pin)).toBe(weak));
