// Twenty callers join within a second where an agent has eight places. LiveKit and the workers are stand-ins.
import type { DataPacket_Kind } from 'livekit-server-sdk';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Happening } from '@/lib/calls/event';
import { tell } from '@/lib/calls/tell/tell';
import { type WatchSignal, watchSignal } from '@/lib/livekit/attributes';
import type { LiveKit } from '@/lib/livekit/clients';
import { recordReports } from '@/lib/livekit/workers';
import { Watcher } from './watcher';

vi.mock('@/lib/calls/tell/tell');
vi.mock('@/lib/calls/store/store', () => ({ readTimeline: async () => undefined }));
vi.mock('@/lib/core/server-config', () => ({
  serverConfig: () => ({ LIVEKIT_API_SECRET: 'secret' }),
}));

const AGENT = 'line-check';
const PLACES = 8;
const CALLERS = 20;
/** Milliseconds until an agent that was sent has joined. */
const JOIN_MS = 300;
/** Milliseconds for which a worker reports that a room is new. */
const NEW_MS = 5_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function practice() {
  /** Rooms that have the agent, and since when. */
  const served = new Map<string, number>();
  const open = new Set<string>();
  /** Rooms into which the watcher sent an agent, in order. */
  const sent: string[] = [];
  /** What the people of each room were told. */
  const signals = new Map<string, WatchSignal[]>();

  const rooms = {
    listRooms: async (names: readonly string[]) =>
      names.filter((name) => open.has(name)).map((name) => ({ name, sid: `RM_${name}` })),
    listParticipants: async (name: string) =>
      open.has(name) ? [{ identity: `caller of ${name}`, kind: 0, attributes: {} }] : [],
    sendData: async (room: string, data: Uint8Array, _: DataPacket_Kind) => {
      const signal = watchSignal.parse(JSON.parse(new TextDecoder().decode(data)));
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
  const watcher = new Watcher(() => ({ rooms, dispatches }) as unknown as LiveKit);

  function happen(room: string, ...whats: Happening[]) {
    const now = Date.now();
    watcher.take(
      whats.map((what, index) => ({
        ...{ id: `${room} ${now} ${index}`, call: `call of ${room}`, room, roomSid: `RM_${room}` },
        ...{ source: 'livekit', at: now, arrivedAt: now, what },
      })),
    );
  }
  const report = () =>
    recordReports([
      {
        ...{ worker: 'w', agent: AGENT, deployment: '', version: '1', state: 'live' },
        ...{ activeJobs: served.size, maxJobs: PLACES },
        newRooms: [...served].filter(([, at]) => Date.now() - at < NEW_MS).map(([room]) => room),
      },
    ]);
  const reporting = setInterval(report, 1_000);
  report();

  /** LiveKit gives the job to the worker, unless that is full: then nothing happens. */
  function assign(room: string) {
    if (served.size >= PLACES) return;
    served.set(room, Date.now());
    const of = { agent: AGENT, worker: 'w' };
    happen(room, { kind: 'job_assigned', job: room, ...of } as Happening);
    const deployment = 'production';
    setTimeout(
      () => happen(room, { kind: 'agent_joined', identity: `agent-${room}`, deployment, ...of }),
      JOIN_MS,
    );
  }

  return {
    ...{ sent, signals, served },
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
    /** The place that a room was told last. */
    place(room: string) {
      const last = signals.get(room)?.at(-1);
      return last?.kind === 'in-line' ? last.place : undefined;
    },
    stop() {
      clearInterval(reporting);
      watcher.stop();
    },
  };
}

const told = () => vi.mocked(tell).mock.calls.flatMap(([, ...whats]) => whats);
const roomsOf = (count: number) => Array.from({ length: count }, (_, at) => `room-${at}`);

test('eight talk, twelve are told their position and come in order, and nobody is given up', async () => {
  vi.mocked(tell).mockClear();
  const here = practice();
  const all = roomsOf(CALLERS);
  for (const room of all) {
    here.askForToken(room);
    here.join(room);
    await vi.advanceTimersByTimeAsync(1_000 / CALLERS);
  }
  const waiting = all.slice(PLACES);
  // Far longer than a missing worker is waited for.
  await vi.advanceTimersByTimeAsync(60_000);
  expect([...here.served.keys()]).toEqual(all.slice(0, PLACES));
  expect(waiting.map(here.place)).toEqual(waiting.map((_, at) => at + 1));
  expect(here.sent).toEqual([]);

  let through = 0;
  for (const count of [1, 1, 3, 7]) {
    for (const room of [...here.served.keys()].slice(0, count)) here.hangUp(room);
    await vi.advanceTimersByTimeAsync(10_000);
    through += count;
    // Of those who come at once, any may be the first.
    expect(here.sent.slice(-count).sort()).toEqual(waiting.slice(through - count, through).sort());
    const left = waiting.slice(through);
    expect(left.map(here.place)).toEqual(left.map((_, at) => at + 1));
  }
  expect(here.served.size).toBe(PLACES);
  expect(here.sent).toHaveLength(waiting.length);
  expect(told().filter(({ kind }) => kind === 'put_through')).toHaveLength(waiting.length);
  expect(told().filter(({ kind }) => kind === 'gave_up')).toEqual([]);
  for (const room of all.slice(0, PLACES)) expect(here.signals.get(room)).toBeUndefined();
  here.stop();
});

test('twenty tokens that nobody uses take nothing: who joins then talks at once', async () => {
  const here = practice();
  for (const room of roomsOf(CALLERS)) here.askForToken(room);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(here.signals.size).toBe(0);
  here.join('another');
  await vi.advanceTimersByTimeAsync(10_000);
  expect([...here.served.keys()]).toEqual(['another']);
  expect([here.sent, here.signals.size]).toEqual([[], 0]);
  here.stop();
});
