// @ts-check
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BuildError, bench, build, program } from './build.js';

/**
 * `node tools/run.js [COMMAND [ARGUMENT …]]`: builds what has changed, and runs a command of the program, with the settings of `.env`;
 * `bench` runs the benches. Without a command it only builds. Prints nothing of its own but why it cannot build.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const [command, ...args] = process.argv.slice(2);
try {
  await build(root, program);
  if (command === 'bench') await build(root, bench);
} catch (error) {
  process.stderr.write(`${error instanceof BuildError ? error.message : /** @type {Error} */ (error).stack}\n`);
  process.exit(1);
}
if (command !== undefined) {
  const entry = new URL(command === 'bench' ? '../dist/measured/bench/run.js' : '../dist/cli/main.js', import.meta.url);
  if (existsSync('.env')) process.loadEnvFile('.env');
  // As if the entry had been started itself: it starts itself again as the bot's parent.
  process.argv = [process.execPath, fileURLToPath(entry), ...(command === 'bench' ? [] : [command]), ...args];
  await import(entry.href);
}
