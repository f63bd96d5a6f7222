import { randomInt } from 'node:crypto';
import { type Client, createClient } from '../adapters/official/client.ts';
import { ApiError } from '../adapters/official/errors.ts';
import { accountMenu, type Button, showsMenu } from '../adapters/official/menu.ts';
import type { OfficialSettings } from '../adapters/official/official.ts';
import { signatureOf } from '../adapters/official/signature.ts';
import { templatesOf } from '../adapters/official/templates.ts';
import { type Finding, finding } from '../desk/keeping/health.ts';
import type { Say } from '../desk/kernel/say.ts';
import type { MenuItem } from '../domain/content/knowledge.ts';
import { type Config, ConfigError } from './config.ts';
import { officialSettings } from './official.ts';

/** Pushes are refused whose time is five minutes off; before that somebody should set the clock. */
const clockLooksMs = 60_000;
const clockBrokenMs = 5 * 60_000;
const timeoutMs = 10_000;

export interface OfficialHealthMeans {
  readonly config: Config;
  readonly say: Say;
  readonly now: Date;
  /** As the files have it; undefined: they have mistakes. */
  readonly menu: MenuItem | undefined;
}

/** How the 服务号 stands, by what the API answers: reachable, verified, its templates, its menu, the clock. Nothing where it is not switched on. */
export async function officialHealth({ config, say, now, menu }: OfficialHealthMeans): Promise<Finding[]> {
  if (config.OFFICIAL_APP_ID === undefined) return [];
  const settings = readSettings(config);
  if (settings instanceof ConfigError) return [finding('official', 'broken', say('doctor.settingsBad', { problems: settings.message }))];
  const client = createClient({ ...settings, elapsed: () => performance.now(), timeoutMs });
  const key = settings.keys.length === 0 ? [finding('official.key', 'look', say('doctor.officialNoKey'))] : [];
  const clock = await clockFindings(settings.api, now, say);
  try {
    const verified = await verifiedFindings(client, settings.templates, say);
    const shown = menu ? await menuFindings(client, accountMenu(menu, config.SITE_URL), say) : [];
    return [finding('official', 'well', say('doctor.official')), ...verified, ...shown, ...clock, ...key];
  } catch (error) {
    return [unreachable(error, say), ...clock, ...key];
  }
}

/** Whether WeChat's pushes would arrive: the address that is set at the platform is asked as the platform asks it. Nothing where the site has no address. */
export async function pushHealth(config: Config, say: Say, now: Date): Promise<Finding[]> {
  const { OFFICIAL_APP_ID, OFFICIAL_TOKEN: token, SITE_URL } = config;
  if (OFFICIAL_APP_ID === undefined || token === undefined || SITE_URL === undefined) return [];
  const address = pushAddress(config, SITE_URL);
  const why = await whyNoEcho(address, token, now);
  return [
    why === undefined
      ? finding('official.address', 'well', say('doctor.officialAddress', { address }))
      : finding('official.address', 'look', say('doctor.officialAddressBad', { address, why })),
  ];
}

/** Where the pushes go: a community with an account of its own among several has an address of its own. */
function pushAddress({ COMMUNITIES_DIR, sharesOfficialAs }: Config, siteUrl: string): string {
  const [, base = siteUrl, id = 'main'] = (COMMUNITIES_DIR !== undefined && /^(.*)\/c\/([^/]+)$/.exec(siteUrl)) || [];
  return `${base}/official/${sharesOfficialAs === undefined ? id : 'main'}`;
}

/** @returns what is wrong, in a word or number of the network's; undefined: the word that was asked for came back */
async function whyNoEcho(address: string, token: string, now: Date): Promise<string | undefined> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const [nonce, echostr] = [String(randomInt(1_000_000_000)), String(randomInt(1_000_000_000))];
  const query = new URLSearchParams({ signature: signatureOf(token, timestamp, nonce), timestamp, nonce, echostr });
  try {
    const answer = await fetch(`${address}?${query}`, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    return answer.ok && (await answer.text()) === echostr ? undefined : `${answer.status}`;
  } catch (error) {
    // Not its words: they may hold the query.
    const { cause, name } = error as Error & { readonly cause?: { readonly code?: string } };
    return cause?.code ?? name;
  }
}

function readSettings(config: Config): OfficialSettings | ConfigError {
  try {
    return officialSettings(config);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

function unreachable(error: unknown, say: Say): Finding {
  const { code, address = '' } = error instanceof ApiError ? error : { code: undefined };
  const text =
    code === undefined ? say('doctor.officialDown', { what: (error as Error).message }) : say('doctor.officialRefused', { code, address });
  return finding('official', 'broken', text);
}

/** Only a verified 服务号 has templates. @throws ApiError */
async function verifiedFindings(client: Client, wanted: Readonly<Record<string, string>>, say: Say): Promise<Finding[]> {
  try {
    const ids = (await templatesOf(client)).map(({ template_id }) => template_id);
    const missing = Object.entries(wanted).flatMap(([step, id]) => (ids.includes(id) ? [] : [step]));
    const templates =
      missing.length > 0
        ? finding('official.templates', 'broken', say('doctor.officialTemplates', { steps: missing.join(say('list.separator')) }))
        : finding('official.templates', 'well', say('doctor.officialTemplatesWell', { count: Object.keys(wanted).length }));
    return [finding('official.verified', 'well', say('doctor.officialVerified')), templates];
  } catch (error) {
    if (!(error instanceof ApiError) || error.meaning !== 'notAllowed') throw error;
    return [finding('official.verified', 'look', say('doctor.officialUnverified'))];
  }
}

async function menuFindings(client: Client, buttons: readonly Button[], say: Say): Promise<Finding[]> {
  const isShown = await showsMenu(client, buttons);
  return [finding('official.menu', isShown ? 'well' : 'look', say(isShown ? 'doctor.officialMenu' : 'doctor.officialMenuOther'))];
}

/** Our clock beside the platform's, as its answers tell it. */
async function clockFindings(api: string, now: Date, say: Say): Promise<Finding[]> {
  const answer = await fetch(api, { signal: AbortSignal.timeout(timeoutMs), redirect: 'manual' }).catch(() => undefined);
  await answer?.body?.cancel();
  const theirs = Date.parse(answer?.headers.get('date') ?? '');
  if (Number.isNaN(theirs)) return [];
  const off = Math.abs(now.getTime() - theirs);
  if (off < clockLooksMs) return [finding('official.clock', 'well', say('doctor.officialClock'))];
  return [
    finding('official.clock', off < clockBrokenMs ? 'look' : 'broken', say('doctor.officialClockOff', { seconds: Math.round(off / 1000) })),
  ];
}
