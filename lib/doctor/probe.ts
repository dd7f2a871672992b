// A test call: a real dispatch to a temporary room, observed until the agent is there and ready, and always
// removed. Nobody else joins; the observations are LiveKit's.
import {
  type AgentDispatch,
  type ParticipantInfo,
  ParticipantInfo_State,
  TrackType,
} from 'livekit-server-sdk';
import { since, waitFor } from '@/lib/core/wait';
import { agentsIn, milliseconds } from '@/lib/dispatch/presence';
import { JOBLESS_MS } from '@/lib/doctor/diagnosis/evidence';
import { AGENT_STATE_ATTRIBUTE } from '@/lib/livekit/attributes';
import type { LiveKit } from '@/lib/livekit/clients';
import { roomAgentDispatch } from '@/lib/livekit/dispatch';
import { newProbeRoom, PROBE_TIMEOUTS } from '@/lib/livekit/probe-room';

/** Milliseconds for an agent with a job to join. The page waits longer. */
const JOINS_MS = 10_500;
/** Milliseconds from joining until the agent is ready, or publishes audio. Our own choice. */
const READY_MS = 10_000;
/** Milliseconds for a ready agent to speak, if it speaks to an empty room. */
const SPEAKS_MS = 800;
/** States of an agent whose session runs. */
const READY = ['listening', 'thinking', 'speaking'];

interface ProbeTarget {
  readonly agent: string;
  readonly deployment: string;
  /** Whether to send the name as it is: "production" too, which for LiveKit is another deployment than production. */
  readonly literally?: boolean;
}

/** The stages, in milliseconds from the dispatch; undefined if a stage did not happen. */
export interface ProbeResult {
  readonly room: string;
  /** When the dispatch was made: milliseconds since 1970. */
  readonly at: number;
  readonly request: number;
  readonly assigned?: number | undefined;
  readonly joined?: number | undefined;
  readonly published?: number | undefined;
  readonly ready?: number | undefined;
  readonly audio?: number | undefined;
  /** Whether the room was removed. */
  readonly removed: boolean;
}

interface Observation {
  readonly agent?: ParticipantInfo | undefined;
  readonly dispatch?: AgentDispatch | undefined;
}

const hasVoice = ({ tracks }: ParticipantInfo) =>
  tracks.some(({ type }) => type === TrackType.AUDIO);
const stateOf = (agent: ParticipantInfo | undefined) => agent?.attributes[AGENT_STATE_ATTRIBUTE];

/** Polls the room, and notes when each stage was first observed. */
async function observe(livekit: LiveKit, room: string, began: number, hopeless: () => boolean) {
  const from = performance.now();
  const first: { published?: number; ready?: number; audio?: number } = {};
  let seen: Observation = { agent: undefined, dispatch: undefined };
  // An agent that waits for a caller publishes nothing, but reports that it listens.
  const isThere = () => first.published !== undefined || first.ready !== undefined;
  const poll = async () => {
    // Failed requests are repeated by the next poll.
    const [people, dispatches] = await Promise.all([
      livekit.rooms.listParticipants(room).catch(() => []),
      livekit.dispatches.listDispatch(room).catch(() => []),
    ]);
    const agent = agentsIn(people).find(({ state }) => state === ParticipantInfo_State.ACTIVE);
    seen = { agent: agent ?? seen.agent, dispatch: dispatches[0] ?? seen.dispatch };
    if (agent && hasVoice(agent)) first.published ??= since(began);
    if (READY.includes(stateOf(agent) ?? '')) first.ready ??= since(began);
    if (stateOf(agent) === 'speaking') first.audio ??= since(began);
  };
  await waitFor(JOINS_MS, async () => {
    await poll();
    if (seen.agent) return true;
    const jobless = !seen.dispatch?.state?.jobs.length;
    return jobless && (hopeless() || since(from) > JOBLESS_MS + 500);
  });
  if (seen.agent) {
    await waitFor(READY_MS, async () => {
      await poll();
      return isThere();
    });
  }
  if (isThere()) {
    await waitFor(SPEAKS_MS, async () => {
      if (first.audio === undefined) await poll();
      return first.audio;
    });
  }
  return { ...first, ...seen };
}

/**
 * The stages by LiveKit's own times, relative to its dispatch and after the `request` that created it: polling notices
 * them up to one interval late. Never later than a stage that was observed to follow.
 */
function stagesOf(
  { agent, dispatch }: Observation,
  request: number,
  next = Number.POSITIVE_INFINITY,
) {
  const sent = milliseconds(dispatch?.state?.createdAt ?? 0n);
  const offered = milliseconds(dispatch?.state?.jobs[0]?.state?.startedAt ?? 0n);
  const came = agent && (Number(agent.joinedAtMs) || Number(agent.joinedAt) * 1_000);
  const after = (at: number) => request + Math.max(0, sent ? at - sent : 0);
  const joined = came === undefined ? undefined : Math.min(after(came), next);
  return { assigned: offered ? Math.min(after(offered), joined ?? next) : undefined, joined };
}

/**
 * Makes a test call. Calls `examine` with the observations while the room still exists.
 * @param hopeless whether it is known by other means that no agent will join
 * @throws LiveKit's error if the room cannot be created
 */
export async function probe<T>(
  livekit: LiveKit,
  { agent: name, deployment, literally = false }: ProbeTarget,
  examine: (probed: ProbeResult) => Promise<T>,
  hopeless: (room: string) => boolean = () => false,
): Promise<{ readonly probed: ProbeResult; readonly examined: T }> {
  const room = newProbeRoom();
  const at = Date.now();
  const began = performance.now();
  let removed = false;
  const dispatch = roomAgentDispatch({ name, deployment, metadata: '' });
  if (literally) dispatch.deployment = deployment;
  try {
    await livekit.rooms.createRoom({ name: room, ...PROBE_TIMEOUTS, agents: [dispatch] });
    const request = since(began);
    const { published, ready, audio, ...seen } = await observe(livekit, room, began, () =>
      hopeless(room),
    );
    const next = Math.min(...[published, ready].filter((ms) => ms !== undefined));
    const stages = { ...stagesOf(seen, request, next), published, ready, audio };
    const probed = { room, at, request, ...stages };
    const examined = await examine({ ...probed, removed: false });
    removed = await remove(livekit, room);
    return { probed: { ...probed, removed }, examined };
  } finally {
    if (!removed) await remove(livekit, room);
  }
}

/** Deletes a room. Returns whether it is gone; LiveKit closes one that could not be deleted. */
export async function remove({ rooms }: LiveKit, room: string): Promise<boolean> {
  const there = await rooms.listRooms([room]).catch(() => undefined);
  if (there?.length === 0) return true;
  return rooms.deleteRoom(room).then(
    () => true,
    () => false,
  );
}
