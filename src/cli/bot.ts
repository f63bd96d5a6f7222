import { parseArgs } from 'node:util';
import { createLog } from '../adapters/system/log.ts';
import { accountsOn } from './accounts.ts';
import { communityOf, communityOptions } from './community.ts';
import { type Attached, type DeskMeans, openDeskOf } from './community-desk.ts';
import { type Config, readConfig } from './config.ts';
import { serve } from './run.ts';

/** Its parent starts it again (EX_TEMPFAIL of sysexits.h). */
const restartExit = 75;

/** What is under way is finished; what takes longer than this, an account that does not answer, is left to the next start. */
const longestStopMs = 20_000;

/** `bot [--community ID]`: the bot itself, on the accounts that are switched on. `start` runs it under a parent. */
export async function botCommand(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { community: communityOptions.community } });
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
  const running = await startBot(config, values.community, { print, restart: () => end(restartExit) });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0));
}

/** Opens the desk and attaches what is switched on to it; where nothing is, the trial. */
async function startBot(
  config: Config,
  id: string | undefined,
  means: Pick<DeskMeans, 'print' | 'restart'>,
): Promise<{ stop(): Promise<void> }> {
  if (config.COMMUNITIES_DIR !== undefined) return (await import('./installation.ts')).serveAll(process.env, means, id);
  const on = accountsOn(config);
  if (on.length === 0) return (await import('./simulator.ts')).startSimulator(config, means.print, means.restart);
  const desk = await openDeskOf(config, communityOf(config, { community: id }), means);
  const attached: Attached[] = [];
  for (const { attach } of on) attached.push(await attach(desk));
  return serve(desk, attached);
}

/** After an error that nobody caught nothing is certain any more: it is logged whole, and the process ends. No listener of a dependency may swallow it. */
function endOnUncaught(level: string): void {
  const log = createLog(level);
  process.setUncaughtExceptionCaptureCallback((error) => {
    log.error({ err: error }, 'uncaught: the bot ends and is started again');
    process.exit(70);
  });
}
