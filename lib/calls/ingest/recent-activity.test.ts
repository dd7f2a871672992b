// What is remembered of webhooks, test calls and workers.

import { expect, it, vi } from 'vitest';
import {
  lastWebhookAt,
  probeEvents,
  recordedReports,
  recordWebhook,
  recordWorkerReports,
  refusalReason,
  webhookReceivedAt,
  withoutProbes,
} from '@/lib/calls/ingest/recent-activity';
import { newProbeRoom } from '@/lib/livekit/probe-room';
import { signBody } from '@/lib/livekit/worker-auth';
import { fakeTime } from '@/lib/testing/fake-time';
import { testServer } from '@/lib/testing/server';

const server = testServer();

const report = (worker: string) => ({
  worker,
  agent: 'a',
  deployment: 'production',
  version: '1',
  activeJobs: 0,
  maxJobs: 1,
  state: 'live' as const,
});
const event = (room: string) => ({
  id: room,
  room,
  source: 'web',
  at: 1,
  what: { kind: 'room_started' as const },
});

it('separates the webhooks of test calls, and knows when the last of any arrived', () => {
  const room = newProbeRoom();
  expect(recordWebhook(server, 'room_started', 'call-1')).toBe(false);
  expect(webhookReceivedAt(server, 'room_started', 'call-1')).toBeUndefined();
  expect(recordWebhook(server, 'room_started', room)).toBe(true);
  expect(webhookReceivedAt(server, 'room_started', room)).toBe(lastWebhookAt(server));
  expect(webhookReceivedAt(server, 'room_finished', room)).toBeUndefined();
});

it('returns events of calls, and keeps those of test calls', () => {
  const room = newProbeRoom();
  const events = [event('call-1'), event(room), event('call-2')];
  expect(withoutProbes(server, events).map((one) => one.room)).toEqual(['call-1', 'call-2']);
  expect(probeEvents(server, room)).toEqual([{ at: 1, what: { kind: 'room_started' } }]);
});

it('remembers a silent worker for an hour', () => {
  fakeTime();
  recordWorkerReports(server, [report('w-silent')]);
  vi.advanceTimersByTime(59 * 60_000);
  recordWorkerReports(server, [report('w-other')]);
  const known = () => recordedReports(server).map((one) => one.report.worker);
  expect(known()).toEqual(['w-silent', 'w-other']);
  vi.advanceTimersByTime(2 * 60_000);
  recordWorkerReports(server, [report('w-other')]);
  expect(known()).toEqual(['w-other']);
});

const own = { LIVEKIT_API_KEY: 'APIown', LIVEKIT_API_SECRET: 's'.repeat(40) };
const signed = (signer: typeof own) => signBody('report', '[]', signer);

it('distinguishes the secret, the key and the clock', async () => {
  const secret = await signed({ ...own, LIVEKIT_API_SECRET: 'x'.repeat(40) });
  expect(await refusalReason(secret, own)).toEqual({ why: 'secret' });
  const key = await signed({ ...own, LIVEKIT_API_KEY: 'APIother' });
  expect(await refusalReason(key, own)).toEqual({ why: 'key' });
  // A valid signature can only fail because of its time.
  expect(await refusalReason(await signed(own), own)).toMatchObject({
    why: 'clock',
    aheadS: expect.toSatisfy((s: number) => Math.abs(s) <= 2),
  });
});

it.each([null, '', 'Basic x', 'Bearer x', 'Bearer a.b.c'])('is silent about %j', async (given) => {
  expect(await refusalReason(given, own)).toBeUndefined();
});

it('says by how much the clock of LiveKit is ahead, whose tokens have no scheme', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
  const token = (await signed(own)).replace('Bearer ', '');
  vi.useRealTimers();
  const { why, aheadS = 0 } = (await refusalReason(token, own)) ?? {};
  expect(why).toBe('clock');
  expect(Math.abs(aheadS - 3_600)).toBeLessThan(60);
});
