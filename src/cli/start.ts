import { readConfig } from '../config.ts';

/** `start`: the bot, on whatever WECHATY_PUPPET names, or in the simulator. Runs until it is told to stop. */
export async function startCommand(): Promise<void> {
  const config = readConfig(process.env);
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const running =
    config.WECHATY_PUPPET === '' ? await simulator(config, print) : await (await import('./wechat.ts')).startWechat(config, print);
  const stop = (signal: NodeJS.Signals) => {
    void running.stop().finally(() => process.exit(signal === 'SIGINT' ? 130 : 0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

async function simulator(config: ReturnType<typeof readConfig>, print: (line: string) => void) {
  const running = await (await import('./simulator.ts')).startSimulator(config);
  print(running.say('host.page', { address: running.address }));
  return running;
}
