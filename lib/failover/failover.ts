// Failover in this process: every web process holds liveness connections, and the elected leader monitors
// all calls.

import { z } from 'zod';
import type { StoredEvent } from '@/lib/calls/event';
import { readEvents, readLiveEvents } from '@/lib/calls/store/read-calls';
import { onStored } from '@/lib/calls/store/stored-events';
import { electLeader } from '@/lib/cluster/leader';
import { onMissedMessages, publish, subscribe } from '@/lib/cluster/pubsub';
import { logError } from '@/lib/core/log';
import { poll } from '@/lib/core/wait';
import type { DispatchServer } from '@/lib/dispatch/server';
import { LivenessConnections, type LivenessSource, livenessSource } from '@/lib/failover/liveness';
import { FailoverMonitor } from '@/lib/failover/monitor';
import { deadWorkers } from '@/lib/failover/room-state';
import { forgetWorker, jobsOf } from '@/lib/livekit/workers';

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

  constructor(readonly server: DispatchServer) {
    this.#monitor = new FailoverMonitor(server);
    const failing = 'failover: could not compare rooms';
    this.#stopPolling = poll(RECONCILE_EVERY_MS, failing, async () => {
      if (!this.#begun) this.#begin(await readLiveEvents(this.server));
      await this.#monitor.reconcile();
    });
  }

  #begin(live: readonly StoredEvent[]): void {
    this.#monitor.take(live.filter(({ id }) => !this.#known?.has(id)));
    for (const { id } of live) this.#known?.add(id);
    this.#begun = true;
    this.#caughtUp();
    setTimeout(() => {
      this.#known = undefined;
    }, KNOWN_MS).unref();
  }

  /** Takes events that this process wrote. */
  take(events: readonly StoredEvent[]): void {
    for (const { id } of events) this.#known?.add(id);
    this.#monitor.take(events);
  }

  /** Reads events that another process wrote. */
  read(ids: readonly string[]): void {
    this.#reading = this.#reading.then(async () => {
      const fresh = ids.filter((id) => !this.#known?.has(id));
      if (fresh.length > 0) this.#monitor.take(await readEvents(this.server, fresh));
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

/** Failover in this process. It monitors calls from its start on. */
export class Failover {
  readonly liveness: LivenessConnections;
  #monitor: LeaderMonitor | undefined;

  constructor(readonly server: DispatchServer) {
    this.liveness = new LivenessConnections(
      server,
      (source) => this.#announceGone(source),
      (source) => publish(server, 'opened', source),
    );
  }

  /** Whether this process is the leader that monitors all calls. */
  get isLeader(): boolean {
    return this.#monitor !== undefined;
  }

  /** Takes part in the election of the leader. @returns a function that stops it */
  start(): () => Promise<void> {
    const { server } = this;
    subscribe(server, 'gone', livenessSource, (source) => this.#gone(source));
    subscribe(server, 'opened', livenessSource, (one) => this.liveness.reopenedElsewhere(one));
    subscribe(server, 'events', z.array(z.string()), (ids) => this.#monitor?.read(ids));
    onMissedMessages(server, 'failover', () => {
      if (!this.#monitor) return;
      end();
      begin();
    });
    const begin = () => {
      this.#monitor = new LeaderMonitor(server);
    };
    const end = () => {
      this.#monitor?.stop();
      this.#monitor = undefined;
    };
    const endFeed = onStored(server, ({ events }) => {
      for (const worker of deadWorkers(events)) this.#announceGone({ worker });
      this.#monitor?.take(events);
    });
    const stopLeading = electLeader(server, 'failover', { begin, end });
    return () => {
      endFeed();
      return stopLeading();
    };
  }

  #gone(source: LivenessSource): void {
    const { worker, job } = source;
    if (job) {
      this.#monitor?.lost(source);
      return;
    }
    const jobs = jobsOf(this.server, worker);
    // First, so that it does not get the replacements.
    forgetWorker(this.server, worker);
    for (const one of jobs) this.#monitor?.lost({ worker, job: one });
  }

  #announceGone(source: LivenessSource): void {
    this.#gone(source);
    publish(this.server, 'gone', source);
  }
}
