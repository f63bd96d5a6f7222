import { z } from 'zod';
import type { Attach } from './community-desk.ts';
import type { Config } from './config.ts';
import { listed } from './listed.ts';

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
  OFFICIAL_APP_ID: z.string().optional().describe('A 服务号 (or 公众号): its AppID. Unset: none.'),
  OFFICIAL_APP_SECRET: z.string().optional().describe('Its AppSecret.'),
  OFFICIAL_TOKEN: z
    .string()
    .regex(/^[A-Za-z0-9]{3,32}$/, 'a token has 3 to 32 letters and digits')
    .optional()
    .describe(
      'The token that is set at the platform with the address SITE_URL/official/main, or of several communities SITE_URL/official/COMMUNITY.',
    ),
  OFFICIAL_AES_KEY: listed
    .pipe(z.array(z.string().regex(/^[A-Za-z0-9]{43}$/, 'an EncodingAESKey has 43 letters and digits')).max(2))
    .describe('Its EncodingAESKey: safe mode, and pushes in the clear are refused. After a comma the previous one, after a change.'),
  OFFICIAL_TEMPLATES: listed
    .transform((pairs) => Object.fromEntries(pairs.map((each) => each.split('=').map((part) => part.trim()))))
    .pipe(z.partialRecord(z.enum(['accepted', 'progress', 'resolved', 'asked']), z.string().min(1)))
    .describe('Templates that tell of a case while its window is shut: accepted=ID,progress=ID,resolved=ID,asked=ID; any may be missing.'),
  OFFICIAL_API: z
    .url({ protocol: /^https?$/ })
    .default('https://api.weixin.qq.com')
    .describe('Where the API of the 服务号 is; of an office without a fixed address the relay through which it is called.'),
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

const official: AccountKind = {
  isOn: ({ OFFICIAL_APP_ID }) => OFFICIAL_APP_ID !== undefined,
  async attach(desk) {
    return (await import('./official.ts')).attachOfficial(desk);
  },
};

const accounts: readonly AccountKind[] = [wechat, official, wecom];

/** The accounts that are switched on, any number at once; none: the trial. */
export const accountsOn = (config: Config): readonly AccountKind[] => accounts.filter(({ isOn }) => isOn(config));
