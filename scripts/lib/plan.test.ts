import { createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { freePort, freePorts, refusedDeployments } from '@/scripts/lib/plan';

const servers: Server[] = [];
const listen = (port: number, host: string) =>
  new Promise<void>((resolve, reject) => {
    const server = createServer().once('error', reject);
    servers.push(server);
    server.listen(port, host, resolve);
  });
afterEach(() => servers.splice(0).forEach((server) => void server.close()));

it('uses the next port if the wanted one is in use, on any address', async () => {
  const everywhere = await freePort(18_740);
  await listen(everywhere, '0.0.0.0');
  const wanted = { web: everywhere };
  const { ports, moved } = await freePorts(wanted);
  expect(ports.web).toBeGreaterThan(everywhere);
  expect(ports.web).toBeLessThan(everywhere + 10);
  expect(moved).toEqual([{ name: 'web', wanted: everywhere, port: ports.web }]);
});

it('returns the wanted port if it is free, and no port twice', async () => {
  const free = await freePort(18_760);
  const { ports, moved } = await freePorts({ web: free + 1, speech: free + 1 });
  expect(ports.web).toBe(free + 1);
  expect(ports.speech).not.toBe(ports.web);
  expect(moved.map(({ name }) => name)).toEqual(['speech']);
});

it('says which deployments of agents the LiveKit server refuses', () => {
  const names = ['production', 'a_b'];
  expect(refusedDeployments(names, 'ws://127.0.0.1:7880')).toEqual([
    expect.stringContaining(
      'No worker serves the deployment a_b: this LiveKit server only accepts',
    ),
  ]);
  expect(refusedDeployments(names, 'wss://project.livekit.cloud')).toEqual([]);
});
