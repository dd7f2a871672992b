// What this process recently received from webhooks and workers, kept in memory for the doctor. Receivers record
// it here, and learn which events belong to test calls and why a report's signature is invalid.

import { TokenVerifier } from 'livekit-server-sdk';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { CallEvent } from '@/lib/calls/event';
import type { CallsServer, ProbeEvent, RecentActivity, Refusal } from '@/lib/calls/server';
import { publish } from '@/lib/cluster/pubsub';
import { isProbeRoom } from '@/lib/livekit/probe-room';
import type { Reported } from '@/lib/livekit/server';
import type { WorkerReport } from '@/lib/livekit/worker-report';
import { knownReports } from '@/lib/livekit/workers';

/** Milliseconds for which observations are kept: longer than anybody waits before asking. */
const KEPT_MS = 60 * 60_000;
/** Most workers and test call events that are kept. */
const KEPT_MAX = 2_000;

/** Milliseconds between announcements of webhooks of real calls. */
const ANNOUNCE_EVERY_MS = 10_000;

/** Nothing was received yet. */
export const noActivity = (): RecentActivity => ({
  webhooks: new LRUCache({ ttl: KEPT_MS, max: KEPT_MAX }),
  events: new LRUCache({ ttl: KEPT_MS, max: KEPT_MAX }),
  workers: new LRUCache({ ttl: KEPT_MS, max: KEPT_MAX }),
});

const webhookKey = (room: string, name: string) => `${name} ${room}`;

/** A webhook that another web process received. */
export const probeWebhook = z.object({ name: z.string(), room: z.string() });

/** Records a webhook of this or another web process. */
export function keepWebhook(
  server: CallsServer,
  { name, room }: z.infer<typeof probeWebhook>,
): void {
  const seen = server.activity;
  const at = Date.now();
  seen.lastWebhookAt = at;
  if (isProbeRoom(room)) seen.webhooks.set(webhookKey(room, name), at);
}

/** Records a webhook of this process. Returns whether it belongs to a test call, and so to no call and no rule. */
export function recordWebhook(server: CallsServer, name: string, room: string): boolean {
  const seen = server.activity;
  keepWebhook(server, { name, room });
  const isProbe = isProbeRoom(room);
  // Of real calls, others only need to know that webhooks arrive.
  if (isProbe || Date.now() - (seen.announcedAt ?? 0) >= ANNOUNCE_EVERY_MS) {
    seen.announcedAt = Date.now();
    publish(server, 'webhook', { name, room });
  }
  return isProbe;
}

/** When a test call's webhook arrived, in milliseconds since 1970. */
export const webhookReceivedAt = (server: CallsServer, name: string, room: string) =>
  server.activity.webhooks.get(webhookKey(room, name));

/** When the last webhook of any room arrived. */
export const lastWebhookAt = (server: CallsServer) => server.activity.lastWebhookAt;

/** Keeps events of test calls. */
export function keepProbes(
  server: CallsServer,
  probes: readonly Pick<CallEvent, 'room' | 'at' | 'what'>[],
): void {
  const { events: kept } = server.activity;
  for (const { room, at, what } of probes) {
    kept.set(room, [...(kept.get(room) ?? []), { at, what }]);
  }
}

/** Keeps workers' events of test calls, and returns the others. */
export function withoutProbes<T extends CallEvent>(server: CallsServer, events: readonly T[]): T[] {
  const probes = events.filter((event) => isProbeRoom(event.room));
  keepProbes(server, probes);
  if (probes.length > 0) publish(server, 'probe-events', probes);
  return events.filter((event) => !isProbeRoom(event.room));
}

/** Workers' events of a test call. */
export const probeEvents = (server: CallsServer, room: string): readonly ProbeEvent[] =>
  server.activity.events.get(room) ?? [];

/** Records workers' reports. Unlike the list of live workers, this includes workers that have stopped reporting. */
export function recordWorkerReports(server: CallsServer, reports: readonly WorkerReport[]): void {
  for (const report of reports) {
    const key = `${report.worker} ${report.agent}`;
    server.activity.workers.set(key, { report, at: Date.now() });
  }
}

/** The last report of each worker and agent within the last hour, oldest first. */
export const recordedReports = (server: CallsServer): readonly Reported[] =>
  [...server.activity.workers.values()].reverse();

/** Records a refused report. */
export function recordRefusedReport(server: CallsServer, refusal: Refusal): void {
  server.activity.refused = { at: Date.now(), ...refusal };
}

/** Records a refused webhook. */
export function recordRefusedWebhook(server: CallsServer, refusal: Refusal): void {
  server.activity.refusedWebhook = { at: Date.now(), ...refusal };
}

/** The last refused webhook. */
export const lastRefusedWebhook = (server: CallsServer) => server.activity.refusedWebhook;

/** The last refused report. */
export const lastRefusal = (server: CallsServer) => server.activity.refused;

/**
 * The last report of each worker and agent, including workers that have stopped reporting: this tells a frozen worker
 * from one that never existed.
 */
export function knownWorkers(server: CallsServer): readonly Reported[] {
  const key = ({ report }: Reported) => `${report.worker} ${report.agent}`;
  const all = [...recordedReports(server), ...knownReports(server)];
  return [...new Map(all.map((one) => [key(one), one])).values()];
}

/** Tolerance in seconds that ignores the clock: thirty years. */
const ANY_TIME_SECONDS = 1_000_000_000;

/** The API key that a token claims, unverified. */
function keyOf(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).iss;
  } catch {
    return undefined;
  }
}

/** Why `authorization` was refused; undefined if it is from neither a worker nor LiveKit, which sends no scheme. */
export async function refusalReason(
  authorization: string | null,
  signer: { readonly LIVEKIT_API_KEY: string; readonly LIVEKIT_API_SECRET: string },
): Promise<Refusal | undefined> {
  const token = authorization?.match(/^(?:Bearer )?(\S+)$/i)?.[1];
  if (!token) return undefined;
  const key = keyOf(token);
  if (typeof key !== 'string') return undefined;
  if (key !== signer.LIVEKIT_API_KEY) return { why: 'key' };
  const verifier = new TokenVerifier(signer.LIVEKIT_API_KEY, signer.LIVEKIT_API_SECRET);
  try {
    const { nbf } = await verifier.verify(token, ANY_TIME_SECONDS);
    return { why: 'clock', aheadS: nbf && Math.round(nbf - Date.now() / 1_000) };
  } catch {
    return { why: 'secret' };
  }
}
