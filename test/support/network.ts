import { createServer, connect as open, type Socket } from 'node:net';

/** A network between a process and a server on loopback. */
export interface Network {
  readonly port: number;
  /** Nothing passes any more, and nobody is told: connections stay open. */
  cut(): void;
  /** What is new passes again; what was open is dead on both sides. */
  mend(): void;
  /** Breaks the connection at the next request with these words: before it reaches the server, or after, in place of its answer. */
  breakAt(words: string, when: 'before' | 'after'): void;
  close(): Promise<void>;
}

export async function openNetwork(target: number): Promise<Network> {
  const sockets = new Set<Socket>();
  let isCut = false;
  let trap: { readonly words: string; readonly when: 'before' | 'after' } | undefined;
  const server = createServer((near) => {
    const far = open(target, '127.0.0.1');
    let isBroken = false;
    const end = () => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', end);
      socket.on('close', () => {
        sockets.delete(socket);
        if (!isCut) end();
      });
    }
    near.on('data', (bytes: Buffer) => {
      const springs = trap !== undefined && bytes.includes(trap.words);
      const when = trap?.when;
      if (springs) trap = undefined;
      if (springs && when === 'before') return end();
      isBroken ||= springs;
      if (!isCut) far.write(bytes);
    });
    far.on('data', (bytes: Buffer) => {
      if (isBroken) return end();
      if (!isCut) near.write(bytes);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cut() {
      isCut = true;
    },
    mend() {
      breakAll();
      isCut = false;
    },
    breakAt(words, when) {
      trap = { words, when };
    },
    async close() {
      breakAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
