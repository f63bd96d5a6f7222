import { join } from 'node:path';
import { placeOf } from '../adapters/content/files.ts';
import { projectFolder } from '../adapters/content/project.ts';
import { createPapers } from '../adapters/papers/papers.ts';
import type { Papers } from '../desk/kernel/papers.ts';
import type { Log } from '../desk/kernel/ports.ts';
import type { Config } from './config.ts';
import { contentFolder } from './understanding.ts';

/** Pictures, workbooks and pages, written below a channel's media folder. The font is the shipped one, whatever the content. */
export function papersIn(media: string, config: Config, log: Log): Papers {
  return createPapers({
    media,
    fonts: join(projectFolder, 'data/fonts'),
    picture: (path) => placeOf(contentFolder(config), path),
    log,
    site: config.SITE_URL,
  });
}
