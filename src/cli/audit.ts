import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { projectFolder } from '../adapters/content/project.ts';

/** What `npm audit --json` answers, as far as it is read here. */
const reportSchema = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({ severity: z.string(), via: z.array(z.union([z.string(), z.object({ title: z.string() })])) }),
  ),
});

/** What became of an audit: its lines, and the exit code. */
export interface Audited {
  readonly lines: readonly string[];
  readonly exitCode: number;
}

/** Nobody could be asked. */
const notAsked = 2;

/**
 * `audit`: asks the package registry which packages have known faults. Apart from `check`, since it needs the network.
 * Exit code 0: none, or only those that SECURITY.md lists with what they can be reached by; 1: others; 2: the registry could not be asked.
 */
export async function auditCommand(): Promise<void> {
  const known = listedPackages(readFileSync(join(projectFolder, 'SECURITY.md'), 'utf8'));
  const { lines, exitCode } = audited(await askRegistry(), known);
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = exitCode;
}

/** What npm answered, as it was. It fails too when it has found something: only its words tell. */
function askRegistry(): Promise<string> {
  const npm = process.env.npm_execpath;
  const [program, args]: [string, string[]] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  return new Promise((resolve) => {
    execFile(
      program,
      [...args, 'audit', '--json', '--omit=dev'],
      { cwd: projectFolder, maxBuffer: 50_000_000, shell: npm === undefined && process.platform === 'win32' },
      (_, stdout) => resolve(stdout),
    );
  });
}

/** Reads npm's answer. @param known packages whose faults are known and told */
export function audited(answer: string, known: ReadonlySet<string>): Audited {
  const report = reportSchema.safeParse(parsed(answer));
  if (!report.success) {
    const reason = z.object({ message: z.string() }).safeParse(parsed(answer)).data?.message ?? 'npm gave no answer';
    return { lines: ['The registry could not be asked: nothing is known of the packages.', reason], exitCode: notAsked };
  }
  const faults = Object.entries(report.data.vulnerabilities).map(([name, { severity, via }]) => {
    const titles = via.map((each) => (typeof each === 'string' ? `by ${each}` : each.title));
    return { name, line: `${known.has(name) ? 'known' : 'NEW  '}  ${severity}  ${name}: ${titles.join('; ')}` };
  });
  const fresh = faults.filter(({ name }) => !known.has(name));
  const sum = `${faults.length} packages with known faults, ${fresh.length} of them not listed in SECURITY.md`;
  return { lines: [...faults.map(({ line }) => line), sum], exitCode: fresh.length === 0 ? 0 : 1 };
}

/** The packages of the table in SECURITY.md: their names stand in its first column. */
export function listedPackages(markdown: string): ReadonlySet<string> {
  const rows = markdown.split('\n').filter((line) => line.startsWith('| `'));
  return new Set(rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`\s]+)`/g)].map(([, name = '']) => name)));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
