import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openMemoryStore } from '../../src/adapters/store/memory.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import { systemIds } from '../../src/adapters/system/system.ts';
import type { CommunityDesk } from '../../src/cli/community-desk.ts';
import { readConfig } from '../../src/cli/config.ts';
import { openDesk } from '../../src/cli/desk.ts';
import { attachWecom } from '../../src/cli/wecom.ts';
import { speaker } from '../../src/desk/kernel/say.ts';
import { shippedContent } from '../support/content.ts';
import { RobotService } from './robot-service.ts';

/** A process on a store that was there before, in touch with the service. */
async function start(store: ReturnType<typeof openMemoryStore>, service: RobotService, folder: string) {
  const clock = { now: () => new Date('2026-11-23T10:00:00+08:00') };
  const [library, ids] = [shippedContent(), systemIds(clock)];
  const config = readConfig({ WECOM_BOT_ID: 'bot', WECOM_BOT_SECRET: 'secret', WECOM_URL: service.url });
  const silent = () => undefined;
  const parts = { config, store, library, ids, say: speaker(() => library.current().wording, ids), mediaFolder: folder };
  const robot = await attachWecom({ ...parts, log: silentLog, print: silent, notify: silent } as unknown as CommunityDesk);
  const app = openDesk({ store, accounts: [robot.account], content: library, clock, ids });
  await app.outbox.recover();
  await robot.connect(app);
  await robot.begin?.();
  await service.until(() => service.isIn);
  return {
    async end() {
      await robot.end();
      await app.stop();
      await robot.close?.();
    },
  };
}

test('a message that the service brings again is heard once, also by the process that is started next', async () => {
  const [store, service] = [openMemoryStore(), await RobotService.open()];
  const folder = await mkdtemp(join(tmpdir(), 'lianxinqiao-once-'));
  const words = { text: { content: '3栋2单元的路灯坏了，晚上看不见路' }, msgid: 'same' };
  const cases = () => store.transaction((tx) => tx.count('appeals'));
  /** Says it, and something else behind it: once that is answered, all before it was heard. */
  const brought = async (times: number) => {
    for (let time = 0; time < times; time++) service.say('WangWu', '', words);
    const before = service.read('WangWu').length;
    service.say('WangWu', '低保怎么申请');
    await service.until(() =>
      service
        .read('WangWu')
        .slice(before)
        .some((text) => text.includes('低保')),
    );
  };
  const first = await start(store, service, folder);
  await brought(2);
  expect(await cases()).toBe(1);
  await first.end();
  await service.until(() => !service.isIn);

  const second = await start(store, service, folder);
  await brought(1);
  expect(await cases()).toBe(1);
  expect(service.read('WangWu').filter((text) => /SQ261123-\d{4}/.test(text))).toHaveLength(1);
  await second.end();
  await service.close();
  await rm(folder, { recursive: true, force: true });
});
