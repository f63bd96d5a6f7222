import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parsed, readPush } from '../../src/adapters/official/push.ts';
import { keyOf, openSealed, seal } from '../../src/adapters/official/safe-mode.ts';
import { isSigned, signatureOf } from '../../src/adapters/official/signature.ts';
import { readXml, writeXml } from '../../src/adapters/official/xml.ts';

/** What Tencent's documentation gives to compare with. */
const vector = {
  token: 'AAAAA',
  appId: 'wxba5fad812f8e6fb9',
  key: keyOf('A'.repeat(43)),
  sealed:
    '+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=',
  text: '{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY","CreateTime":1714112445,"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}',
};

describe('signatures', () => {
  test.each([
    ['GET', 'f464b24fc39322e44b38aa78f5edd27bd1441696', ['1714036504', '1514711492']],
    ['POST in the clear', '899cf89e464efb63f54ddac96b0a0a235f53aa78', ['1714037059', '486452656']],
    ['safe mode, the envelope', '6c5c811b55cc85e0e1b54100749188c20beb3f5d', ['1714112445', '415670741']],
    ['safe mode', '046e02f8204d34f8ba5fa3b1db94908f3df2e9b3', ['1714112445', '415670741', vector.sealed]],
  ])("are Tencent's: %s", (_, signature, texts) => {
    expect(signatureOf(vector.token, ...texts)).toBe(signature);
    expect(isSigned(signature, vector.token, ...texts)).toBe(true);
  });

  test.each(['', 'f464b24fc39322e44b38aa78f5edd27bd144169', 'F464B24FC39322E44B38AA78F5EDD27BD1441696', '字'.repeat(40)])(
    'that are wrong are refused, whatever their length: %s',
    (signature) => expect(isSigned(signature, 'AAAAA', '1714036504', '1514711492')).toBe(false),
  );
});

describe('safe mode', () => {
  test("opens Tencent's example and seals it as theirs", () => {
    expect(openSealed(vector.sealed, [vector.key], vector.appId)?.text).toBe(vector.text);
    const sealed = seal('{"demo_resp":"good luck"}', vector.key, vector.appId, Buffer.from('707722b803182950'));
    expect(sealed).toBe('ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==');
    expect(signatureOf(vector.token, '1713424427', '415670741', sealed)).toBe('1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1');
  });

  test('after a change of the key what was sealed with the previous one is opened, and told which it was', () => {
    const present = keyOf('B'.repeat(43));
    const opened = openSealed(vector.sealed, [present, vector.key], vector.appId);
    expect(opened?.key).toBe(vector.key);
    expect(openSealed(vector.sealed, [present], vector.appId)).toBeUndefined();
  });

  test.each([
    ['another account', vector.sealed, 'wx0000000000000000'],
    ['a byte changed', `A${vector.sealed.slice(1)}`.replace(/04=$/, '14='), vector.appId],
    ['a block missing', Buffer.from(vector.sealed, 'base64').subarray(0, 192).toString('base64'), vector.appId],
    ['half a block', vector.sealed.slice(0, 40), vector.appId],
    ['nothing', '', vector.appId],
    ['no base64', '！！', vector.appId],
  ])('what does not fit is not opened: %s', (_, sealed, appId) => {
    expect(openSealed(sealed, [vector.key], appId)).toBeUndefined();
  });

  test('whatever is sealed is opened again, and a changed byte is never taken for the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 700 }), fc.nat(), (text, at) => {
        const sealed = seal(text, vector.key, vector.appId);
        expect(openSealed(sealed, [vector.key], vector.appId)?.text).toBe(text);
        const bytes = Buffer.from(sealed, 'base64');
        // The last block but one decides the padding and the account.
        const index = bytes.length - 32 + (at % 16);
        bytes[index] = (bytes[index] ?? 0) ^ 1;
        expect(openSealed(bytes.toString('base64'), [vector.key], vector.appId)).toBeUndefined();
      }),
    );
  });
});

describe('XML', () => {
  test('a push as WeChat writes it', () => {
    const push = readPush(`<xml>
 <ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[o1]]></FromUserName>
 <CreateTime>1714112445</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[pic_weixin]]></Event>
 <SendPicsInfo><Count>1</Count><PicList><item><PicMd5Sum><![CDATA[5a]]></PicMd5Sum></item><item><PicMd5Sum>b</PicMd5Sum></item></PicList></SendPicsInfo>
 <MsgId>9223372036854775807</MsgId>
</xml>`);
    expect(push?.get('MsgId')).toBe('9223372036854775807');
    expect(push?.get('SendPicsInfo/Count')).toBe('1');
    expect(push?.get('SendPicsInfo/PicList/item/PicMd5Sum')).toBe('5a');
  });

  test.each([
    '<!DOCTYPE xml [<!ENTITY a "b">]><xml><A>&a;</A></xml>',
    '<?xml version="1.0"?><xml></xml>',
    '<xml><!-- x --><A>1</A></xml>',
    '<xml><A b="c">1</A></xml>',
    '<xml><A>&#65;</A></xml>',
    '<xml><A>&nbsp;</A></xml>',
    '<xml><A>a & b</A></xml>',
    '<xml><A>1</B></xml>',
    '<xml><A>1</A>',
    '<xml><A>1</A></xml><xml></xml>',
    '<xml><A>1<B>2</B></A></xml>',
    '<xml><A><![CDATA[1]]</A></xml>',
    '<a><b><c><d><e><f>1</f></e></d></c></b></a>',
    'MsgType=text',
    '',
  ])('is refused: %s', (text) => expect(readXml(text)).toBeUndefined());

  test('whatever words are written are read again, with “]]>” in them too', () => {
    const words = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc
        .array(fc.constantFrom(']', '>', '<', '&', '&amp;', '<![CDATA[', ']]>', '</A>', '好'), { maxLength: 12 })
        .map((all) => all.join('')),
    );
    fc.assert(
      fc.property(words, fc.nat(), (text, number) => {
        // What XML cannot hold is left out of what is written.
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is left out
        const sound = text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '');
        const read = readPush(writeXml({ A: text, B: number }));
        expect([...(read ?? [])]).toEqual([
          ['A', sound],
          ['B', String(number)],
        ]);
      }),
    );
  });

  test('whatever comes is read or refused, never an error, and 64 KiB of brackets take no time', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '/', 'A', '&', ';', '[', ']', '!', ' ', '{', '"', ':') }), (text) => {
        readXml(`<xml>${text}</xml>`);
        readPush(text);
      }),
    );
    expect(readXml(`<xml>${'<A>'.repeat(20_000)}`)).toBeUndefined();
    expect(readXml(`<xml>${'<A></A>'.repeat(8_000)}</xml>`)?.children).toHaveLength(8_000);
    expect(readXml(`<xml><A>${'&'.repeat(60_000)}</A></xml>`)).toBeUndefined();
  });
});

describe('JSON', () => {
  test('ids beyond 2^53 keep their digits, and words are left alone', () => {
    const push = readPush(
      '{"MsgId":9223372036854775807,"Content":"\\"MsgId\\":12345678901234567890, 12345678901234567890","CreateTime":1714112445}',
    );
    expect(push?.get('MsgId')).toBe('9223372036854775807');
    expect(push?.get('Content')).toBe('"MsgId":12345678901234567890, 12345678901234567890');
    expect(push?.get('CreateTime')).toBe('1714112445');
  });

  test('lists count by their first, and what is no object is refused', () => {
    expect(readPush('{"SubscribeMsgPopupEvent":{"List":[{"TemplateId":"T"},{"TemplateId":"U"}]},"N":null}')).toEqual(
      new Map([['SubscribeMsgPopupEvent/List/TemplateId', 'T']]),
    );
    for (const body of ['{', '{"a":}', '[1]', '"a"']) expect(readPush(body)).toBeUndefined();
    expect(parsed('{"a":0.50000000000000000000}')).toEqual({ a: 0.5 });
  });
});
