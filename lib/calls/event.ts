// What happens in a call, as it is told by whoever saw it: the web's own actions, LiveKit's webhooks
// and the workers. The one contract of those who tell and of what is made of it.
import { z } from 'zod';

export { CALL_ATTRIBUTE } from '@/lib/livekit/attributes';

/** Longest text of an event in characters; what is longer is cut where it is told. Our own choice. */
export const TEXT_MAX = 8_000;

const id = z.string().min(1).max(200);
const text = z.string().max(TEXT_MAX);
const name = z.string().max(300);
/** Milliseconds since 1970 on the clock of whoever tells. */
const time = z.number().int().min(0);
const ms = z.number().min(0);
/** Shown name of a deployment. */
const deployment = z.string().max(64);
const speaker = z.enum(['caller', 'agent', 'person']);

/** How long the parts of an answer took, each from the end of the caller's speech. */
const latency = z.object({
  /** To the final transcript. */
  transcript: ms.optional(),
  /** To the reply's first token. */
  firstToken: ms.optional(),
  /** To the reply's first audio. */
  firstAudio: ms.optional(),
});

const kinds = [
  /** Somebody asked for a call; `call` is its id, which their participant carries (`CALL_ATTRIBUTE`). */
  z.object({
    kind: z.literal('requested'),
    origin: z.enum(['page', 'api', 'rule', 'embed']),
    agent: name,
    deployment,
    identity: name,
    name: name.optional(),
    /** Id of the account of whoever signed in to ask. */
    account: id.optional(),
    /** By what the caller is known again in other calls: `callerKey`. */
    callerId: name.optional(),
  }),
  z.object({ kind: z.literal('token_minted'), ms }),
  z.object({ kind: z.literal('room_started') }),
  z.object({ kind: z.literal('room_finished') }),
  /** An agent was sent for. `by`: who sent for it. */
  z.object({
    kind: z.literal('dispatched'),
    dispatch: id.optional(),
    agent: name,
    deployment,
    by: z.enum(['token', 'api', 'rule', 'agent', 'page', 'share', 'watcher']),
  }),
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
    /** What it runs, as its worker reports it. */
    version: name.optional(),
  }),
  /** The first sound of this agent in this call. */
  z.object({ kind: z.literal('first_audio'), identity: name, agent: name }),
  z.object({
    kind: z.literal('person_joined'),
    identity: name,
    name,
    role: z.enum(['caller', 'colleague', 'phone', 'other']),
    /** As in `requested`. */
    callerId: name.optional(),
  }),
  z.object({ kind: z.literal('person_left'), identity: name, why: name }),
  /** Something was said or typed. `startedAt`, `endedAt` like `at`. */
  z.object({
    kind: z.literal('turn'),
    speaker,
    identity: name,
    /** What they are called. */
    by: name,
    text,
    startedAt: time,
    endedAt: time,
    typed: z.boolean().optional(),
    /** Not written but pressed, on the keys of a telephone. */
    pressed: z.boolean().optional(),
    interrupted: z.boolean().optional(),
    latency: latency.optional(),
  }),
  /** `at` is when the tool was called; it took `ms` milliseconds. */
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
  /** The caller spoke for `ms` milliseconds and no words came of it; `offered`: the agent offered typing. */
  z.object({ kind: z.literal('missed_words'), identity: name, ms, offered: z.boolean() }),
  z.object({ kind: z.literal('agent_state'), identity: name, state: name }),
  z.object({
    kind: z.literal('connection'),
    identity: name,
    state: z.enum(['reconnecting', 'reconnected']),
  }),
  z.object({ kind: z.literal('error'), where: name, message: text, stack: text.optional() }),
  z.object({ kind: z.literal('handed_over'), from: name, to: name, room: name.optional() }),
  /** What the call came to, as far as an agent's tools tell. */
  z.object({
    kind: z.literal('outcome'),
    outcome: z.enum(['appointment', 'message', 'handed over']),
    /** What the caller said their name is. */
    caller: name.optional(),
  }),
  z.object({
    kind: z.literal('agent_left'),
    identity: name,
    agent: name,
    why: name,
    /** Whose job it was, where LiveKit tells it; else the source is that worker. */
    worker: id.optional(),
  }),
  /** The agent that should be there is not; the watcher sends for another. `attempt` counts from 1. */
  z.object({
    kind: z.literal('failover'),
    agent: name,
    deployment,
    attempt: z.number().int().min(1),
    /** What was seen, in words. */
    reason: text,
  }),
  /** Nobody could take the place of the agent. */
  z.object({ kind: z.literal('gave_up'), agent: name, deployment, reason: text }),
  /** All agents were busy; the caller waited in line from then until `at`, in milliseconds. */
  z.object({ kind: z.literal('put_through'), ms }),
  /**
   * An agent records this stretch of the call; told when it begins, and with `endedAt` when it ends.
   * `file` is below the folder of recordings on the machine of its worker (`lib/recordings/recording.ts`).
   */
  z.object({
    kind: z.literal('recording'),
    file: name,
    startedAt: time,
    endedAt: time.optional(),
    channels: z.number().int().min(1).max(2),
    /** Id of LiveKit's egress, where not an agent but LiveKit's Egress records: see `lib/recordings/`. */
    egress: id.optional(),
    /** Where Egress says that the file is: an address, or a path on its machine. */
    location: name.optional(),
    /** When the sound was too old to be kept longer, and deleted, as far as the web process could. */
    expiredAt: time.optional(),
  }),
  /** The end as somebody decided it: who, and why in a word of `END_WORDS` (`ending.ts`). */
  z.object({ kind: z.literal('ended'), why: name, reason: text.optional() }),
] as const;

/** What happened, without where and when. */
const happening = z.discriminatedUnion('kind', kinds);
export type Happening = z.infer<typeof happening>;
export type EventKind = Happening['kind'];

const known: ReadonlySet<string> = new Set(kinds.map(({ shape }) => shape.kind.value));
/** Whether this version has that kind: another version may have stored others. */
export const isEventKind = (kind: string): kind is EventKind => known.has(kind);

/** Where an event comes from. A worker is named, since each has a clock of its own. */
const source = z.string().regex(/^(web|livekit|worker:.{1,100})$/);

/** Id of the worker that an event comes from; undefined where it is none. */
export const workerOfSource = (of: string): string | undefined => of.match(/^worker:(.+)$/)?.[1];

/** An event as it travels and is kept: written once, by its id. */
export const callEvent = z.object({
  /** Made by whoever tells, unique for all time: LiveKit's own id for a webhook. */
  id,
  /** Id of the call, where the teller knows it: the attribute of the caller's participant. */
  call: id.optional(),
  room: z.string().min(1).max(256),
  /** LiveKit's sid of the room: a room of the same name later is another one. */
  roomSid: z.string().max(100).optional(),
  source,
  at: time,
  /**
   * When the teller sent it, on the same clock, where it may have been kept for a while first: so
   * that the wait is not taken for a wrong clock. Of a batch, its `sentAt`.
   */
  sentAt: time.optional(),
  what: happening,
});
export type CallEvent = z.infer<typeof callEvent>;

/** An event that has arrived. */
export interface KeptEvent extends CallEvent {
  /** Milliseconds since 1970 on the web's clock. */
  readonly arrivedAt: number;
}

/** Path on the web process that takes workers' events, signed like reports (`worker-auth.ts`). */
export const EVENTS_PATH = '/api/workers/events';
/** Most events of one delivery, and its largest body in bytes. */
export const BATCH_MAX = 200;
export const BATCH_MAX_BYTES = 4 * 1024 * 1024;
export const eventBatch = z.object({
  worker: z.string().min(1).max(100),
  /** When it was sent, on the worker's clock: the difference to its arrival is the clocks'. */
  sentAt: time,
  events: z.array(callEvent).min(1).max(BATCH_MAX),
});
export type EventBatch = z.infer<typeof eventBatch>;
