import { connect, type Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import { Hono } from 'hono';
import { listenOn } from '../../src/adapters/web/listen.ts';

test('whoever opens more connections than are held is turned away, and those that are there are answered', async () => {
  const app = new Hono();
  app.get('/', (c) => c.text('ok'));
  const listening = await listenOn(app, '127.0.0.1', 0, 2);
  const { port } = new URL(listening.address);
  const sockets: Socket[] = [];
  const open = () =>
    new Promise<Socket>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => resolve(socket));
      socket.on('error', () => undefined);
      sockets.push(socket);
    });
  const [first] = [await open(), await open()];
  const third = await open();
  await new Promise((resolve) => third.once('close', resolve));
  const answered = new Promise<string>((resolve) => first?.once('data', (data) => resolve(String(data))));
  first?.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  expect(await answered).toContain('200 OK');
  for (const socket of sockets) socket.destroy();
  await listening.close();
});
