// A node of a LiveKit cluster: the real server, with the settings of deploy/compose.yaml, on loopback.
import { serverBin } from '@/lib/testing/livekit-server';
import { isUp, Service } from './service';

/** What makes several nodes one cluster. */
export interface LiveKitCluster {
  readonly redis: number;
  readonly key: string;
  readonly secret: string;
  /** Where all nodes send their webhooks. */
  readonly webhook: string;
}

/** Starts a node; it answers at its port, whichever node a room is on. */
export function startNode(port: number, { redis, key, secret, webhook }: LiveKitCluster) {
  const config = {
    port,
    bind_addresses: ['127.0.0.1'],
    rtc: {
      port_range_start: 50_000,
      port_range_end: 60_000,
      use_external_ip: false,
      node_ip: '127.0.0.1',
      tcp_port: 0,
      allow_tcp_fallback: false,
      enable_loopback_candidate: true,
      ips: { includes: ['127.0.0.1/32'] },
    },
    redis: { address: `127.0.0.1:${redis}` },
    keys: { [key]: secret },
    webhook: { api_key: key, urls: [webhook] },
    room: { empty_timeout: 60, departure_timeout: 15 },
    agents: { target_load: 1.0 },
    logging: { level: 'warn', json: true },
  };
  const service = new Service({
    command: serverBin(),
    args: [],
    env: { LIVEKIT_CONFIG: JSON.stringify(config) },
    answers: () => isUp(`http://127.0.0.1:${port}/`),
  });
  return service.run();
}
