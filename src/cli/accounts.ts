import { z } from 'zod';
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
  NIGHTLY_RESTART: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day is written 04:10')
    .optional()
    .describe('On WeChat: a time of day in Shanghai at which the bot ends and is started again, without a scan. Unset: never.'),
};

/** An account that the bot can speak through. What it takes is loaded when it is started: importing Wechaty alone takes a second. */
export interface Account {
  /** Whether the settings switch it on. */
  isOn(config: Config): boolean;
  /** `print` shows a line to whoever sits at the machine; `restart` is called when only a new process helps. */
  start(config: Config, print: (line: string) => void, restart: () => void): Promise<{ stop(): Promise<void> }>;
}

const wechat: Account = {
  isOn: ({ WECHATY_PUPPET }) => WECHATY_PUPPET !== '',
  async start(...how) {
    // Wechaty and its puppets print what people say in their warnings.
    process.env.WECHATY_LOG ??= 'error';
    return (await import('./wechat.ts')).startWechat(...how);
  },
};

/** Where nothing else is switched on: a small WeChat in the browser. */
const simulator: Pick<Account, 'start'> = {
  async start(config, print) {
    const running = await (await import('./simulator.ts')).startSimulator(config, print);
    print(running.say('host.page', { address: running.address }));
    print(running.say('host.site', { address: running.site }));
    return running;
  },
};

const accounts: readonly Account[] = [wechat];

/** The account that is switched on. */
export function accountOf(config: Config): Pick<Account, 'start'> {
  return accounts.find(({ isOn }) => isOn(config)) ?? simulator;
}
