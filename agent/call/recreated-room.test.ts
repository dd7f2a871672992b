// When a job ends a room that had ended before it joined.
import { EventEmitter } from 'node:events';
import type { JobContext } from '@livekit/agents';
import { ParticipantKind, type Room, RoomEvent } from '@livekit/rtc-node';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { endedBeforeJoining } from '@/agent/call/recreated-room';
import type { LiveKit } from '@/lib/livekit/clients';

let listed: readonly string[] = [];
const livekit = {
  rooms: { listParticipants: async () => listed.map((identity) => ({ identity })) },
} as unknown as LiveKit;

beforeEach(() => {
  vi.useFakeTimers();
  listed = ['agent'];
});
afterEach(() => {
  vi.useRealTimers();
});

/** Joins a room as a job of room RM_1. */
function join(sid: string) {
  const remoteParticipants = new Map<string, object>();
  const room = Object.assign(new EventEmitter(), {
    name: 'room',
    remoteParticipants,
    isConnected: true,
    localParticipant: { identity: 'agent' },
    getSid: async () => sid,
  });
  const context = { room: room as unknown as Room, job: { room: { sid: 'RM_1' } } } as JobContext;
  return {
    ended: endedBeforeJoining(context, livekit, new Promise(() => {})),
    callerComes() {
      const caller = { identity: 'anna', kind: ParticipantKind.STANDARD, attributes: {} };
      remoteParticipants.set(caller.identity, caller);
      room.emit(RoomEvent.ParticipantConnected, caller);
    },
  };
}

test.each(['RM_1', ''])('the room of the job, or a job that was shut down: %j', async (sid) => {
  expect(await join(sid).ended).toBe(false);
});

test('in another room, the job waits for the caller', async () => {
  const { ended, callerComes } = join('RM_2');
  await vi.advanceTimersByTimeAsync(7_000);
  callerComes();
  expect(await ended).toBe(false);
});

test('a room where nobody else arrives had ended', async () => {
  const { ended } = join('RM_2');
  await vi.advanceTimersByTimeAsync(8_000);
  expect(await ended).toBe(true);
});

test('a room where LiveKit lists a caller continues', async () => {
  listed = ['agent', 'anna'];
  const { ended } = join('RM_2');
  await vi.advanceTimersByTimeAsync(8_000);
  expect(await ended).toBe(false);
});
