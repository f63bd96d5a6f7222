import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The libraries to compare with live in a package of their own, which only the benches need. @param library one that is looked for */
export function install(library: string, print?: (line: string) => void): void {
  if (existsSync(`bench/node_modules/${library}`)) return;
  const { npm_execpath: npm } = process.env;
  const done = npm !== undefined && spawnSync(process.execPath, [npm, 'ci', '--prefix', 'bench'], { stdio: 'inherit' }).status === 0;
  if (done) return;
  if (!print) throw new Error('bench/node_modules is missing: npm ci --prefix bench');
  print(`${library} is missing: npm ci --prefix bench`);
}
