// The local LiveKit server's configuration. It is passed in LIVEKIT_CONFIG, so that the secret is neither in another file
// nor in an argument, which other users could list.
import { isLoopback } from './environment.mjs';

/** UDP ports for audio (the server's own default); several servers may share the range. */
const AUDIO_PORTS = { port_range_start: 50_000, port_range_end: 60_000 };

/**
 * The configuration as JSON, which is valid YAML.
 * @param env settings from `completeEnv`
 * @param ports `{livekit, rtc}`: HTTP, and TCP for audio if the server is not on loopback
 */
export function livekitConfig(env, ports) {
  return JSON.stringify({
    port: ports.livekit,
    bind_addresses: [env.HOST],
    keys: { [env.LIVEKIT_API_KEY]: env.LIVEKIT_API_SECRET },
    webhook: {
      api_key: env.LIVEKIT_API_KEY,
      urls: [`${env.CALLBOARD_URL}/api/webhooks/livekit`],
    },
    rtc: { ...AUDIO_PORTS, use_external_ip: false, ...network(env.HOST, ports) },
    room: { empty_timeout: 60, departure_timeout: 15 },
    // Workers count their own jobs and report when they are full. With the default of 0.7 the server silently skips a worker
    // that is three quarters full.
    agents: { target_load: 1.0 },
    logging: { level: env.LOG_LEVEL || 'warn', json: true },
  });
}

/**
 * On loopback, audio stays on loopback too. Otherwise the server would open UDP on every network interface, and its TCP
 * port always listens on all of them.
 */
function network(host, ports) {
  if (!isLoopback(host)) return { tcp_port: ports.rtc };
  return {
    node_ip: '127.0.0.1',
    tcp_port: 0,
    allow_tcp_fallback: false,
    enable_loopback_candidate: true,
    ips: { includes: ['127.0.0.1/32'] },
  };
}
