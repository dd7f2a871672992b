// Why a call ends for an agent: what follows from each reason, and what in the room and the worker leads to it.

import { type JobContext, log, voice } from '@livekit/agents';
import { ParticipantInfo_Kind } from '@livekit/protocol';
import { type Room, RoomEvent } from '@livekit/rtc-node';
import { peopleIn } from '@/agent/core/people';
import { onJobEnd } from '@/agent/framework/job-ends';
import { withTimeout } from '@/lib/core/wait';
import { visibleParticipants } from '@/lib/dispatch/presence';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { callLiveKit, type LiveKit } from '@/lib/livekit/clients';
import { type Leaving, reasonOfDisconnect } from '@/lib/livekit/end-reason';

/** Why the call is over for this agent: a reason that the page shows, or one after which no page is left or asks. */
export type End = Leaving | 'duplicate' | 'caller-left' | 'disconnected';

/**
 * Whether the agent closes the room, and whether the call ends with that. An agent's goodbye must not cut off people who
 * are talking to each other.
 */
export function roomAfter(end: End, people: number): { closes: boolean; ends: boolean } {
  const closes =
    end === 'goodbye' || end === 'time-up'
      ? people < 2
      : (end === 'caller-left' || end === 'handoff') && people === 0;
  return { closes, ends: closes && end !== 'handoff' };
}

/**
 * Milliseconds for the caller to return after a reconnection: LiveKit's clients retry at least
 * every 7 s. An empty room is kept for the same time.
 */
const BACK_MS = 15_000;

/** Calls `leave` when the worker ends the call. */
export function watchWorker(
  { job }: Pick<JobContext, 'job'>,
  livekit: LiveKit,
  leave: (end: End) => void,
): void {
  onJobEnd({
    asked: () => void whyAskedToLeave(job.room?.name ?? '', livekit).then(leave),
    orphaned: () => leave('orphaned'),
  });
}

/**
 * Calls `leave` when the room ends the call.
 * @param isMoving whether the caller was asked to move to another room: their leaving is then no hang-up
 */
export function watchRoom(room: Room, isMoving: () => boolean, leave: (end: End) => void): void {
  room.on(RoomEvent.Disconnected, (why) => {
    // The agent's own disconnect comes after the call has ended. Before that, the framework
    // disconnects a job whose worker has been silent for 15 s, dead or not.
    leave(reasonOfDisconnect(why) === 'left' ? 'orphaned' : 'disconnected');
  });
  const isEmpty = () => peopleIn(room).length === 0;
  room.on(RoomEvent.ParticipantDisconnected, ({ disconnectReason }) => {
    const hungUp = reasonOfDisconnect(disconnectReason) === 'left';
    if (hungUp && !isMoving() && isEmpty()) leave('caller-left');
  });
  let hadPeople = false;
  room.on(RoomEvent.Reconnecting, () => {
    hadPeople ||= !isEmpty();
  });
  // A restarted LiveKit server does not report callers who hung up during the restart.
  room.on(RoomEvent.Reconnected, () => {
    const look = () => {
      if (hadPeople && isEmpty()) leave('caller-left');
    };
    setTimeout(look, BACK_MS).unref();
  });
}

/** Calls `leave` when the session fails. */
export function watchSession(session: voice.AgentSession, leave: (end: End) => void): void {
  session.on(voice.AgentSessionEventTypes.Close, ({ reason, error }) => {
    if (reason !== voice.CloseReason.ERROR) return;
    log().error({ error }, 'the session failed');
    leave('error');
  });
}

/** Milliseconds for LiveKit to say who is there: it takes a few. Our own choice: a caller waits for a goodbye. */
const ASK_MS = 1_000;

/**
 * Why LiveKit wants the job to end. It does so when the worker stops or the dispatch is deleted, but also when the room
 * has ended, often before the room itself says so.
 */
async function whyAskedToLeave(name: string, { rooms }: LiveKit): Promise<End> {
  try {
    const there = await withTimeout(ASK_MS, callLiveKit(rooms.listParticipants(name), []));
    if (there.length === 0) return 'disconnected';
    const isHeard = visibleParticipants(there).some(
      ({ kind }) => kind !== ParticipantInfo_Kind.AGENT,
    );
    return isHeard ? 'shutdown' : 'caller-left';
  } catch (error) {
    // LiveKit may be stopping too. Whoever is there hears why the agent leaves.
    log().debug({ error }, 'it is not known whether anybody is still in the room');
    return 'shutdown';
  }
}

/** Milliseconds before the end at which the agent announces it: `notices.oneMinute`. */
const WARNING_MS = 60_000;

/**
 * Starts the timers if the call has the time limit of an anonymous caller, which holds whatever the model, the voice or the
 * caller do. The web process puts the end time into the caller's token.
 * @param almost called when one minute is left, but not if less than that was left from the start
 */
export function startTimeLimit(
  attributes: Readonly<Record<string, string>> = {},
  { almost, up }: { almost(): void; up(): void },
): () => void {
  const endsAt = Number(attributes[PERSON_ATTRIBUTES.endsAt] || Number.NaN);
  if (Number.isNaN(endsAt)) return () => undefined;
  const left = Math.max(0, endsAt - Date.now());
  const timers = [setTimeout(up, left)];
  if (left > WARNING_MS) timers.push(setTimeout(almost, left - WARNING_MS));
  return () => timers.forEach(clearTimeout);
}
