import { describe, expect, test } from '@jest/globals';
import type { Wechaty } from 'wechaty';
import { openMemoryStore } from '../../../src/adapters/store/memory.ts';
import { systemIds } from '../../../src/adapters/system/system.ts';
import { createEyes } from '../../../src/adapters/wechat/eyes.ts';
import { profileOf } from '../../../src/adapters/wechat/profile.ts';
import { createDirectory } from '../../../src/desk/people/directory.ts';
import { mask } from '../../../src/domain/words/masking.ts';

/** What an account sees: friends with their remarks, and groups with their members. */
interface World {
  friends: Record<string, { name: string; alias: string }>;
  rooms: Record<string, { topic: string; members: string[] }>;
}

function look(world: World) {
  const bot = {
    puppet: {
      contactList: async () => Object.keys(world.friends),
      contactRawPayload: async (id: string) => ({ id, friend: id in world.friends, name: id, alias: '', ...world.friends[id] }),
      contactRawPayloadParser: async (raw: unknown) => raw,
      roomList: async () => Object.keys(world.rooms),
      roomMemberList: async (id: string) => world.rooms[id]?.members ?? [],
      roomRawPayload: async (id: string) => world.rooms[id],
      roomRawPayloadParser: async (raw: unknown) => raw,
    },
  } as unknown as Wechaty;
  const store = openMemoryStore();
  const ids = systemIds({ now: () => new Date(0) });
  const directory = createDirectory(store, ids, 'wechat', { now: () => new Date(0), say: () => '' });
  return { store, directory, eyes: createEyes(bot, directory, profileOf('wechaty-puppet-wechat4u')) };
}

describe('after a login', () => {
  test('a group with a telephone number in its title is found again like any other', async () => {
    const { store, directory, eyes } = look({
      friends: { '@zhou': { name: '小周', alias: '小周·S9QX4HT2K' } },
      rooms: { '@@1': { topic: '1栋报修13812345678', members: ['@zhou'] } },
    });
    await store.transaction(async (tx) => {
      await tx.put('people', { id: 'zhou', name: '小周', role: 'worker', token: 'S9QX4HT2K', reachable: true });
      await tx.put('rooms', { id: 'building', name: mask('1栋报修13812345678').text, kind: 'residents', speaks: 'addressed' });
    });
    await directory.login('self');
    await eyes.lookAround();
    expect(await directory.nativeOf('zhou')).toBe('@zhou');
    expect(await directory.nativeOf('building')).toBe('@@1');
  });

  test('a nickname that looks like a remark is only a name', async () => {
    const { store, directory, eyes } = look({ friends: { '@bad': { name: '小周·S9QX4HT2K', alias: '' } }, rooms: {} });
    await store.transaction((tx) => tx.put('people', { id: 'zhou', name: '小周', role: 'worker', token: 'S9QX4HT2K', reachable: true }));
    await directory.login('self');
    await eyes.lookAround();
    const contact = { id: '@bad' } as Parameters<typeof eyes.person>[0];
    expect(await eyes.person(contact, true)).not.toBe('zhou');
  });
});
