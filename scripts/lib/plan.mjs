// Plans what to run: checks settings, finds ports, selects parts. Shared by start.mjs (all parts) and run.mjs (a single
// part), so that both run the same.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { completeEnv, loadEnv, USUAL_PORTS, usesLocalServer } from './environment.mjs';
import { localKeys } from './keys.mjs';
import { buildDir } from './paths.mjs';
import { freePorts } from './ports.mjs';
import { giveUp } from './terminal.mjs';

const built = (name) => import(pathToFileURL(join(buildDir, 'lib', `${name}.js`)).href);

/**
 * Reads and checks the settings and finds the ports; exits with a list of all problems.
 * @param owns which of web, livekit, speech this program runs: their ports must be free
 */
export async function makePlan({ dev = false, together = true, owns }) {
  const set = await loadEnv({ dev });
  const keys = localKeys(set);
  const [{ parseConfig, ConfigError }, { catalogue }, { wireDeployment }, { signInProblems }] =
    await Promise.all(
      ['core/config', 'core/catalogue', 'core/deployment', 'core/sign-in-mode'].map(built),
    );
  const usual = { ...USUAL_PORTS, livekit: livekitPort(set.LIVEKIT_PORT) };
  const asSet = completeEnv(set, { ports: usual, keys, together });
  const config = checked(parseConfig, { ...asSet, PORT: set.PORT, SPEECH_PORT: set.SPEECH_PORT });
  if (owns(set).includes('web')) {
    const problems = signInProblems(asSet);
    if (problems.length > 0) giveUp(new ConfigError(problems).message);
  }
  const wanted = { web: config.PORT, livekit: usual.livekit, speech: config.SPEECH_PORT };
  const own = Object.entries(wanted).filter(([name]) => owns(set).includes(name));
  const { ports: found, moved } = await freePorts(Object.fromEntries(own));
  const ports = { ...wanted, ...found };
  if ('livekit' in found) {
    // Audio over TCP if the server is not on loopback: by LiveKit's convention the next port.
    ports.rtc = (await freePorts({ rtc: ports.livekit + 1 })).ports.rtc;
  }
  const deployments = [...new Set(catalogue.flatMap((agent) => agent.deployments))];
  return {
    env: completeEnv(set, { ports, keys, together }),
    config,
    ports,
    moved: moved.map((name) => ({ name, wanted: wanted[name], port: ports[name] })),
    catalogue,
    deployments: deployments.map((shown) => ({ shown, wire: wireDeployment(shown) })),
    local: usesLocalServer(set),
  };
}

/** The only setting that scripts parse themselves: lib/core/config.ts has those of the parts. */
function livekitPort(text) {
  const port = Number(text || USUAL_PORTS.livekit);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  return giveUp(`LIVEKIT_PORT must be a port number. It is ${text}.`);
}

function checked(parseConfig, env) {
  try {
    return parseConfig(env);
  } catch (error) {
    if (error.name !== 'ConfigError') throw error;
    return giveUp(error.message);
  }
}
