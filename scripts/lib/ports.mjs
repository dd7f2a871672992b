// Free ports: the wanted one, else the next that nobody has.
import getPort from 'get-port';

/** How many ports after the wanted one are tried before the system picks any. */
const TRIED = 100;
const HIGHEST = 65_535;

/** The wanted port or the next free one. It is not given out again for some seconds. */
export function freePort(wanted) {
  const last = Math.min(wanted + TRIED, HIGHEST);
  return getPort({ port: Array.from({ length: last - wanted + 1 }, (_, index) => wanted + index) });
}

/**
 * A port for each name.
 * @param {Record<string, number>} wanted
 * @returns {Promise<{ports: Record<string, number>, moved: string[]}>} `moved`: the names whose
 * wanted port was in use
 */
export async function freePorts(wanted) {
  const ports = {};
  for (const [name, port] of Object.entries(wanted)) ports[name] = await freePort(port);
  return { ports, moved: Object.keys(wanted).filter((name) => ports[name] !== wanted[name]) };
}
