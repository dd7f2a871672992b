// How a worker is, for whatever restarts it: Docker, Kubernetes. A worker that has lost LiveKit is alive
// all the same: its calls go on when LiveKit is back, and would end with it.
import { createServer } from 'node:http';
import type { WorkerReport } from '../../../lib/livekit/worker-report';

/** The answer to a path: `/ready` while calls can be taken, any other while the worker can go on. */
export function healthOf(path: string, last: readonly WorkerReport[]): 200 | 503 {
  const states = last.map(({ state }) => state);
  if (path !== '/ready') return states.includes('broken') ? 503 : 200;
  return states.length > 0 && states.every((state) => state === 'live') ? 200 : 503;
}

/**
 * Answers on the port of every network card; nothing where none is set.
 * @param last what was reported last
 * @returns what closes it
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
