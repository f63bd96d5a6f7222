import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { silentLog } from '../../src/adapters/system/log.ts';
import { chosenCommunity } from '../../src/cli/communities.ts';
import { backupsOf, openStore } from '../../src/cli/community.ts';
import { exportCommand } from '../../src/cli/export.ts';
import { housekeepCommand } from '../../src/cli/housekeep.ts';
import { openVault } from '../../src/cli/keys.ts';
import { restore } from '../../src/cli/restore.ts';
import { rotateKey } from '../../src/cli/rotate-key.ts';
import { verifyAuditCommand } from '../../src/cli/verify-audit.ts';
import type { Store } from '../../src/desk/kernel/ports.ts';
import { openTestDesk, written } from '../support/desk.ts';
import { onPostgres } from '../support/on-postgres.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { printed } from '../support/printed.ts';

onPostgres('the commands that keep a community, with DATABASE_URL set', (programs) => {
  let server: PostgresServer;
  let folder: string;
  let url: string;
  beforeAll(async () => {
    server = await startPostgres(programs);
  });
  afterAll(async () => {
    for (const name of ['DATABASE_URL', 'STATE_DIR']) delete process.env[name];
    await server.remove();
  });
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lianxinqiao-commands-'));
    url = await server.database();
    Object.assign(process.env, { DATABASE_URL: url, STATE_DIR: folder });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const chosen = () => chosenCommunity(process.env);
  const within = async <T>(work: (store: Store) => Promise<T>): Promise<T> => {
    const store = await openStore(chosen().community, silentLog);
    return work(store).finally(() => store.close());
  };
  const openDeskOver = (store: Store) => openTestDesk({ store, parts: { backups: backupsOf(chosen().config, chosen().community) } });

  test('/备份 makes one while the bot runs; restore brings it back, puts aside what was there, and gives no number again', async () => {
    const [backup, given] = await within(async (store) => {
      const desk = await openDeskOver(store);
      const say = async (from: string, text: string) => written(await desk.say(from, text)).join('\n');
      await say('张奶奶', '3栋2单元楼道灯不亮');
      const [, name = ''] = /(main-\S+\.backup\.gz)/.exec(await say('李主任', '/备份')) ?? [];
      await say('小刘', '5栋1单元门口垃圾没人收');
      return [name, (await store.transaction((tx) => tx.find('appeals'))).map(({ id }) => id)] as const;
    });
    const file = join(folder, 'backups', backup);
    await expect(printed(restore, file)).rejects.toThrow('--replace');
    const told = await printed(restore, '--replace', file);
    const [, aside = ''] = /(main\.before-restore-\S+\.backup\.gz)/.exec(told) ?? [];
    expect(readdirSync(join(folder, 'backups')).sort()).toEqual([backup, aside].sort());
    await within(async (store) => {
      const desk = await openDeskOver(store);
      await desk.say('小刘', '您好');
      await desk.app.hear({ id: 'after', person: '小刘', text: '5栋1单元门口垃圾没人收', kind: 'text', addressed: true });
      const after = await store.transaction((tx) => tx.find('appeals'));
      expect(after.filter(({ id }) => given.includes(id))).toHaveLength(1);
      expect(after).toHaveLength(2);
    });
    expect(await printed(verifyAuditCommand)).toContain('each fits the one before it');
  });

  test('restore is refused while a bot serves the community, and changes nothing', async () => {
    const name = await within(async (store) => {
      await store.transaction((tx) => tx.put('people', { id: 'a', name: 'a', reachable: true }));
      const made = await backupsOf(chosen().config, chosen().community).make(new Date());
      await expect(printed(restore, '--replace', join(folder, 'backups', made.name))).rejects.toThrow('stop it first');
      return made.name;
    });
    expect(readdirSync(join(folder, 'backups'))).toEqual([name]);
  });

  test('an older program puts aside what a newer one left, though it cannot read it, and restores its own backup', async () => {
    const made = await within(async (store) => {
      await store.transaction((tx) => tx.put('people', { id: 'a', name: 'a', reachable: true }));
      return backupsOf(chosen().config, chosen().community).make(new Date());
    });
    await server.run('update communities set schema = 999', url.split('/').at(-1));
    const told = await printed(restore, '--replace', join(folder, 'backups', made.name));
    expect(told).toContain('main.before-restore-');
    expect(await within((store) => store.transaction((tx) => tx.find('people')))).toHaveLength(1);
  });

  test('export writes what staff have taught, and housekeep rehearses, beside a bot that runs', async () => {
    await within(async (store) => {
      const taught = { id: '楼顶种菜要得不', text: '楼顶种菜要得不', topic: 'residence.permit', origin: 'added', by: 'a' } as const;
      await store.transaction((tx) => tx.put('taught', { ...taught, at: '2026-11-23T02:00:00.000Z' }));
      const target = join(folder, 'exported');
      expect(await printed(exportCommand, target)).toContain('intents.yaml: 1');
      expect(readFileSync(join(target, 'intents.yaml'), 'utf8')).toContain('楼顶种菜要得不');
      expect(await printed(housekeepCommand)).toMatch(/^\S+ +\d+$/m);
    });
  });

  test('a key file that is missing while the database holds sealed texts is an error, for the bot and for rotate-key, and no new key is made', async () => {
    const keys = join(folder, 'main', 'keys');
    const open = (store: Store) => openVault(chosen().config, chosen().community.folder, store);
    await within(async (store) => {
      const vault = await open(store);
      const at = '2026-11-23T02:00:00.000Z';
      await store.transaction((tx) => tx.put('reminders', { id: 'r', person: 'p', sealed: vault.seal('{}'), at, createdAt: at }));
      rmSync(keys);
      await expect(open(store)).rejects.toThrow('is missing');
    });
    await expect(printed(rotateKey)).rejects.toThrow('is missing');
    expect(existsSync(keys)).toBe(false);
    await printed(rotateKey, '--lost');
    expect(existsSync(keys)).toBe(true);
  });
});
