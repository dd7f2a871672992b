// What is remembered of webhooks, probes and workers, and what is nobody's call.
import { expect, it } from 'vitest';
import { newProbeRoom } from '@/lib/livekit/probe-room';
import {
  lastWebhookAt,
  probeEvents,
  sightedReports,
  sightReports,
  sightWebhook,
  webhookSeen,
  withoutProbes,
} from './sightings';

const report = (worker: string) => ({
  worker,
  agent: 'a',
  deployment: '',
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

it('keeps the webhooks of probes from the calls, and knows when the last of any came', () => {
  const room = newProbeRoom();
  expect(sightWebhook('room_started', 'call-1')).toBe(false);
  expect(webhookSeen('room_started', 'call-1')).toBeUndefined();
  expect(sightWebhook('room_started', room)).toBe(true);
  expect(webhookSeen('room_started', room)).toBe(lastWebhookAt());
  expect(webhookSeen('room_finished', room)).toBeUndefined();
});

it('gives back what is of calls, and keeps what is of a probe', () => {
  const room = newProbeRoom();
  const events = [event('call-1'), event(room), event('call-2')];
  expect(withoutProbes(events).map((one) => one.room)).toEqual(['call-1', 'call-2']);
  expect(probeEvents(room)).toEqual([{ at: 1, what: { kind: 'room_started' } }]);
});

it('remembers a silent worker for an hour', () => {
  const began = 1_800_000_000_000;
  sightReports([report('w-silent')], began);
  sightReports([report('w-other')], began + 59 * 60_000);
  const known = () => sightedReports().map((one) => one.report.worker);
  expect(known()).toEqual(['w-silent', 'w-other']);
  sightReports([report('w-other')], began + 61 * 60_000);
  expect(known()).toEqual(['w-other']);
});
