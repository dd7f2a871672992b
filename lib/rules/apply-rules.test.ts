// A rule with a slow LiveKit: however late its events are, it dispatches one agent.

import { beforeEach, expect, it, vi } from 'vitest';
import type { RoomEvent } from '@/lib/calls/webhooks/event';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import type { LiveKit } from '@/lib/livekit/clients';
import { applyRules } from '@/lib/rules/apply-rules';
import { ruleLog } from '@/lib/rules/log';
import { testRule } from '@/lib/rules/testing/rules';
import { testServer } from '@/lib/testing/server';

const ROOM = { name: 'r', sid: 'RM_1', metadata: '' };

beforeEach(() => void vi.spyOn(ruleLog, 'info').mockReturnValue());

/** A process whose LiveKit has one dispatch of a token to staging. No worker is live. */
function setUp(ageMs: number) {
  const dispatch = (id: string, deployment: string, at: number) => ({
    id,
    agentName: 'front-desk',
    deployment,
    metadata: '',
    attributes: {},
    state: { createdAt: BigInt(at) * 1_000_000n, jobs: [] },
  });
  const dispatches = [dispatch('AD_1', 'staging', Date.now() - ageMs)];
  const livekit = {
    rooms: { listRooms: async () => [ROOM], listParticipants: async () => [] },
    dispatches: {
      listDispatch: async () => dispatches,
      async createDispatch(_: string, __: string, { deployment }: { deployment: string }) {
        dispatches.push(dispatch(`AD_${dispatches.length + 1}`, deployment, Date.now()));
        return dispatches.at(-1);
      },
      // It stays in the list for a while: LiveKit takes 3 s if the worker is dead.
      deleteDispatch: async () => undefined,
    },
  } as unknown as LiveKit;
  return {
    server: { ...testServer(), livekit },
    sent: () => dispatches.map(({ deployment }) => deployment),
  };
}

/** A caller joined by a token that a share redirected to staging. */
const joined = (heard: number): RoomEvent => ({
  name: 'participant_joined',
  at: heard,
  heard,
  room: ROOM,
  person: {
    identity: 'anna',
    sid: 'PA_1',
    kind: 'standard',
    name: '',
    metadata: '',
    attributes: { [PERSON_ATTRIBUTES.share]: 'staging' },
    why: 'unknown',
  },
});

it('an event after 11 s, sent twice: the rule dispatches to production once', async () => {
  const { server, sent } = setUp(11_000);
  const rule = testRule({ send: { share: { deployment: 'staging', percent: 100 } } });
  server.rules.inForce = [rule];
  const event = joined(Date.now() - 11_000);
  await applyRules(server, event);
  await applyRules(server, event);
  expect(sent()).toEqual(['staging', '']);
});
