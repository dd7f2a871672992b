// What the routes of calls answer, as pages read it: with the names of our fields.
import * as z from 'zod/mini';
import { ENDED_BY, type Mark } from '@/lib/calls/call';
import type { EventData } from '@/lib/calls/event';
import type { LiveCall } from '@/lib/calls/view/live-calls';
import type { CallDetail } from '@/lib/calls/view/one-call';
import { wire } from '@/lib/core/snake-case';

/** A field that is always there in our types, and left out of JSON while it is not known. */
const unlessUnknown = <T>(schema: z.ZodMiniType<T>) =>
  z.pipe(
    z.optional(schema),
    z.transform((value: T | undefined) => value),
  );
const text = z.string();
const number = z.number();
const yesOrNo = z.boolean();

const call: z.ZodMiniType<LiveCall> = z.object({
  id: text,
  room: text,
  origin: z.enum(['page', 'api', 'rule', 'embed', 'other']),
  caller: text,
  account: z.exactOptional(text),
  callerId: z.exactOptional(text),
  agents: z.array(text),
  deployments: z.array(text),
  version: z.exactOptional(text),
  requestedAt: number,
  startedAt: unlessUnknown(number),
  joinedAt: unlessUnknown(number),
  answeredAt: unlessUnknown(number),
  endedAt: unlessUnknown(number),
  endedBy: unlessUnknown(z.enum(ENDED_BY)),
  endReason: unlessUnknown(text),
  outcome: text,
  topic: z.exactOptional(text),
  turns: number,
  errors: number,
  agentTurns: unlessUnknown(number),
  interruptions: unlessUnknown(number),
  toolCalls: unlessUnknown(number),
  toolFailures: unlessUnknown(number),
  answerMs: z.array(number),
  agentState: z.exactOptional(text),
});

const place = { id: text, from: number, to: number };
const mark: z.ZodMiniType<Mark> = z.discriminatedUnion('kind', [
  z.object({
    ...place,
    kind: z.literal('turn'),
    speaker: z.enum(['caller', 'agent', 'person']),
    by: text,
    text,
    typed: yesOrNo,
    pressed: z.exactOptional(yesOrNo),
    interrupted: yesOrNo,
    latency: z.object({
      transcript: z.exactOptional(number),
      endOfTurn: z.exactOptional(number),
      firstToken: z.exactOptional(number),
      firstAudio: z.exactOptional(number),
    }),
  }),
  z.object({
    ...place,
    kind: z.literal('tool'),
    tool: text,
    label: unlessUnknown(text),
    args: text,
    result: text,
    failed: yesOrNo,
  }),
  z.object({
    ...place,
    kind: z.literal('event'),
    // The server has read the rest with the schema of events, which pages do without.
    what: z.custom<EventData>((what) => typeof Object(what).kind === 'string'),
    source: text,
  }),
]);

/** `GET /api/calls`: a page of calls, and where the next one begins. */
export const callsAnswer = wire(
  z.object({ calls: z.array(call), nextCursor: z.exactOptional(text) }),
);

const detail: z.ZodMiniType<CallDetail> = z.object({
  call,
  stages: z.array(
    z.object({
      name: z.enum(['token', 'room', 'dispatch', 'job', 'join', 'first audio']),
      from: number,
      to: number,
    }),
  ),
  marks: z.array(mark),
  clocks: z.array(z.object({ source: text, offsetMs: number })),
  newer: z.exactOptional(text),
  older: z.exactOptional(text),
});
/** `GET /api/calls/[id]`: a call with its timeline. */
export const callAnswer = wire(detail);

const leftRecording = z.object({
  file: text,
  /** Location reported by LiveKit Egress. */
  location: z.exactOptional(text),
});

const leftOver = z.object({
  /** Recordings that are stored elsewhere. */
  notDeleted: z.array(leftRecording),
  /** Set if Letta is not available: its memory of the call is deleted when it is back. */
  lettaLater: z.exactOptional(z.literal(true)),
});
/** What was not deleted with a call. */
export type LeftOver = z.infer<typeof leftOver>;

/** `DELETE /api/calls/[id]`: what was not deleted, if anything. */
export const deletedAnswer = wire(z.optional(leftOver));
