// Rooms, dispatches and invitations in the API's description.
import { z } from 'zod';
import { redemption } from '@/app/api/invitations/[invitation]/schema';
import { invitationRequest } from '@/app/api/rooms/[room]/invitations/schema';
import { stuckReport } from '@/app/api/rooms/[room]/stuck/schema';
import { ADMISSION, isoTime } from '@/lib/calls/api-schemas';
import {
  createdRoom,
  dispatch,
  dispatchesAnswer,
  roomsAnswer,
  sentAgent,
} from '@/lib/dispatch/answers';
import { agentRequest, dispatchRequest, roomRequest } from '@/lib/dispatch/requests';
import { whisper } from '@/lib/dispatch/signed-whisper';
import { stuckAnswer } from '@/lib/failover/stuck-answer';
import { AGENT_PROBLEMS, answer, body, empty, type Operations } from '@/lib/http/operation';
import { admission } from '@/lib/livekit/admission';
import { TAKEOVER } from '@/lib/livekit/attributes';

const AT = '2026-11-27T10:00:00.000Z';
const AGENT = { agent_name: 'front-desk', agent: 'front-desk', deployment: 'production' };

const ROOM = {
  ...{ name: 'lobby', sid: 'RM_1', created_at: AT, metadata: '' },
  ...{ empty_timeout: 60, departure_timeout: 15, max_participants: 0 },
};

const DISPATCH: z.input<typeof dispatch> = {
  ...{ dispatch_id: 'AD_1', ...AGENT, metadata: '', attributes: { plan: 'gold' }, created_at: AT },
  jobs: [
    {
      ...{ id: 'AJ_1', state: 'running', reported: 'running', worker: 'w-1', worker_id: 'AW_1' },
      ...{ identity: 'agent-AJ_1', started_at: AT, ended_at: null, error: null },
    },
  ],
};

const SENT = {
  ...{ success: true, room: 'lobby', dispatch_id: 'AD_1', room_existed: true },
  message: 'front-desk (production) was dispatched to the room.',
};
const dispatching = {
  answers: [
    answer(sentAgent, SENT, 'It was dispatched.', 201),
    answer(sentAgent, SENT, 'It is already in the room or on its way.'),
  ],
  problems: [...AGENT_PROBLEMS, 'no-live-worker', 'livekit-unavailable'],
} as const;

const invitationProblems = [
  'unknown-invitation',
  'invitation-used',
  'invitation-expired',
  'room-over',
  'too-many-attempts',
] as const;

export const roomOperations: Operations = {
  'POST /api/dispatch-agent': {
    summary: 'Dispatch an agent to a room, which is created if necessary',
    body: body(dispatchRequest, { room: 'lobby', agent_name: 'front-desk' }),
    answers: [...dispatching.answers],
    problems: dispatching.problems,
  },
  'GET /api/rooms': {
    summary: 'List live rooms, newest first',
    answers: [
      answer(roomsAnswer, {
        rooms: [
          {
            ...ROOM,
            participants: [{ identity: 'ann-1', name: 'Ann' }],
            agents: [{ identity: 'agent-AJ_1', ...AGENT, worker: 'w-1' }],
          },
        ],
        total: 1,
      }),
    ],
    problems: ['livekit-unavailable'],
  },
  'POST /api/rooms': {
    summary: 'Create a room with agents',
    body: body(roomRequest, {
      name: 'lobby',
      agents: [{ agent_name: 'front-desk' }],
      empty_timeout: 60,
    }),
    answers: [
      answer(
        createdRoom,
        { ...ROOM, room: 'lobby', agents: [{ ...AGENT, metadata: '', dispatch_id: 'AD_1' }] },
        'The room.',
        201,
      ),
    ],
    problems: ['room-exists', ...AGENT_PROBLEMS, 'no-live-worker', 'livekit-unavailable'],
  },
  'DELETE /api/rooms/[room]': {
    summary: 'End a room for everyone',
    query: z.object({
      reason: z.string().max(300).optional().meta({ description: 'Shown to everyone in it.' }),
    }),
    answers: [empty()],
    problems: ['unknown-room', 'out-of-bounds', 'livekit-unavailable'],
  },
  'GET /api/rooms/[room]/dispatches': {
    summary: 'List the dispatches of a room, oldest first',
    answers: [
      answer(dispatchesAnswer, {
        room: 'lobby',
        dispatches: [DISPATCH],
      }),
    ],
    problems: ['unknown-room', 'livekit-unavailable'],
  },
  'POST /api/rooms/[room]/dispatches': {
    summary: 'Dispatch an agent to a live room',
    description: 'Callers may do this in the room they are in.',
    body: body(agentRequest, { agent_name: 'front-desk', attributes: { plan: 'gold' } }),
    answers: [...dispatching.answers],
    problems: [...dispatching.problems, 'unknown-room'],
  },
  'GET /api/rooms/[room]/dispatches/[id]': {
    summary: 'Show a dispatch',
    answers: [answer(dispatch, DISPATCH)],
    problems: ['unknown-room', 'unknown-dispatch', 'livekit-unavailable'],
  },
  'DELETE /api/rooms/[room]/dispatches/[id]': {
    summary: 'Delete a dispatch, which removes its agent',
    description:
      'Answers when the agent is gone, after 10 s at most. One that has not joined yet is removed when it does.',
    answers: [empty()],
    problems: ['unknown-room', 'unknown-dispatch', 'agent-stays', 'livekit-unavailable'],
  },
  'POST /api/rooms/[room]/invitations': {
    summary: 'Invite a colleague to a live call',
    description: '`leave`: the agent leaves when they join; `stay`: it stays.',
    body: body(invitationRequest, { takeover: 'leave' }),
    answers: [
      answer(
        z.object({ url: z.string(), expires_at: isoTime }),
        { url: 'https://callboard.example.com/join/Xk2', expires_at: AT },
        'A link for one person, once.',
        201,
      ),
    ],
    problems: ['unknown-room', 'livekit-unavailable'],
  },
  'POST /api/rooms/[room]/listen': {
    summary: 'Listen to a live call',
    answers: [answer(admission, ADMISSION, 'A token for a hidden participant.', 201)],
    problems: ['unknown-room', 'feature-off', 'livekit-unavailable'],
  },
  'POST /api/rooms/[room]/stuck': {
    summary: 'Report that an agent does not answer',
    description:
      'Callers may do this in the room they are in. With `replace`, or if its team has chosen `replace_stuck`, another agent is ' +
      'sent in its place (`replaced`), at most twice in a call. Otherwise another one is `offered`, or the agent stays ' +
      '(`abandoned`). `times`: how often it was replaced before.',
    body: body(stuckReport, { identity: 'agent-AJ_1', ms: 12_000, replace: true }),
    answers: [answer(stuckAnswer, { done: 'replaced', times: 0 })],
    problems: ['unknown-room', 'no-agent', 'livekit-unavailable'],
  },
  'POST /api/rooms/[room]/whisper': {
    summary: 'Tell the agents something that the caller does not hear',
    body: body(whisper, { text: 'Offer the appointment at ten.' }),
    answers: [empty()],
    problems: ['unknown-room', 'no-agent', 'feature-off', 'livekit-unavailable'],
  },
  'GET /api/invitations/[invitation]': {
    summary: 'Show an invitation without using it',
    answers: [
      answer(
        z.object({ takeover: z.enum(TAKEOVER), expires_at: isoTime, agent: z.string().optional() }),
        { takeover: 'leave', expires_at: AT, agent: 'front-desk' },
      ),
    ],
    problems: invitationProblems,
  },
  'POST /api/invitations/[invitation]': {
    summary: 'Redeem an invitation for a token, once',
    body: body(redemption, { name: 'Lee' }),
    answers: [
      answer(
        z.object({ ...admission.shape, room: z.string() }),
        { ...ADMISSION, room: 'lobby' },
        'A token.',
        201,
      ),
    ],
    problems: invitationProblems,
  },
};
