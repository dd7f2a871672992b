// A trial call: a real dispatch into a room made for it, watched until the agent is there and ready, and
// removed in every case. Nobody else joins; what is seen is what LiveKit tells of the agent.
import {
  type AgentDispatch,
  type ParticipantInfo,
  ParticipantInfo_State,
  RoomAgentDispatch,
  TrackType,
} from 'livekit-server-sdk';
import { since, waitFor } from '@/lib/core/wait';
import { agentsIn, milliseconds } from '@/lib/dispatch/presence';
import { AGENT_STATE_ATTRIBUTE } from '@/lib/livekit/attributes';
import type { LiveKit } from '@/lib/livekit/clients';
import { newProbeRoom, PROBE_TIMEOUTS } from '@/lib/livekit/probe-room';
import { JOBLESS_MS } from './why/cause';

/** Milliseconds in which an agent that was given the job is there: the page's own patience is longer. */
const JOINS_MS = 10_500;
/** Milliseconds in which an agent that is ready says something, if it does so to nobody. */
const SPEAKS_MS = 800;
/** What an agent is said to be doing once its session runs. */
const READY = ['listening', 'thinking', 'speaking'];

/** What a probe asks for. `deployment` is the wire name. */
interface ProbeOf {
  readonly agent: string;
  readonly deployment: string;
}

/** How far it came: milliseconds from the dispatch; undefined for what did not happen. */
export interface Probed {
  readonly room: string;
  /** When the dispatch was made: milliseconds since 1970. */
  readonly at: number;
  readonly request: number;
  readonly assigned?: number;
  readonly joined?: number;
  readonly published?: number;
  readonly ready?: number;
  readonly audio?: number;
  /** Whether the room is gone again. */
  readonly removed: boolean;
}

interface Seen {
  readonly agent?: ParticipantInfo;
  readonly dispatch?: AgentDispatch;
}

const hasVoice = ({ tracks }: ParticipantInfo) =>
  tracks.some(({ type }) => type === TrackType.AUDIO);
const stateOf = (agent: ParticipantInfo | undefined) => agent?.attributes[AGENT_STATE_ATTRIBUTE];

/** Looks at the room again and again, and notes when each thing was first seen. */
async function watch(livekit: LiveKit, room: string, began: number, hopeless: () => boolean) {
  const from = performance.now();
  const first: { published?: number; ready?: number; audio?: number } = {};
  let seen: Seen = {};
  // One that waits for somebody publishes nothing to nobody; that it listens it says all the same.
  const isThere = () => first.published !== undefined || first.ready !== undefined;
  const look = async () => {
    // What cannot be asked just now is asked again: a probe is judged by what was seen.
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
    await look();
    if (isThere()) return true;
    const jobless = !seen.agent && !seen.dispatch?.state?.jobs.length;
    if (jobless && (hopeless() || since(from) > JOBLESS_MS + 500)) return true;
    return undefined;
  });
  if (isThere()) {
    await waitFor(SPEAKS_MS, async () => {
      if (first.audio === undefined) await look();
      return first.audio;
    });
  }
  return { ...first, ...seen };
}

/**
 * LiveKit's own times, from its dispatch on, after the `request` in which that was made: a look comes up
 * to one round later than what it sees. Never later than what was seen to follow.
 */
function stagesOf({ agent, dispatch }: Seen, request: number, next = Number.POSITIVE_INFINITY) {
  const sent = milliseconds(dispatch?.state?.createdAt ?? 0n);
  const offered = milliseconds(dispatch?.state?.jobs[0]?.state?.startedAt ?? 0n);
  const came = agent && (Number(agent.joinedAtMs) || Number(agent.joinedAt) * 1_000);
  const after = (at: number) => request + Math.max(0, sent ? at - sent : 0);
  const joined = came === undefined ? undefined : Math.min(after(came), next);
  return { assigned: offered ? Math.min(after(offered), joined ?? next) : undefined, joined };
}

/**
 * Makes a trial call. `examine` is called with what was seen while the room is still there.
 * @param hopeless whether it is known by other means that nobody will come
 * @throws what LiveKit throws where the room cannot be made
 */
export async function probe<T>(
  livekit: LiveKit,
  { agent: agentName, deployment }: ProbeOf,
  examine: (probed: Probed) => Promise<T>,
  hopeless: (room: string) => boolean = () => false,
): Promise<{ readonly probed: Probed; readonly examined: T }> {
  const room = newProbeRoom();
  const at = Date.now();
  const began = performance.now();
  let removed = false;
  try {
    await livekit.rooms.createRoom({
      name: room,
      ...PROBE_TIMEOUTS,
      agents: [new RoomAgentDispatch({ agentName, deployment })],
    });
    const request = since(began);
    const { published, ready, audio, ...seen } = await watch(livekit, room, began, () =>
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

/** Whether the room is gone, with whoever is in it. LiveKit closes one that is not by itself. */
export async function remove({ rooms }: LiveKit, room: string): Promise<boolean> {
  const there = await rooms.listRooms([room]).catch(() => undefined);
  if (there?.length === 0) return true;
  return rooms.deleteRoom(room).then(
    () => true,
    () => false,
  );
}
