// Ports for what is measured.
import getPort, { portNumbers } from 'get-port';

/** Below those that systems give out by themselves: nobody takes one between the choice and the use. */
const FIRST = 25_000;
const LAST = 25_499;

/** A free port; it is not given out again for some seconds. */
export const freePort = (): Promise<number> => getPort({ port: portNumbers(FIRST, LAST) });
