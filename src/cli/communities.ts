import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { readFile } from '../adapters/content/files.ts';
import { namesFile } from '../adapters/content/names.ts';
import { ContentError } from '../adapters/content/problem.ts';
import { accountSettings } from './accounts.ts';
import { type Community, communityOf, type communityOptions, reservedIds, trial } from './community.ts';
import { type Config, ConfigError, type Environment, readConfig, settings } from './config.ts';

/** What a command works on: the settings of a community, and its state. */
export interface Chosen {
  readonly config: Config;
  readonly community: Community;
}

type Named = { readonly [option in keyof typeof communityOptions]?: string | undefined };

/** What the folder of a community may set: its accounts, its key, and the local page of its account. */
const ownSettings: ReadonlySet<string> = new Set([...Object.keys(accountSettings), 'DATA_KEY', 'PORT', 'WEB_TOKEN']);
/** A 服务号 may be set for all: then they share it. */
const officialSettings = Object.keys(accountSettings).filter((name) => name.startsWith('OFFICIAL_'));
/** Of these what is set for all would make one account, or one key, serve several communities. */
const onlyOwn = [...Object.keys(accountSettings), 'DATA_KEY'].filter((name) => !officialSettings.includes(name));

const accountsFile = 'accounts.env';

/** Stands in paths of the site, in names of folders and in commands. */
const idPattern = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/** The communities of an installation by their ids, in order; `main` alone where there is only one. */
export function communityIds({ COMMUNITIES_DIR: folder }: Pick<Config, 'COMMUNITIES_DIR'>): readonly string[] {
  if (folder === undefined) return ['main'];
  if (!existsSync(folder)) throw new ConfigError(`COMMUNITIES_DIR: there is no folder ${folder}`);
  const ids = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
  if (ids.length === 0) throw new ConfigError(`COMMUNITIES_DIR: there is no folder of a community in ${folder}`);
  return ids;
}

/**
 * The settings of all communities.
 * @throws ConfigError where something is set for all that is one community's own
 */
export function sharedConfig(environment: Environment): Config {
  const config = readConfig(environment);
  if (config.COMMUNITIES_DIR === undefined) return config;
  const set = onlyOwn.filter((name) => (environment[name] ?? '') !== '');
  if (set.length > 0)
    throw new ConfigError(
      `with COMMUNITIES_DIR each community has its own accounts and its own key: ${set.join(', ')} belongs into ${join(config.COMMUNITIES_DIR, 'COMMUNITY', accountsFile)}`,
    );
  const ids = communityIds(config);
  if (config.STREET !== undefined && !ids.includes(config.STREET))
    throw new ConfigError(`STREET: there is no folder ${join(config.COMMUNITIES_DIR, config.STREET)}`);
  return config;
}

/**
 * The settings of one community: those of all, its own content over the shared one, its accounts, and its own place on the site.
 * @throws ConfigError with every mistake of its `accounts.env`, by file and line
 */
export function configOf(environment: Environment, id: string): Config {
  const shared = sharedConfig(environment);
  const { COMMUNITIES_DIR: all, SITE_URL: url } = shared;
  if (all === undefined) return shared;
  if (!idPattern.test(id) || reservedIds.includes(id))
    throw new ConfigError(
      `${join(all, id)}: the folder of a community is named in small letters, digits and hyphens (cuihuwan, no-3), and not ${reservedIds.join(', ')}`,
    );
  const folder = join(all, id);
  const own = ownEnvironment(join(folder, accountsFile));
  const shares = sharesOfficial(shared, id, own);
  return {
    ...readConfig({ ...(shares ? environment : withoutOfficial(environment)), ...own }),
    ...(shares ? { sharesOfficialAs: id } : {}),
    CONTENT_DIR: `${shared.CONTENT_DIR},${folder}`,
    ...(url === undefined ? {} : { SITE_URL: `${url}/c/${id}` }),
  };
}

/** Whether a community speaks through the 服务号 that is set for all: it has none of its own, and is not the street office, which has no residents. */
const sharesOfficial = ({ STREET, OFFICIAL_APP_ID }: Config, id: string, own: Environment) =>
  OFFICIAL_APP_ID !== undefined && id !== STREET && (own.OFFICIAL_APP_ID ?? '') === '';

const withoutOfficial = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !officialSettings.includes(name)));

/** The variables of `accounts.env`, each checked by itself; none where there is no such file. @throws ConfigError by file and line */
function ownEnvironment(path: string): Environment {
  if (!existsSync(path)) return {};
  const problems: string[] = [];
  const own: Record<string, string> = {};
  for (const [index, line] of readFileSync(path, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (/^\s*(?:#|$)/.test(line)) continue;
    const [[name, value = ''] = [line]] = Object.entries(parseEnv(line));
    const problem = problemOf(name, value);
    if (problem === undefined) own[name] = value;
    else problems.push(`${path}:${index + 1}:1 ${problem}`);
  }
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return own;
}

function problemOf(name: string, value: string): string | undefined {
  if (!ownSettings.has(name)) return `there stands no NAME=value of a community; its names are ${[...ownSettings].join(', ')}`;
  // An empty variable is one that is not set.
  const result = value === '' ? undefined : settings.shape[name as keyof typeof settings.shape].safeParse(value);
  return result?.success === false ? `${name}: ${result.error.issues.map(({ message }) => message).join('; ')}` : undefined;
}

/**
 * The community that the options of a command name, with its settings.
 * @throws ConfigError where there are several and none was named, or no such one
 */
export function chosenCommunity(environment: Environment, named: Named = {}): Chosen {
  const shared = sharedConfig(environment);
  const community = communityOf(shared, named);
  if (shared.COMMUNITIES_DIR === undefined || community.id === trial) return { config: shared, community };
  const ids = communityIds(shared);
  const id = named.community ?? (ids.length === 1 ? ids[0] : undefined);
  if (id === undefined) throw new ConfigError(`there are several communities: say whose with --community (${ids.join(', ')})`);
  if (!ids.includes(id)) throw new ConfigError(`there is no community ${id}; there are ${ids.join(', ')}`);
  return { config: configOf(environment, id), community: communityOf(shared, { community: id }) };
}

/** A community's name and the prefix of its numbers are its own: without its own file it would be the shipped one once more. @throws ContentError */
export function ownNameThere({ COMMUNITIES_DIR: all = '' }: Pick<Config, 'COMMUNITIES_DIR'>, id: string): void {
  const file = join(all, id, namesFile);
  if (existsSync(file)) return;
  throw new ContentError([{ file, line: 1, column: 1, message: 'the file is missing: a community has a name and a prefix of its own' }]);
}

/** Name and prefix of a community as its own file gives them. @throws ContentError where there is no such file */
export function ownNames(
  { COMMUNITIES_DIR: all = '' }: Pick<Config, 'COMMUNITIES_DIR'>,
  id: string,
): { readonly name: string; readonly prefix: string } {
  ownNameThere({ COMMUNITIES_DIR: all }, id);
  const given = readFile(join(all, id), namesFile, []).value as { readonly name?: unknown; readonly prefix?: unknown } | undefined;
  // What cannot be read is told when the community is opened.
  return { name: String(given?.name ?? id), prefix: String(given?.prefix ?? id) };
}

/** What identifies an account to those who run it: two that answer for one would take each other's messages. */
const accountIds = ['WECOM_BOT_ID', 'OFFICIAL_APP_ID'] as const;

/** Notes what a community has for itself. @throws ConfigError when another one has it already */
export type Claim = (id: string, config: Config, prefix: string) => void;

/** What no two communities share: the prefix of their numbers, and their accounts, but for a 服务号 that is set for all. The first in order keeps it. */
export function createClaims(): Claim {
  const held = new Map<string, string>();
  return (id, config, prefix) => {
    const own = accountIds.filter((name) => name !== 'OFFICIAL_APP_ID' || config.sharesOfficialAs === undefined);
    const accounts = own.flatMap((name) => (config[name] ? [`${name} ${config[name]} (${accountsFile})`] : []));
    const wanted = [`prefix ${prefix} (${namesFile})`, ...accounts];
    for (const each of wanted) {
      const other = held.get(each);
      if (other !== undefined) throw new ConfigError(`${id}: ${each} is that of ${other} already`);
    }
    for (const each of wanted) held.set(each, id);
  };
}
