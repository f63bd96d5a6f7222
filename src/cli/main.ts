#!/usr/bin/env node
import { resolve } from 'node:path';
import { ContentError } from '../adapters/content/problem.ts';
import { ConfigError } from './config.ts';
import { configExit, laterExit } from './supervise.ts';

/** The commands of the binary. Each is loaded when it is called: importing Wechaty alone takes 1.6 s and 128 MB. */
const commands: Record<string, (args: string[]) => Promise<void>> = {
  start: async (args) => (await import('./start.ts')).startCommand(args),
  bot: async (args) => (await import('./bot.ts')).botCommand(args),
  restore: async (args) => (await import('./restore.ts')).restore(args),
  move: async (args) => (await import('./move.ts')).moveCommand(args),
  housekeep: async (args) => (await import('./housekeep.ts')).housekeepCommand(args),
  'rotate-key': async (args) => (await import('./rotate-key.ts')).rotateKey(args),
  staff: async (args) => (await import('./staff.ts')).staffCommand(args),
  'verify-audit': async (args) => (await import('./verify-audit.ts')).verifyAuditCommand(args),
  ask: async (args) => (await import('./ask.ts')).ask(args),
  converse: async (args) => (await import('./converse.ts')).converse(args),
  evaluate: async (args) => (await import('./evaluate.ts')).evaluate(args),
  wording: async (args) => (await import('./wording.ts')).wording(args),
  export: async (args) => (await import('./export.ts')).exportCommand(args),
  sheets: async (args) => (await import('./sheets.ts')).sheets(args),
  doctor: async (args) => (await import('./doctor.ts')).doctor(args),
  audit: async () => (await import('./audit.ts')).auditCommand(),
  check: async () => (await import('./check.ts')).check(process.env),
};

const [name = 'start', ...args] = process.argv.slice(2);
const run = commands[name];
if (!run) {
  process.stderr.write(`lianxinqiao: there is no command ${name}; there are ${Object.keys(commands).join(', ')}\n`);
  process.exit(2);
}
process.env.STATE_DIR = resolve(process.env.STATE_DIR || 'state');
try {
  await run(args);
} catch (error) {
  // Mistakes of whoever configures or edits are told without a stack; everything else is a mistake of ours.
  const theirs =
    error instanceof ConfigError ||
    error instanceof ContentError ||
    ['LockedError', 'UnreadableStateError', 'NewerStateError', 'BackupError', 'KeyError', 'DatabaseRefusedError', 'MoveError'].includes(
      (error as Error).name,
    );
  // Their server is away: no mistake, and the next try may go well.
  const later = ['DatabaseAwayError', 'LeaseLostError'].includes((error as Error).name);
  process.stderr.write(`lianxinqiao: ${theirs || later ? (error as Error).message : (error as Error).stack}\n`);
  const words = theirs || later ? (await import('./host-words.ts')).wordsAtStart(error) : undefined;
  if (words !== undefined) process.stderr.write(`${words}\n`);
  process.exit(theirs ? configExit : later ? laterExit : 1);
}
