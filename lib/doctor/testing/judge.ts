// How tests ask the doctor: for a room an agent is sent, and then it is asked again and again until it
// says what is expected. Until then it may only say that nothing is known yet.
import { RoomAgentDispatch } from 'livekit-server-sdk';
import { expect } from 'vitest';
import { newProbeRoom } from '../probe-room';
import type { Cause } from '../why/cause';
import { examineRoom } from '../why/why';
import { type DoctorStage, LIMIT_MS } from './stage';

/** Makes a room for which this agent is sent; resolves with its name. */
export async function sendFor(
  { livekit }: DoctorStage,
  agentName: string,
  deployment = '',
  metadata = '',
): Promise<string> {
  const name = newProbeRoom();
  const agents = agentName ? [new RoomAgentDispatch({ agentName, deployment })] : [];
  await livekit.rooms.createRoom({ name, emptyTimeout: 60, metadata, agents });
  return name;
}

/** What the doctor says of a room, once it says what is expected; which is never that all is well. */
export async function verdict({ config }: DoctorStage, room: string, cause: Cause) {
  let last = await examineRoom(config, room);
  await expect
    .poll(
      async () => {
        last = await examineRoom(config, room);
        return last.cause;
      },
      { timeout: LIMIT_MS, interval: 300 },
    )
    .toBe(cause);
  expect(last.state).not.toBe('ok');
  return last;
}

/** All that the doctor says of a room until it says what is expected. */
export async function saidUntil({ config }: DoctorStage, room: string, cause: Cause) {
  const said = new Set<Cause>();
  await expect
    .poll(
      async () => {
        const { cause: now } = await examineRoom(config, room);
        said.add(now);
        return now;
      },
      { timeout: LIMIT_MS, interval: 150 },
    )
    .toBe(cause);
  return [...said];
}

/** Nothing healthy is blamed on the way: it says what is expected, and before that only "not yet". */
export async function neverBlames(stage: DoctorStage, room: string, cause: Cause): Promise<void> {
  const said = await saidUntil(stage, room, cause);
  expect(said.filter((one) => one !== 'on-its-way' && one !== cause)).toEqual([]);
}
