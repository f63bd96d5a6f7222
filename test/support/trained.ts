import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The state folder in whose cache the model is that the global set-up has trained. */
export const trainedFolder = join(tmpdir(), 'lianxinqiao-test');
