// The local LiveKit server's configuration. It is handed over in LIVEKIT_CONFIG, so that the secret
// stands in no second file and in no argument that other users could list.
import { isLoopback } from './environment.mjs';

/** UDP ports for audio (the server's own default); several servers may share the range. */
const AUDIO_PORTS = { port_range_start: 50_000, port_range_end: 60_000 };

/**
 * Configuration as JSON, which is YAML.
 * @param env settings of `completeEnv`
 * @param ports `{livekit, rtc}`: HTTP, and TCP for audio where the server is not on loopback
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
    // Workers count their own jobs and say when they are full. At the default of 0.7 the server
    // passes over a worker that is three quarters full without a word.
    agents: { target_load: 1.0 },
    logging: { level: env.LOG_LEVEL || 'warn', json: true },
  });
}

/**
 * On loopback, audio too stays on loopback: the server would otherwise open UDP on every network
 * card, and its TCP port always listens on all of them.
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
