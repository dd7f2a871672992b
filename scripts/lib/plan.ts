// Plans what to run: checks settings, prepares the parts, finds ports. Shared by start.ts (all parts) and part.ts (one),
// so that both run the same.
import getPort from 'get-port';
import { nearHost } from '@/lib/core/addresses';
import { type CatalogueAgent, catalogue } from '@/lib/core/catalogue';
import { ConfigError, parseConfig } from '@/lib/core/config';
import { deploymentRule, isDeployment } from '@/lib/core/deployment';
import { envFileFaults } from '@/lib/core/env-files';
import { protectFiles } from '@/lib/core/private-files';
import { signInProblems } from '@/lib/core/sign-in-mode';
import { translator } from '@/lib/messages/messages';
import {
  type CompleteEnv,
  completeEnv,
  dataDir,
  type Env,
  livekitPort,
  loadEnv,
  ownEnvFiles,
  PORT_MAX,
  type Ports,
  USUAL_PORTS,
  usesLocalServer,
  usesLocalSpeech,
} from '@/scripts/lib/environment';
import { withModel } from '@/scripts/lib/llm-model';
import { localKeys } from '@/scripts/lib/local-data';
import { onlyStart } from '@/scripts/lib/one-start';
import { PARTS, type PartName } from '@/scripts/lib/parts';
import { setUp } from '@/scripts/lib/setup';

/** Number of ports after the wanted one to try before the system chooses any. */
const TRIED = 100;

/** The wanted port or the next free one. It is not returned again for some seconds. */
export function freePort(wanted: number): Promise<number> {
  const last = Math.min(wanted + TRIED, PORT_MAX);
  return getPort({ port: Array.from({ length: last - wanted + 1 }, (_, index) => wanted + index) });
}

/** A part whose port was in use. */
interface Moved {
  readonly name: string;
  readonly wanted: number;
  readonly port: number;
}

/** A free port for each name. */
export async function freePorts(wanted: Readonly<Record<string, number>>) {
  const ports: Record<string, number> = {};
  const moved: Moved[] = [];
  for (const [name, usual] of Object.entries(wanted)) {
    const port = await freePort(usual);
    ports[name] = port;
    if (port !== usual) moved.push({ name, wanted: usual, port });
  }
  return { ports, moved };
}

export interface Plan {
  readonly env: CompleteEnv;
  /** `rtc` is LiveKit's TCP port for audio. */
  readonly ports: Ports & { readonly rtc: number };
  readonly moved: readonly Moved[];
  /** What is to be said about the settings, one line each. */
  readonly warnings: readonly string[];
  /** Path of the LiveKit server, if it is one of the parts. */
  readonly server: string | undefined;
  /** The agents of the catalogue that workers serve, with the deployments that the LiveKit server accepts. */
  readonly agents: readonly ServedAgent[];
}

/** An agent that workers serve. */
type ServedAgent = Omit<CatalogueAgent, 'deployments'> & {
  readonly deployments: readonly string[];
};

/** Display names of the deployments that agents of the catalogue have. */
export const deployments = [...new Set(catalogue.flatMap((agent) => agent.deployments))];

/** That no worker serves these deployments, because the LiveKit server refuses their names; one line each. */
export const refusedDeployments = (names: readonly string[], livekitUrl: string): string[] =>
  names
    .filter((name) => !isDeployment(name, livekitUrl))
    .map(
      (name) =>
        `No worker serves the deployment ${name}: this LiveKit server only accepts ${deploymentRule(livekitUrl).words}.`,
    );

/** The parts that this machine runs with these settings, if it runs all. */
function partsFor(env: Env): readonly PartName[] {
  return PARTS.filter(
    (name) =>
      (name !== 'livekit' || usesLocalServer(env)) && (name !== 'speech' || usesLocalSpeech(env)),
  );
}

/** The environment with the URLs that are set in one form: libraries read some of them from there. */
function withAddresses(env: CompleteEnv): CompleteEnv {
  const config = parseConfig(env);
  const urls = Object.keys(env).flatMap((name) => {
    const url =
      /_(URL|ENDPOINT|ISSUER)$/.test(name) && env[name] ? Reflect.get(config, name) : undefined;
    return typeof url === 'string' ? [[name, url]] : [];
  });
  return { ...env, ...Object.fromEntries(urls) };
}

/**
 * Checks the settings, prepares the parts and finds their ports.
 * @param part the only part to run; all by default
 * @throws Error that lists all problems with the settings
 */
export async function makePlan(part?: PartName, { dev = false } = {}): Promise<Plan> {
  const set = await withModel(loadEnv({ dev }));
  const t = translator('en', 'doctor');
  const keys = localKeys(set);
  const together = part === undefined;
  const parts = part ? [part] : partsFor(set);
  const usual = { ...USUAL_PORTS, livekit: livekitPort(set) };
  const asSet = completeEnv(set, { ports: usual, keys, together });
  const config = parseConfig({ ...asSet, PORT: set.PORT, SPEECH_PORT: set.SPEECH_PORT });
  const problems = parts.includes('web') ? signInProblems(asSet) : [];
  if (problems.length > 0) throw new ConfigError(problems);
  // Before anything is built or created, which two would do at once.
  const setAddress = parts.includes('web') ? await onlyStart(set) : () => {};
  const server = await setUp(set, parts, { dev });
  // After the builds, which another user may run. All parts inherit the umask.
  protectFiles(dataDir(set));
  const wanted: Ports = { web: config.PORT, livekit: usual.livekit, speech: config.SPEECH_PORT };
  const own = Object.entries(wanted).filter(([name]) => parts.some((each) => each === name));
  const { ports: found, moved } = await freePorts(Object.fromEntries(own));
  const ports = { ...wanted, ...found };
  const env = withAddresses(completeEnv(set, { ports, keys, together }));
  setAddress(env.PUBLIC_URL || `http://${nearHost(env.HOST)}:${env.PORT}`);
  return {
    env,
    // Audio over TCP if the server is not on loopback: by LiveKit's convention the next port.
    ports: { ...ports, rtc: server ? await freePort(ports.livekit + 1) : 0 },
    moved,
    warnings: [
      ...envFileFaults(ownEnvFiles({ dev }), set).map(
        ({ file, name, kind }) => `${t(`envFiles.${kind}`, { file, name })} ${t('envFiles.todo')}`,
      ),
      ...refusedDeployments(deployments, env.LIVEKIT_URL),
    ],
    server,
    agents: catalogue
      .filter(({ name }) => config.AGENT_NAME?.includes(name) ?? true)
      .map((agent) => ({
        ...agent,
        deployments: agent.deployments.filter((name) => isDeployment(name, env.LIVEKIT_URL)),
      })),
  };
}
