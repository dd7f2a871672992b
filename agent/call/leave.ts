// Leaving a call: tells the page why, closes the room if nobody is left to talk to, and ends the job and its process.
import { setTimeout as pause } from 'node:timers/promises';
import { type JobContext, log, type voice } from '@livekit/agents';
import type { Room } from '@livekit/rtc-node';
import type { Call } from '@/agent/call/call';
import { type End, roomAfter } from '@/agent/call/end';
import { endRecreatedRoom } from '@/agent/call/recreated-room';
import { peopleIn } from '@/agent/core/people';
import type { ReportCall } from '@/agent/reporting/events';
import { AGENT_ATTRIBUTES } from '@/lib/livekit/attributes';
import type { LiveKit } from '@/lib/livekit/clients';
import { LEAVING } from '@/lib/livekit/end-reason';

/**
 * Milliseconds from the end of a call until its process exits, even if requests are still pending: the process occupies
 * a slot for another call. The framework would wait a minute for a greeting to be played.
 */
const CLOSE_MS = 1_000;
/** The same when the room has ended: only `endRecreatedRoom` is still running. */
const CLOSED_MS = 600;
/**
 * The same for code of somebody else: its `onSessionEnd` and its shutdown callbacks run after the call, then the
 * framework ends the process. Its own timeout for them.
 */
const STANDARD_CLOSE_MS = 60_000;
/**
 * Milliseconds to wait for LiveKit to confirm the leaving reason. In about twenty calls the confirmation did not arrive
 * within CLOSE_MS although the page had the reason; the room was then left open without an agent.
 */
const CONFIRM_MS = 300;
/** Milliseconds for a session to close, before its room is deleted. It takes 505 on an idle machine. */
const SESSION_CLOSE_MS = 700;
/** Milliseconds to disconnect from a room that is still connected after that. */
const LEAVE_MS = 300;

interface LeaveOptions {
  readonly ctx: JobContext;
  readonly livekit: LiveKit;
  readonly definition: { readonly name: string };
  readonly identity: string;
  readonly report: ReportCall;
  readonly sessions: readonly voice.AgentSession[];
  readonly call: Call;
  /** Whether the agent is code of somebody else, which may have something to do after the call. */
  readonly isStandard?: boolean;
}

/** Leaves the call. @param reported resolves when everything about the call is reported */
export async function leaveCall(
  { ctx, livekit, definition, identity, report, sessions, call, isStandard }: LeaveOptions,
  end: End,
  reported: Promise<void>,
): Promise<void> {
  const { room } = ctx;
  // The session closes anyway when its caller leaves. Until then it sends what the agent was saying, which fails loudly
  // in a deleted room.
  const closes = end === 'caller-left' || isStandard;
  const closed = closes ? Promise.all(sessions.map(closeSession)) : undefined;
  const closeMs = isStandard ? STANDARD_CLOSE_MS : end === 'disconnected' ? CLOSED_MS : CLOSE_MS;
  void Promise.allSettled([reported, closed]).then(() => {
    setTimeout(endProcess, closeMs, room).unref();
  });
  report({ kind: 'agent_left', identity, agent: definition.name, why: end });
  await sendLeaving(ctx, end);
  const { closes: closesRoom, ends } = roomAfter(end, peopleIn(room).length);
  if (closesRoom) {
    if (ends) report({ kind: 'ended', why: end });
    await closed;
    await ctx.deleteRoom(room.name);
  }
  await reported;
  ctx.shutdown(end);
  // LiveKit also closes rooms itself, for example one that has moved to another node before its caller is back.
  if (closesRoom || call.isRoomDeleted) await endRecreatedRoom(ctx, livekit);
}

async function closeSession(session: voice.AgentSession): Promise<void> {
  const closed = session
    .close()
    .catch((error: unknown) => log().warn({ error }, 'the session did not close'));
  await Promise.race([closed, pause(SESSION_CLOSE_MS)]);
}

/** Tells the page why the agent leaves, if it shows that. */
async function sendLeaving({ agent, room }: JobContext, end: End): Promise<void> {
  const leaving = LEAVING.find((one) => one === end);
  if (!leaving || !room.isConnected) return;
  try {
    const confirmed = agent?.setAttributes({ [AGENT_ATTRIBUTES.leaving]: leaving });
    await Promise.race([confirmed, pause(CONFIRM_MS)]);
  } catch (error) {
    log().warn({ error }, 'the leaving reason was not sent to the page');
  }
}

/** Disconnects, and ends the process of a call: it ends nowhere else, unless something fails. */
async function endProcess(room: Room): Promise<void> {
  await Promise.race([room.disconnect(), pause(LEAVE_MS)]).finally(() => process.exit());
}
