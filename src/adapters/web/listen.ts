import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';

/** A page that is listened for. */
export interface Listening {
  /** `http://127.0.0.1:8080/`, without the token. */
  readonly address: string;
  /** Ends the open streams and stops listening. */
  close(): Promise<void>;
}

/** So many connections are held at once; whoever comes then is turned away. A browser keeps some six. */
const connectionsAtMost = 2_000;

/**
 * Begins to listen; `port` 0 takes any that is free. A head that takes longer than a minute, or a request longer than five, is cut off: Node's limits.
 * @throws Error when the address cannot be had (`EADDRINUSE`)
 */
export async function listenOn(app: Hono, host: string, port: number, atMost = connectionsAtMost): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.maxConnections = atMost;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    address: `http://${host.includes(':') ? `[${host}]` : host}:${taken}/`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
