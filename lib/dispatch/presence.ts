// Whether an agent is in a room or on its way. LiveKit's own job state cannot be asked: it says
// "running" for ever after an agent left, crashed or never came. So who is really there decides.
import {
  type AgentDispatch,
  type ParticipantInfo,
  ParticipantInfo_State,
} from 'livekit-server-sdk';
import { AGENT_ATTRIBUTES } from '@/lib/livekit/attributes';
import type { RoomFacts } from './room-facts';

type Job = NonNullable<AgentDispatch['state']>['jobs'][number];

/**
 * Milliseconds after which an agent that is not in the room no longer counts as on its way: twice
 * the 5 s in which LiveKit may still be finding out who serves its name.
 */
const ON_ITS_WAY_MS = 10_000;

/** `livekit.ParticipantInfo.Kind.AGENT`, which the SDK does not export. */
export const KIND_AGENT = 4;
/** `livekit.JobStatus` by its numbers, which the SDK does not export. */
const JOB_STATUS = ['JS_PENDING', 'JS_RUNNING', 'JS_SUCCESS', 'JS_FAILED'] as const;

/** What is really the case with a job. */
type JobWord = 'pending' | 'running' | 'ended' | 'failed';

/** LiveKit's time (nanoseconds since 1970) as milliseconds since 1970. */
export const milliseconds = (time: bigint) => Number(time / 1_000_000n);

/** LiveKit's own word for a job's state, right or wrong. */
export function reportedWord(job: Job): (typeof JOB_STATUS)[number] {
  return JOB_STATUS[job.state?.status ?? 0] ?? 'JS_PENDING';
}

/** Those in a room of whom its people know: LiveKit's API lists who listens unseen as well. */
export const seen = (people: readonly ParticipantInfo[]): readonly ParticipantInfo[] =>
  people.filter(({ permission }) => !permission?.hidden);

/** The agents among the people of a room. */
export function agentsIn(people: readonly ParticipantInfo[]): readonly ParticipantInfo[] {
  return seen(people).filter(
    ({ kind, state }) => kind === KIND_AGENT && state !== ParticipantInfo_State.DISCONNECTED,
  );
}

/** The agent that came for a job, while it is in the room. */
export function agentOf(job: Job, people: readonly ParticipantInfo[]): ParticipantInfo | undefined {
  const identity = job.state?.participantIdentity;
  return identity ? agentsIn(people).find((one) => one.identity === identity) : undefined;
}

/**
 * What is the case with a job at `now` (milliseconds since 1970): running while its agent is in the
 * room. An agent that came and left within {@link ON_ITS_WAY_MS} is still called pending: LiveKit
 * does not tell it from one on its way.
 */
export function jobWord(job: Job, people: readonly ParticipantInfo[], now: number): JobWord {
  if (agentOf(job, people)) return 'running';
  const reported = reportedWord(job);
  if (reported === 'JS_FAILED') return 'failed';
  if (reported === 'JS_SUCCESS') return 'ended';
  const offered = job.state?.startedAt ?? 0n;
  const onItsWay = offered === 0n || now - milliseconds(offered) < ON_ITS_WAY_MS;
  return onItsWay ? 'pending' : 'ended';
}

/** An agent that says it is leaving is as good as gone. */
export const stays = ({ attributes }: Pick<ParticipantInfo, 'attributes'>): boolean =>
  !attributes[AGENT_ATTRIBUTES.leaving];

/** Whether a dispatch has brought an agent that stays, or may still bring one. */
function isServed(dispatch: AgentDispatch, people: readonly ParticipantInfo[], now: number) {
  const { jobs = [], createdAt = 0n } = dispatch.state ?? {};
  const young = now - milliseconds(createdAt) < ON_ITS_WAY_MS;
  if (jobs.length === 0) return young;
  return jobs.some((job) => {
    const agent = agentOf(job, people);
    return agent ? stays(agent) : young && jobWord(job, people, now) === 'pending';
  });
}

/**
 * The dispatch of an agent that is in the room or on its way at `now`; empty where the agent is
 * there without one (LiveKit was restarted, and the agent came back by itself); undefined where
 * there is no such agent.
 * @param name undefined for any agent
 */
export function presentDispatch(
  { people, dispatches }: RoomFacts,
  name: string | undefined,
  now: number,
): string | undefined {
  const served = dispatches.find((dispatch) => {
    const { agentName, state } = dispatch;
    // LiveKit adds a nameless one by itself: it says nothing until a worker has taken it.
    const counts = name === undefined ? agentName !== '' || state?.jobs.length : agentName === name;
    return counts && isServed(dispatch, people, now);
  });
  if (served) return served.id;
  // One that came by a nameless dispatch, or without any.
  const there = agentsIn(people).find(
    (one) => stays(one) && (name === undefined || one.attributes[AGENT_ATTRIBUTES.agent] === name),
  );
  if (!there) return undefined;
  const brought = dispatches.find(({ state }) =>
    state?.jobs.some((job) => job.state?.participantIdentity === there.identity),
  );
  return brought?.id ?? '';
}

/**
 * The agent of that name which none of the room's dispatches has brought. LiveKit made the room again,
 * on another node or after a restart, from what it keeps of it: the agents are sent for once more, while
 * those that were there come back by themselves.
 */
export function cameBack(
  { people, dispatches }: RoomFacts,
  name: string,
): ParticipantInfo | undefined {
  const jobs = dispatches.flatMap(({ state }) => state?.jobs ?? []);
  const brought = new Set(jobs.map(({ state }) => state?.participantIdentity));
  return agentsIn(people).find(
    (one) =>
      stays(one) && one.attributes[AGENT_ATTRIBUTES.agent] === name && !brought.has(one.identity),
  );
}
