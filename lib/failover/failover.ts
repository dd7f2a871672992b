// Failover in this process: every web process holds liveness connections, and the elected leader monitors
// all calls.
import { z } from 'zod';
import type { KeptEvent } from '@/lib/calls/event';
import { readEvents, readLiveEvents } from '@/lib/calls/store/read-calls';
import { onRecorded } from '@/lib/calls/store/recorded';
import { electLeader } from '@/lib/cluster/leader';
import { onMissedMessages, publish, subscribe } from '@/lib/cluster/pubsub';
import { logError } from '@/lib/core/log';
import { processSingleton } from '@/lib/core/process-singleton';
import { serverConfig } from '@/lib/core/server-config';
import { poll } from '@/lib/core/wait';
import { type LiveKit, liveKit } from '@/lib/livekit/clients';
import { forgetWorker } from '@/lib/livekit/workers';
import { LivenessConnections, type LivenessSource, livenessSource } from './liveness';
import { FailoverMonitor } from './monitor';
import { deadWorkers } from './room-state';

// The leader's monitor is fed with the events that this process writes, the events that others write, and
// at its start the events of all active calls.

/** Milliseconds between comparisons with LiveKit's rooms. Our own choice. */
const RECONCILE_EVERY_MS = 15_000;
/** Milliseconds to remember the events known at the start: others announce them within this time. */
const KNOWN_MS = 60_000;

const logFailure = (error: unknown) => logError('failover', error);

/** Monitors the calls of all web processes. */
class LeaderMonitor {
  readonly #monitor: FailoverMonitor;
  readonly #stopPolling: () => Promise<void>;
  /** Events that were read at the start or arrived before. */
  #known: Set<string> | undefined = new Set();
  #caughtUp = () => {};
  /** Events of other processes are read in the order in which they were announced. */
  #reading = new Promise<void>((resolve) => {
    this.#caughtUp = resolve;
  });
  #begun = false;

  constructor(livekit: LiveKit) {
    this.#monitor = new FailoverMonitor(() => livekit);
    const failing = 'failover: could not compare rooms';
    this.#stopPolling = poll(RECONCILE_EVERY_MS, failing, async () => {
      if (!this.#begun) this.#begin(await readLiveEvents());
      await this.#monitor.reconcile();
    });
  }

  #begin(live: readonly KeptEvent[]): void {
    this.#monitor.take(live.filter(({ id }) => !this.#known?.has(id)));
    for (const { id } of live) this.#known?.add(id);
    this.#begun = true;
    this.#caughtUp();
    setTimeout(() => {
      this.#known = undefined;
    }, KNOWN_MS).unref();
  }

  /** Takes events that this process wrote. */
  take(events: readonly KeptEvent[]): void {
    for (const { id } of events) this.#known?.add(id);
    this.#monitor.take(events);
  }

  /** Reads events that another process wrote. */
  read(ids: readonly string[]): void {
    this.#reading = this.#reading.then(async () => {
      const fresh = ids.filter((id) => !this.#known?.has(id));
      if (fresh.length > 0) this.#monitor.take(await readEvents(fresh));
    });
    // The next comparison of rooms corrects what could not be read.
    this.#reading = this.#reading.catch(logFailure);
  }

  /** Handles a process that has died. */
  lost(source: LivenessSource): void {
    // If LiveKit is unavailable, the next comparison of rooms corrects this.
    this.#monitor.lost(source).catch(logFailure);
  }

  stop(): void {
    void this.#stopPolling();
    this.#monitor.stop();
  }
}

const current = processSingleton('failover', (): { failover?: Failover } => ({}));

/** Failover in this process. */
export interface Failover {
  readonly liveness: LivenessConnections;
  /** Whether this process is the leader. */
  readonly isLeader: () => boolean;
  stop(): Promise<void>;
}

/** Whether this process is the leader that monitors all calls. */
export const isFailoverLeader = (): boolean => current().failover?.isLeader() ?? false;

/** Failover in this process; the first call starts it. @throws {ConfigError} if settings are invalid */
export function failover(): Failover {
  const before = current().failover;
  if (before) return before;
  const config = serverConfig();
  const livekit = liveKit(config);
  let monitor: LeaderMonitor | undefined;
  const begin = () => {
    monitor = new LeaderMonitor(livekit);
  };
  const end = () => {
    monitor?.stop();
    monitor = undefined;
  };
  const gone = (source: LivenessSource) => {
    if (!source.job) return forgetWorker(source.worker);
    monitor?.lost(source);
  };
  const tellGone = (source: LivenessSource) => {
    gone(source);
    publish('gone', source);
  };
  const liveness = new LivenessConnections(tellGone, (source) => publish('opened', source));
  subscribe('gone', livenessSource, gone);
  subscribe('opened', livenessSource, (source) => liveness.reopenedElsewhere(source));
  subscribe('events', z.array(z.string()), (ids) => monitor?.read(ids));
  onMissedMessages('watch', () => {
    if (!monitor) return;
    end();
    begin();
  });
  const endFeed = onRecorded(({ events }) => {
    for (const worker of deadWorkers(events)) tellGone({ worker });
    monitor?.take(events);
  });
  const stopLeading = electLeader('watcher', config.DATABASE_URL, { begin, end });
  const started: Failover = {
    liveness,
    isLeader: () => monitor !== undefined,
    stop() {
      current().failover = undefined;
      endFeed();
      return stopLeading();
    },
  };
  current().failover = started;
  return started;
}
