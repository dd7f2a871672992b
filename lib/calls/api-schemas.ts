// Schemas of calls that several responses share. Names as on the wire.
import { z } from 'zod';
import { ENDED_BY } from '@/lib/calls/call';
import { time } from '@/lib/http/operation';
import type { Admission } from '@/lib/livekit/admission';

export const isoTime = z.string().meta({ description: 'ISO 8601.' });

export const ADMISSION: Admission = {
  server_url: 'wss://livekit.example.com',
  participant_token: 'eyJhbGciOiJIUzI1NiJ9…',
};

/** The agent's name as LiveKit calls it, and as before 0.2. */
export const agentName = {
  agent_name: z.string(),
  agent: z
    .string()
    .meta({ deprecated: true, description: 'The name of before 0.2: use agent_name.' }),
};

export const call = z
  .object({
    id: z.string(),
    room: z.string(),
    origin: z.enum(['page', 'api', 'rule', 'embed', 'other']),
    caller: z.string().meta({ description: "The caller's name or identity." }),
    account: z.string().optional(),
    caller_id: z.string().optional().meta({ description: 'Identifies the caller across calls.' }),
    agents: z.array(z.string()),
    deployments: z.array(z.string()),
    version: z.string().optional(),
    requested_at: time,
    started_at: time.optional(),
    joined_at: time.optional(),
    answered_at: time.optional(),
    ended_at: time.optional(),
    ended_by: z.enum(ENDED_BY).optional(),
    end_reason: z.string().optional(),
    outcome: z.string().meta({ description: 'One of its agents, "handed off" or "none".' }),
    topic: z.string().optional(),
    turns: z.int(),
    errors: z.int(),
    answer_ms: z.array(z.number()).meta({ description: 'Response latencies.' }),
    agent_turns: z.int().optional().meta({
      description:
        'Turns of agents. Missing, like the next three, in calls that an earlier release stored.',
    }),
    interruptions: z
      .int()
      .optional()
      .meta({ description: 'Turns of agents that were interrupted.' }),
    tool_calls: z.int().optional(),
    tool_failures: z.int().optional(),
    agent_state: z.string().optional().meta({ description: 'Of a call in progress.' }),
  })
  .meta({ id: 'Call' });
export const CALL: z.input<typeof call> = {
  id: 'c-8xJ2mQ',
  room: 'call-3rT9',
  origin: 'page',
  caller: 'Ann',
  caller_id: 'ann-1',
  agents: ['front-desk'],
  deployments: ['production'],
  version: '1.4.0',
  requested_at: 1_790_000_000_000,
  started_at: 1_790_000_000_200,
  joined_at: 1_790_000_000_700,
  answered_at: 1_790_000_001_400,
  ended_at: 1_790_000_060_000,
  ended_by: 'caller',
  outcome: 'appointment',
  topic: 'An appointment on Monday',
  turns: 12,
  errors: 0,
  answer_ms: [810, 640],
  ...{ agent_turns: 6, interruptions: 1, tool_calls: 2, tool_failures: 0 },
};

/** A call with its timeline. Marks and stages are in milliseconds since the request. */
export const callDetail = z
  .object({
    call,
    stages: z.array(z.object({ name: z.string(), from: z.number(), to: z.number() })),
    marks: z.array(
      z.looseObject({
        kind: z.enum(['turn', 'tool', 'event']),
        id: z.string(),
        from: z.number(),
        to: z.number(),
      }),
    ),
    clocks: z.array(z.object({ source: z.string(), offset_ms: z.number() })),
    newer: z.string().optional(),
    older: z.string().optional(),
  })
  .meta({ id: 'CallDetail' });
const TURN = {
  ...{ kind: 'turn', id: 'e-1', from: 2_000, to: 3_400, speaker: 'caller', by: 'Ann' },
  ...{ text: 'When do you open?', typed: false, interrupted: false, latency: { first_audio: 640 } },
} as const;
export const DETAIL = {
  call: CALL,
  stages: [{ name: 'token', from: 0, to: 40 }],
  marks: [TURN],
  clocks: [],
  older: 'c-7pL1',
};

export const notDeleted = z
  .array(z.object({ file: z.string(), location: z.string().optional() }))
  .meta({ description: 'Recordings that are stored elsewhere and must be deleted there.' });

const spread = z.object({
  measured: z.int(),
  p50_ms: z.number().optional(),
  p95_ms: z.number().optional(),
});
export const measures = {
  calls: z.int(),
  joined: z.int(),
  missed: z.int(),
  time_to_join: spread,
  time_to_first_audio: spread,
  answer: spread,
};
const share = z.object({ count: z.int(), of: z.int() });
export const ends = {
  deployment: z.string(),
  errors: z.int(),
  ended_by: z.record(z.string(), z.int()),
  outcomes: z.record(z.string(), z.int()),
  cost: z.number().optional(),
  interruptions: share.meta({ description: 'Of the turns of agents, those interrupted.' }),
  tool_failures: share.meta({ description: 'Of the runs of tools, those that failed.' }),
};
/** Figures of one version, the response's `versions` and a rollout's `figures`. */
export const versionFigures = {
  ...{ ...ends, ...measures },
  version: z.string().optional().meta({ description: 'Missing if it is not known.' }),
  wrong: z.int().meta({ description: 'Failed calls.' }),
  last_at: time.meta({ description: 'When its last call was requested.' }),
};
const SPREAD = { measured: 3, p50_ms: 620, p95_ms: 900 };
export const MEASURES = {
  ...{ calls: 3, joined: 3, missed: 0 },
  ...{ time_to_join: SPREAD, time_to_first_audio: SPREAD, answer: SPREAD },
};
export const ENDS = {
  ...{ deployment: 'production', errors: 0, ended_by: { caller: 3 }, outcomes: { appointment: 3 } },
  ...{ interruptions: { count: 2, of: 18 }, tool_failures: { count: 0, of: 4 } },
};
