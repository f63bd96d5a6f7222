import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { configExit, supervise } from './supervise.ts';

/** `start [--community ID]`: the bot under a small parent, which starts it again when it crashed. Runs until it is told to stop. */
export async function startCommand(args: readonly string[]): Promise<void> {
  const woken = new AbortController();
  const supervised = supervise({
    // Strict: a rejection that nobody handles is an error, also where a dependency listens for such.
    spawn: () => {
      const bot = spawn(process.execPath, [...process.execArgv, '--unhandled-rejections=strict', process.argv[1] ?? '', 'bot', ...args], {
        stdio: 'inherit',
      });
      return {
        kill: (signal) => bot.kill(signal),
        ended: new Promise((resolve) => {
          bot.once('exit', (code) => resolve(code));
          bot.once('error', () => resolve(configExit));
        }),
      };
    },
    now: () => performance.now(),
    pause: (ms) => sleep(ms, undefined, { signal: woken.signal }).catch(() => undefined),
    report: (line) => process.stderr.write(`lianxinqiao: ${line}\n`),
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      supervised.stop(signal);
      woken.abort();
    });
  }
  process.exitCode = await supervised.ended;
}
