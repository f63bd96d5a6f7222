import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMemoryStore } from '../../src/adapters/store/memory.ts';
import { silentLog } from '../../src/adapters/system/log.ts';
import { systemIds } from '../../src/adapters/system/system.ts';
import type { CommunityDesk } from '../../src/cli/community-desk.ts';
import { readConfig } from '../../src/cli/config.ts';
import { attachWecom } from '../../src/cli/wecom.ts';
import { speaker } from '../../src/desk/kernel/say.ts';
import { newDirectorCode } from '../../src/desk/people/enrolment.ts';
import { shippedContent } from '../support/content.ts';
import { RobotService } from '../wecom/robot-service.ts';
import { World } from './emulator/world.ts';
import { openOfficialStage } from './stage.ts';

/** One desk between both emulators: residents on the 服务号, staff on the robot of 企业微信, of whom the director is in. */
export async function openBoth(at: string) {
  const service = await RobotService.open();
  const world = new World(at);
  const store = openMemoryStore();
  const library = shippedContent();
  const ids = systemIds({ now: world.now });
  const say = speaker(() => library.current().wording, ids);
  const mediaFolder = await mkdtemp(join(tmpdir(), 'lianxinqiao-both-'));
  const config = readConfig({ WECOM_BOT_ID: 'bot', WECOM_BOT_SECRET: 'secret', WECOM_URL: service.url });
  const silent = () => undefined;
  const robot = await attachWecom({
    ...{ config, store, library, ids, say, mediaFolder, log: silentLog, print: silent, notify: silent },
  } as unknown as CommunityDesk);
  const stage = await openOfficialStage({ store, world, others: [robot.account] });
  await robot.connect(stage.app);
  await robot.begin?.();
  await service.until(() => service.isIn);

  /** A member of the staff says something to the robot. @returns what they read then */
  async function onWecom(user: string, text: string): Promise<string> {
    const before = service.read(user).length;
    service.say(user, text);
    await service.until(() => service.read(user).length > before);
    await stage.app.outbox.pump();
    return service.read(user).slice(before).join('\n');
  }
  await onWecom('LiZhuRen', (await newDirectorCode(store, ids, world.now(), true)) ?? '');
  return {
    ...stage,
    service,
    onWecom,
    async close() {
      await robot.end();
      await stage.close();
      await robot.close?.();
      await service.close();
      await rm(mediaFolder, { recursive: true, force: true });
    },
  };
}
