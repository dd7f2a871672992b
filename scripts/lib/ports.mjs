// Finds free ports: the wanted one, or the next free one.
import getPort from 'get-port';

/** Number of ports after the wanted one to try before the system chooses any. */
const TRIED = 100;
const HIGHEST = 65_535;

/** The wanted port or the next free one. It is not returned again for some seconds. */
export function freePort(wanted) {
  const last = Math.min(wanted + TRIED, HIGHEST);
  return getPort({ port: Array.from({ length: last - wanted + 1 }, (_, index) => wanted + index) });
}

/**
 * A port for each name.
 * @param {Record<string, number>} wanted
 * @returns {Promise<{ports: Record<string, number>, moved: string[]}>} `moved`: names whose wanted port was in use
 */
export async function freePorts(wanted) {
  const ports = {};
  for (const [name, port] of Object.entries(wanted)) ports[name] = await freePort(port);
  return { ports, moved: Object.keys(wanted).filter((name) => ports[name] !== wanted[name]) };
}
