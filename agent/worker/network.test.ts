// Waits for a server to start, up to a timeout.
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { healthOf, waitForServer } from '@/agent/worker/network';
import type { WorkerReport } from '@/lib/livekit/worker-report';

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

const report = (state: WorkerReport['state']): WorkerReport => ({
  ...{ worker: 'w', agent: 'a', deployment: 'production', version: '1', activeJobs: 0, maxJobs: 1 },
  state,
});

test.each([
  ['before its first report', [], 200, 503],
  ['live', [report('live'), report('live')], 200, 200],
  ['one agent not registered with LiveKit', [report('live'), report('starting')], 200, 503],
  ['one agent broken', [report('live'), report('broken')], 200, 200],
  ['one agent broken, the others starting', [report('starting'), report('broken')], 200, 503],
  ['all broken', [report('broken'), report('broken')], 503, 503],
  ['draining', [report('draining')], 200, 503],
] as const)('%s', (_what, last, alive, ready) => {
  expect([healthOf('/', last), healthOf('/ready', last)]).toEqual([alive, ready]);
});
