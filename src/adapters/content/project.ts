import { fileURLToPath } from 'node:url';

/** The project's own folder: two above this file, in src/ as in dist/. */
export const projectFolder = fileURLToPath(new URL('../../..', import.meta.url));
