// Waits for a server to start, up to a timeout.
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { waitForServer } from './wait-for-server';

test('waits for a server that starts a moment later', async () => {
  const server = createServer((socket) => socket.end());
  onTestFinished(() => void server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  let waits = true;
  const waiting = waitForServer(`ws://127.0.0.1:${port}`, 20_000).then(() => {
    waits = false;
  });
  await new Promise((done) => setTimeout(done, 200));
  expect(waits).toBe(true);
  server.listen(port, '127.0.0.1');
  await waiting;
});

test('continues without a server that does not start', async () => {
  await waitForServer('ws://127.0.0.1:9', 200);
});
