import { join } from 'node:path';
import type { Papers } from '../app/papers.ts';
import type { Log } from '../app/ports.ts';
import type { Config } from '../config.ts';
import { projectFolder } from '../content/project.ts';
import { createPapers } from '../papers/papers.ts';
import { contentFolder } from './understanding.ts';

/** Pictures, workbooks and pages, written below a channel's media folder. The font is the shipped one, whatever the content. */
export function papersIn(media: string, config: Config, log: Log): Papers {
  return createPapers({ media, fonts: join(projectFolder, 'data/fonts'), pictures: contentFolder(config), log });
}
