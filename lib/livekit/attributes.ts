// The contract between worker and page: participant attributes, the agent's heartbeat, and what happens in a turn.
import * as z from 'zod/mini';
import { jsonAs } from '@/lib/core/json';
import { LEAVING, type Leaving, readReason } from '@/lib/livekit/end-reason';

/** Participant attributes that an agent sets on itself. Values are strings, as LiveKit requires. */
export const AGENT_ATTRIBUTES = {
  /** Agent name, as in the catalogue. */
  agent: 'callboard.agent',
  /** Display name of its deployment ("production", never ""). */
  deployment: 'callboard.deployment',
  /** Id of the worker process that took the job. */
  worker: 'callboard.worker',
  /** Id of the dispatch by which it joined. */
  dispatch: 'callboard.dispatch',
  /** Its version: `AGENT_VERSION` of its worker, else the version of this software. */
  version: 'callboard.version',
  /** Decides which of several agents with the same name stays: `agent/call/duplicate-agent.ts`. */
  rank: 'callboard.rank',
  /** Set just before the agent leaves voluntarily: a {@link Leaving}. */
  leaving: 'callboard.leaving',
  /** "yes" while the agent is in the room but another one still leads the conversation; then "no". */
  waiting: 'callboard.waiting',
  /** "yes" while the agent records the call; empty once it stops. */
  recording: 'callboard.recording',
  /** "yes" if its model sees what the caller shows. */
  sees: 'callboard.sees',
  /** "yes" if its worker notices a part of it that is stuck: `agent/watchdog/`. */
  watched: 'callboard.watched',
} as const;

/** LiveKit's attribute of an avatar: the identity of the agent for whom it publishes audio and video. */
export const AVATAR_ATTRIBUTE = 'lk.publish_on_behalf';

/** Whether a participant with these attributes is an avatar. LiveKit lists it as an agent, but no job of ours is behind it. */
export const isAvatar = (attributes: Readonly<Record<string, string>>): boolean =>
  Boolean(attributes[AVATAR_ATTRIBUTE]);

/** Maximum characters of typed text that the page accepts and an agent reads, because models are billed by length. Our own choice. */
export const TYPED_MAX = 2_000;

/** Identity of an agent in a room, derived from its job. */
export const agentIdentity = (agent: string, job: string) => `${agent}-${job}`;

/** Participant attribute of the caller with the call's id, set in the token. */
export const CALL_ATTRIBUTE = 'callboard.call';

/** Participant attributes of people, set in their tokens. */
export const PERSON_ATTRIBUTES = {
  /**
   * Id by which this server recognizes the caller (`lib/dispatch/known-caller.ts`), or which a program gave them. Traffic
   * splits are sticky by it.
   */
  caller: 'callboard.caller',
  /** Account id of a signed-in caller. */
  account: 'callboard.account',
  /** If the caller may be in one call at a time: which id identifies them, "account" or "caller". */
  oneCall: 'callboard.one-call',
  /** Display name of the deployment that a traffic split sent this caller to instead of production. */
  share: 'callboard.share',
  /** Set on the caller of a simulation, who always gets the requested deployment, regardless of rules and splits. */
  simulation: 'callboard.simulation',
  /** Set on an anonymous visitor, who called a public agent without signing in: the name of that agent. */
  anonymous: 'callboard.anonymous',
  /** Set on an anonymous visitor with a known address: a keyed hash of it, used to count simultaneous calls. */
  address: 'callboard.address',
  /** Set on an anonymous visitor whose call is limited: when it ends, in milliseconds since 1970. */
  endsAt: 'callboard.ends-at',
  /** "yes" on everybody in a call while somebody listens to it; otherwise not set. The web process sets it. */
  monitored: 'callboard.monitored',
  /** Set on an invited colleague: what the agent does when they join, one of {@link TAKEOVER}. */
  takeover: 'callboard.takeover',
  /** "yes" on a developer who may read and control the sessions of agents in our worker, as LiveKit's Agent Console does. */
  agentConsole: 'callboard.agent-console',
} as const;

/**
 * Whether a participant is a developer's Agent Console: it may read and control the sessions of agents in our worker, and is
 * not one of the people in the call.
 */
export const isAgentConsole = (attributes: Readonly<Record<string, string>>): boolean =>
  attributes[PERSON_ATTRIBUTES.agentConsole] === 'yes';

/** Names of before 0.2 of attributes of people. They are read until the next release, and no longer written. */
const FORMER_NAMES: Readonly<Record<string, string>> = {
  'callboard.rehearsal': PERSON_ATTRIBUTES.simulation,
  'callboard.stranger': PERSON_ATTRIBUTES.anonymous,
};
/** The current name of an attribute. */
export const currentName = (name: string): string => FORMER_NAMES[name] ?? name;
/** Attributes by their current names. */
export const currentAttributes = (attributes: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [currentName(name), value]));

/** Kinds of participants: LiveKit's names in lower case. */
export const KINDS = ['standard', 'sip', 'connector', 'ingress', 'egress', 'agent'] as const;
export type Kind = (typeof KINDS)[number];

/** Prefix of listeners' identities. */
export const LISTENER = 'listener';

/** Participant attribute with the listener's account, where sign-in is required. It is not shown to anybody. */
export const LISTENER_ATTRIBUTE = 'callboard.listener';

/** Whether a participant is a listener. */
export const isListener = ({
  identity,
  permission,
}: {
  readonly identity: string;
  readonly permission?: { readonly hidden: boolean };
}): boolean => permission?.hidden === true && identity.startsWith(`${LISTENER}-`);

/** When a colleague joins, the agent leaves, or stays silent until it is called by name. */
export const TAKEOVER = ['leave', 'stay'] as const;
export type Takeover = (typeof TAKEOVER)[number];

/** LiveKit's attribute with the state of a voice agent: initializing, listening, thinking, speaking. */
export const AGENT_STATE_ATTRIBUTE = 'lk.agent.state';

/** LiveKit's attributes with the registered agent name: what the server sets, and what agents-js does. */
const LIVEKIT_AGENT_NAMES = ['lk.agent_name', 'lk.agent.name'] as const;

/** Agent name from a participant's attributes: ours, else LiveKit's; empty if there is none. */
export const agentNameOf = (attributes: Readonly<Record<string, string>>): string =>
  [AGENT_ATTRIBUTES.agent, ...LIVEKIT_AGENT_NAMES].map((name) => attributes[name]).find(Boolean) ??
  '';

/** Whether an agent's worker is not Callboard's: it sends no heartbeats, does not say why it leaves, and waits for nobody. */
export const isFromOtherWorker = (attributes: Readonly<Record<string, string>>): boolean =>
  !attributes[AGENT_ATTRIBUTES.agent];

/** The reason for leaving that an agent of this release or an earlier one has set; undefined if there is none. */
export const leavingOf = (attributes: Readonly<Record<string, string>>): Leaving | undefined => {
  const set = readReason(attributes[AGENT_ATTRIBUTES.leaving] ?? '');
  return LEAVING.find((reason) => reason === set);
};

/**
 * Dispatch metadata with which a page requests an agent to come back. Unlike other handoff contexts it is not signed,
 * because it grants nothing.
 */
export const CALLBACK = JSON.stringify({ callboard: { kind: 'callback' } });

/** Data topic of the heartbeat: an empty, lossy packet from the job's own event loop. */
export const HEARTBEAT_TOPIC = 'callboard.heartbeat';
/** Milliseconds between heartbeats. Callers are told after three missed ones (within 3 s). */
export const HEARTBEAT_EVERY_MS = 700;
/** Milliseconds without a heartbeat after which the agent counts as lost. */
export const HEARTBEAT_TIMEOUT_MS = 2_300;

/** Data topic (reliable) of {@link TurnSignal}s. */
export const TURN_TOPIC = 'callboard.turn';

/** Maximum characters of a tool's arguments and of its result: LiveKit recommends packets below 15 KiB. */
export const TOOL_TEXT_MAX = 1_500;

/** What happened in a turn, for the transcript: JSON on {@link TURN_TOPIC}. */
export const turnSignal = z.discriminatedUnion('kind', [
  /** The caller interrupted the agent's last message; `text` is the part that was spoken. */
  z.object({ kind: z.literal('interrupted'), text: z.string() }),
  /**
   * A tool ran: `label` in plain words ("Looked for free times"), its duration in milliseconds, its arguments and its
   * result (JSON or text), each truncated to {@link TOOL_TEXT_MAX}, and the name of the outcome it reported. Workers of
   * older versions do not send the last four.
   */
  z.object({
    kind: z.literal('tool'),
    id: z.string(),
    label: z.string(),
    ms: z.number(),
    args: z.optional(z.string()),
    result: z.optional(z.string()),
    failed: z.optional(z.boolean()),
    outcome: z.optional(z.string()),
  }),
  /** Milliseconds from the end of the caller's speech to the first audio of the answer that just ended. */
  z.object({ kind: z.literal('answered'), ms: z.number() }),
  /** Something failed but the call continues; `text` is for the caller. */
  z.object({ kind: z.literal('trouble'), text: z.string() }),
]);
export type TurnSignal = z.infer<typeof turnSignal>;

/**
 * RPC method of the caller's page with which an agent moves the caller into another room: {@link moveOrder} as JSON
 * in, "moving" out.
 */
export const MOVE_METHOD = 'callboard.move';
const filled = z.string().check(z.minLength(1));
/** The target room with its join token, on the same server. */
export const moveOrder = z.object({ room: filled, token: filled });

/** Data topic (reliable) on which the web process reports failover and queue position to a room. */
export const FAILOVER_TOPIC = 'callboard.failover';
/** Whether a packet on this topic is a {@link failoverSignal}: also on that of before 0.2, which is read for one release. */
export const isFailoverTopic = (topic: string | undefined): boolean =>
  topic === FAILOVER_TOPIC || topic === 'callboard.watch';

/** A signal by its current names. Those of before 0.2 are read for one release. */
function currentSignal(signal: unknown): unknown {
  const { kind, place, ...rest } = Object(signal);
  return kind === 'in-line' ? { ...rest, kind: 'queued', position: place } : signal;
}
/** Failover and queue position: JSON on {@link FAILOVER_TOPIC}. */
export const failoverSignal = z.pipe(
  z.transform(currentSignal),
  z.discriminatedUnion('kind', [
    /** The agent is lost or never joined; a replacement agent is requested or on its way. */
    z.object({ kind: z.literal('replacing'), agent: z.string() }),
    /** All agents are busy: the caller's queue position, from 1. Sent every 2 s. */
    z.object({
      kind: z.literal('queued'),
      agent: z.string(),
      position: z.int().check(z.positive()),
    }),
    /** No replacement agent could be found. */
    z.object({ kind: z.literal('gave-up'), agent: z.string() }),
  ]),
);
export type FailoverSignal = z.infer<typeof failoverSignal>;

/** Data topic (reliable) on which the web process sends an agent a signed whisper: `lib/dispatch/signed-whisper.ts`. */
export const WHISPER_TOPIC = 'callboard.whisper';
/** Maximum characters of a whisper. Our own choice: a note, not a new set of instructions. */
export const WHISPER_MAX = 500;

/** Text topic on which the caller's page sends the transcript so far, as JSON, to agents that join later. */
export const HISTORY_TOPIC = 'callboard.history';

/** Room metadata set just before a room is ended for everyone: the reason, as a message for its participants. */
export const closingNote = z.object({ callboard: z.object({ closing: z.string() }) });

/** The reason in a room's metadata, written just before the room was ended for everyone. */
export const closingOf = (metadata = ''): string | undefined =>
  jsonAs(closingNote, metadata)?.callboard.closing;
