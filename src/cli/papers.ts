import { join } from 'node:path';
import { placeOf } from '../adapters/content/files.ts';
import { projectFolder } from '../adapters/content/project.ts';
import { createClient } from '../adapters/official/client.ts';
import { sceneAddress } from '../adapters/official/codes.ts';
import { createPapers } from '../adapters/papers/papers.ts';
import type { Papers } from '../desk/kernel/papers.ts';
import type { Log } from '../desk/kernel/ports.ts';
import type { Config } from './config.ts';
import { officialSettings } from './official.ts';
import { contentFolder } from './understanding.ts';

/** Pictures, workbooks and pages, written below a channel's media folder. The font is the shipped one, whatever the content. */
export function papersIn(media: string, config: Config, log: Log): Papers {
  return createPapers({
    media,
    fonts: join(projectFolder, 'data/fonts'),
    picture: (path) => placeOf(contentFolder(config), path),
    log,
    site: config.SITE_URL,
    codeOf: accountCodes(config),
  });
}

/** The codes of the 服务号, by their scenes, which say whose they are where it is shared; undefined where none is switched on. @throws ConfigError when a part of its settings is missing */
export function accountCodes(config: Config): ((scene: string) => Promise<string>) | undefined {
  if (config.OFFICIAL_APP_ID === undefined) return undefined;
  const settings = officialSettings(config);
  const client = createClient({ ...settings, elapsed: () => performance.now() });
  const { sharesOfficialAs: id } = config;
  return (scene) => sceneAddress(client, id === undefined ? scene : `${id}/${scene}`);
}
