// A valid body for each route, as a starting point for fuzz tests.
import type { SignedKind } from '@/lib/livekit/worker-auth';
import { sampleCall } from '@/lib/testing/calls';

const agents = [{ agent: 'front-desk', deployment: 'production', metadata: '{}' }];
const events = sampleCall(7, 1_790_000_000_000, { ending: 'caller' });

/** Valid bodies by path. */
export const BODIES: Readonly<Record<string, unknown>> = {
  '/api/token': {
    room_name: 'r',
    participant_identity: 'i',
    participant_attributes: { 'callboard.caller': 'b' },
    room_config: { agents: [{ agent_name: 'front-desk', deployment: '', metadata: '{}' }] },
  },
  '/api/agents/[name]/rollout': { deployment: 'staging', steps: [5, 100], error_points: 5 },
  '/api/agents/[name]/rollout/override': { reason: 'x', steps: [5, 100], answer_ms: 300 },
  '/api/dispatch-agent': { room: 'room-1', ...agents[0], force: false },
  '/api/calls/outbound': { to: '+441632960123', ...agents[0] },
  '/api/rooms': { room: 'room-2', agents, empty_timeout: 60, max_participants: 2, metadata: '{}' },
  '/api/rooms/[room]/dispatches': { ...agents[0], force: false },
  '/api/rooms/[room]/invitations': { takeover: 'leave' },
  '/api/rooms/[room]/whisper': { text: 'x' },
  '/api/invitations/[invitation]': { name: 'Ann' },
  '/api/account/keys': { name: 'k', rights: ['watch'], days: 1 },
  '/api/people': { role: 'caller', email: 'a@example.com' },
  '/api/people/password-links': { id: 'x' },
  '/api/people/sign-up/[link]': { name: 'Ann', email: 'a@example.com', password: 'long enough' },
  '/api/people/password/[link]': { password: 'long enough, too' },
  '/api/rules': {
    // biome-ignore lint/suspicious/noThenProperty: a field of rules
    rules: [{ name: 'r', when: 'room_started', if: { room: 'x*' }, then: { agent: 'front-desk' } }],
  },
  '/api/webhooks/livekit': {
    event: 'participant_joined',
    id: 'EV_1',
    createdAt: '1790000000',
    room: { sid: 'RM_1', name: 'r' },
    participant: { identity: 'i', kind: 'STANDARD', attributes: { a: 'b' } },
  },
  '/api/workers/events': { worker: 'w-1', sentAt: 1_790_000_000_000, events: events.slice(0, 6) },
  '/api/workers/reports': [
    {
      ...{ worker: 'w-1', agent: 'line-check', deployment: 'staging', version: '1', state: 'live' },
      ...{ activeJobs: 0, maxJobs: 8, load: 0.1, newRooms: ['r'] },
    },
  ],
  '/api/workers/agents': { agent: 'line-check' },
  '/api/workers/lifeline': { worker: 'w-1', job: { room: 'r', identity: 'i' } },
};
/** Kinds of signatures for workers' routes. Most fuzz requests are signed, to test what is behind the signature. */
export const SIGNED: Readonly<Record<string, SignedKind>> = {
  '/api/workers/events': 'events',
  '/api/workers/reports': 'report',
  '/api/workers/agents': 'agents',
  '/api/workers/lifeline': 'lifeline',
};
