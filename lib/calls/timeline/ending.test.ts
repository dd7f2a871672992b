import { describe, expect, it } from 'vitest';
import { callEvent, type EventData, readStored, type StoredEvent } from '@/lib/calls/event';
import { eventRowOf, eventsFrom } from '@/lib/calls/store/call-row';
import { foldCall } from '@/lib/calls/timeline/timeline';
import type { EndReason } from '@/lib/livekit/end-reason';
import { asInEarlierRelease, eventAt, T0 } from '@/lib/testing/call-events';

const staff = { agent: 'front-desk', deployment: 'production' };
const requested = eventAt('requested', 0, {
  origin: 'page',
  ...staff,
  identity: 'ann',
  name: 'Ann',
});
const started = eventAt('room_started', 50, {});
const came = eventAt('person_joined', 100, { identity: 'ann', name: 'Ann', role: 'caller' });
const agent = eventAt('agent_joined', 400, { identity: 'a-1', ...staff, worker: 'w1' });
const begun = [requested, started, came, agent];

const ended = (at: number, why: EndReason, reason?: string) =>
  eventAt('ended', at, { why, reason });
const callerLeft = (at: number, why: EndReason = 'left') =>
  eventAt('person_left', at, { identity: 'ann', why });
const agentLeft = (at: number, why: EndReason) =>
  eventAt(
    'agent_left',
    at,
    { identity: 'a-1', agent: 'front-desk', why },
    { id: `left-${at}-${why}` },
  );
const finished = (at: number, others: Partial<StoredEvent> = {}) =>
  eventAt('room_finished', at, {}, others);
const fault = eventAt('error', 9_000, { where: 'job', message: 'Out of ideas' });

const inRoom2 = { room: 'r2', roomSid: 'RM_2' };
const moved = [
  eventAt('handed_off', 5_000, { from: 'front-desk', to: 'billing', room: 'r2' }),
  eventAt('room_started', 5_100, {}, inRoom2),
  eventAt('person_joined', 5_200, { identity: 'ann', name: 'Ann', role: 'caller' }, { ...inRoom2 }),
];

/** An outbound call that is not answered. */
const rang = [
  eventAt('requested', 0, { origin: 'api', ...staff, identity: '', name: '' }),
  started,
  eventAt('person_joined', 100, { identity: 'p', name: '+44', role: 'phone' }),
  agent,
];
const phoneLeft = (why: EndReason) => eventAt('person_left', 8_000, { identity: 'p', why });

type Row = [string, StoredEvent[], [string, number, string?] | undefined];
const rows: Row[] = [
  ['is in progress', begun, undefined],
  [
    'the caller hung up',
    [...begun, callerLeft(8_000), agentLeft(8_050, 'left'), finished(8_100)],
    ['caller', 8_000],
  ],
  [
    'a telephone was busy',
    [...rang, phoneLeft('rejected'), ended(8_010, 'busy'), finished(8_100)],
    ['caller', 8_000],
  ],
  [
    'a phone call led back to itself',
    [...rang, phoneLeft('line-failed'), ended(8_010, 'loop'), finished(8_100)],
    ['server', 8_000],
  ],
  ['the caller left, the room still waits', [...begun, callerLeft(8_000)], undefined],
  [
    'the caller came back',
    [...begun, callerLeft(8_000), { ...came, id: 'again', at: T0 + 9_000, arrivedAt: T0 + 9_001 }],
    undefined,
  ],
  [
    'the connection was lost',
    [...begun, callerLeft(8_000, 'timed-out'), finished(28_000)],
    ['caller', 8_000, 'The connection was lost'],
  ],
  [
    'the agent said goodbye',
    [
      ...begun,
      ended(8_000, 'goodbye'),
      agentLeft(8_001, 'goodbye'),
      callerLeft(8_100, 'room-deleted'),
      finished(8_200),
    ],
    ['agent', 8_000],
  ],
  [
    'the agent said goodbye, reported only by its leaving',
    [
      ...begun,
      agentLeft(8_001, 'goodbye'),
      agentLeft(8_002, 'left'),
      callerLeft(8_100, 'room-deleted'),
      finished(8_200),
    ],
    ['agent', 8_100],
  ],
  [
    'the agent said goodbye, and the caller continued with a colleague',
    [...begun, agentLeft(8_001, 'goodbye'), callerLeft(60_000), finished(60_100)],
    ['caller', 60_000],
  ],
  [
    'LiveKit reported the leaving first',
    [
      ...begun,
      agentLeft(8_001, 'left'),
      agentLeft(8_002, 'goodbye'),
      callerLeft(8_100, 'room-deleted'),
      finished(8_200),
    ],
    ['agent', 8_100],
  ],
  [
    'the agent failed, and the caller gave up',
    [...begun, fault, agentLeft(9_001, 'error'), callerLeft(15_000), finished(15_100)],
    ['agent failed', 15_000, 'Out of ideas'],
  ],
  [
    'the job was killed',
    [...begun, agentLeft(9_001, 'timed-out'), callerLeft(15_000), finished(15_100)],
    ['agent failed', 15_000],
  ],
  [
    'the job was killed, and a replacement joined',
    [
      ...begun,
      agentLeft(9_001, 'timed-out'),
      { ...agent, id: 'second', at: T0 + 10_000, arrivedAt: T0 + 10_001 },
      callerLeft(15_000),
      finished(15_100),
    ],
    ['caller', 15_000],
  ],
  [
    'it was closed for everyone',
    [
      ...begun,
      ended(8_000, 'closed', 'We close now'),
      callerLeft(8_010, 'room-deleted'),
      finished(8_020),
    ],
    ['server', 8_000, 'We close now'],
  ],
  ['by an unknown reason', [...begun, ended(8_000, 'unknown')], ['server', 8_000]],
  [
    'the worker was stopped',
    [...begun, agentLeft(8_000, 'shutdown'), callerLeft(8_100, 'room-deleted'), finished(8_200)],
    ['server', 8_100],
  ],
  ['the room finished without a reason', [...begun, finished(9_000)], ['server', 9_000]],
  [
    'no agent joined',
    [requested, started, came, callerLeft(20_000), finished(20_100)],
    ['no agent', 20_000],
  ],
  [
    'the caller changed their mind',
    [requested, started, came, callerLeft(900), finished(1_000)],
    ['caller', 900],
  ],
  [
    'no agent was requested',
    [started, came, callerLeft(20_000), finished(20_100)],
    ['caller', 20_000],
  ],
  ['it was lost', [...begun, ended(90_000, 'lost')], ['lost', 400]],
  [
    'it was lost after the caller left',
    [...begun, callerLeft(8_000), ended(90_000, 'lost')],
    ['caller', 8_000],
  ],
  [
    'it was closed as lost too early',
    [
      ...begun,
      ended(90_000, 'lost'),
      eventAt('agent_joined', 95_000, { identity: 'a-2', ...staff }),
    ],
    undefined,
  ],
  ['a handoff within the room does not end it', [...begun, ended(5_000, 'handoff')], undefined],
  [
    'the caller is moving',
    [...begun, moved[0] as StoredEvent, callerLeft(5_050), finished(5_060)],
    undefined,
  ],
  ['the caller has moved', [...begun, ...moved, callerLeft(5_250), finished(5_260)], undefined],
  [
    'the caller hung up in the next room',
    [
      ...begun,
      ...moved,
      callerLeft(5_250),
      finished(5_260),
      eventAt('person_left', 9_000, { identity: 'ann', why: 'left' }, inRoom2),
      finished(9_100, { ...inRoom2, id: 'f2' }),
    ],
    ['caller', 9_000],
  ],
  [
    'the server was restarted',
    [...begun, eventAt('room_started', 9_000, {}, { roomSid: 'RM_9' })],
    undefined,
  ],
  [
    'the server was restarted, and the call ended later',
    [
      ...begun,
      eventAt('room_started', 9_000, {}, { roomSid: 'RM_9' }),
      finished(12_000, { roomSid: 'RM_9' }),
    ],
    ['server', 12_000],
  ],
  ['another tab took the call over', [...begun, callerLeft(8_000, 'joined-elsewhere')], undefined],
];

describe('how a call ended', () => {
  it.each(rows)('%s', (_, events, expected) => {
    const { endedBy, endedAt, endReason } = foldCall(events).call;
    const [by, at, reason] = expected ?? [];
    expect({ endedBy, endedAt: endedAt && endedAt - T0, endReason }).toEqual({
      endedBy: by,
      endedAt: at,
      endReason: reason,
    });
  });
});

describe('an event of an earlier release', () => {
  it.each(rows)('gives the same timeline: %s', (_, events) => {
    const before = events.map((event) => {
      const { what } = callEvent.parse(JSON.parse(JSON.stringify(asInEarlierRelease(event))));
      return { ...event, what };
    });
    expect(foldCall(before)).toEqual(foldCall(events));
  });

  it('is read if failover dispatched the agent, which was called watcher', () => {
    const what = { kind: 'dispatched', ...staff, by: 'watcher' };
    expect(callEvent.parse({ ...finished(0), what }).what).toEqual({ ...what, by: 'failover' });
    expect(readStored(what as unknown as EventData)).toEqual({ ...what, by: 'failover' });
  });

  it('has the same names of a handoff', () => {
    const handoffs = [
      eventAt('handed_off', 5_000, { from: 'front-desk', to: 'billing' }),
      eventAt('outcome', 5_000, { outcome: 'handed off' }),
    ];
    for (const event of handoffs) {
      const sent = JSON.parse(JSON.stringify(asInEarlierRelease(event)));
      expect(sent.what).not.toEqual(event.what);
      expect(callEvent.parse(sent).what).toEqual(event.what);
      const stored = eventRowOf({ ...asInEarlierRelease(event), call: 'c1' });
      expect(eventsFrom([stored]).map(({ what }) => what)).toEqual([event.what]);
    }
  });

  it('is read, also with a reason that only another release knows', () => {
    const event = { ...finished(0), what: { kind: 'ended', why: 'meteor' } };
    expect(callEvent.parse(event).what).toEqual({ kind: 'ended', why: 'unknown' });
    expect(callEvent.safeParse({ ...event, what: { kind: 'ended' } }).success).toBe(false);
  });
});

describe('the outcome of a call', () => {
  const outcome = (name: string, at: number) => eventAt('outcome', at, { outcome: name });
  it.each([
    ['nothing', [], 'none'],
    ['a message', [outcome('message', 1_000)], 'message'],
    [
      'a message, then an appointment',
      [outcome('message', 1_000), outcome('appointment', 2_000)],
      'appointment',
    ],
    [
      'an appointment, then a message',
      [outcome('appointment', 1_000), outcome('message', 2_000)],
      'appointment',
    ],
    ['a colleague', [outcome('handed off', 1_000)], 'handed off'],
    ['one that no agent declares', [outcome('constructor', 1_000)], 'constructor'],
    [
      'one that no agent declares, then a message',
      [outcome('gold', 1_000), outcome('message', 2_000)],
      'message',
    ],
    [
      'a colleague, then one that no agent declares',
      [outcome('handed off', 1_000), outcome('gold', 2_000)],
      'gold',
    ],
    ['another agent', [eventAt('handed_off', 1_000, { from: 'a', to: 'b' })], 'handed off'],
  ] as [string, StoredEvent[], string][])('%s', (_, events, expected) => {
    expect(foldCall([...begun, ...events]).call.outcome).toBe(expected);
  });
});
