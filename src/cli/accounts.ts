import { z } from 'zod';
import type { Attach } from './community-desk.ts';
import type { Config } from './config.ts';

/** What can be set of an account, each setting with a default. */
export const accountSettings = {
  WECHATY_PUPPET: z
    .string()
    .default('')
    .describe('Empty: the simulator. Otherwise the npm name of a Wechaty puppet, e.g. wechaty-puppet-wechat4u.'),
  NOTIFY_WEBHOOK: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'Address of a robot of a chat group (企业微信, 钉钉, 飞书): told when a login has to be scanned or the account is refused or limited.',
    ),
  WECOM_BOT_ID: z.string().min(1).optional().describe("Bot ID of the staff's robot of 企业微信. Unset: none."),
  WECOM_BOT_SECRET: z.string().min(1).optional().describe('Its secret.'),
  WECOM_URL: z
    .url({ protocol: /^wss?$/ })
    .default('wss://openws.work.weixin.qq.com')
    .describe('Where it connects to; for tests.'),
  NIGHTLY_RESTART: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day is written 04:10')
    .optional()
    .describe('On WeChat: a time of day in Shanghai at which the bot ends and is started again, without a scan. Unset: never.'),
};

/** An account that a desk can speak through. What it takes is loaded when it is attached: importing Wechaty alone takes a second. */
export interface AccountKind {
  /** Whether the settings switch it on. */
  isOn(config: Config): boolean;
  readonly attach: Attach;
}

const wechat: AccountKind = {
  isOn: ({ WECHATY_PUPPET }) => WECHATY_PUPPET !== '',
  async attach(desk) {
    // Wechaty and its puppets print what people say in their warnings.
    process.env.WECHATY_LOG ??= 'error';
    return (await import('./wechat.ts')).attachWechat(desk);
  },
};

const wecom: AccountKind = {
  isOn: ({ WECOM_BOT_ID, WECOM_BOT_SECRET }) => WECOM_BOT_ID !== undefined || WECOM_BOT_SECRET !== undefined,
  attach: async (desk) => (await import('./wecom.ts')).attachWecom(desk),
};

const accounts: readonly AccountKind[] = [wechat, wecom];

/** The accounts that are switched on, any number at once; none: the trial. */
export const accountsOn = (config: Config): readonly AccountKind[] => accounts.filter(({ isOn }) => isOn(config));
