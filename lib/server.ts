// The composition root: everything that lives as long as the web process, in the order in which it is created, started and
// stopped. Nothing else keeps state of the process. Next.js bundles each route separately, so a module's variables exist
// once per bundle; the server is kept on `globalThis` instead.
import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { followAgents, listOf } from '@/lib/agents/registry';
import type { AgentsServer } from '@/lib/agents/server';
import { offerFirstAccount } from '@/lib/auth/first-account';
import type { OpenResponse } from '@/lib/auth/server';
import { newEventQueue } from '@/lib/calls/ingest/add-event';
import { noActivity } from '@/lib/calls/ingest/recent-activity';
import { startStoringCalls } from '@/lib/calls/ingest/store-calls';
import type { CallsServer } from '@/lib/calls/server';
import type { Ground } from '@/lib/cluster/ground';
import { closeLocks } from '@/lib/cluster/locks';
import { notifyMissed, receive } from '@/lib/cluster/pubsub';
import type { Config } from '@/lib/core/config';
import { KeyedQueue } from '@/lib/core/keyed-queue';
import { readConfig } from '@/lib/core/server-config';
import { closeDatabase } from '@/lib/db/database';
import { MINUTES_MAX, MINUTES_MS } from '@/lib/dispatch/limits/minutes-a-day';
import { ANNOUNCED_MAX, ANNOUNCED_MS } from '@/lib/dispatch/listener';
import type { DispatchServer } from '@/lib/dispatch/server';
import { Failover } from '@/lib/failover/failover';
import * as features from '@/lib/features';
import { liveKit } from '@/lib/livekit/clients';
import { MODEL_ANSWERS_MAX, MODEL_ANSWERS_MS } from '@/lib/livekit/model-failures';
import { REPORTED_MAX, REPORTED_MS } from '@/lib/livekit/workers';
import { newInstruments } from '@/lib/metrics/instruments';
import { startCounting } from '@/lib/metrics/metrics';
import type { MetricsServer } from '@/lib/metrics/server';
import { deleteExpiredRegularly } from '@/lib/startup/delete-expired';
import type { Feature } from '@/lib/startup/feature';
import { followOtherProcesses } from '@/lib/startup/other-processes';
import { newWebhooks } from '@/lib/startup/webhooks';
import { tracesWanted } from '@/lib/tracing/wanted';

/** The state of a web process without that of features. */
class WebProcess implements MetricsServer {
  // Requests.
  readonly bodies: Ground['bodies'] = { bytes: 0 };
  readonly openStreams: Ground['openStreams'] = { close: new Set(), stopping: false };

  // The database, and the other web processes that use it.
  readonly database: Ground['database'] = {};
  readonly notifications: Ground['notifications'] = {
    onMessage: (payload) => receive(this, payload),
    onMissed: () => notifyMissed(this),
  };
  readonly pubsub: Ground['pubsub'] = {
    self: randomUUID(),
    handlers: new Map(),
    missed: new Map(),
    parts: new Map(),
    silent: false,
  };
  readonly locks: Ground['locks'] = { unavailableAt: Number.NEGATIVE_INFINITY };
  readonly turns = new KeyedQueue();
  readonly sharedMemory: Ground['sharedMemory'] = new Map();

  // LiveKit and the workers.
  readonly livekit: Ground['livekit'];
  readonly livekitSeen: Ground['livekitSeen'] = { at: 0 };
  readonly workers: Ground['workers'] = {
    reported: [],
    everReported: new LRUCache({ ttl: REPORTED_MS, max: REPORTED_MAX }),
  };
  readonly modelFailures: Ground['modelFailures'] = new LRUCache({
    ttl: MODEL_ANSWERS_MS,
    max: MODEL_ANSWERS_MAX,
  });

  readonly registry: AgentsServer['registry'];

  // Visitors.
  readonly openResponses = new Set<OpenResponse>();
  readonly validKeys = new Set<string>();
  readonly visitorStreams = new Map<string, number>();

  // Calls.
  readonly events: CallsServer['events'];
  readonly storedListeners: CallsServer['storedListeners'] = new Set();
  readonly callFeed: CallsServer['callFeed'] = new Set();
  readonly recentStats: CallsServer['recentStats'] = {};
  readonly activity = noActivity();

  // Dispatch.
  readonly limiters: DispatchServer['limiters'] = new Map();
  readonly minutes: DispatchServer['minutes'] = new LRUCache({
    ttl: MINUTES_MS,
    max: MINUTES_MAX,
  });
  readonly announcedListeners: DispatchServer['announcedListeners'] = new LRUCache({
    ttl: ANNOUNCED_MS,
    max: ANNOUNCED_MAX,
  });
  readonly sharedQueue: DispatchServer['sharedQueue'] = { awayAt: Number.NEGATIVE_INFINITY };

  readonly shares: DispatchServer['shares'] = new Map();

  // What uses all of these.
  readonly features: readonly Feature[] = Object.values(features);
  readonly metrics = newInstruments();
  readonly failover: Failover;
  /** LiveKit's webhooks. */
  readonly webhooks: ReturnType<typeof newWebhooks>;

  #stops: (() => Promise<void> | void)[] = [];

  constructor(readonly config: Config) {
    this.livekit = liveKit(config);
    this.registry = { agents: listOf(config) };
    this.events = newEventQueue(config);
    this.failover = new Failover(this);
    this.webhooks = newWebhooks(this);
    for (const feature of this.features) Object.assign(this, feature.state?.(this));
  }

  /** Starts what runs without a request. Resolves once features are ready, such as the rules read. */
  async start(): Promise<void> {
    await offerFirstAccount(this);
    startCounting(this);
    if (tracesWanted(process.env)) {
      this.#stops.push((await import('@/lib/tracing/trace-calls')).traceCalls(this));
    }
    this.#stops.push(startStoringCalls(this));
    followOtherProcesses(this);
    this.#stops.push(await followAgents(this));
    for (const feature of this.features)
      this.#stops.push((await feature.start?.(this)) ?? (() => {}));
    this.#stops.push(this.failover.start(), deleteExpiredRegularly(this));
  }

  /** Stops everything, in the opposite order, and closes the database. */
  async stop(): Promise<void> {
    for (const stop of this.#stops.splice(0).reverse()) await stop();
    await closeLocks(this);
    await closeDatabase(this);
  }
}

type Features = (typeof features)[keyof typeof features];
type StateOf<F> = F extends { state(server: never): infer State } ? (state: State) => void : never;
/** The state of all features. */
type FeatureState = StateOf<Features> extends (state: infer All) => void ? All : never;

/** The state of a web process. Creating it starts nothing: the database is opened at its first use. */
export type Server = WebProcess & FeatureState;
export const Server = WebProcess as new (config: Config) => Server;

const KEY = Symbol.for('callboard.server');
const kept = globalThis as typeof globalThis & { [KEY]?: Server };

/** The server of this process, if it was created. */
export const currentServer = (): Server | undefined => kept[KEY];

/** The server of this process; the first call creates it. @throws {ConfigError} while the settings are invalid */
export function server(): Server {
  kept[KEY] ??= new Server(readConfig(process.env));
  return kept[KEY];
}
