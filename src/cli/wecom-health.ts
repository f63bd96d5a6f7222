import { canOpen } from '../adapters/wecom/socket.ts';
import { type Finding, finding } from '../desk/keeping/health.ts';
import type { Say } from '../desk/kernel/say.ts';
import type { Config } from './config.ts';

/**
 * Whether the robot of 企业微信 can be reached, where it is switched on. Its secret is not tried: a robot has one connection, and that may be the
 * running bot's.
 */
export async function wecomHealth({ WECOM_BOT_ID, WECOM_BOT_SECRET, WECOM_URL }: Config, say: Say): Promise<Finding[]> {
  if (WECOM_BOT_ID === undefined && WECOM_BOT_SECRET === undefined) return [];
  if (WECOM_BOT_ID === undefined || WECOM_BOT_SECRET === undefined) return [finding('wecom', 'broken', say('doctor.wecomHalf'))];
  const { host } = new URL(WECOM_URL);
  return [
    (await canOpen(WECOM_URL))
      ? finding('wecom', 'well', say('doctor.wecom', { host }))
      : finding('wecom', 'broken', say('doctor.wecomUnreachable', { host })),
  ];
}
