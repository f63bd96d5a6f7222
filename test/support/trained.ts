import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../../src/adapters/content/project.ts';

/** The state folder in whose cache the content and the model are that the global set-up has made; each copy of the project has its own. */
export const trainedFolder = join(tmpdir(), `lianxinqiao-test-${createHash('sha256').update(projectFolder).digest('hex').slice(0, 8)}`);
