import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openJournalStore } from '../../src/adapters/store/journal.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import { addKey, createVault, readKeys, writeKeys } from '../../src/adapters/system/vault.ts';
import { openVault } from '../../src/cli/keys.ts';
import { rotateKey } from '../../src/cli/rotate-key.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lianxinqiao-vault-'));
  file = join(folder, 'state/keys');
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('the vault', () => {
  test('opens what it sealed, and never seals the same twice', () => {
    const vault = createVault(readKeys(file, undefined));
    const sealed = vault.seal('我电话13985801234 👵');
    expect(vault.open(sealed)).toBe('我电话13985801234 👵');
    expect(vault.seal('我电话13985801234 👵')).not.toBe(sealed);
    expect(sealed).not.toContain('139');
  });

  test.each([
    ['a changed letter', (sealed: string) => `${sealed.slice(0, -6)}${sealed.at(-6) === 'A' ? 'B' : 'A'}${sealed.slice(-5)}`],
    ['a cut end', (sealed: string) => sealed.slice(0, -8)],
    ['another key', () => createVault([Buffer.alloc(32, 7)]).seal('x')],
    ['no sealed text', () => '13985801234'],
  ])('does not open %s', (_, change) => {
    const vault = createVault(readKeys(file, undefined));
    expect(vault.open(change(vault.seal('我电话13985801234')))).toBeUndefined();
  });

  test('makes its key at the first start, for its owner alone, and finds it again', () => {
    const sealed = createVault(readKeys(file, undefined)).seal('x');
    // Windows knows no such modes.
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(createVault(readKeys(file, undefined)).open(sealed)).toBe('x');
  });

  test('takes its keys from the environment: the first seals, all open', () => {
    const [old = Buffer.alloc(0)] = readKeys(file, undefined);
    const sealed = createVault([old]).seal('x');
    const fresh = Buffer.alloc(32, 1).toString('base64');
    expect(createVault(readKeys(file, `${fresh}, ${old.toString('base64')}`)).open(sealed)).toBe('x');
    expect(createVault(readKeys(file, fresh)).open(sealed)).toBeUndefined();
  });

  test.each(['', 'short', `${Buffer.alloc(32).toString('base64')},x`])('refuses unusable keys (%j)', (keys) => {
    expect(() => readKeys(file, keys)).toThrow('openssl rand');
  });
});

describe('a key that is missing', () => {
  const sealedState = async () => {
    const store = await openJournalStore({ folder, log: silentLog });
    const vault = await openVault({ DATA_KEY: undefined }, folder, store);
    await store.transaction((tx) =>
      tx.put('reminders', {
        id: 'r',
        person: 'p',
        sealed: vault.seal('{}'),
        at: '2026-11-23T02:00:00.000Z',
        createdAt: '2026-11-23T02:00:00.000Z',
      }),
    );
    rmSync(join(folder, 'keys'));
    return store;
  };

  test('while something is sealed is an error, and no new key is made', async () => {
    const store = await sealedState();
    await expect(openVault({ DATA_KEY: undefined }, folder, store)).rejects.toThrow('is missing');
    expect(existsSync(join(folder, 'keys'))).toBe(false);
    await store.transaction((tx) => tx.remove('reminders', 'r'));
    await openVault({ DATA_KEY: undefined }, folder, store);
    expect(existsSync(join(folder, 'keys'))).toBe(true);
    await store.close();
  });

  test('is made anew by who says that it is lost, and only where none is', async () => {
    await (await sealedState()).close();
    process.env.STATE_DIR = join(folder, '..');
    const id = folder.split('/').at(-1) ?? '';
    await expect(rotateKey(['--community', id])).rejects.toThrow('is missing');
    await rotateKey(['--community', id, '--lost']);
    await expect(rotateKey(['--community', id, '--lost'])).rejects.toThrow('there is a key');
    delete process.env.STATE_DIR;
  });
});

describe('a key file of another community', () => {
  const setUp = async (sealedWith: Buffer) => {
    const store = await openJournalStore({ folder, log: silentLog });
    const at = '2026-11-23T02:00:00.000Z';
    const sealed = createVault([sealedWith]).seal('{}');
    await store.transaction((tx) => tx.put('reminders', { id: 'r', person: 'p', sealed, at, createdAt: at }));
    return store;
  };
  const [own, others] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];

  test('is an error at the start while something is sealed, and changes nothing; with the right one, also as an older one, all is well', async () => {
    const store = await setUp(own);
    writeKeys(join(folder, 'keys'), [others]);
    const before = readFileSync(join(folder, 'keys'), 'utf8');
    await expect(openVault({ DATA_KEY: undefined }, folder, store)).rejects.toThrow('is not the key of this state');
    expect(readFileSync(join(folder, 'keys'), 'utf8')).toBe(before);
    await expect(openVault({ DATA_KEY: others.toString('base64') }, folder, store)).rejects.toThrow('DATA_KEY is not the key');
    writeKeys(join(folder, 'keys'), [others, own]);
    await openVault({ DATA_KEY: undefined }, folder, store);
    await store.close();
  });

  test('is gone on with by who says that the right one is lost', async () => {
    process.env.STATE_DIR = join(folder, '..');
    const id = folder.split('/').at(-1) ?? '';
    await (await setUp(own)).close();
    writeKeys(join(folder, 'keys'), [others]);
    await expect(rotateKey(['--community', id])).rejects.toThrow('is not the key');
    await rotateKey(['--community', id, '--lost']);
    const store = await openJournalStore({ folder, log: silentLog });
    await openVault({ DATA_KEY: undefined }, folder, store);
    await store.close();
    delete process.env.STATE_DIR;
  });
});

describe('rotate-key', () => {
  const channel = () => join(folder, 'main');
  const seal = async (vault: ReturnType<typeof createVault>, forReminders = vault) => {
    const store = await openJournalStore({ folder: channel(), log: silentLog });
    const row = {
      id: 'm1',
      person: 'p',
      conversation: 'p',
      appeals: ['SQ261123-0018'],
      sealed: vault.seal('我电话13985801234'),
      at: '2026-11-23T02:00:00.000Z',
    };
    await store.transaction((tx) => tx.put('originals', row));
    const reminder = { id: 'r1', person: 'p', sealed: forReminders.seal('{}'), at: row.at, createdAt: row.at };
    await store.transaction((tx) => tx.put('reminders', reminder));
    await store.close();
  };
  const sealed = async (table: 'originals' | 'reminders' = 'originals') => {
    const store = await openJournalStore({ folder: channel(), log: silentLog });
    const row = await store.transaction((tx) => tx.get(table, table === 'originals' ? 'm1' : 'r1'));
    await store.close();
    return row?.sealed ?? '';
  };

  beforeEach(() => {
    process.env.STATE_DIR = folder;
  });
  afterEach(() => {
    delete process.env.STATE_DIR;
  });

  test('seals everything anew and drops the old key', async () => {
    const keys = readKeys(join(channel(), 'keys'), undefined);
    await seal(createVault(keys));
    await rotateKey([]);
    const now = readKeys(join(channel(), 'keys'), undefined);
    expect(now).toHaveLength(1);
    expect(createVault(keys).open(await sealed())).toBeUndefined();
    expect(createVault(now).open(await sealed())).toBe('我电话13985801234');
    expect(createVault(now).open(await sealed('reminders'))).toBe('{}');
  });

  test('changes nothing when something cannot be opened, and drops no key', async () => {
    const own = createVault(readKeys(join(channel(), 'keys'), undefined));
    await seal(createVault([Buffer.alloc(32, 9)]), own);
    const before = await sealed();
    await expect(rotateKey([])).rejects.toThrow('no key was dropped');
    expect(await sealed()).toBe(before);
    expect(readKeys(join(channel(), 'keys'), undefined)).toHaveLength(2);
  });

  test('a key that was added opens with the ones before', () => {
    const sealed = createVault(readKeys(file, undefined)).seal('x');
    expect(createVault(addKey(file)).open(sealed)).toBe('x');
    expect(readFileSync(file, 'utf8').split(',')).toHaveLength(2);
  });
});
