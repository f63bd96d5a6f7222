import { cpSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createBackups, journalToBackUp } from '../../src/adapters/store/backup.ts';
import { openJournalStore } from '../../src/adapters/store/journal.ts';
import { readKept } from '../../src/adapters/store/kept-files.ts';
import { restoreBackup } from '../../src/adapters/store/restore.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import { Mortal } from '../crash/mortal.ts';
import { keepingContract } from './keeping.ts';

keepingContract('the journal', (root) => {
  const folder = join(root, 'main');
  return {
    open: () => openJournalStore({ folder, log: silentLog }),
    backedUp: journalToBackUp(folder, 'main'),
    async restore(path, restoring, killAt = 0) {
      const mortal = new Mortal(killAt);
      const restored = restoreBackup(path, folder, restoring, mortal.files()).then((aside) => ({ aside }));
      const ended = await Promise.race([restored, mortal.died]);
      return ended === 'died' ? 'killed' : ended;
    },
    async aside(name) {
      const looked = join(root, 'looked');
      rmSync(looked, { recursive: true, force: true });
      mkdirSync(looked);
      cpSync(join(folder, name), join(looked, 'journal'), { recursive: true });
      return readKept(looked);
    },
    lose: async () => rmSync(folder, { recursive: true }),
  };
});

describe('a journal', () => {
  let root: string;
  const folder = () => join(root, 'main');
  const target = () => join(root, 'backups');
  const at = new Date('2026-11-23T19:30:00Z');
  const counters = ['appeal/261124'];
  const open = () => openJournalStore({ folder: folder(), log: silentLog });
  const restore = (name: string) =>
    restoreBackup(join(target(), name), folder(), {
      replace: true,
      now: at,
      counters,
      ownCounters: [],
      acts: [],
      change: async () => undefined,
    });
  const give = async (times: number) => {
    const store = await open();
    const given: number[] = [];
    for (let time = 0; time < times; time++) given.push(await store.transaction((tx) => tx.next('appeal/261124')));
    await store.close();
    return given;
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'lianxinqiao-backup-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test('that cannot be read gives no number twice when it is restored', async () => {
    await give(3);
    const { name } = await createBackups(journalToBackUp(folder(), 'main'), target()).make(at);
    writeFileSync(join(folder(), 'journal/1.snapshot'), 'hello\n');
    await restore(name);
    expect(await give(1)).toEqual([504]);
  });

  test('leaves nothing of version 0.2 for longer than fourteen days, and no half-made backup', async () => {
    await give(1);
    const backups = createBackups(journalToBackUp(folder(), 'main', 'wechat'), target());
    await backups.make(at);
    const old = [
      'wechat-2026-11-24-0330.backup.gz',
      'main-2026-11-24-0331.backup.gz.new',
      'main.before-restore-20261124033000.backup.gz.new',
    ];
    for (const name of old) writeFileSync(join(target(), name), '');
    await backups.make(new Date(at.getTime() + 16 * 86_400_000));
    expect(readdirSync(target())).toEqual(['main-2026-12-10-0330.backup.gz']);
  });

  test('that a kill left between its two names is taken up by the next start', async () => {
    await give(1);
    renameSync(join(folder(), 'journal'), join(folder(), 'journal.restored-20261124033000'));
    expect(await give(1)).toEqual([2]);
  });
});
