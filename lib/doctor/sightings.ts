// What this process has seen lately of webhooks and workers, for the doctor: kept in memory, a little
// of each. Whoever receives them tells it here, and learns which are of a probe and of no call.
import { z } from 'zod';
import type { CallEvent, Happening } from '@/lib/calls/event';
import { tellOthers } from '@/lib/cluster/pubsub';
import { processSingleton } from '@/lib/core/process-singleton';
import { Recent } from '@/lib/core/recent';
import { isProbeRoom } from '@/lib/livekit/probe-room';
import type { WorkerReport } from '@/lib/livekit/worker-report';
import { knownReports, type Reported } from '@/lib/livekit/workers';

/** Milliseconds for which is remembered what was seen: longer than anybody waits before they ask. */
const KEPT_MS = 60 * 60_000;
/** Workers, and probe's events, that are remembered at most. */
const KEPT_MAX = 2_000;

/** Milliseconds between tellings of webhooks that are not of probes. */
const TELL_EVERY_MS = 10_000;

/** A report that was not taken because its signature did not hold. */
export interface RefusedReport {
  readonly at: number;
  /** `clock`: signed with the right secret, at another time; `key`: with another API key. */
  readonly why: 'secret' | 'key' | 'clock';
}

/** An event of a probe, when it was told. */
interface ProbeEvent {
  readonly at: number;
  readonly what: Happening;
}

interface Sightings {
  lastWebhookAt?: number;
  /** When other web processes were told of one. */
  toldAt?: number;
  refused?: RefusedReport;
  readonly webhooks: Recent<number>;
  readonly events: Recent<readonly ProbeEvent[]>;
  readonly workers: Map<string, Reported>;
}

const sightings = processSingleton(
  'sightings',
  (): Sightings => ({
    webhooks: new Recent(KEPT_MS, KEPT_MAX),
    events: new Recent(KEPT_MS, KEPT_MAX),
    workers: new Map(),
  }),
);

const webhookKey = (room: string, name: string) => `${name} ${room}`;

/** A webhook that another web process received. */
export const probeWebhook = z.object({ name: z.string(), room: z.string() });

/** A webhook came, here or to another web process. */
export function keepWebhook({ name, room }: z.infer<typeof probeWebhook>): void {
  const seen = sightings();
  seen.lastWebhookAt = Date.now();
  if (isProbeRoom(room)) seen.webhooks.set(webhookKey(room, name), Date.now());
}

/** A webhook came here. True where it is of a probe, and so of no call and no rule. */
export function sightWebhook(name: string, room: string): boolean {
  const seen = sightings();
  keepWebhook({ name, room });
  const isProbe = isProbeRoom(room);
  // Of the others it is enough to know that some come.
  if (isProbe || Date.now() - (seen.toldAt ?? 0) >= TELL_EVERY_MS) {
    seen.toldAt = Date.now();
    tellOthers('webhook', { name, room });
  }
  return isProbe;
}

/** When the webhook of a probe came: milliseconds since 1970. */
export const webhookSeen = (name: string, room: string) =>
  sightings().webhooks.get(webhookKey(room, name));

/** When the last webhook came, of any room. */
export const lastWebhookAt = () => sightings().lastWebhookAt;

/** Keeps events of probes. */
export function keepProbes(probes: readonly Pick<CallEvent, 'room' | 'at' | 'what'>[]): void {
  const { events: kept } = sightings();
  for (const { room, at, what } of probes) {
    kept.set(room, [...(kept.get(room) ?? []), { at, what }]);
  }
}

/** Workers told of these events: those of probes are kept here, the others are given back. */
export function withoutProbes<T extends CallEvent>(events: readonly T[]): T[] {
  const probes = events.filter((event) => isProbeRoom(event.room));
  keepProbes(probes);
  if (probes.length > 0) tellOthers('probe-events', probes);
  return events.filter((event) => !isProbeRoom(event.room));
}

/** What workers told of a probe. */
export const probeEvents = (room: string): readonly ProbeEvent[] =>
  sightings().events.get(room) ?? [];

/** Workers reported. Unlike the list of those that are live, this remembers those that are silent. */
export function sightReports(reports: readonly WorkerReport[], now = Date.now()): void {
  const { workers } = sightings();
  for (const report of reports) {
    const key = `${report.worker} ${report.agent}`;
    workers.delete(key);
    workers.set(key, { report, at: now });
  }
  for (const [key, { at }] of workers) {
    if (now - at < KEPT_MS && workers.size <= KEPT_MAX) break;
    workers.delete(key);
  }
}

/** The last report of each worker on each of its agents, of the last hour. */
export const sightedReports = (): readonly Reported[] => [...sightings().workers.values()];

/** A report was refused. */
export function sightRefusal(why: RefusedReport['why']): void {
  sightings().refused = { at: Date.now(), why };
}

/** The last report that was refused. */
export const lastRefusal = () => sightings().refused;

/**
 * Each worker's last report on each of its agents, also of those that are silent by now: that tells a frozen
 * worker from one that never was.
 */
export function workersSeen(): readonly Reported[] {
  const key = ({ report }: Reported) => `${report.worker} ${report.agent}`;
  const all = [...sightedReports(), ...knownReports()];
  return [...new Map(all.map((one) => [key(one), one])).values()];
}
