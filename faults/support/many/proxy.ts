// The proxy of deploy/Caddyfile before several web processes and LiveKit nodes of this machine: the file
// itself, with addresses in the place of names that only a cluster knows.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Service } from './service';

/** What the file looks up by name, and where it is here. */
interface Upstreams {
  readonly web: readonly number[];
  readonly livekit: readonly number[];
}

/** Ports that the proxy listens on. */
interface Fronts {
  readonly web: number;
  readonly livekit: number;
}

const LOOKED_UP = /dynamic a (web|livekit) \d+ \{[^}]*\}/g;
/**
 * Caddy before 2.11.2, as Debian has it, loses the body of a request whose first upstream is not there, and
 * answers 502 instead of asking the next one. So that it asks nobody who is not there, it looks all the
 * time, which it does for upstreams that are not looked up by name.
 */
const LOOKS = {
  web: 'health_uri /api/health\n\t\thealth_interval 250ms\n\t\thealth_timeout 20s',
  livekit: 'health_uri /\n\t\thealth_interval 250ms\n\t\thealth_timeout 20s',
} as const;
/** Where the proxy's own settings begin, and more of them. */
const SETTINGS = /^\{\n/m;
const HERE = '\tadmin off\n\tauto_https off\n\tdefault_bind 127.0.0.1\n';

function fileFor(upstreams: Upstreams): string {
  const text = readFileSync(resolve('deploy/Caddyfile'), 'utf8');
  const found = text.match(LOOKED_UP) ?? [];
  if (found.length !== 2) throw new Error('deploy/Caddyfile looks up web and livekit by name');
  if (!SETTINGS.test(text)) throw new Error('deploy/Caddyfile begins with settings of its own');
  const to = (_: string, name: keyof Upstreams) =>
    `to ${upstreams[name].map((port) => `127.0.0.1:${port}`).join(' ')}\n\t\t${LOOKS[name]}`;
  return text.replaceAll(LOOKED_UP, to).replace(SETTINGS, `$&${HERE}`);
}

/** Starts it. */
export async function startProxy(fronts: Fronts, to: Upstreams, folder: string): Promise<Service> {
  const file = join(folder, 'Caddyfile');
  writeFileSync(file, fileFor(to));
  const up = async (port: number) =>
    (await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined)) !== undefined;
  const service = new Service({
    command: 'caddy',
    args: ['run', '--config', file, '--adapter', 'caddyfile'],
    env: {
      HOME: folder,
      CALLBOARD_HOST: `http://127.0.0.1:${fronts.web}`,
      LIVEKIT_HOST: `http://127.0.0.1:${fronts.livekit}`,
    },
    answers: () => up(fronts.livekit),
  });
  return service.run();
}
