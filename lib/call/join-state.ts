// The state of a call as shown to the caller: one pure function of what was observed. It keeps no state and guesses
// nothing: "listening" only if the agent says so, "lost" only if its heartbeats stop.

import type { Departure, Observed, ObservedAgent } from '@/lib/call/observed';
import { PRODUCTION } from '@/lib/core/deployment';
import { HEARTBEAT_TIMEOUT_MS } from '@/lib/livekit/attributes';

export type JoinCode =
  | 'queued'
  | 'connecting'
  | 'slow'
  | 'waiting'
  | 'late'
  | 'joined'
  | 'listening'
  | 'thinking'
  | 'speaking'
  | 'unanswered'
  | 'leaving'
  | 'agent-left'
  | 'with-people'
  | 'alone'
  | 'moving'
  | 'move-failed'
  | 'reconnecting'
  | 'offline'
  | 'server-lost'
  | 'replacing'
  | 'gave-up'
  | 'nobody-came'
  | 'agent-quiet'
  | 'agent-lost'
  | 'agent-removed'
  | 'agent-shutdown'
  | 'agent-error'
  | 'ended';

/** The stage light: amber while waiting, green while idle, thinking or speaking; grey if lost; dark when ended. */
export type Cue = 'waiting' | 'idle' | 'thinking' | 'speaking' | 'lost' | 'ended';

/** What the page shows. */
export interface JoinState {
  readonly code: JoinCode;
  readonly cue: Cue;
  /** Set if the agent reports another deployment than the requested one. */
  readonly mismatch: { readonly asked: string; readonly reported: string } | undefined;
  /** Whether an active agent is there. */
  readonly agentThere: boolean;
  /** Whether a message can be sent: the room is connected, and an agent or a person receives it. */
  readonly canSend: boolean;
  /** Whether the agent publishes no state, as LiveKit's voice agents do: nothing shows that it reads messages. */
  readonly mayNotRead: boolean;
}

/** Milliseconds of connecting after which the page says that it is slow. */
const SLOW_MS = 5_000;
/** Milliseconds of reconnecting after which the server counts as lost, so that this is shown within 3 s. */
const SERVER_LOST_MS = 2_000;

/** Milliseconds for which "joined" is shown unless the agent does something: time to read it. */
const NEWS_MS = 1_000;

const CUES: Record<JoinCode, Cue> = {
  queued: 'waiting',
  connecting: 'waiting',
  slow: 'waiting',
  waiting: 'waiting',
  late: 'waiting',
  joined: 'idle',
  listening: 'idle',
  thinking: 'thinking',
  speaking: 'speaking',
  unanswered: 'waiting',
  leaving: 'speaking',
  'agent-left': 'lost',
  'with-people': 'idle',
  alone: 'lost',
  moving: 'waiting',
  'move-failed': 'lost',
  reconnecting: 'lost',
  offline: 'lost',
  'server-lost': 'lost',
  replacing: 'waiting',
  'gave-up': 'lost',
  'nobody-came': 'lost',
  'agent-quiet': 'lost',
  'agent-lost': 'lost',
  'agent-removed': 'lost',
  'agent-shutdown': 'lost',
  'agent-error': 'lost',
  ended: 'ended',
};

/** States in which an active agent is there and accepts messages. */
const THERE: readonly JoinCode[] = ['joined', 'listening', 'thinking', 'speaking', 'unanswered'];

/**
 * Milliseconds after which a "replacing" signal is outdated. The web process sends more before that, unless it is gone
 * itself: its longest silence is the time for a worker to accept the job and join, together 14 s.
 */
const REPLACING_MS = 20_000;

/** Milliseconds for which a queue position is valid: it is sent every 2 s. */
const QUEUED_MS = 8_000;

/** Milliseconds after a goodbye in which the agent closes the room. If the room stays open, the caller is told. */
const GOODBYE_MS = 3_000;

function departed({ why, agoMs }: Departure): JoinCode {
  switch (why) {
    case 'goodbye':
    case 'time-up':
      return agoMs < GOODBYE_MS ? 'leaving' : 'agent-left';
    case 'handoff':
    case 'takeover':
    case 'left':
      return 'agent-left';
    case 'shutdown':
      return 'agent-shutdown';
    case 'error':
      return 'agent-error';
    case 'removed':
      return 'agent-removed';
    default:
      return 'agent-lost';
  }
}

function present(agent: ObservedAgent): JoinCode {
  if (agent.leaving === 'orphaned') return 'agent-lost';
  if (agent.quietMs !== undefined && agent.quietMs >= HEARTBEAT_TIMEOUT_MS) return 'agent-quiet';
  switch (agent.state) {
    case 'listening':
      return agent.hereMs < NEWS_MS ? 'joined' : agent.state;
    case 'thinking':
    case 'speaking':
      return agent.state;
    default:
      return agent.audible ? 'joined' : 'waiting';
  }
}

function absent({ asked, departure, people, calledBack }: Observed): JoinCode | undefined {
  if (calledBack) return undefined;
  if (people.count > 0 && (departure || !asked)) return 'with-people';
  if (departure && asked) return departed(departure);
  return asked ? undefined : 'alone';
}

/** The state of a missing agent by the web process's last signal. */
function replaced(here: JoinCode | undefined, seen: Observed): JoinCode | undefined {
  const { replacement, agentCame, asked, people } = seen;
  if (!replacement) return undefined;
  if (replacement.kind === 'replacing') {
    // An agent that never joined cannot be replaced; it is still awaited.
    return agentCame && replacement.agoMs < REPLACING_MS ? 'replacing' : undefined;
  }
  if (replacement.kind === 'queued') {
    return !here && people.count === 0 && replacement.agoMs < QUEUED_MS ? 'queued' : undefined;
  }
  // An agent without audio is still there. A call with other people goes on.
  if (here === 'waiting' || people.count > 0 || !asked) return undefined;
  return agentCame ? 'gave-up' : 'nobody-came';
}

function inRoom(seen: Observed): JoinCode {
  const here = seen.agent && present(seen.agent);
  if (here && THERE.includes(here)) return seen.unanswered ? 'unanswered' : here;
  const code = replaced(here, seen) ?? here ?? absent(seen) ?? 'waiting';
  if (code !== 'waiting') return code;
  return seen.waitedMs >= seen.joinTimeoutMs ? 'late' : 'waiting';
}

function connecting({ position, roomMs }: Observed): JoinCode {
  if (position !== undefined) return 'queued';
  return roomMs >= SLOW_MS ? 'slow' : 'connecting';
}

function codeOf(seen: Observed): JoinCode {
  if (seen.ended) return 'ended';
  if (seen.moving !== 'no') return seen.moving === 'failed' ? 'move-failed' : 'moving';
  if (seen.room === 'connecting') return connecting(seen);
  if (!seen.online) return 'offline';
  if (seen.room === 'reconnecting') {
    return seen.roomMs >= SERVER_LOST_MS ? 'server-lost' : 'reconnecting';
  }
  return inRoom(seen);
}

/** Only the called agent must be on the requested deployment; a share may choose another. */
function mismatchOf({ asked, share, agent }: Observed): JoinState['mismatch'] {
  const reported = agent?.deployment;
  if (!asked || reported === undefined || agent?.agent !== asked.agent) return undefined;
  const right = share === undefined ? [asked.deployment] : [asked.deployment, share, PRODUCTION];
  return right.includes(reported) ? undefined : { asked: asked.deployment, reported };
}

/** The state as shown to the caller. */
export function joinState(seen: Observed): JoinState {
  const code = codeOf(seen);
  const stands = seen.room === 'connected' && seen.online && seen.moving === 'no' && !seen.ended;
  return {
    code,
    cue: code === 'with-people' && seen.people.speaking ? 'speaking' : CUES[code],
    mismatch: mismatchOf(seen),
    agentThere: THERE.includes(code),
    canSend: THERE.includes(code) || (stands && seen.people.count > 0),
    mayNotRead: code === 'joined' && seen.agent?.state === undefined,
  };
}

const UNCONNECTED: readonly JoinCode[] = ['offline', 'reconnecting', 'server-lost'];

/** What must happen before a message can be sent; undefined if it can be sent. */
export function messageWaitsFor({
  code,
  canSend,
}: Pick<JoinState, 'code' | 'canSend'>): 'connection' | 'agent' | undefined {
  if (canSend) return undefined;
  return UNCONNECTED.includes(code) ? 'connection' : 'agent';
}
