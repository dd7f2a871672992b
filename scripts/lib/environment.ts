// The environment of each process: what the user set (the environment takes precedence over .env), completed by the local
// server's keys and the free ports.
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nearHost, parseUrl, readHost } from '@/lib/core/addresses';
import { type EnvFile, envFileValues, readEnvFiles } from '@/lib/core/env-files';
import { proxySettings } from '@/lib/core/outbound-proxy';
import { protectSecrets } from '@/lib/core/private-files';
import { isLoopback } from '@/lib/core/sign-in-mode';
import { ollamaUrl } from '@/scripts/lib/ollama';

/** Environment variables. */
export type Env = Readonly<Record<string, string | undefined>>;

/** The root of the clone. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Bundles of worker and speech server. Inside the clone, so that they find node_modules. */
export const buildDir = join(root, '.callboard/build');

/** Folder for data on this machine, such as keys and livekit-server. */
export const dataDir = ({ DATA_DIR }: Env | { readonly DATA_DIR: string }): string =>
  resolve(root, DATA_DIR || '.callboard');

/** Default ports, used if they are free. */
export const USUAL_PORTS = { web: 3000, livekit: 7880, speech: 7890 };
export type Ports = typeof USUAL_PORTS;
export const PORT_MAX = 65_535;

/**
 * The wanted port of the local LiveKit server: the only setting that scripts parse themselves, as Kubernetes sets it to
 * another form for the parts.
 * @throws Error with a readable message if it is no port
 */
export function livekitPort({ LIVEKIT_PORT }: Env): number {
  const port = Number(LIVEKIT_PORT || USUAL_PORTS.livekit);
  if (Number.isInteger(port) && port > 0 && port <= PORT_MAX) return port;
  throw new Error(`LIVEKIT_PORT must be a port number. It is ${LIVEKIT_PORT}.`);
}

/** The files with settings in the clone. */
export const ownEnvFiles = ({ dev = false } = {}): readonly EnvFile[] =>
  readEnvFiles(root, process.env.NODE_ENV === 'test' ? 'test' : dev ? 'development' : 'production');

/**
 * Loads `.env` (and `.env.local`, …) into the environment; existing variables take precedence. These files contain
 * secrets, so those that everybody can read become private.
 */
export function loadEnv({ dev = false } = {}): NodeJS.ProcessEnv {
  const files = ownEnvFiles({ dev });
  for (const { name } of files) protectSecrets(join(root, name));
  Object.assign(process.env, envFileValues(files, process.env));
  // Next would read the files again, expand `$` in values that it inherits, and end them at `#`.
  process.env.__NEXT_PROCESSED_ENV = 'true';
  const host = nearHost(process.env.HOST);
  return Object.assign(process.env, proxySettings(host, process.env));
}

/** Whether this clone runs its own LiveKit server. */
export function usesLocalServer(env: Env): boolean {
  return !env.LIVEKIT_URL;
}

/** Whether this clone's speech server is used: one of the two URLs is not set, or is its own. */
export function usesLocalSpeech(env: Env): boolean {
  return [env.SPEECH_STT_URL, env.SPEECH_TTS_URL].some((url) => isOwnSpeech(url, env));
}

function isOwnSpeech(url: string | undefined, env: Env): boolean {
  if (!url) return true;
  const parsed = parseUrl(url);
  if (!parsed) return false;
  const { hostname, port } = parsed;
  return isLoopback(hostname) && port === String(env.SPEECH_PORT || USUAL_PORTS.speech);
}

/** The settings that every process has. */
type Completed = 'HOST' | 'PORT' | 'SPEECH_PORT' | 'LIVEKIT_URL' | 'CALLBOARD_URL';
export type CompleteEnv = Env & Readonly<Record<Completed, string>>;

interface Completion {
  /** The ports to use. */
  readonly ports: Ports;
  /** Of the local server, used if the user set neither. */
  readonly keys: { readonly key: string; readonly secret: string };
  /** Whether the web process runs on this machine too, so that its local URL is correct. */
  readonly together?: boolean;
}

/** The settings of all processes. */
export function completeEnv(env: Env, { ports, keys, together = true }: Completion): CompleteEnv {
  // What is no host is refused with the other settings.
  const host = readHost(env.HOST || '127.0.0.1') ?? env.HOST ?? '';
  const near = nearHost(host);
  // `npm start` has it listen on loopback only, because only local workers use it.
  const ownSpeech = `http://${together ? '127.0.0.1' : near}:${ports.speech}/v1`;
  const speech = (url?: string) => (isOwnSpeech(url, env) ? ownSpeech : url);
  const speechKey = (key?: string, url?: string) =>
    key || (isOwnSpeech(url, env) ? env.SPEECH_KEY : undefined);
  const ownWeb = `http://${near}:${ports.web}`;
  const ownKeys = usesLocalServer(env) && !env.LIVEKIT_API_KEY && !env.LIVEKIT_API_SECRET;
  return {
    ...env,
    NEXT_TELEMETRY_DISABLED: '1',
    HOST: host,
    PORT: String(ports.web),
    SPEECH_PORT: String(ports.speech),
    LIVEKIT_URL: env.LIVEKIT_URL || `ws://${near}:${ports.livekit}`,
    ...(ownKeys && { LIVEKIT_API_KEY: keys.key, LIVEKIT_API_SECRET: keys.secret }),
    CALLBOARD_URL: (!together && env.CALLBOARD_URL) || ownWeb,
    SPEECH_STT_URL: speech(env.SPEECH_STT_URL),
    SPEECH_TTS_URL: speech(env.SPEECH_TTS_URL),
    LLM_URL: env.LLM_URL || ollamaUrl(env),
    ...(env.SPEECH_KEY && {
      SPEECH_STT_KEY: speechKey(env.SPEECH_STT_KEY, env.SPEECH_STT_URL),
      SPEECH_TTS_KEY: speechKey(env.SPEECH_TTS_KEY, env.SPEECH_TTS_URL),
    }),
  };
}
