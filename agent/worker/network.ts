// The worker's ports and its LiveKit server: what is waited for and checked at startup, and the worker's health.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { log } from '@livekit/agents';
import { type RoomServiceClient, ServerError } from 'livekit-server-sdk';
import { waitFor } from '@/lib/core/wait';
import type { WorkerReport } from '@/lib/livekit/worker-report';

/** Timeout in milliseconds: a server on the same machine is up within one second. */
const TIMEOUT_MS = 3_000;

const SECURE = new Set(['wss:', 'https:']);

function isListening(host: string, port: number, timeout: number): Promise<boolean> {
  const socket = connect({ host, port });
  return once(socket, 'connect', { signal: AbortSignal.timeout(timeout) })
    .then(
      () => true,
      () => false,
    )
    .finally(() => socket.destroy());
}

/**
 * Resolves once the server at this URL, which starts at the same time, accepts connections, or after `timeoutMs`: after a
 * refused connection the framework retries only after two seconds.
 */
export async function waitForServer(address: string, timeoutMs = TIMEOUT_MS): Promise<void> {
  const { protocol, hostname, port } = new URL(address);
  // URLs have IPv6 addresses in brackets.
  const host = hostname.replace(/^\[|\]$/g, '');
  const number = port ? Number(port) : SECURE.has(protocol) ? 443 : 80;
  await waitFor(timeoutMs, () => isListening(host, number, timeoutMs));
}

/**
 * Checks once whether LiveKit accepts this worker's key, and logs how to fix it: the framework logs "401" and retries
 * forever. Other errors appear elsewhere.
 */
export async function checkKeys(
  rooms: Pick<RoomServiceClient, 'listRooms'>,
  url: string,
): Promise<void> {
  try {
    await rooms.listRooms([]);
  } catch (error) {
    if (!(error instanceof ServerError) || error.status !== 401) return;
    log().error(
      { url },
      'LIVEKIT_API_KEY and LIVEKIT_API_SECRET do not match this LiveKit server: the key or the secret is wrong',
    );
  }
}

/**
 * Status for a path: `/ready` while calls can be accepted, any other while the worker can continue: also without LiveKit,
 * since its calls continue when that is back, and with a broken agent, whose file a restart would not mend.
 */
export function healthOf(path: string, last: readonly WorkerReport[]): 200 | 503 {
  const whole = last.filter(({ state }) => state !== 'broken');
  if (path !== '/ready') return last.length > 0 && whole.length === 0 ? 503 : 200;
  return whole.length > 0 && whole.every(({ state }) => state === 'live') ? 200 : 503;
}

/** Listens on the port on all interfaces, for Docker or Kubernetes; does nothing without a port. */
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

/**
 * Reserves a free loopback port until `release`, after which a server must listen on it immediately; otherwise another
 * program might take it.
 */
export async function holdPort() {
  // Clients that already connect are refused, as by a port without a server.
  const server = createTcpServer((socket) => socket.destroy());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async release() {
      server.close();
      await once(server, 'close');
    },
  };
}
