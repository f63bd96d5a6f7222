import { expect, test } from '@jest/globals';
import { readConfig } from '../../src/cli/config.ts';
import { wecomHealth } from '../../src/cli/wecom-health.ts';
import { speaker } from '../../src/desk/kernel/say.ts';
import { shippedContent } from '../support/content.ts';
import { RobotService } from './robot-service.ts';

const say = speaker(() => shippedContent().current().wording, { chance: () => 0 });
const look = async (settings: Record<string, string>) =>
  (await wecomHealth(readConfig(settings), say)).map(({ id, condition }) => `${id} ${condition}`);

test('doctor tells whether the robot can be reached, without taking its one connection, and that half of it is set', async () => {
  const service = await RobotService.open({ bot: 'secret' });
  const robot = { WECOM_BOT_ID: 'bot', WECOM_BOT_SECRET: 'secret', WECOM_URL: service.url };
  expect(await look({})).toEqual([]);
  expect(await look({ WECOM_BOT_ID: 'bot' })).toEqual(['wecom broken']);
  expect(await look(robot)).toEqual(['wecom well']);
  expect(service.subscriptions).toBe(0);
  await service.close();
  expect(await look(robot)).toEqual(['wecom broken']);
});
