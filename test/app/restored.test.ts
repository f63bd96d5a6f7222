import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createBackups, journalToBackUp } from '../../src/adapters/store/backup.ts';
import { openJournalStore } from '../../src/adapters/store/journal.ts';
import { silentLog as log } from '../../src/adapters/system/log.ts';
import { restore } from '../../src/cli/restore.ts';
import { verifyAuditCommand } from '../../src/cli/verify-audit.ts';
import type { Store } from '../../src/desk/kernel/ports.ts';
import { joinPersons } from '../../src/desk/people/joining.ts';
import { openTestDesk, type TestDesk } from '../support/desk.ts';
import { printed } from '../support/printed.ts';

/** What nobody else says. */
const secret = '窗台上那只缺了角的青花瓷猫';
const pieces = [secret.slice(0, 6), secret.slice(6)];

let root: string;
const folder = () => join(root, 'main');
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lianxinqiao-restored-'));
  process.env.STATE_DIR = root;
});
afterEach(() => {
  delete process.env.STATE_DIR;
  rmSync(root, { recursive: true });
});

async function within<T>(at: string, work: (desk: TestDesk, store: Store) => Promise<T>): Promise<T> {
  const store = await openJournalStore({ folder: folder(), log });
  const desk = await openTestDesk({ at, store });
  return work(desk, store).finally(() => store.close());
}
const backUp = (at: string) => createBackups(journalToBackUp(folder(), 'main'), join(root, 'backups')).make(new Date(at));
const restoreFrom = ({ name }: { readonly name: string }) => printed(restore, '--replace', join(root, 'backups', name));

/** What stands in the state now, but for what was put aside and the backups. */
const kept = () =>
  readdirSync(join(folder(), 'journal'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
const expectForgotten = () => {
  for (const piece of pieces) expect(kept()).not.toContain(piece);
};

/** She tells of something, others do too, and a backup is made. */
const toldAndBackedUp = () =>
  within('2026-11-23T10:00:00+08:00', async (desk) => {
    await desk.say('张奶奶', `3栋2单元楼道灯不亮，${secret}`);
    await desk.say('张奶奶', `补充 ${secret}`);
    await desk.say('小刘', '5栋1单元门口垃圾没人收');
    return backUp('2026-11-23T11:00:00+08:00');
  });

const erase = (desk: TestDesk) => desk.say('张奶奶', '删除我的信息').then(() => desk.say('张奶奶', '1'));

test('who had their data deleted after a backup is not brought back by it, nor by restoring it once more; others are', async () => {
  const made = await toldAndBackedUp();
  expect(kept()).toContain(pieces[0]);
  await within('2026-11-24T10:00:00+08:00', erase);
  for (let time = 0; time < 2; time++) {
    expect(await restoreFrom(made)).toMatch(/^1 who had their data deleted/m);
    expectForgotten();
    expect(kept()).toContain('门口垃圾没人收');
  }
  expect(await printed(verifyAuditCommand)).toContain('each fits the one before it');
  await within('2026-11-25T10:00:00+08:00', async (_, store) => {
    const appeals = await store.transaction((tx) => tx.find('appeals'));
    expect(appeals.map(({ state, person }) => [state, person])).toEqual([
      ['withdrawn', 'nobody'],
      ['registered', '小刘'],
    ]);
  });
});

test('nobody is forgotten twice: who wrote again after a deletion that the backup knows stays', async () => {
  const made = await within('2026-11-23T10:00:00+08:00', async (desk) => {
    await desk.say('张奶奶', '3栋2单元楼道灯不亮');
    await erase(desk);
    await desk.say('张奶奶', `3栋2单元楼道灯不亮，${secret}`);
    return backUp('2026-11-23T11:00:00+08:00');
  });
  expect(await restoreFrom(made)).not.toContain('deleted');
  expect(kept()).toContain(pieces[0]);
});

test('where the state cannot be read any more, newer backups tell who was forgotten, and that nobody knows the rest is said', async () => {
  const made = await toldAndBackedUp();
  await within('2026-11-24T10:00:00+08:00', erase);
  await backUp('2026-11-24T11:00:00+08:00');
  for (const name of readdirSync(join(folder(), 'journal')))
    if (name.endsWith('.snapshot')) writeFileSync(join(folder(), 'journal', name), 'x');
  const told = await restoreFrom(made);
  expect(told).toMatch(/^1 who had their data deleted/m);
  expect(told).toMatch(/is not known/);
  expectForgotten();
});

test('whoever had two ids in the backup and turned out to be one person is forgotten under both', async () => {
  const made = await within('2026-11-23T10:00:00+08:00', async (desk, store) => {
    await desk.say('桂芳', `3栋2单元楼道灯不亮，${secret}`);
    await desk.say('张奶奶', '你好');
    await store.transaction((tx) => tx.put('bindings', { id: 'wechat/person/@1', kind: 'person', target: '桂芳' }));
    return backUp('2026-11-23T11:00:00+08:00');
  });
  await within('2026-11-24T10:00:00+08:00', async (desk, store) => {
    await store.transaction((tx) => joinPersons(tx, desk.app.clock.now(), '桂芳', '张奶奶'));
    await erase(desk);
  });
  expect(await restoreFrom(made)).toMatch(/^2 who had their data deleted/m);
  expectForgotten();
});
