// Twenty callers join within a second an agent with eight places. LiveKit and the workers are fakes.

import { ParticipantInfo_Kind } from '@livekit/protocol';
import type { DataPacket_Kind } from 'livekit-server-sdk';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventWriter } from '@/lib/calls/delivery/event-writer';
import type { CallEvent, EventData } from '@/lib/calls/event';
import { queuedCallers } from '@/lib/dispatch/queue/queues';
import { FailoverMonitor } from '@/lib/failover/monitor';
import { AGENT_ATTRIBUTES, type FailoverSignal, failoverSignal } from '@/lib/livekit/attributes';
import type { LiveKit } from '@/lib/livekit/clients';
import { recordReports } from '@/lib/livekit/workers';
import { noDatabase, testServer } from '@/lib/testing/server';

const AGENT = 'line-check';
const PLACES = 8;
const CALLERS = 20;
/** Milliseconds until a dispatched agent has joined. */
const JOIN_MS = 300;
/** How many milliseconds a worker reports a room as new. */
const NEW_MS = 5_000;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const agentIn = (room: string) => ({
  ...{ identity: `agent-${room}`, kind: ParticipantInfo_Kind.AGENT },
  attributes: { [AGENT_ATTRIBUTES.agent]: AGENT },
});

function setUp() {
  /** Rooms with an agent, and since when. */
  const served = new Map<string, number>();
  const open = new Set<string>();
  /** Rooms to which failover dispatched an agent, in order. */
  const sent: string[] = [];
  /** Rooms whose agent joins without an event. */
  const unnoticed = new Set<string>();
  /** The signals that each room's participants received. */
  const signals = new Map<string, FailoverSignal[]>();

  const rooms = {
    listRooms: async (names: readonly string[]) =>
      names.filter((name) => open.has(name)).map((name) => ({ name, sid: `RM_${name}` })),
    listParticipants: async (name: string) =>
      open.has(name)
        ? [
            { identity: `caller of ${name}`, kind: ParticipantInfo_Kind.STANDARD, attributes: {} },
            ...(served.has(name) ? [agentIn(name)] : []),
          ]
        : [],
    sendData: async (room: string, data: Uint8Array, _: DataPacket_Kind) => {
      const signal = failoverSignal.parse(JSON.parse(new TextDecoder().decode(data)));
      signals.set(room, [...(signals.get(room) ?? []), signal]);
    },
  };
  const dispatches = {
    listDispatch: async () => [],
    createDispatch: async (room: string) => {
      sent.push(room);
      assign(room);
      return { id: `AD_${room}` };
    },
  };
  const events: EventData[] = [];
  const server = {
    ...testServer(),
    livekit: { rooms, dispatches } as unknown as LiveKit,
    // A call starts without its history if the database does not answer.
    database: { current: noDatabase() },
    events: { add: ({ what }: CallEvent) => events.push(what) > 0 } as EventWriter,
  };
  const monitor = new FailoverMonitor(server);

  function happen(room: string, ...whats: EventData[]) {
    const now = Date.now();
    monitor.take(
      whats.map((what, index) => ({
        ...{ id: `${room} ${now} ${index}`, call: `call of ${room}`, room, roomSid: `RM_${room}` },
        ...{ source: 'livekit', at: now, arrivedAt: now, what },
      })),
    );
  }
  const report = () =>
    recordReports(server, [
      {
        ...{ worker: 'w', agent: AGENT, deployment: 'production', version: '1', state: 'live' },
        ...{ activeJobs: served.size, maxJobs: PLACES },
        newRooms: [...served].filter(([, at]) => Date.now() - at < NEW_MS).map(([room]) => room),
      },
    ]);
  const reporting = setInterval(report, 1_000);
  report();

  /** LiveKit assigns the job to the worker; if that is full, nothing happens. */
  function assign(room: string) {
    if (served.size >= PLACES) return;
    served.set(room, Date.now());
    if (unnoticed.has(room)) return;
    const of = { agent: AGENT, worker: 'w' };
    happen(room, { kind: 'job_assigned', job: room, ...of } as EventData);
    const deployment = 'production';
    setTimeout(
      () => happen(room, { kind: 'agent_joined', identity: `agent-${room}`, deployment, ...of }),
      JOIN_MS,
    );
  }

  return {
    ...{ sent, signals, served, unnoticed, recorded: events },
    waiting: () => queuedCallers(server),
    /** The event that its agent has joined arrives at last. */
    notice: (room: string) =>
      happen(room, {
        ...{ kind: 'agent_joined', agent: AGENT, identity: `agent-${room}` },
        ...{ deployment: 'production', worker: 'w' },
      }),
    askForToken: (room: string) =>
      happen(room, { kind: 'dispatched', agent: AGENT, deployment: 'production', by: 'token' }),
    join(room: string) {
      open.add(room);
      const caller = { identity: `caller of ${room}`, name: '', role: 'caller' } as const;
      happen(room, { kind: 'room_started' }, { kind: 'person_joined', ...caller });
      assign(room);
    },
    hangUp(room: string) {
      open.delete(room);
      served.delete(room);
      happen(room, { kind: 'room_finished' });
    },
    /** The last queue position that a room received. */
    position(room: string) {
      const last = signals.get(room)?.at(-1);
      return last?.kind === 'queued' ? last.position : undefined;
    },
    stop() {
      clearInterval(reporting);
      monitor.stop();
    },
  };
}

const roomsOf = (count: number) => Array.from({ length: count }, (_, at) => `room-${at}`);

test('eight callers talk, twelve get a queue position and are connected in order, and failover gives up on none', async () => {
  const here = setUp();
  const all = roomsOf(CALLERS);
  for (const room of all) {
    here.askForToken(room);
    here.join(room);
    await vi.advanceTimersByTimeAsync(1_000 / CALLERS);
  }
  const waiting = all.slice(PLACES);
  // Far longer than the timeout for a missing worker.
  await vi.advanceTimersByTimeAsync(60_000);
  expect([...here.served.keys()]).toEqual(all.slice(0, PLACES));
  expect(waiting.map(here.position)).toEqual(waiting.map((_, at) => at + 1));
  expect(here.sent).toEqual([]);

  let through = 0;
  for (const count of [1, 1, 3, 7]) {
    for (const room of [...here.served.keys()].slice(0, count)) here.hangUp(room);
    await vi.advanceTimersByTimeAsync(10_000);
    through += count;
    // Of those admitted at once, any may be the first.
    expect(here.sent.slice(-count).sort()).toEqual(waiting.slice(through - count, through).sort());
    const left = waiting.slice(through);
    expect(left.map(here.position)).toEqual(left.map((_, at) => at + 1));
  }
  expect(here.served.size).toBe(PLACES);
  expect(here.sent).toHaveLength(waiting.length);
  expect(here.recorded.filter(({ kind }) => kind === 'put_through')).toHaveLength(waiting.length);
  expect(here.recorded.filter(({ kind }) => kind === 'gave_up')).toEqual([]);
  for (const room of all.slice(0, PLACES)) expect(here.signals.get(room)).toBeUndefined();
  here.stop();
});

test('twenty unused tokens hold no place: a later caller is connected at once', async () => {
  const here = setUp();
  for (const room of roomsOf(CALLERS)) here.askForToken(room);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(here.signals.size).toBe(0);
  here.join('another');
  await vi.advanceTimersByTimeAsync(10_000);
  expect([...here.served.keys()]).toEqual(['another']);
  expect([here.sent, here.signals.size]).toEqual([[], 0]);
  here.stop();
});

test('a caller whose agent is there is not queued, however late the event is', async () => {
  const here = setUp();
  for (const room of roomsOf(PLACES)) {
    here.unnoticed.add(room);
    here.askForToken(room);
    here.join(room);
  }
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await here.waiting()).toEqual([]);
  expect([here.sent, here.signals.size]).toEqual([[], 0]);
  here.stop();
});

test.each(['whose agent joins after all', 'that ends'] as const)(
  'a room %s gives up its position at once',
  async (how) => {
    const here = setUp();
    const all = roomsOf(PLACES + 2);
    for (const room of all) {
      here.askForToken(room);
      here.join(room);
    }
    await vi.advanceTimersByTimeAsync(10_000);
    const [first = '', second] = all.slice(PLACES);
    expect(await here.waiting()).toMatchObject([{ room: first }, { room: second }]);
    if (how === 'that ends') here.hangUp(first);
    else here.notice(first);
    await vi.advanceTimersByTimeAsync(1);
    expect(await here.waiting()).toMatchObject([{ room: second, position: 1 }]);
    here.stop();
  },
);
