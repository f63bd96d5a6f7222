import { type ChildProcess, spawn, spawnSync } from 'node:child_process';

/** A process of the program, as it is started in earnest but for its parent. */
export class Bot {
  readonly #child: ChildProcess;
  /** Of its site, as it prints it; '' until then. */
  address = '';
  readonly ended: Promise<void>;

  constructor(env: NodeJS.ProcessEnv) {
    this.#child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'dist/cli/main.js', 'bot'], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.address ||= /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? '';
    });
    this.ended = new Promise((resolve) => {
      this.#child.once('exit', () => resolve());
    });
  }

  /** How it calls itself in the database. */
  get holder(): string {
    return `process ${this.#child.pid} on %`;
  }

  /** Megabytes that it holds, and seconds of the processor that it has used. */
  used(): { readonly megabytes: number; readonly seconds: number } {
    const { stdout } = spawnSync('ps', ['-o', 'rss=,cputimes=', '-p', String(this.#child.pid)], { encoding: 'utf8' });
    const [kilobytes = 0, seconds = 0] = stdout.trim().split(/\s+/).map(Number);
    return { megabytes: kilobytes / 1024, seconds };
  }

  end(signal: 'SIGTERM' | 'SIGKILL'): void {
    this.#child.kill(signal);
  }
}
