// A trace of each call in OpenTelemetry, made in one place when the call is over: every event of it,
// of web, LiveKit and worker, comes through this process, with clocks corrected. So no process hands
// a traceparent to another, and the worker needs no setting for it.
import type { Recorded } from '../calls/store/recorded';
import { onRecorded } from '../calls/store/recorded';
import { readTimeline } from '../calls/store/store';
import { redact } from '../redact';
import { callSpans } from './call-spans';
import { openExporter } from './exporter';

/**
 * Milliseconds without anything new after a call's end until its trace is made: a worker's last
 * events come within seconds. Our own choice.
 */
const QUIET_MS = 5_000;

/** Tracing, until it is stopped. */
export interface Tracing {
  /** Sends what is there; of calls that have just ended too. */
  stop(): Promise<void>;
}

const shared = globalThis as typeof globalThis & { callboardTracing?: Tracing };

/** Traces each call that ends from now on; once for this process. */
export function traceCalls(quietMs = QUIET_MS): Tracing {
  if (shared.callboardTracing) return shared.callboardTracing;
  const exporter = openExporter();
  const waiting = new Map<string, NodeJS.Timeout>();

  async function send(id: string): Promise<void> {
    clearTimeout(waiting.get(id));
    waiting.delete(id);
    try {
      const timeline = await readTimeline(id);
      // Deleted meanwhile, or it goes on after all: then it ends another time.
      if (timeline?.call.endedAt === undefined) return;
      exporter.send(id, callSpans(timeline));
    } catch (error) {
      console.error(redact(`traces: ${error}`));
    }
  }

  const heard = ({ calls }: Recorded) => {
    for (const { before, after } of calls) {
      const ended = before?.endedAt === undefined && after.endedAt !== undefined;
      if (!ended && !waiting.has(after.id)) continue;
      clearTimeout(waiting.get(after.id));
      waiting.set(after.id, setTimeout(() => void send(after.id), quietMs).unref());
    }
  };
  const stopHearing = onRecorded(heard);

  shared.callboardTracing = {
    async stop() {
      shared.callboardTracing = undefined;
      stopHearing();
      await Promise.all([...waiting.keys()].map(send));
      await exporter.stop();
    },
  };
  return shared.callboardTracing;
}
