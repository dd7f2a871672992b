// Waits for a server that starts at the same time: after a refused connection the framework retries
// only after two seconds.
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds between attempts. */
const RETRY_MS = 50;
/** Timeout in milliseconds: a server on the same machine is up within one second. */
const TIMEOUT_MS = 3_000;

const SECURE = new Set(['wss:', 'https:']);

/** Whether the address accepts a connection. */
function isListening(host: string, port: number, limitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: limitMs });
    const told = (is: boolean) => () => {
      socket.destroy();
      resolve(is);
    };
    socket.once('connect', told(true)).once('error', told(false)).once('timeout', told(false));
  });
}

/** Resolves once the server at this URL accepts connections, or after `limitMs`. */
export async function waitForServer(address: string, limitMs = TIMEOUT_MS): Promise<void> {
  const { protocol, hostname, port } = new URL(address);
  // URLs have IPv6 addresses in brackets.
  const host = hostname.replace(/^\[|\]$/g, '');
  const number = port ? Number(port) : SECURE.has(protocol) ? 443 : 80;
  const deadline = performance.now() + limitMs;
  for (;;) {
    const left = deadline - performance.now();
    if (left <= 0 || (await isListening(host, number, left))) return;
    await pause(RETRY_MS);
  }
}
