// Answers job offers: checks the room, rejects with a reason what should not be served, and accepts the rest. It always
// answers, because LiveKit asks no other worker after a timeout and the call is lost.
import { type JobRequest, log } from '@livekit/agents';
import {
  type AgentDispatchClient,
  type ParticipantInfo,
  type RoomServiceClient,
  TrackType,
} from 'livekit-server-sdk';
import { rankOf, reconnectedAgent } from '@/agent/call/duplicate-agent';
import type { ReportRoom } from '@/agent/reporting/events';
import type { ReconnectingAgents } from '@/agent/reporting/reconnecting';
import type { Admission } from '@/agent/worker/admission';
import { callOfRoom } from '@/lib/calls/call-id';
import type { EventData } from '@/lib/calls/event';
import type { CatalogueAgent } from '@/lib/core/catalogue';
import { withTimeout } from '@/lib/core/wait';
import {
  type HandoffContext,
  readHandoffContext,
  waitsForHandoff,
} from '@/lib/dispatch/handoff-context';
import { readLetta } from '@/lib/dispatch/letta-choice';
import { agentsIn, canTalk } from '@/lib/dispatch/presence';
import {
  AGENT_ATTRIBUTES,
  agentIdentity,
  agentNameOf,
  isFromOtherWorker,
  PERSON_ATTRIBUTES,
} from '@/lib/livekit/attributes';

/** Milliseconds to query the room: LiveKit waits 3 s for the answer to an offer. */
const QUERY_TIMEOUT_MS = 1_500;
/**
 * Maximum length of a room's name in bytes. The server creates rooms with longer names by CreateDispatch, but supports
 * nothing else for them.
 */
const NAME_MAX_BYTES = 256;
/** Hours after which a room counts as abandoned. Our own choice. */
const AGE_MAX_HOURS = 24;

/** What is known of a room when a job in it is offered. */
export interface OfferedRoom {
  readonly name: string;
  readonly ageHours: number;
  /** Its participants; undefined if the query timed out. */
  readonly people: readonly ParticipantInfo[] | undefined;
  readonly handoffContext: HandoffContext | undefined;
  readonly worker: string;
  /** Whether this agent reconnects to the room by itself, or may: see `reconnectedAgent`. */
  readonly comesBack?: boolean;
}

/** Why the job should be rejected, for the log; undefined to accept it. */
export function refusal({
  name,
  ageHours,
  people = [],
  handoffContext,
  worker,
  comesBack,
}: OfferedRoom): string | undefined {
  if (name === '') return 'the room has no name';
  if (Buffer.byteLength(name) > NAME_MAX_BYTES) {
    return `the room's name is longer than ${NAME_MAX_BYTES} bytes`;
  }
  if (ageHours > AGE_MAX_HOURS) return `the room is older than ${AGE_MAX_HOURS} hours`;
  if (handoffContext?.kind === 'resume' && handoffContext.avoid === worker)
    return 'this worker failed at this call';
  // An agent that left for a colleague comes back when it is called, not by a rule or a second token.
  const taken = people.some(({ attributes }) => attributes[PERSON_ATTRIBUTES.takeover] === 'leave');
  if (taken && !handoffContext) return 'a person has taken over in this room';
  // LiveKit dispatches a room's agents again when it recreates the room on another node or after a restart. Failover,
  // which adds a handoff context, replaces an agent that does not reconnect.
  if (comesBack && !handoffContext)
    return 'LiveKit has made the room again, and its agent reconnects';
  return undefined;
}

interface Answering {
  readonly agent: CatalogueAgent;
  readonly admission: Admission;
  readonly rooms: Pick<RoomServiceClient, 'listParticipants' | 'removeParticipant'>;
  readonly dispatches: Pick<AgentDispatchClient, 'listDispatch'>;
  /** The agents of this worker that have lost LiveKit. */
  readonly reconnecting: Pick<ReconnectingAgents, 'has'>;
  /** `LIVEKIT_API_SECRET`, which signs handoff contexts. */
  readonly secret: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly report: ReportRoom;
}

const isAgent =
  ({ name }: CatalogueAgent) =>
  ({ attributes }: Pick<ParticipantInfo, 'attributes'>) =>
    agentNameOf(attributes) === name;

async function queryRoom(
  { agent, rooms, dispatches, reconnecting }: Answering,
  room: string,
): Promise<Pick<OfferedRoom, 'people' | 'comesBack'>> {
  const deadline = Date.now() + QUERY_TIMEOUT_MS;
  const query = <T>(asked: Promise<T>): Promise<T | undefined> =>
    withTimeout(deadline - Date.now(), asked).catch((error: unknown) => {
      log().warn({ error, room }, 'the participants could not be listed');
      return undefined;
    });
  const people = await query(rooms.listParticipants(room));
  const there = people?.some(isAgent(agent)) ?? false;
  const sent = there ? await query(dispatches.listDispatch(room)) : undefined;
  if (!people || !there) {
    return { people, comesBack: reconnecting.has({ room, agent: agent.name }) };
  }
  // A missing agent is replaced later; two would talk at once.
  const comesBack =
    !sent || reconnectedAgent({ people, dispatches: sent }, agent.name) !== undefined;
  return { people, comesBack };
}

/**
 * Whether the agent waits before it speaks: an agent hands off to it, or the code of one that was not written for
 * Callboard has dispatched it, and still talks.
 */
function waits({ handoffContext, people = [] }: OfferedRoom): boolean {
  if (handoffContext) return waitsForHandoff(handoffContext);
  const others = agentsIn(people).filter(({ attributes }) => isFromOtherWorker(attributes));
  return others.some((one) =>
    canTalk(
      one,
      one.tracks.some(({ type }) => type === TrackType.AUDIO),
    ),
  );
}

/** Removes older jobs of the same agent from the room: the newest dispatch wins. */
async function removeOlder(
  { rooms }: Answering,
  name: string,
  older: readonly Pick<ParticipantInfo, 'identity'>[],
) {
  for (const { identity } of older) {
    await rooms.removeParticipant(name, identity).catch((error: unknown) => {
      log().warn({ error, room: name, identity }, 'an older job could not be ended');
    });
  }
}

/** Answers a job offer in any case. */
export async function answerRequest(request: JobRequest, answering: Answering): Promise<void> {
  const { agent, admission, attributes, report } = answering;
  const { job } = request;
  const name = job.room?.name ?? '';
  let answered = false;
  const jobFields = {
    job: request.id,
    agent: agent.name,
    deployment: attributes[AGENT_ATTRIBUTES.deployment] ?? '',
    worker: attributes[AGENT_ATTRIBUTES.worker] ?? '',
  };
  const reportJob = (what: EventData) => {
    const { sid, metadata } = job.room ?? {};
    // LiveKit also offers jobs without a room name; they belong to no call.
    if (name) report({ room: name, roomSid: sid || undefined, call: callOfRoom(metadata) }, what);
  };
  const refuse = async (reason: string) => {
    answered = true;
    log().warn({ room: name, agent: agent.name, job: request.id, reason }, 'job refused');
    reportJob({ kind: 'job_refused', ...jobFields, reason });
    await request.reject();
  };
  try {
    const madeAt = Number(job.room?.creationTime ?? 0) * 1_000;
    const offered: OfferedRoom = {
      name,
      ageHours: madeAt === 0 ? 0 : (Date.now() - madeAt) / 3_600_000,
      ...(await queryRoom(answering, name)),
      handoffContext: readHandoffContext(job.metadata, { room: name, secret: answering.secret }),
      worker: jobFields.worker,
    };
    const reason = refusal(offered) ?? admission.refusal(name);
    if (reason) return await refuse(reason);
    admission.promise(request.id);
    answered = true;
    const person = readLetta(job.metadata)?.name ?? agent.person;
    const older = (offered.people ?? []).filter(isAgent(agent));
    const ranks = older.map((one) => one.attributes[AGENT_ATTRIBUTES.rank]);
    const rank = rankOf(ranks, offered.handoffContext !== undefined, Date.now());
    await request.accept(person, agentIdentity(agent.name, request.id), '', {
      ...attributes,
      // LiveKit may not list its job.
      ...(job.dispatchId && { [AGENT_ATTRIBUTES.dispatch]: job.dispatchId }),
      [AGENT_ATTRIBUTES.rank]: rank,
      ...(waits(offered) && { [AGENT_ATTRIBUTES.waiting]: 'yes' }),
    });
    reportJob({ kind: 'job_assigned', ...jobFields });
    await removeOlder(answering, name, older);
  } catch (error) {
    log().error({ error, room: name }, 'an offered job could not be checked');
    if (!answered) await refuse('it could not be looked at');
  }
}
