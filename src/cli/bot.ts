import { createLog } from '../adapters/system/log.ts';
import { accountOf } from './accounts.ts';
import { readConfig } from './config.ts';

/** Its parent starts it again (EX_TEMPFAIL of sysexits.h). */
const restartExit = 75;

/** What is under way is finished; what takes longer than this, an account that does not answer, is left to the next start. */
const longestStopMs = 20_000;

/** `bot`: the bot itself, on the account that is switched on. `start` runs it under a parent. */
export async function botCommand(): Promise<void> {
  const config = readConfig(process.env);
  endOnUncaught(config.LOG_LEVEL);
  const print = (line: string) => process.stdout.write(`${line}\n`);
  let stopping = false;
  const end = (code: number) => {
    // Ctrl-C reaches parent and child alike: the second signal is the parent's copy of the first.
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(code), longestStopMs).unref();
    void running.stop().finally(() => process.exit(code));
  };
  const running = await accountOf(config).start(config, print, () => end(restartExit));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0));
}

/** After an error that nobody caught nothing is certain any more: it is logged whole, and the process ends. No listener of a dependency may swallow it. */
function endOnUncaught(level: string): void {
  const log = createLog(level);
  process.setUncaughtExceptionCaptureCallback((error) => {
    log.error({ err: error }, 'uncaught: the bot ends and is started again');
    process.exit(70);
  });
}
