import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chineseWorkCalendar } from '../adapters/calendar/work-calendar.ts';
import type { Root } from '../adapters/content/files.ts';
import { type Files, loadFiles } from '../adapters/content/load.ts';
import { ContentError, describe } from '../adapters/content/problem.ts';
import { projectFolder } from '../adapters/content/project.ts';
import { withoutSamples } from '../adapters/content/samples.ts';
import { loadWording } from '../adapters/content/wording.ts';
import { checkArchive } from '../adapters/store/archive-files.ts';
import { UnreadableStateError } from '../adapters/store/journal-files.ts';
import { archiveFolder, bytesOfState } from '../adapters/store/kept-files.ts';
import { deskHealth, type Finding, finding } from '../desk/keeping/health.ts';
import { officeTime } from '../desk/kernel/office-time.ts';
import { type Say, speaker } from '../desk/kernel/say.ts';
import { overlaid } from '../desk/knowledge/overlay.ts';
import { spokenTime } from '../domain/time/clock-time.ts';
import { accountsOn } from './accounts.ts';
import { chosenCommunity, communityIds } from './communities.ts';
import { backupFolder, type Community, communityOf, communityOptions, openStoreCopy, trial } from './community.ts';
import { type Config, ConfigError, type Environment, readConfig } from './config.ts';
import { placeIn } from './host-words.ts';
import { machineHealth } from './machine.ts';
import { officialHealth, pushHealth } from './official-health.ts';
import { siteHealth } from './site-health.ts';
import { contentFolder } from './understanding.ts';
import { wecomHealth } from './wecom-health.ts';

/** What `doctor --json` prints. */
export interface Diagnosis {
  readonly channel: string;
  /** ISO time. */
  readonly at: string;
  readonly findings: readonly Finding[];
}

/**
 * `doctor [--community ID] [--json]`: what is missing or wrong, and what to do about it. Reads a copy: the bot may be
 * running. Of several communities each in turn, with --json an object a line. Exit code 0: nothing keeps the bot from its work (there
 * may be things to see to); 1: something does.
 */
export async function doctor(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { ...communityOptions, json: { type: 'boolean' } } });
  const { COMMUNITIES_DIR } = process.env;
  const named = values.community !== undefined || values.channel !== undefined || (COMMUNITIES_DIR ?? '') === '';
  for (const whose of named ? [values] : communityIds({ COMMUNITIES_DIR }).map((community) => ({ community }))) {
    const { diagnosis, say } = await diagnose(process.env, new Date(), whose);
    const head = named ? '' : `${whose.community}\n`;
    process.stdout.write(
      values.json ? `${JSON.stringify(named ? diagnosis : { ...whose, ...diagnosis })}\n` : `${head}${written(diagnosis, say)}`,
    );
    if (diagnosis.findings.some(({ condition }) => condition === 'broken')) process.exitCode = 1;
  }
}

/** Looks at everything. `whose`: which state; by default that of the community, and the trial's where there is no other. */
export async function diagnose(
  environment: Environment,
  now: Date,
  whose: Parameters<typeof communityOf>[1] = {},
): Promise<{ readonly diagnosis: Diagnosis; readonly say: Say }> {
  const settings = readSettings(environment, whose);
  const root = contentFolder(settings.config);
  const read = readFiles(root);
  const say = speaker(() => read.wording, { chance: () => 0 });
  const { config } = settings;
  const named = communityOf(config, whose);
  const demo = communityOf(config, { community: trial });
  const isThere = ({ folder, before, database }: Community) => database !== undefined || bytesOfState(folder, before) !== undefined;
  const community = whose.community === undefined && whose.channel === undefined && !isThere(named) && isThere(demo) ? demo : named;
  const used = community.id === trial ? trial : 'wechat';
  const findings = [
    settingsFinding(settings, say),
    ...(await wecomHealth(config, say)),
    ...(await siteHealth(config, say)),
    ...contentFindings(read, say),
    ...(await machineHealth({ say, now, community, backups: backupFolder(config.STATE_DIR), fonts: join(projectFolder, 'data/fonts') })),
    ...(await officialHealth({ config, say, now, menu: read.files?.content.menu })),
    ...(await pushHealth(config, say, now)),
    ...(read.files && isThere(community)
      ? await storeFindings(community, community.id === trial ? read.files : withoutSamples(read.files), now, say)
      : []),
    ...(read.files && used !== trial ? sampleFindings(read.files, say) : []),
  ];
  return { diagnosis: { channel: used, at: now.toISOString(), findings }, say };
}

interface Settings {
  readonly config: Config;
  readonly problems?: string;
}

/** The settings; where they cannot be used, their problems, and the defaults to go on with. */
function readSettings(environment: Environment, whose: Parameters<typeof communityOf>[1]): Settings {
  try {
    return { config: chosenCommunity(environment, whose).config };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const { STATE_DIR = '', CONTENT_DIR = '' } = environment;
    const problems = error.message.replace(/^these settings cannot be used:\n/, '').replaceAll('\n', ' ');
    return { config: readConfig({ STATE_DIR, CONTENT_DIR }), problems };
  }
}

function settingsFinding({ config, problems }: Settings, say: Say): Finding {
  if (problems !== undefined) return finding('settings', 'broken', say('doctor.settingsBad', { problems }));
  if (config.WECHATY_PUPPET === '' && accountsOn(config).length > 0) return finding('settings', 'well', say('doctor.settingsElsewhere'));
  return config.WECHATY_PUPPET === ''
    ? finding('settings', 'look', say('doctor.settingsTrial'))
    : finding('settings', 'well', say('doctor.settings', { puppet: config.WECHATY_PUPPET }));
}

interface Read {
  readonly files?: Files;
  readonly error?: ContentError;
  readonly wording: Files['content']['wording'];
}

/** The content; where it has mistakes, at least its sentences, to tell of them. @throws ContentError when there are none */
function readFiles(root: Root): Read {
  try {
    const files = loadFiles(root);
    return { files, wording: files.content.wording };
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    const wording = loadWording(root, []).sentences;
    // Without a sentence to say it in, it is told as `check` tells it.
    if (!wording.has('doctor.head')) throw error;
    return { error, wording };
  }
}

function contentFindings({ files, error }: Read, say: Say): Finding[] {
  if (files) return [finding('content', 'well', say('doctor.content', { topics: files.content.titles.size }))];
  const { problems = [] } = error ?? {};
  const first = problems.slice(0, 3).map(describe).join('\n');
  return [finding('content', 'broken', say('doctor.contentBad', { count: problems.length, first }))];
}

/** That a real account has examples is no mistake, as long as nobody takes them for facts: they are never said there. */
function sampleFindings({ content }: Files, say: Say): Finding[] {
  const samples = [...content.local.values()].filter(({ value, sample }) => value === undefined && sample !== undefined);
  if (samples.length === 0) return [];
  const first = samples.slice(0, 3).map(({ id }) => id);
  return [finding('samples', 'look', say('doctor.samples', { count: samples.length, first: first.join(say('list.separator')) }))];
}

async function storeFindings(community: Community, { content }: Files, now: Date, say: Say): Promise<Finding[]> {
  try {
    const store = await openStoreCopy(community);
    if (!community.database) await checkArchive(archiveFolder(community.folder));
    return await store.transaction(async (tx) => {
      const [latest] = await tx.find('heard', {}, { by: 'at', descending: true, limit: 1 });
      // The clock of the simulator may have been moved ahead.
      const moved = community.id === trial && latest && latest.at > now.toISOString() ? new Date(latest.at) : now;
      const { knows } = officeTime(content.calendar, chineseWorkCalendar);
      return deskHealth({ tx, now: moved, say, content: await overlaid(content, tx), knows });
    });
  } catch (error) {
    // Where its owner is asked for it is told already.
    if (community.database) return [];
    return [
      finding(
        'state',
        'broken',
        say('doctor.stateBad', { what: error instanceof UnreadableStateError ? placeIn(error, say) : (error as Error).message }),
      ),
    ];
  }
}

const marks = { well: '✓', look: '!', broken: '×' } as const;

function written({ channel, at, findings }: Diagnosis, say: Say): string {
  const lines = findings.map(
    ({ condition, text, todo }) => `${marks[condition]} ${text}${todo === '' ? '' : `\n${todo}`.replaceAll('\n', '\n    ')}`,
  );
  const count = (condition: Finding['condition']) => findings.filter((each) => each.condition === condition).length;
  const [broken, look] = [count('broken'), count('look')];
  return [
    say('doctor.head', { channel: say(channel === trial ? 'doctor.simulator' : 'doctor.wechat'), time: spokenTime(new Date(at)) }),
    ...lines,
    broken + look === 0 ? say('doctor.allWell') : say('doctor.sum', { broken, look }),
    '',
  ].join('\n');
}
