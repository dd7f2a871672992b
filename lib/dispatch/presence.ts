// Whether an agent is in a room or on its way. LiveKit's job state is not reliable: it stays "running" after an
// agent left, crashed or never joined. The participants in the room decide.
import { JobStatus, ParticipantInfo_Kind } from '@livekit/protocol';
import {
  type AgentDispatch,
  type ParticipantInfo,
  ParticipantInfo_State,
} from 'livekit-server-sdk';
import { ON_ITS_WAY_TIMEOUT_MS } from '@/lib/core/join-timeouts';
import type { RoomFacts } from '@/lib/dispatch/room-facts';
import {
  AGENT_ATTRIBUTES,
  AGENT_STATE_ATTRIBUTE,
  agentNameOf,
  isAvatar,
} from '@/lib/livekit/attributes';
import { deploymentOf } from '@/lib/livekit/dispatch';

type Job = NonNullable<AgentDispatch['state']>['jobs'][number];

type JobState = 'pending' | 'running' | 'ended' | 'failed';

/** LiveKit's time (nanoseconds since 1970) as milliseconds since 1970. */
export const milliseconds = (time: bigint) => Number(time / 1_000_000n);

/** LiveKit's state of a job, which may be wrong. */
export function reportedState(job: Job): keyof typeof JobStatus {
  const status = JobStatus[job.state?.status ?? JobStatus.JS_PENDING];
  return (status as keyof typeof JobStatus | undefined) ?? 'JS_PENDING';
}

/** The participants that others in the room can see. LiveKit's API also lists hidden listeners. */
export const visibleParticipants = (
  people: readonly ParticipantInfo[],
): readonly ParticipantInfo[] => people.filter(({ permission }) => !permission?.hidden);

/** The agents among a room's participants, without avatars. */
export function agentsIn(people: readonly ParticipantInfo[]): readonly ParticipantInfo[] {
  return visibleParticipants(people).filter(
    ({ kind, state, attributes }) =>
      kind === ParticipantInfo_Kind.AGENT &&
      state !== ParticipantInfo_State.DISCONNECTED &&
      !isAvatar(attributes),
  );
}

/** The agent of a job, while it is in the room. */
export function agentOf(job: Job, people: readonly ParticipantInfo[]): ParticipantInfo | undefined {
  const identity = job.state?.participantIdentity;
  return identity ? agentsIn(people).find((one) => one.identity === identity) : undefined;
}

const hasJobOf = ({ state }: AgentDispatch, { identity }: ParticipantInfo): boolean =>
  state?.jobs.some((job) => job.state?.participantIdentity === identity) ?? false;

/** Whether an agent may have joined by a dispatch that lists no job: by its name, its deployment and the time. */
function mayHaveBrought(
  dispatch: AgentDispatch,
  { attributes, joinedAtMs }: ParticipantInfo,
): boolean {
  const { agentName, state } = dispatch;
  const deployment = attributes[AGENT_ATTRIBUTES.deployment];
  return (
    !state?.jobs.length &&
    agentName !== '' &&
    agentName === agentNameOf(attributes) &&
    (!deployment || deployment === deploymentOf(dispatch)) &&
    Number(joinedAtMs) >= milliseconds(state?.createdAt ?? 0n)
  );
}

/**
 * The agents in the room that have joined by a dispatch, which may be deleted. LiveKit lists a job up to 5 s after its agent has
 * joined, and one that its worker accepted late never. An agent that names no dispatch then belongs to the only one that may
 * have brought it.
 */
export function agentsOf(
  dispatch: AgentDispatch,
  { people, dispatches }: RoomFacts,
): readonly ParticipantInfo[] {
  const others = dispatches.filter(({ id }) => id !== dispatch.id);
  const isOf = (agent: ParticipantInfo) => (one: AgentDispatch) =>
    agent.attributes[AGENT_ATTRIBUTES.dispatch] === one.id || hasJobOf(one, agent);
  return agentsIn(people).filter((agent) => {
    if (isOf(agent)(dispatch)) return true;
    if (!mayHaveBrought(dispatch, agent)) return false;
    return !others.some((other) => isOf(agent)(other) || mayHaveBrought(other, agent));
  });
}

/**
 * The agents of that name in the room. An agent may name itself neither in our attributes nor in LiveKit's; its dispatch shows
 * its name.
 */
export function agentsNamed({ people, dispatches }: RoomFacts, name: string): ParticipantInfo[] {
  const dispatched = dispatches
    .filter(({ agentName }) => agentName === name)
    .flatMap(({ state }) => (state?.jobs ?? []).map((job) => agentOf(job, people)));
  return agentsIn(people).filter(
    (one) => agentNameOf(one.attributes) === name || dispatched.includes(one),
  );
}

/**
 * The state of a job at `now` (milliseconds since 1970): running while its agent is in the room. An agent that
 * joined and left within {@link ON_ITS_WAY_TIMEOUT_MS} still counts as pending, because LiveKit does not distinguish it from
 * one on its way.
 */
export function jobState(job: Job, people: readonly ParticipantInfo[], now: number): JobState {
  if (agentOf(job, people)) return 'running';
  const reported = reportedState(job);
  if (reported === 'JS_FAILED') return 'failed';
  if (reported === 'JS_SUCCESS') return 'ended';
  const offered = job.state?.startedAt ?? 0n;
  const onItsWay = offered === 0n || now - milliseconds(offered) < ON_ITS_WAY_TIMEOUT_MS;
  return onItsWay ? 'pending' : 'ended';
}

/** Whether an agent has not announced that it is leaving. */
export const isStaying = ({ attributes }: Pick<ParticipantInfo, 'attributes'>): boolean =>
  !attributes[AGENT_ATTRIBUTES.leaving];

/** LiveKit's states of an agent whose session has started. */
const STARTED: readonly (string | undefined)[] = ['listening', 'thinking', 'speaking'];

/** Whether an agent can talk to the caller: it says so, or publishes audio. */
export const canTalk = (
  { attributes }: Pick<ParticipantInfo, 'attributes'>,
  publishesAudio: boolean,
): boolean => publishesAudio || STARTED.includes(attributes[AGENT_STATE_ATTRIBUTE]);

/** Whether a dispatch has brought an agent that stays, or still may. */
function isServed(dispatch: AgentDispatch, people: readonly ParticipantInfo[], now: number) {
  const { jobs = [], createdAt = 0n } = dispatch.state ?? {};
  const young = now - milliseconds(createdAt) < ON_ITS_WAY_TIMEOUT_MS;
  if (jobs.length === 0) return young;
  return jobs.some((job) => {
    const agent = agentOf(job, people);
    return agent ? isStaying(agent) : young && jobState(job, people, now) === 'pending';
  });
}

/**
 * ID of the dispatch of an agent that is in the room or on its way at `now`. Empty if the agent is there without
 * a dispatch (LiveKit restarted, and the agent reconnected); undefined if there is no such agent.
 * @param name undefined for any agent
 */
export function presentDispatch(
  facts: RoomFacts,
  name: string | undefined,
  now: number,
): string | undefined {
  const { people, dispatches } = facts;
  const served = dispatches.find((dispatch) => {
    const { agentName, state } = dispatch;
    // LiveKit adds a dispatch without a name. It counts only once a worker has taken it.
    const counts = name === undefined ? agentName !== '' || state?.jobs.length : agentName === name;
    return counts && isServed(dispatch, people, now);
  });
  if (served) return served.id;
  // An agent that joined by a dispatch without a name, or without a dispatch.
  const agents = name === undefined ? agentsIn(people) : agentsNamed(facts, name);
  const there = agents.find(isStaying);
  if (!there) return undefined;
  const brought = dispatches.find(({ state }) =>
    state?.jobs.some((job) => job.state?.participantIdentity === there.identity),
  );
  return brought?.id ?? '';
}
