// A share's way back where LiveKit is slow: whatever it tells late, one agent is sent instead.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LiveKit } from '../livekit';
import { PERSON_ATTRIBUTES } from '../signals';
import type { RoomEvent } from '../webhooks/event';
import { ruleLog } from './log';
import { RuleKeeper } from './rule-keeper';
import { SHARE_LIMIT_MS } from './share-watch';

const ROOM = { name: 'r', sid: 'RM_1', metadata: '' };

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(ruleLog, 'info').mockReturnValue();
});
afterEach(() => vi.useRealTimers());

it('an event that comes again while the first agent is called off sends no second one', async () => {
  const dispatch = (id: string, deployment: string) => ({
    id,
    agentName: 'front-desk',
    deployment,
    metadata: '',
    state: { createdAt: BigInt(Date.now()) * 1_000_000n, jobs: [] },
  });
  const dispatches = [dispatch('AD_1', 'staging')];
  const livekit = {
    rooms: { listRooms: async () => [ROOM], listParticipants: async () => [] },
    dispatches: {
      listDispatch: async () => dispatches,
      async createDispatch(_: string, __: string, { deployment }: { deployment: string }) {
        dispatches.push(dispatch(`AD_${dispatches.length + 1}`, deployment));
        return dispatches.at(-1);
      },
      // It stays in the list for a while: LiveKit takes 3 s where a worker is dead.
      deleteDispatch: async () => undefined,
    },
  } as unknown as LiveKit;
  const keeper = new RuleKeeper(
    () => livekit,
    () => [],
  );
  const joined: RoomEvent = {
    name: 'participant_joined',
    at: Date.now(),
    heard: Date.now(),
    room: ROOM,
    person: {
      identity: 'anna',
      sid: 'PA_1',
      kind: 'standard',
      name: '',
      metadata: '',
      attributes: { [PERSON_ATTRIBUTES.share]: 'staging' },
      why: 'UNKNOWN_REASON',
    },
  };
  await keeper.take(joined);
  await vi.advanceTimersByTimeAsync(SHARE_LIMIT_MS + 1_000);
  await keeper.take(joined);
  await vi.advanceTimersByTimeAsync(SHARE_LIMIT_MS + 1_000);
  expect(dispatches.map(({ deployment }) => deployment)).toEqual(['staging', '']);
});
