import { beforeEach, describe, expect, test } from '@jest/globals';
import { openMemoryStore } from '../../src/adapters/store/memory.ts';
import { steadyIds } from '../../src/adapters/system/system.ts';
import { passingVault } from '../../src/adapters/system/vault.ts';
import { openDesk } from '../../src/cli/desk.ts';
import type { Saying } from '../../src/desk/kernel/accounts.ts';
import type { App } from '../../src/desk/kernel/desk.ts';
import type { Papers } from '../../src/desk/kernel/papers.ts';
import type { TableName } from '../../src/desk/kernel/table.ts';
import { UserError } from '../../src/desk/kernel/turn.ts';
import { accountThat } from '../support/account.ts';
import { shippedContent } from '../support/content.ts';

let app: App;
let said: Saying[];
/** After so many digests the next is refused: an error for its person in the midst of an act. */
let digestsLeft: number;
let draw: () => Promise<string>;
let drawn: number;
let count: number;

beforeEach(async () => {
  said = [];
  digestsLeft = Number.POSITIVE_INFINITY;
  draw = async () => 'papers/统计.png';
  drawn = 0;
  count = 0;
  const vault = passingVault();
  const paper = () => {
    drawn++;
    return draw();
  };
  const papers: Papers = { chart: paper, card: paper, workbook: paper, page: paper, word: paper, sheet: paper };
  app = openDesk({
    store: openMemoryStore(),
    accounts: [accountThat((saying) => said.push(saying))],
    content: shippedContent(),
    clock: { now: () => new Date('2026-11-23T02:00:00Z') },
    ids: steadyIds(),
    papers,
    vault: {
      ...vault,
      digest(text) {
        if (digestsLeft-- === 0) throw new UserError('中间出了岔子');
        return vault.digest(text);
      },
    },
  });
  await app.store.transaction(async (tx) => {
    await tx.put('people', { id: '小周', name: '小周', role: 'worker', reachable: true });
    await tx.put('people', { id: '张奶奶', name: '张奶奶', reachable: true });
    await tx.put('rooms', { id: '工作群', name: '工作群', kind: 'staff', speaks: 'addressed' });
  });
  await hear('张奶奶', '3栋2单元楼道灯不亮');
});

/** Says something. @returns what is said to it, each after whom or where */
async function hear(person: string, text: string, more: { room?: string; id?: string } = {}): Promise<string[]> {
  said.length = 0;
  await app.hear({ id: `m${++count}`, person, text, kind: 'text', addressed: true, ...more });
  await app.outbox.pump();
  return said.map(({ to, text: words }) => `${'room' in to ? to.room : to.person}：${words}`);
}

const rows = (table: TableName) => app.store.transaction((tx) => tx.find(table));

describe('what is refused in the midst of an act', () => {
  const refusedAfter = async (digests: number, room?: string) => {
    digestsLeft = digests;
    return hear('小周', '/派 1 @小周 先去看看', room === undefined ? {} : { room });
  };

  test('leaves nothing of it but that it was heard, refused, and told', async () => {
    const before = { appeals: await rows('appeals'), audit: await rows('audit'), undos: await rows('undos') };
    // The first step, 受理, has been written into the audit trail when the second is refused.
    expect(await refusedAfter(1)).toEqual(['小周：中间出了岔子']);
    expect(await rows('appeals')).toEqual(before.appeals);
    expect(await rows('undos')).toEqual(before.undos);
    expect((await rows('audit')).slice(before.audit.length)).toEqual([
      expect.objectContaining({ actor: '小周', act: 'assign', allowed: false }),
    ]);
    expect(await rows('heard')).toContainEqual(expect.objectContaining({ id: `m${count}` }));
  });

  test('is told privately where it was said in a group', async () => {
    expect(await refusedAfter(1, '工作群')).toEqual(['工作群：✓', '小周：中间出了岔子']);
  });

  test('is told once, however often the message is delivered', async () => {
    expect(await refusedAfter(1)).toHaveLength(1);
    expect(await hear('小周', '/派 1 @小周 先去看看', { id: `m${count}` })).toEqual([]);
  });

  test('answers the question of ours all the same: what is said next is no answer to it', async () => {
    await hear('小周', '/派 1');
    expect(await hear('小周', '@没有这个人')).toEqual([expect.stringContaining('没有')]);
    expect(await rows('questions')).toEqual([]);
  });
});

describe('what takes long', () => {
  /** Lets the drawing wait. @returns when it is begun, and what ends it */
  function slow() {
    let begin: () => void = () => undefined;
    let finish: (file: string) => void = () => undefined;
    let fail: (error: Error) => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    draw = () => {
      begin();
      return new Promise((resolve, reject) => {
        finish = resolve;
        fail = reject;
      });
    };
    return { begun, finish: (file: string) => finish(file), fail: () => fail(new Error('on purpose')) };
  }

  test('keeps nobody else waiting, and is made once', async () => {
    const drawing = slow();
    const asked = app.hear({ id: 'slow', person: '小周', text: '/统计 本周', kind: 'text', addressed: true });
    await drawing.begun;
    expect((await hear('张奶奶', '居住证怎么办')).join()).toContain('居住证');
    expect(await rows('heard')).not.toContainEqual(expect.objectContaining({ id: 'slow' }));
    drawing.finish('papers/统计.png');
    await asked;
    await app.outbox.pump();
    expect(said.at(-1)).toMatchObject({ to: { person: '小周' }, file: 'papers/统计.png' });
    expect(drawn).toBe(1);
  });

  test('and cannot be made leaves the words', async () => {
    const drawing = slow();
    const asked = app.hear({ id: 'slow', person: '小周', text: '/统计 本周', kind: 'text', addressed: true });
    await drawing.begun;
    drawing.fail();
    await asked;
    await app.outbox.pump();
    expect(said.at(-1)?.text).toContain('文件这次没做出来');
    expect(drawn).toBe(1);
  });

  test('is made anew when what it shows has changed meanwhile', async () => {
    const drawing = slow();
    const asked = app.hear({ id: 'slow', person: '小周', text: '/统计 本周', kind: 'text', addressed: true });
    await drawing.begun;
    await hear('张奶奶', '5栋1单元垃圾没人收');
    draw = async () => 'papers/新.png';
    drawing.finish('papers/旧.png');
    await asked;
    await app.outbox.pump();
    expect(said.at(-1)).toMatchObject({ file: 'papers/新.png' });
    expect(said.at(-1)?.text).toContain('2 件');
  });
});
