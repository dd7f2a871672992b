// The environment of each process: what the user set (the environment takes precedence over .env), completed by the local
// server's keys and the free ports.
import { root } from './paths.mjs';

/** Default ports, used if they are free. */
export const USUAL_PORTS = { web: 3000, livekit: 7880, speech: 7890 };

/** Loads `.env` (and `.env.local`, …) into the environment; existing variables take precedence. */
export async function loadEnv({ dev = false } = {}) {
  const { default: nextEnv } = await import('@next/env');
  nextEnv.loadEnvConfig(root, dev, { info() {}, error: console.error });
  return process.env;
}

/** Values that must never appear in output. */
export function secretsOf(env) {
  const names = [
    'LIVEKIT_API_SECRET',
    'OPENAI_API_KEY',
    'LLM_KEY',
    'LETTA_API_KEY',
    'LIVEKIT_INFERENCE_API_KEY',
    'LIVEKIT_INFERENCE_API_SECRET',
    'SPEECH_KEY',
    'SPEECH_STT_KEY',
    'SPEECH_TTS_KEY',
    'DATABASE_URL',
    'AUTH_SECRET',
    'OIDC_CLIENT_SECRET',
    'CALLBOARD_API_KEY',
  ];
  return names.map((name) => env[name]).filter(Boolean);
}

/** Whether this clone runs its own LiveKit server. */
export function usesLocalServer(env) {
  return !env.LIVEKIT_URL;
}

/** Whether an address is a loopback one. */
export function isLoopback(host) {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/** Host for URLs with which other processes of this machine reach one that listens on `host`. */
export function nearHost(host) {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

/** Whether this clone's speech server is used: one of the two URLs is not set, or is its own. */
export function usesLocalSpeech(env) {
  return [env.SPEECH_STT_URL, env.SPEECH_TTS_URL].some((url) => isOwnSpeech(url, env));
}

function isOwnSpeech(url, env) {
  if (!url) return true;
  if (!URL.canParse(url)) return false;
  const { hostname, port } = new URL(url);
  return isLoopback(hostname) && port === String(env.SPEECH_PORT || USUAL_PORTS.speech);
}

/**
 * The settings of all processes.
 * @param ports `{web, livekit, speech}` to use
 * @param keys `{key, secret}` of the local server, used if the user set neither
 * @param together whether the web process runs on this machine too, so that its local URL is correct
 */
export function completeEnv(env, { ports, keys, together = true }) {
  const host = env.HOST || '127.0.0.1';
  const near = nearHost(host);
  // `npm start` has it listen on loopback only, because only local workers use it.
  const ownSpeech = `http://${together ? '127.0.0.1' : near}:${ports.speech}/v1`;
  const speech = (url) => (isOwnSpeech(url, env) ? ownSpeech : url);
  const speechKey = (key, url) => key || (isOwnSpeech(url, env) ? env.SPEECH_KEY : undefined);
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
    ...(env.SPEECH_KEY && {
      SPEECH_STT_KEY: speechKey(env.SPEECH_STT_KEY, env.SPEECH_STT_URL),
      SPEECH_TTS_KEY: speechKey(env.SPEECH_TTS_KEY, env.SPEECH_TTS_URL),
    }),
  };
}
