// A worker's health for Docker or Kubernetes. A worker that has lost LiveKit counts as alive: its
// calls continue when LiveKit is back, and a restart would end them.
import { createServer } from 'node:http';
import type { WorkerReport } from '../../../lib/livekit/worker-report';

/**
 * Status for a path: `/ready` while calls can be accepted, any other while the worker can continue.
 */
export function healthOf(path: string, last: readonly WorkerReport[]): 200 | 503 {
  const states = last.map(({ state }) => state);
  if (path !== '/ready') return states.includes('broken') ? 503 : 200;
  return states.length > 0 && states.every((state) => state === 'live') ? 200 : 503;
}

/**
 * Listens on the port on all interfaces; does nothing without a port.
 * @param last the last reports
 * @returns closes it
 */
export function openHealthPort(
  port: number | undefined,
  last: () => readonly WorkerReport[],
): () => void {
  if (port === undefined) return () => {};
  const server = createServer(({ url = '/' }, answer) => {
    const states = last().map(({ agent, state, error }) => ({ agent, state, error }));
    answer.writeHead(healthOf(url, last()), { 'content-type': 'application/json' });
    answer.end(JSON.stringify({ states }));
  });
  server.listen(port);
  return () => server.close();
}
