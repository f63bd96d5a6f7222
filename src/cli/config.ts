import { z } from 'zod';
import { accountSettings } from './accounts.ts';
import { listed } from './listed.ts';

/** What can be set from outside, in the environment or in `.env`. Every setting has a default that works. */
export const settings = z.object({
  ...accountSettings,
  STATE_DIR: z.string().min(1).default('state').describe('Where everything that is remembered is kept.'),
  DATABASE_URL: z
    .string()
    .refine(isDatabaseUrl, 'it has to read postgres://NAME:PASSWORD@HOST:PORT/DATABASE')
    .optional()
    .describe('A PostgreSQL database in which states are kept; in STATE_DIR lie then pictures and keys only. Unset: all in STATE_DIR.'),
  LEASE_S: z.coerce
    .number()
    .min(2)
    .max(600)
    .default(15)
    .describe('With DATABASE_URL: after so many seconds another process takes over the community of one that is gone.'),
  PEER_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'With DATABASE_URL and COMMUNITIES_DIR: the address by which other processes reach the site of this one. Unset: where it listens.',
    ),
  CONTENT_DIR: z
    .string()
    .default('')
    .describe('The folder with intents/ and data/; further ones, after commas, are laid over it. Empty: the project itself.'),
  COMMUNITIES_DIR: z
    .string()
    .regex(/^[^,]+$/, 'a folder, without a comma in its path')
    .optional()
    .describe('A folder with a folder for each community, laid over the content: data/, intents/ and accounts.env. Unset: there is one.'),
  STREET: z
    .string()
    .min(1)
    .optional()
    .describe('With COMMUNITIES_DIR: the community whose directors see the numbers of all, the street office.'),
  HOST: z.string().min(1).default('127.0.0.1').describe('Address of the local pages. Anything but loopback needs WEB_TOKEN.'),
  PORT: z.coerce.number().int().min(0).max(65535).default(8686).describe('Port of the local pages; 0 takes any free one.'),
  WEB_TOKEN: z.string().min(16).optional().describe('Password of the local pages, at least 16 characters.'),
  SITE_HOST: z.string().min(1).default('127.0.0.1').describe('Address on which the public site listens; 0.0.0.0 for any.'),
  SITE_PORT: z.coerce.number().int().min(0).max(65535).default(8688).describe('Port of the public site; 0 takes any free one.'),
  SITE_URL: z
    .url({ protocol: /^https?$/ })
    // Paths are put behind it.
    .transform((url) => url.replace(/(?<!\/)\/+$/, ''))
    .optional()
    .describe('The address of the site as people see it. Links in messages and QR codes are made with it; unset: there are none.'),
  SITE_PROXIES: listed
    .pipe(z.array(z.union([z.ipv4(), z.ipv6()])))
    .describe('Addresses of reverse proxies before the site, after commas: what they say about who asks is believed.'),
  DATA_KEY: z
    .string()
    .optional()
    .describe(
      'Key of what is sealed: 32 bytes in base64; older ones after commas. Unset: a file in the state folder, made at the first start.',
    ),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info').describe('How much is logged.'),
});

export type Config = z.output<typeof settings> & {
  /** The id under which a community speaks through a 服务号 that is set for all: with it the scenes of its codes begin. */
  readonly sharesOfficialAs?: string;
};

/** Whether it reads as the address of a PostgreSQL database. */
export function isDatabaseUrl(text: string): boolean {
  return /^postgres(?:ql)?:\/\//.test(text) && URL.canParse(text);
}

/** The settings cannot be used; the message lists every problem. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** Those that are wrong, by name. */
  readonly settings: readonly string[];
  constructor(message: string, settings: readonly string[] = []) {
    super(message);
    this.settings = settings;
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the settings from an environment. @throws ConfigError with all problems at once */
export function readConfig(environment: Environment): Config {
  // An empty variable is one that is not set: `.env` files are full of them.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const result = settings.safeParse(given);
  if (result.success) return result.data;
  const wrong = result.error.issues.map(({ path: [name] }) => String(name));
  throw new ConfigError(`these settings cannot be used:\n${z.prettifyError(result.error)}`, wrong);
}
