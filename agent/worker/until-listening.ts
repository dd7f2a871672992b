// Waits for a server that is being started at the same moment: the framework, once refused, tries again only
// after two seconds.
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds between two tries. */
const EVERY_MS = 50;
/** Milliseconds after which it is gone on without: a server on the same machine is there within one second. */
const LIMIT_MS = 3_000;

const SECURE = new Set(['wss:', 'https:']);

/** Whether somebody takes a connection there. */
function listens(host: string, port: number, limitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: limitMs });
    const told = (is: boolean) => () => {
      socket.destroy();
      resolve(is);
    };
    socket.once('connect', told(true)).once('error', told(false)).once('timeout', told(false));
  });
}

/** Resolves once the server of this address takes connections, or after `limitMs`. */
export async function untilListening(address: string, limitMs = LIMIT_MS): Promise<void> {
  const { protocol, hostname, port } = new URL(address);
  // Of IPv6, a URL has the address in brackets.
  const host = hostname.replace(/^\[|\]$/g, '');
  const number = port ? Number(port) : SECURE.has(protocol) ? 443 : 80;
  const deadline = performance.now() + limitMs;
  for (;;) {
    const left = deadline - performance.now();
    if (left <= 0 || (await listens(host, number, left))) return;
    await pause(EVERY_MS);
  }
}
