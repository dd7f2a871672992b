// Test calls with agents that are slow: LiveKit's clients answer at once, and each poll takes a second of the test's clock.
import { ParticipantInfo_Kind } from '@livekit/protocol';
import {
  type AgentDispatch,
  ParticipantInfo,
  ParticipantInfo_State,
  Room,
} from 'livekit-server-sdk';
import { expect, onTestFinished, test, vi } from 'vitest';
import { probe } from '@/lib/doctor/probe';
import { AGENT_STATE_ATTRIBUTE } from '@/lib/livekit/attributes';
import { liveKit } from '@/lib/livekit/clients';
import { NO_LIVEKIT } from '@/lib/testing/calls-database';

const HAS_JOB = { state: { createdAt: 0n, jobs: [{ state: { startedAt: 0n } }] } };

/** The stages of a test call to an agent that joins and is ready after these milliseconds. */
async function probed(joins: number, isReady: number) {
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
  onTestFinished(() => clock.mockRestore());
  const livekit = liveKit(NO_LIVEKIT);
  const { rooms, dispatches } = livekit;
  vi.spyOn(rooms, 'createRoom').mockResolvedValue(new Room());
  vi.spyOn(rooms, 'listRooms').mockResolvedValue([]);
  vi.spyOn(dispatches, 'listDispatch').mockResolvedValue([HAS_JOB as unknown as AgentDispatch]);
  vi.spyOn(rooms, 'listParticipants').mockImplementation(async () => {
    now += 1_000;
    if (now < joins) return [];
    const attributes = { [AGENT_STATE_ATTRIBUTE]: now < isReady ? 'initializing' : 'listening' };
    const kind = ParticipantInfo_Kind.AGENT;
    return [new ParticipantInfo({ kind, state: ParticipantInfo_State.ACTIVE, attributes })];
  });
  const target = { agent: 'Frank', deployment: 'production' };
  return (await probe(livekit, target, async (result) => result)).examined;
}

test('an agent that joins in the last moment has as long to be ready as any other', async () => {
  expect(await probed(10_000, 15_000)).toMatchObject({ joined: 0, ready: 15_000 });
});

test('an agent that joined but never becomes ready ends the test call', async () => {
  const { joined, ready, published } = await probed(1_000, Number.POSITIVE_INFINITY);
  expect({ joined, ready, published }).toEqual({
    joined: 0,
    ready: undefined,
    published: undefined,
  });
});
