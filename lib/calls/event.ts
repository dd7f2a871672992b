// Events of a call, as their sources report them: the web process itself, LiveKit's webhooks and the workers. The one
// contract between the sources and everything that is computed from events.
import { z } from 'zod';
import { USAGE_AMOUNTS, USAGE_TYPES, type UsageAmount } from '@/lib/calls/usage';
import { currentOutcome } from '@/lib/core/outcome';
import { END_REASONS, readReason } from '@/lib/livekit/end-reason';

export { CALL_ATTRIBUTE } from '@/lib/livekit/attributes';

/** Maximum length of a text in characters; the source truncates longer ones. Our own choice. */
export const TEXT_MAX = 8_000;

const id = z.string().min(1).max(200);
const text = z.string().max(TEXT_MAX);
const name = z.string().max(300);
/** Milliseconds since 1970 on the source's clock. */
const time = z.number().int().min(0);
const ms = z.number().min(0);
/** Display name of a deployment. */
const deployment = z.string().max(64);
const speaker = z.enum(['caller', 'agent', 'person']);
/** A reason, also under the name that an earlier release gave it. */
const why = z.preprocess(
  (name) => (typeof name === 'string' ? readReason(name) : name),
  z.enum(END_REASONS),
);

const DISPATCHERS = [
  'token',
  'api',
  'rule',
  'agent',
  'page',
  'share',
  'failover',
  'other',
] as const;

/** Latency of the parts of an answer, each from the end of the caller's speech. */
const latency = z.object({
  /** To the final transcript. */
  transcript: ms.optional(),
  /** To the decision that the caller has finished. */
  endOfTurn: ms.optional(),
  /** To the reply's first token. */
  firstToken: ms.optional(),
  /** To the reply's first audio. */
  firstAudio: ms.optional(),
});

/** A part of an answer, as OpenTelemetry's traces have it. Times are on the same clock as the event's `at`. */
const span = z.object({
  id: name,
  /** `id` of the span that contains it. */
  parent: name.optional(),
  /** LiveKit's name, such as `llm_node`. */
  name,
  startedAt: time,
  endedAt: time,
  /** What ran: the model, or the tool. */
  what: name.optional(),
  /** Milliseconds from its start to its first token or audio. */
  firstMs: ms.optional(),
  failed: z.boolean().optional(),
});
export type EventSpan = z.infer<typeof span>;

const amount = z.number().min(0).optional();
/** {@link ModelUsage} */
const modelUsage = z.object({
  type: z.enum(USAGE_TYPES),
  provider: name,
  model: name,
  ...(Object.fromEntries(USAGE_AMOUNTS.map((each) => [each, amount])) as Record<
    UsageAmount,
    typeof amount
  >),
});

/** Parts of a call that can be stuck: the caller's sound, what hears it, what answers, what speaks, or all of an agent. */
const STUCK_PARTS = ['input', 'vad', 'stt', 'llm', 'tool', 'tts', 'output', 'agent'] as const;

const kinds = [
  /** A call was requested; `call` is its id, which the caller's participant carries (`CALL_ATTRIBUTE`). */
  z.object({
    kind: z.literal('requested'),
    origin: z.enum(['page', 'api', 'rule', 'embed']),
    agent: name,
    deployment,
    identity: name,
    name: name.optional(),
    /** Id of the account that requested it. */
    account: id.optional(),
    /** Identifies the caller across calls: `callerKey`. */
    callerId: name.optional(),
  }),
  z.object({ kind: z.literal('token_minted'), ms }),
  z.object({ kind: z.literal('room_started') }),
  z.object({ kind: z.literal('room_finished') }),
  /** An agent was dispatched. `by`: who dispatched it. `fallback`: its deployment if it does not join in time. */
  z.object({
    kind: z.literal('dispatched'),
    dispatch: id.optional(),
    agent: name,
    deployment,
    by: z.enum(DISPATCHERS),
    fallback: deployment.optional(),
  }),
  /** Somebody deleted a dispatch. Its agent leaves, or does not come. */
  z.object({ kind: z.literal('dispatch_deleted'), dispatch: id, agent: name }),
  z.object({ kind: z.literal('job_assigned'), job: id, agent: name, deployment, worker: name }),
  z.object({
    kind: z.literal('job_refused'),
    job: id,
    agent: name,
    deployment,
    worker: name,
    reason: text,
  }),
  z.object({
    kind: z.literal('agent_joined'),
    identity: name,
    agent: name,
    deployment,
    worker: name.optional(),
    /** Version, as its worker reports it. */
    version: name.optional(),
    /** What a developer changed for this call. */
    overrides: z
      .object({ models: text.optional(), voice: name.optional(), instructions: text.optional() })
      .optional(),
  }),
  /** The agent's first audio in this call. */
  z.object({ kind: z.literal('first_audio'), identity: name, agent: name }),
  z.object({
    kind: z.literal('person_joined'),
    identity: name,
    name,
    role: z.enum(['caller', 'colleague', 'phone', 'other']),
    /** As in `requested`. */
    callerId: name.optional(),
  }),
  z.object({ kind: z.literal('person_left'), identity: name, why }),
  /** Something was said or typed. `startedAt` and `endedAt` are on the same clock as `at`. */
  z.object({
    kind: z.literal('turn'),
    speaker,
    identity: name,
    /** Display name of the speaker. */
    by: name,
    text,
    startedAt: time,
    endedAt: time,
    typed: z.boolean().optional(),
    /** Keys pressed on a phone rather than typed text. */
    pressed: z.boolean().optional(),
    interrupted: z.boolean().optional(),
    latency: latency.optional(),
  }),
  /** A tool ran. `at` is when it was called; it took `ms` milliseconds. */
  z.object({
    kind: z.literal('tool'),
    identity: name,
    tool: name,
    label: text.optional(),
    args: text,
    result: text,
    failed: z.boolean(),
    ms,
  }),
  /** The caller spoke for `ms` milliseconds without a transcript; `offered`: the agent offered typing. */
  z.object({ kind: z.literal('missed_words'), identity: name, ms, offered: z.boolean() }),
  /**
   * A part of the agent `identity` was stuck for `ms` milliseconds, and what was done: it was restarted, exchanged for
   * another one, or given up; or the agent is replaced, or the caller is offered that.
   */
  z.object({
    kind: z.literal('stuck'),
    identity: name,
    part: z.enum(STUCK_PARTS),
    ms,
    done: z.enum(['restarted', 'exchanged', 'abandoned', 'replaced', 'offered']),
  }),
  z.object({ kind: z.literal('agent_state'), identity: name, state: name }),
  z.object({
    kind: z.literal('connection'),
    identity: name,
    state: z.enum(['reconnecting', 'reconnected']),
  }),
  z.object({ kind: z.literal('error'), where: name, message: text, stack: text.optional() }),
  z.object({ kind: z.literal('handed_off'), from: name, to: name, room: name.optional() }),
  /** The outcome of the call, as reported by an agent's tools. */
  z.object({
    kind: z.literal('outcome'),
    outcome: name.min(1),
    /** The name that the caller gave. */
    caller: name.optional(),
    /** Why, in the agent's words. */
    reason: text.optional(),
  }),
  /** Somebody judged the call, such as a language model or the agent's code. */
  z.object({
    kind: z.literal('evaluation'),
    agent: name,
    /** What was judged. */
    name,
    verdict: name,
    reason: text.optional(),
  }),
  /** The agent's code gave the call a tag. */
  z.object({ kind: z.literal('tagged'), agent: name, tag: name }),
  /** What the agent's session is made of, so that calls of different versions can be compared. */
  z.object({
    kind: z.literal('agent_config'),
    agent: name,
    deployment,
    /** As its team names it, else by the hash of its instructions and tools. */
    version: name,
    tools: z.array(name).max(200),
    /** The system prompt, if the settings keep it. */
    instructions: text.optional(),
  }),
  /** Another agent of the same session goes on: `to`, as the agent's code names it. */
  z.object({ kind: z.literal('agent_changed'), agent: name, from: name, to: name }),
  /** Parts of answers: what took how long. */
  z.object({ kind: z.literal('spans'), agent: name, spans: z.array(span).max(200) }),
  z.object({
    kind: z.literal('agent_left'),
    identity: name,
    agent: name,
    why,
    /** The worker of the job, if LiveKit reports the failure; otherwise the source is that worker. */
    worker: id.optional(),
  }),
  /** Somebody who watches the call told its agents something that the caller did not hear. */
  z.object({ kind: z.literal('whisper'), by: name, text }),
  /** What the call was about, in one line, by the agent's language model; sent when its part ends. */
  z.object({ kind: z.literal('summary'), text }),
  /** What an agent's models used in its part of the call; sent when the part ends. */
  z.object({
    kind: z.literal('usage'),
    agent: name,
    deployment,
    models: z.array(modelUsage).max(20),
  }),
  /** The expected agent is missing; failover requests a replacement. `attempt` counts from 1. */
  z.object({
    kind: z.literal('failover'),
    agent: name,
    deployment,
    attempt: z.number().int().min(1),
    /** What was observed, in words. */
    reason: text,
  }),
  /** No replacement agent could be found. */
  z.object({ kind: z.literal('gave_up'), agent: name, deployment, reason: text }),
  /** All agents were busy; the caller was in the queue until `at`, for `ms` milliseconds. */
  z.object({ kind: z.literal('put_through'), ms }),
  /**
   * An agent records this part of the call; sent when it begins, and with `endedAt` when it ends. `file` is relative to
   * the recordings folder on the worker's machine (`lib/recordings/recording.ts`).
   */
  z.object({
    kind: z.literal('recording'),
    file: name,
    startedAt: time,
    endedAt: time.optional(),
    channels: z.number().int().min(1).max(2),
    /** Id of the egress, if LiveKit's Egress records instead of an agent: see `lib/recordings/`. */
    egress: id.optional(),
    /** Location reported by Egress: a URL, or a path on its machine. */
    location: name.optional(),
    /** When the recording expired and was deleted, as far as the web process could. */
    expiredAt: time.optional(),
  }),
  /** The end as somebody decided it; `reason` is what they told the participants. */
  z.object({ kind: z.literal('ended'), why, reason: text.optional() }),
] as const;

/** An event in this release's words: before 0.2, a handoff was `handed_over`, and failover was called watcher. */
function currentNames(what: unknown): unknown {
  const { kind, outcome, by } = Object(what);
  if (kind === 'handed_over') return { ...Object(what), kind: 'handed_off' };
  if (kind === 'dispatched' && by === 'watcher') return { ...Object(what), by: 'failover' };
  if (kind !== 'outcome' || typeof outcome !== 'string') return what;
  return { ...Object(what), outcome: currentOutcome(outcome) };
}

/** What happened, without where and when. */
const eventData = z.preprocess(currentNames, z.discriminatedUnion('kind', kinds));
export type EventData = z.infer<typeof eventData>;
export type EventKind = EventData['kind'];
/** The event of one kind. */
export type EventOf<K extends EventKind> = Extract<EventData, { kind: K }>;

/** A stored event, whose kind, outcome and reason may have the names that an earlier release gave them. */
export function readStored(stored: EventData): EventData {
  const what = currentNames(stored) as EventData;
  return 'why' in what ? { ...what, why: readReason(what.why) } : what;
}

/**
 * Maximum events of a call, after which frequent kinds are not stored any more; the others up to twice as many. Our own
 * choice: an hour of talk has about a thousand.
 */
export const EVENTS_MAX = 5_000;

/** Kinds of which a call may have any number, and none of which decides when or how it ended. */
export const FREQUENT: ReadonlySet<EventKind> = new Set([
  'turn',
  'tool',
  'agent_state',
  'connection',
  'missed_words',
  'stuck',
  'error',
  'evaluation',
  'tagged',
  'agent_config',
  'agent_changed',
  'spans',
  'person_joined',
  'person_left',
]);
const known: ReadonlySet<string> = new Set(kinds.map(({ shape }) => shape.kind.value));
/** Whether this version knows the kind; another version may have stored others. */
export const isEventKind = (kind: string): kind is EventKind => known.has(kind);

/**
 * Source of an event. Workers are named because each has its own clock. `agent` is the session of an agent that is not in
 * our worker, which LiveKit's framework uploads (`lib/insights/`), with the id of its job.
 */
const source = z.string().regex(/^(web|livekit|(worker|agent):.{1,100})$/);

/** Id of the worker that sent an event; undefined for other sources. */
export const workerOfSource = (of: string): string | undefined => of.match(/^worker:(.+)$/)?.[1];

/** An event as it is sent and stored: written once, by its id. */
export const callEvent = z.object({
  /** Created by the source and globally unique; for a webhook, LiveKit's own id. */
  id,
  /** Id of the call, if the source knows it from the caller's participant attribute. */
  call: id.optional(),
  room: z.string().min(1).max(256),
  /** LiveKit's sid of the room; a later room with the same name has another one. */
  roomSid: z.string().max(100).optional(),
  source,
  at: time,
  /**
   * When the source sent it, on the same clock, if it was queued before. Without it, the waiting time would look like a
   * wrong clock. For a batch, its `sentAt`.
   */
  sentAt: time.optional(),
  what: eventData,
});
export type CallEvent = z.infer<typeof callEvent>;

/** An event that has arrived, as it is stored. */
export interface StoredEvent extends CallEvent {
  /** Milliseconds since 1970 on the web process's clock. */
  readonly arrivedAt: number;
}

/** Path of the web process that receives workers' events, signed like reports (`worker-auth.ts`). */
export const EVENTS_PATH = '/api/workers/events';
/** Maximum number of events in a delivery, and its maximum body size in bytes. */
export const BATCH_MAX = 200;
export const BATCH_MAX_BYTES = 4 * 1024 * 1024;
export const eventBatch = z.object({
  worker: z.string().min(1).max(100),
  /** When it was sent, on the worker's clock; compared with its arrival to correct that clock. */
  sentAt: time,
  events: z.array(callEvent).min(1).max(BATCH_MAX),
});
export type EventBatch = z.infer<typeof eventBatch>;
