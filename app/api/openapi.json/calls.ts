// Tokens, calls and callers in the API's description.
import { z } from 'zod';
import {
  ADMISSION,
  CALL,
  call,
  callDetail,
  DETAIL,
  isoTime,
  notDeleted,
} from '@/lib/calls/api-schemas';
import { FORMATS } from '@/lib/calls/view/export';
import { callQuery } from '@/lib/calls/view/query';
import { QUEUED, queuedAnswer, TICKET_HEADER } from '@/lib/dispatch/queue/queue-status';
import { waitingAnswer } from '@/lib/dispatch/queue/waiting-answer';
import { AGENT_PROBLEMS, answer, body, empty, file, type Operations } from '@/lib/http/operation';
import { admission } from '@/lib/livekit/admission';
import { tokenRequest } from '@/lib/livekit/token-request';

const AGENT = { agent_name: 'front-desk', deployment: 'production' };

export const callOperations: Operations = {
  'POST /api/token': {
    summary: "LiveKit's token endpoint",
    description:
      'Responds with a token for a room that the agent joins. Request a new token for each call. While all agents are ' +
      'busy, a request with a ticket gets 202 with its position in the queue: repeat it with the ticket of the response ' +
      'after `Retry-After` seconds. Others get 503, because SDKs of LiveKit take any success for a token. Fields of ' +
      '`room_config` other than `agents` are not granted.',
    body: body(tokenRequest, {
      participant_name: 'Ann',
      room_config: { agents: [{ ...AGENT, attributes: { plan: 'gold' } }] },
    }),
    headers: {
      [TICKET_HEADER]: 'The ticket of a position in the queue; at first any text of your own.',
    },
    answers: [
      answer(admission, ADMISSION, 'A token.', 201),
      answer(
        queuedAnswer,
        { state: 'queued', position: 2, ticket: 'ticket-3rT9' },
        'All agents are busy. The position in the queue, from 1; it expires without another request.',
        QUEUED,
      ),
    ],
    problems: [
      ...AGENT_PROBLEMS,
      ...(['sign-in-needed', 'not-permitted'] as const),
      ...(['identity-taken', 'in-another-call', 'too-many-calls'] as const),
      ...(['agents-busy', 'day-used-up', 'livekit-unavailable'] as const),
    ],
  },
  'GET /api/calls': {
    summary: 'List calls, newest first',
    query: callQuery,
    answers: [
      answer(
        z.object({ calls: z.array(call), next_cursor: z.string().optional() }),
        { calls: [CALL], next_cursor: 'MTc5MDAwMDAwMDAwMA' },
        'A page of calls. `next_cursor` is the `cursor` of the next one.',
      ),
    ],
  },
  'GET /api/calls/changes': {
    summary: 'Stream changes of calls',
    answers: [file('text/event-stream', 'An event for each change.')],
    problems: ['too-many-streams'],
  },
  'GET /api/calls/export': {
    summary: 'Export calls with their transcripts',
    query: callQuery,
    answers: [file('application/jsonl', 'One call a line.')],
    problems: ['too-many-streams'],
  },
  'GET /api/calls/waiting': {
    summary: 'List who waits in the queue',
    description: 'Callers of all agents while these are busy, the longest wait first.',
    answers: [
      answer(waitingAnswer, {
        waiting: [{ ...AGENT, position: 1, since: 1_790_000_000_000, caller: 'Ann' }],
      }),
    ],
  },
  'GET /api/calls/[id]': {
    summary: 'Show a call with its timeline',
    description:
      'Callers get the turns and recordings of their own calls only, without measurements.',
    answers: [answer(callDetail, DETAIL)],
    problems: ['unknown-call'],
  },
  'DELETE /api/calls/[id]': {
    summary: 'Delete a call with all its data',
    answers: [
      empty(),
      answer(
        z.object({ not_deleted: notDeleted, letta_later: z.boolean().optional() }),
        { not_deleted: [{ file: 'call.ogg', location: 's3://recordings/call.ogg' }] },
        'Deleted, except for what is stored elsewhere.',
      ),
    ],
    problems: ['unknown-call', 'not-saved'],
  },
  'GET /api/calls/[id]/recordings/[n]': {
    summary: 'Play a recording',
    description: '`n` counts from 0. Supports `Range`.',
    headers: { range: 'Part of the file.' },
    answers: [
      file('audio/ogg', 'The recording.'),
      { status: 206, description: 'Part of it.', type: 'audio/ogg' },
    ],
    problems: ['unknown-call', 'unknown-recording', 'no-such-range', 'too-many-streams'],
  },
  'GET /api/calls/[id]/transcript': {
    summary: 'Download a transcript',
    query: z.object({ format: z.enum(FORMATS).optional() }),
    answers: [file('text/plain', 'The transcript, in the format.')],
    problems: ['unknown-call'],
  },
  'DELETE /api/callers/[identity]': {
    summary: 'Delete all data of a caller',
    answers: [
      answer(
        z.object({ calls: z.int(), letta_agents: z.int(), not_deleted: notDeleted }),
        { calls: 4, letta_agents: 0, not_deleted: [] },
        'What was deleted, and what could not be.',
      ),
    ],
    problems: ['unknown-caller', 'not-saved'],
  },
  'GET /api/callers/[identity]/export': {
    summary: 'Export all data of a caller',
    answers: [
      answer(
        z.object({
          caller: z.string(),
          exported_at: isoTime,
          calls: z.array(callDetail.extend({ recordings: z.array(z.string()) })),
          letta: z.array(z.looseObject({ agent: z.string() })),
        }),
        {
          ...{ caller: 'ann-1', exported_at: '2026-11-27T10:00:00.000Z', letta: [] },
          calls: [{ ...DETAIL, recordings: ['/api/calls/c-8xJ2mQ/recordings/0'] }],
        },
      ),
    ],
    problems: ['unknown-caller', 'busy'],
  },
};
