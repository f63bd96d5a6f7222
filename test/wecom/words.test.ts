import { createCipheriv } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readFrame } from '../../src/adapters/wecom/frames.ts';
import { plainMarkdown } from '../../src/adapters/wecom/markdown.ts';
import { opened } from '../../src/adapters/wecom/media.ts';
import { readSaid } from '../../src/adapters/wecom/said.ts';

describe('words in a place that takes only Markdown', () => {
  test.each([
    ['# 大标题', '＃ 大标题'],
    ['> 引用', '＞ 引用'],
    ['a > b', 'a > b'],
    ['[点这里](http://x.example)', '［点这里］(http://x.example)'],
    ['<@all> **快**', '＜@all> ＊＊快＊＊'],
    ['报一句\n---', '报一句  \n－--'],
    ['- ', '－ '],
    ['一行\n二行\n\n新的一段', '一行  \n二行\n\n新的一段'],
    ['http://x.example/a_b~c?d=1#e', 'http://x.example/a_b~c?d=1#e'],
    ['- 电话 0851-1234', '- 电话 0851-1234'],
  ])('%j stays what it is', (text, written) => expect(plainMarkdown(text)).toBe(written));

  test('nothing that anybody says draws a heading, a quotation, a link or a mention', () => {
    const signs = fc.string({ unit: fc.constantFrom(...'#>*`~<[]()-=! \n字a@') });
    fc.assert(
      fc.property(signs, (text) => {
        const written = plainMarkdown(text);
        expect(written).not.toMatch(/^ {0,3}(?:[#>]|[-=]+\s*$)/m);
        expect(written).not.toMatch(/[*`<[\]]|~~/);
        expect(written.split('\n')).toHaveLength(text.split('\n').length);
      }),
    );
  });
});

describe('what comes from the service', () => {
  test('no frame and no message, whatever it is, throws', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(() => readFrame(text)).not.toThrow();
        expect(() => readSaid(JSON.parse(text))).not.toThrow();
      }),
    );
  });

  test('a file is opened with its key, whatever its length, and with no other', () => {
    const bytes = fc.uint8Array({ maxLength: 200 });
    const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(bytes, key, (plain, secret) => {
        const fill = 32 - (plain.length % 32);
        const cipher = createCipheriv('aes-256-cbc', secret, secret.subarray(0, 16)).setAutoPadding(false);
        const closed = Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(fill, fill)), cipher.final()]);
        expect(opened(closed, Buffer.from(secret).toString('base64'))).toEqual(new Uint8Array(plain));
        expect(opened(closed, Buffer.from(secret).toString('base64').replace(/=+$/, ''))).toEqual(new Uint8Array(plain));
        expect(() => opened(closed.subarray(1), Buffer.from(secret).toString('base64'))).toThrow();
      }),
    );
    expect(() => opened(new Uint8Array(32), 'short')).toThrow();
    expect(() => opened(new Uint8Array(), Buffer.alloc(32).toString('base64'))).toThrow();
  });
});
