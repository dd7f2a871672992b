// Ports for programs that tests start, stop and restart.
import getPort, { portNumbers } from 'get-port';

/**
 * Linux assigns ports from 32,768 to outgoing connections, so a port from there on may be taken when a program starts
 * to listen on it again. Lower ports are safe.
 */
const FIRST = 20_000;
const LAST = 32_000;
/** Concurrent test processes start at different ports. */
const SPREAD = 8_000;

/** A free port, returned only once in this process. */
export const freePort = (): Promise<number> =>
  getPort({ reserve: true, port: portNumbers(FIRST + Math.floor(Math.random() * SPREAD), LAST) });

/** One port for each part of the product. */
export async function productPorts() {
  const [web, speech, livekit] = await Promise.all([freePort(), freePort(), freePort()]);
  return { web, speech, livekit };
}
