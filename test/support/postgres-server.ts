import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

/** Where the server's programs lie on this machine: on the path, or where Debian has them; undefined: there are none. */
export function postgresPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...versions.map((version) => join(debian, version, 'bin'))];
  return folders.find((folder) => folder !== '' && existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

export interface PostgresServer {
  readonly port: number;
  /** The address of a new, empty database. */
  database(): Promise<string>;
  /** The address of a database of this name, for somebody with another password. */
  address(database: string, password?: string): string;
  /** Runs statements as the server's own user, one after the other. */
  run(statements: string | readonly string[], database?: string): Promise<void>;
  /** Ends it as a power cut would: nothing is finished. */
  crash(): Promise<void>;
  start(): Promise<void>;
  /** Ends it and removes everything. */
  remove(): Promise<void>;
}

const user = 'checks';
const password = 'a-password-of-checks';

/** The server refuses to run as root. */
function otherUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return { uid: Number(execFileSync('id', ['-u', 'nobody'])), gid: Number(execFileSync('id', ['-g', 'nobody'])) };
}

/** A server of one's own on a free port of loopback, with its files in a temporary folder; flushing to disk as in earnest. */
export async function startPostgres(programs: string): Promise<PostgresServer> {
  const as = otherUser();
  const root = mkdtempSync(join(tmpdir(), 'lianxinqiao-postgres-'));
  const data = join(root, 'data');
  if (as) chownSync(root, as.uid, as.gid);
  const how = { ...as, cwd: root, env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' } };
  const secret = join(root, 'password');
  writeFileSync(secret, password);
  if (as) chownSync(secret, as.uid, as.gid);
  const initdb = ['-D', data, '-U', user, '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C', `--pwfile=${secret}`, '--no-instructions'];
  execFileSync(join(programs, 'initdb'), initdb, { ...how, stdio: ['ignore', 'ignore', 'pipe'] });
  const port = await freePort();
  const address = (database: string, word = password) => `postgres://${user}:${word}@127.0.0.1:${port}/${database}`;
  let running: ChildProcess | undefined;
  let made = 0;

  const server: PostgresServer = {
    port,
    address,
    async database() {
      const name = `checks_${++made}`;
      await server.run(`create database ${name}`);
      return address(name);
    },
    async run(statements, database = 'postgres') {
      const client = new Client({ connectionString: address(database) });
      await client.connect();
      try {
        for (const statement of [statements].flat()) await client.query(statement);
      } finally {
        await client.end();
      }
    },
    async start() {
      const settings = { listen_addresses: '127.0.0.1', port, unix_socket_directories: '', log_min_messages: 'panic', max_connections: 60 };
      const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
      running = spawn(join(programs, 'postgres'), ['-D', data, ...given], { ...how, stdio: 'ignore' });
      for (let tries = 0; ; tries++) {
        try {
          return await server.run('select 1');
        } catch (error) {
          if (tries === 300 || running.exitCode !== null) throw error;
          await sleep(100);
        }
      }
    },
    crash: () => end('SIGQUIT'),
    async remove() {
      await end('SIGINT');
      rmSync(root, { recursive: true, force: true });
    },
  };

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = running;
    running = undefined;
    if (!ending || ending.exitCode !== null) return;
    const ended = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill(signal);
    await ended;
  }

  await server.start();
  return server;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
