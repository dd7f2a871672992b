// Ports for programs that tests start, end and start again.
import getPort, { portNumbers } from 'get-port';

/**
 * Outgoing connections are never given these by Linux, which begins at 32,768: a port from there on can belong to
 * any connection of the machine by the time a program listens on it, or listens again.
 */
const FIRST = 20_000;
const LAST = 32_000;
/** Test processes beside this one begin elsewhere. */
const SPREAD = 8_000;

/** A free port, given out once in this process. */
export const freePort = (): Promise<number> =>
  getPort({ reserve: true, port: portNumbers(FIRST + Math.floor(Math.random() * SPREAD), LAST) });

/** One for each part of the product that listens. */
export async function productPorts() {
  const [web, speech, livekit] = await Promise.all([freePort(), freePort(), freePort()]);
  return { web, speech, livekit };
}
