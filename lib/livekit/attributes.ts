// What an agent tells the page besides its voice: who it is (participant attributes), that it is
// alive (a pulse), why it leaves, and what happened in a turn. The one contract of worker and page.
import { z } from 'zod';

/** Participant attributes an agent sets on itself. Values are strings, as LiveKit has them. */
export const AGENT_ATTRIBUTES = {
  /** Agent name, as in the catalogue. */
  agent: 'callboard.agent',
  /** Deployment it runs on, as shown ("production", never ""). */
  deployment: 'callboard.deployment',
  /** Id of the worker process that took the job. */
  worker: 'callboard.worker',
  /** What it runs: `AGENT_VERSION` of its worker, else the version of this software. */
  version: 'callboard.version',
  /** Which of several of one name stays: `agent/call/duplicate-agent.ts`. */
  rank: 'callboard.rank',
  /** Set just before it leaves by its own decision: one of {@link LEAVING}. */
  leaving: 'callboard.leaving',
  /** "yes" while it is in the room but another agent still has the word; empty from then on. */
  waiting: 'callboard.waiting',
  /** "yes" while it records the sound of the call; empty from when it stops. */
  recording: 'callboard.recording',
} as const;

/** Most characters of what is typed that an agent reads, and that the page takes: a model is paid by them. Our own choice. */
export const TYPED_MAX = 2_000;

/** Identity that an agent takes in a room: that of its job. */
export const agentIdentity = (agent: string, job: string) => `${agent}-${job}`;

/** Participant attribute of the caller with the id of their call, set in the token. */
export const CALL_ATTRIBUTE = 'callboard.call';

/** Participant attributes of people, set in their token. */
export const PERSON_ATTRIBUTES = {
  /** Random id of the caller's browser, the same on every visit: what a share is sticky by. */
  caller: 'callboard.caller',
  /** Id of the account of whoever signed in to call. */
  account: 'callboard.account',
  /** On whoever may be in one call at a time: by which of these they are known, "account" or "caller". */
  oneCall: 'callboard.one-call',
  /** Shown name of the deployment that a share sent this caller to instead of production. */
  share: 'callboard.share',
  /** On a caller of a rehearsal, who is to be answered where they asked to be, whatever is shared out. */
  rehearsal: 'callboard.rehearsal',
  /** On a stranger, who called a public agent without signing in: the name of that agent. */
  stranger: 'callboard.stranger',
  /** On a stranger whose address is known: a keyed hash of it, by which their calls at once are counted. */
  address: 'callboard.address',
  /** On a stranger whose call has an end: when, in milliseconds since 1970. */
  endsAt: 'callboard.ends-at',
  /** "yes" on everybody in a call while somebody listens to it; not set else. The web process sets it. */
  monitored: 'callboard.monitored',
  /** On a colleague who was invited: what the agent does when they come, one of {@link TAKEOVER}. */
  takeover: 'callboard.takeover',
} as const;

/** LiveKit's attribute with the number of who phones. */
const PHONE_ATTRIBUTE = 'sip.phoneNumber';

/** By what a caller is known again: the page's id, the number they phone from, or the identity. */
export function callerKey(identity: string, attributes: Readonly<Record<string, string>>): string {
  return attributes[PERSON_ATTRIBUTES.caller] || attributes[PHONE_ATTRIBUTE] || identity;
}

/** Kinds of participants: LiveKit's names in lower case. */
export const KINDS = ['standard', 'sip', 'connector', 'ingress', 'egress', 'agent'] as const;
export type Kind = (typeof KINDS)[number];

/** How the identities of listeners begin. */
export const LISTENER = 'listener';

/** Participant attribute with the account of who listens, where people sign in: nobody is shown it. */
export const LISTENER_ATTRIBUTE = 'callboard.listener';

/** Whether a participant is a listener. */
export const isListener = ({
  identity,
  permission,
}: {
  readonly identity: string;
  readonly permission?: { readonly hidden: boolean };
}): boolean => permission?.hidden === true && identity.startsWith(`${LISTENER}-`);

/** When a colleague comes, the agent leaves, or stays and is silent until called by its name. */
export const TAKEOVER = ['leave', 'stay'] as const;
export type Takeover = (typeof TAKEOVER)[number];

/** LiveKit's own attribute with what a voice agent is doing: initializing, listening, thinking, speaking. */
export const AGENT_STATE_ATTRIBUTE = 'lk.agent.state';

/** LiveKit's own attribute with the name that an agent registered: for agents that are not Callboard's. */
const LIVEKIT_AGENT_NAME = 'lk.agent_name';

/** Agent name by a participant's attributes; empty where they have none. */
export const agentNameOf = (attributes: Readonly<Record<string, string>>): string =>
  attributes[AGENT_ATTRIBUTES.agent] || attributes[LIVEKIT_AGENT_NAME] || '';

/**
 * Why an agent leaves: the talk is over; it was asked to (its worker is being stopped, or its
 * dispatch was deleted); it failed; another agent has the word now; a person has; its worker process has
 * died, and another one is to go on in its place; or the time of a stranger's call is up.
 */
export const LEAVING = [
  'goodbye',
  'time-up',
  'shutdown',
  'error',
  'handover',
  'takeover',
  'orphaned',
] as const;
export type Leaving = (typeof LEAVING)[number];

/**
 * Metadata of a dispatch by which a page has an agent called back. It is not signed, as other briefs are: all
 * that it says is that somebody asks for it.
 */
export const CALLBACK = JSON.stringify({ callboard: { kind: 'callback' } });

/** Data topic of the pulse: an empty, lossy packet from the job's own event loop. */
export const PULSE_TOPIC = 'callboard.pulse';
/** Milliseconds between pulses. Three missed in a row are told to the caller (within 3 s). */
export const PULSE_EVERY_MS = 700;
/** Milliseconds without a pulse after which the agent counts as lost. */
export const PULSE_LOST_MS = 2_300;

/** Data topic (reliable) of {@link TurnSignal}s. */
export const TURN_TOPIC = 'callboard.turn';

/** Most characters of a tool's arguments, and of its result: LiveKit advises packets below 15 KiB. */
export const TOOL_TEXT_MAX = 1_500;

/** What a call can come to by a tool. */
export const TOOL_OUTCOMES = ['appointment', 'message'] as const;
export type ToolOutcome = (typeof TOOL_OUTCOMES)[number];

/** What happened in a turn, for the transcript: JSON on {@link TURN_TOPIC}. */
export const turnSignal = z.discriminatedUnion('kind', [
  /** The agent's last line was cut by the caller; `text` is what was really spoken. */
  z.object({ kind: z.literal('interrupted'), text: z.string() }),
  /**
   * A tool ran: `label` in plain words ("Looked for free times"), milliseconds it took, its arguments and its
   * result (JSON or words), each cut after {@link TOOL_TEXT_MAX}; and what the call came to by it. Workers of before
   * send none of the last four.
   */
  z.object({
    kind: z.literal('tool'),
    id: z.string(),
    label: z.string(),
    ms: z.number(),
    args: z.string().optional(),
    result: z.string().optional(),
    failed: z.boolean().optional(),
    outcome: z.enum(TOOL_OUTCOMES).optional(),
  }),
  /** Milliseconds from the end of the caller's speech to the first audio of the answer now over. */
  z.object({ kind: z.literal('answered'), ms: z.number() }),
  /** Something failed but the call goes on; `text` is for the caller. */
  z.object({ kind: z.literal('trouble'), text: z.string() }),
]);
export type TurnSignal = z.infer<typeof turnSignal>;

/**
 * RPC method of the caller's page that an agent calls to move the caller into another room:
 * {@link moveOrder} as JSON in, "moving" out.
 */
export const MOVE_METHOD = 'callboard.move';
/** Where to go: a room with its join token, on the same server. */
export const moveOrder = z.object({ room: z.string().min(1), token: z.string().min(1) });

/** Data topic (reliable) on which the web process tells a room's people what it does for them. */
export const WATCH_TOPIC = 'callboard.watch';

/** What the web process does for a room's people: JSON on {@link WATCH_TOPIC}. */
export const watchSignal = z.discriminatedUnion('kind', [
  /** The agent is lost, or never came; another one is on its way, or waited for. */
  z.object({ kind: z.literal('replacing'), agent: z.string() }),
  /** All agents are busy: the caller's place in line, from 1. Told every 2 s. */
  z.object({ kind: z.literal('in-line'), agent: z.string(), place: z.number().int().positive() }),
  /** Nobody could take its place. */
  z.object({ kind: z.literal('gave-up'), agent: z.string() }),
]);
export type WatchSignal = z.infer<typeof watchSignal>;

/** Text topic on which the caller's page gives who comes later the transcript so far, as JSON. */
export const HISTORY_TOPIC = 'callboard.history';

/** Room metadata just before a room is ended for everyone: the reason, in words for its people. */
export const closingNote = z.object({ callboard: z.object({ closing: z.string() }) });
