// A server that comes is waited for; one that does not, only so long.
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { untilListening } from './until-listening';

test('a server that comes a moment later is waited for', async () => {
  const server = createServer((socket) => socket.end());
  onTestFinished(() => void server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  let waits = true;
  const waiting = untilListening(`ws://127.0.0.1:${port}`, 20_000).then(() => {
    waits = false;
  });
  await new Promise((done) => setTimeout(done, 200));
  expect(waits).toBe(true);
  server.listen(port, '127.0.0.1');
  await waiting;
});

test('one that does not come is gone on without', async () => {
  await untilListening('ws://127.0.0.1:9', 200);
});
