import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { writeXml } from '../../src/adapters/official/xml.ts';
import { signed } from './emulator/phone.ts';
import { type OfficialStage, openOfficialStage } from './stage.ts';

let stage: OfficialStage;
afterEach(() => stage.close());

const text = (content: string, more: Record<string, string | number> = {}) =>
  writeXml({
    ToUserName: 'gh_1',
    FromUserName: 'o-1',
    CreateTime: 1,
    MsgType: 'text',
    Content: content,
    MsgId: '9007199254740993',
    ...more,
  });
const people = () => stage.store.transaction(async (tx) => (await tx.find('bindings', { kind: 'person' })).length);

describe('in safe mode', () => {
  beforeEach(async () => {
    stage = await openOfficialStage();
  });
  const post = (query: string, body: string | ReadableStream, headers: Record<string, string> = {}) =>
    stage.ask(query, { method: 'POST', body, headers, duplex: 'half' } as RequestInit);

  test('the address is verified by its signature: what was sent is answered as it is', async () => {
    const { query } = signed(stage.world, '');
    const answer = await stage.ask(`${query}&echostr=4375120948345356249`);
    expect([answer.status, await answer.text()]).toEqual([200, '4375120948345356249']);
    expect((await stage.ask('echostr=1')).status).toBe(403);
    expect((await stage.ask(query.replace(/nonce=\d+/, 'nonce=1'))).status).toBe(403);
  });

  test('what is not signed, or signed at another time, is refused before its body is read', async () => {
    let read = 0;
    const body = () =>
      new ReadableStream(
        {
          pull(controller) {
            read++;
            controller.enqueue(new Uint8Array(1024));
          },
        },
        { highWaterMark: 0 },
      );
    const { query } = signed(stage.world, text('您好'));
    expect((await post('', body())).status).toBe(403);
    expect((await post(query.replace(/signature=[0-9a-f]+/, `signature=${'0'.repeat(40)}`), body())).status).toBe(403);
    stage.world.pass(5 * 60_000 + 1_000);
    expect((await post(query, body())).status).toBe(403);
    stage.world.pass(-11 * 60_000);
    expect((await post(query, body())).status).toBe(403);
    expect(read).toBe(0);
  });

  test('more than 64 KiB is refused, said or not, and not read to its end', async () => {
    const { query } = signed(stage.world, text('您好'));
    expect((await post(query, 'a'.repeat(64 * 1024 + 1))).status).toBe(413);
    expect((await post(query, 'a', { 'content-length': '70000' })).status).toBe(413);
    let read = 0;
    const endless = new ReadableStream({
      pull(controller) {
        read++;
        controller.enqueue(new Uint8Array(1024).fill(97));
      },
    });
    expect((await post(query, endless)).status).toBe(413);
    expect(read).toBeLessThan(80);
  });

  test.each([
    ['in the clear', (query: string) => query.replace(/&encrypt_type=aes&msg_signature=[0-9a-f]+/, ''), () => text('您好')],
    ['said to be raw', (query: string) => query.replace('encrypt_type=aes', 'encrypt_type=raw'), () => text('您好')],
    [
      'another msg_signature',
      (query: string) => query.replace(/msg_signature=[0-9a-f]+/, `msg_signature=${'a'.repeat(40)}`),
      (body: string) => body,
    ],
    ['another cipher text', (query: string) => query, (body: string) => body.replace(/Encrypt><!\[CDATA\[./, 'Encrypt><![CDATA[_')],
    ['a DOCTYPE', (query: string) => query, (body: string) => `<!DOCTYPE xml>${body}`],
    ['no envelope', (query: string) => query, () => 'MsgType=text'],
    ['nothing', (query: string) => query, () => ''],
  ])('is refused without a reason: %s', async (_, changed, body) => {
    const push = signed(stage.world, text('您好'));
    const answer = await post(changed(push.query), body(push.body));
    expect([answer.status, await answer.text()]).toEqual([403, '403 Forbidden']);
    expect(await people()).toBe(0);
  });

  test.each([
    ['a DOCTYPE', '<!DOCTYPE xml [<!ENTITY a "b">]><xml><MsgType>text</MsgType></xml>'],
    ['what is no XML', 'MsgType=text'],
    ['what ends too soon', '<xml><MsgType>text</MsgType>'],
    ['JSON that is none', '{"MsgType":'],
    ['a list', '[1]'],
    ['nothing', ''],
  ])('what is sealed well and is no push inside is refused the same: %s', async (_, inside) => {
    const { query, body } = signed(stage.world, inside);
    const answer = await post(query, body);
    expect([answer.status, await answer.text()]).toEqual([403, '403 Forbidden']);
    expect(await people()).toBe(0);
  });

  test('what is meant for another account is refused', async () => {
    const { world } = stage;
    const push = signed(Object.assign(Object.create(world), { platform: { ...world.platform, appId: 'wx0' } }), text('您好'));
    expect((await post(push.query, push.body)).status).toBe(403);
  });

  test('a push that comes again is heard once, and answered as before, also side by side', async () => {
    const push = () => signed(stage.world, text('3栋2单元楼道灯坏了，晚上看不见'));
    const [first, second] = [push(), push()];
    const answers = await Promise.all([post(first.query, first.body), post(second.query, second.body)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const appeals = () => stage.store.transaction(async (tx) => (await tx.find('appeals')).length);
    expect(await appeals()).toBe(1);
    // After a restart, or later, it was heard too.
    stage.world.pass(60_000);
    const late = push();
    expect(await (await post(late.query, late.body)).text()).toBe('success');
    expect(await appeals()).toBe(1);
  });

  test('somebody records a push and brings it again while it is not stale: it is heard once, also an event', async () => {
    const event = { MsgType: 'event', Event: 'subscribe', EventKey: '', MsgId: '' };
    const followed = signed(stage.world, text('', event));
    expect(await (await post(followed.query, followed.body)).text()).toContain('<Encrypt>');
    const said = signed(stage.world, text('低保怎么申请'));
    await post(said.query, said.body);
    const before = await stage.store.transaction((tx) => tx.count('heard'));
    stage.world.pass(4 * 60_000);
    for (const { query, body } of [followed, said]) {
      expect((await post(query, body)).status).toBe(200);
    }
    expect(await stage.store.transaction((tx) => tx.count('heard'))).toBe(before);
    stage.world.pass(2 * 60_000);
    expect((await post(said.query, said.body)).status).toBe(403);
  });

  test('an answer that is lost after it was taken is given again', async () => {
    const phone = stage.phone('o-2');
    stage.loses.answers = 1;
    await phone.say('3栋2单元楼道灯坏了，晚上看不见');
    expect(phone.all().map(({ how }) => how)).toEqual(['passive']);
    expect(phone.read()).toMatch(/SQ\d{6}-\d{4}/);
  });

  test('words may hold the end of a CDATA section, and ids are longer than numbers are', async () => {
    const phone = stage.phone('o-3');
    await phone.say('3栋2单元楼道灯坏了 ]]> <b>&amp;</b> 晚上看不见');
    const [appeal] = await stage.store.transaction((tx) => tx.find('appeals'));
    expect(appeal?.what).toContain(']]> <b>&amp;</b>');
    const heard = await stage.store.transaction((tx) => tx.find('heard'));
    expect(heard.map(({ id }) => id)).toEqual([expect.stringMatching(/^official\/9007199254740\d{3}$/)]);
  });

  test('JSON, if it is set at the platform', async () => {
    stage.world.platform.format = 'json';
    const phone = stage.phone('o-4');
    await phone.say('低保怎么申请');
    expect(phone.read()).toContain('低保');
    const heard = await stage.store.transaction((tx) => tx.find('heard'));
    expect(heard[0]?.id).toMatch(/^official\/9007199254740\d{3}$/);
  });
});

test('after the key was changed what still comes with the previous one is read and answered with it', async () => {
  stage = await openOfficialStage({ settings: { keys: ['B'.repeat(43), 'A'.repeat(43)] } });
  const phone = stage.phone('o-1');
  await phone.say('低保怎么申请');
  expect(phone.read()).toContain('低保');
  stage.world.platform.key = 'B'.repeat(43);
  await phone.say('居住证怎么办');
  expect(phone.read()).toContain('居住证');
  stage.world.platform.key = 'C'.repeat(43);
  const push = signed(stage.world, text('您好'));
  expect((await stage.ask(push.query, { method: 'POST', body: push.body })).status).toBe(403);
});

test('without a key pushes come in the clear, and sealed ones are refused', async () => {
  stage = await openOfficialStage({ platform: { key: undefined } });
  const phone = stage.phone('o-1');
  await phone.say('低保怎么申请');
  expect(phone.read()).toContain('低保');
  stage.world.platform.key = 'A'.repeat(43);
  const push = signed(stage.world, text('您好'));
  expect((await stage.ask(push.query, { method: 'POST', body: push.body })).status).toBe(403);
});

test('what the store could not keep is not said to be heard: WeChat brings it again', async () => {
  const { openMemoryStore } = await import('../../src/adapters/store/memory.ts');
  const memory = openMemoryStore();
  let full = false;
  const store = {
    ...memory,
    transaction: <R>(work: Parameters<typeof memory.transaction<R>>[0]) =>
      full ? Promise.reject(new Error('disk full')) : memory.transaction(work),
  };
  stage = await openOfficialStage({ store });
  const phone = stage.phone('o-1');
  full = true;
  await phone.follow().catch(() => undefined);
  expect(phone.read()).toContain('该公众号提供的服务出现故障');
  full = false;
  await phone.follow();
  expect(phone.read()).toContain('欢迎');
});
