// How a call ends for an agent: after a goodbye, a handoff, the caller leaving, a colleague taking
// over, the worker shutting the job down, or an error. One promise resolves with the reason, and
// `leave` does what that reason requires.
import { setTimeout as pause } from 'node:timers/promises';
import { Future, type JobContext, log, voice } from '@livekit/agents';
import { DisconnectReason, RoomEvent } from '@livekit/rtc-node';
import type { CatalogueAgent } from '../../lib/core/catalogue';
import type { Config } from '../../lib/core/config';
import { readHandoffContext } from '../../lib/dispatch/handoff-context';
import { readCaller } from '../../lib/dispatch/known-caller';
import { readLetta } from '../../lib/dispatch/letta-choice';
import { AGENT_ATTRIBUTES, type Leaving, type ToolOutcome } from '../../lib/livekit/attributes';
import type { CallHandle, HandOver } from '../core/agent-definition';
import { callerIdIn, callIdIn, peopleIn } from '../core/people';
import { onJobEnd } from '../framework/job-ends';
import type { ReportCall } from '../reporting/events';
import { lastWords } from '../turns/last-words';
import { whyAskedToLeave } from './audience';
import { handOver } from './handoff';
import { endRecreatedRoom } from './recreated-room';

/** Why the call is over for this agent. */
export type End =
  | 'goodbye'
  | 'time-up'
  | 'handed over'
  | 'colleague came'
  | 'outdone'
  | 'caller left'
  | 'asked to leave'
  | 'room closed'
  | 'worker died'
  | 'error';

/**
 * The reason shown to the caller's page before the agent leaves. Unset if the page is already gone.
 */
const LEAVING_REASONS: Partial<Record<End, Leaving>> = {
  goodbye: 'goodbye',
  'time-up': 'time-up',
  'handed over': 'handover',
  'colleague came': 'takeover',
  'asked to leave': 'shutdown',
  error: 'error',
  'worker died': 'orphaned',
};

/**
 * Milliseconds for the caller to return after a reconnection: LiveKit's clients retry at least
 * every 7 s. An empty room is kept for the same time.
 */
const BACK_MS = 15_000;

/**
 * Milliseconds from the end of a call until its process exits, even if requests are still pending:
 * the process occupies a slot for another call. The framework would wait a minute for a greeting to
 * be played.
 */
const CLOSE_MS = 1_000;
/** The same when the room has ended: only `endRecreatedRoom` is still running. */
const CLOSED_MS = 600;
/**
 * Milliseconds to wait for LiveKit to confirm the leaving reason. In about twenty calls the
 * confirmation did not arrive within CLOSE_MS although the page had the reason; the room was then
 * left open without an agent.
 */
const CONFIRM_MS = 300;
/** Milliseconds for a session to close, before its room is deleted. It takes 505 on an idle machine. */
const SESSION_CLOSE_MS = 700;
/** Milliseconds to disconnect from a room that is still connected after that. */
const LEAVE_MS = 300;

/** The job and the agent that runs it. */
interface CallOptions {
  readonly ctx: JobContext;
  readonly config: Config;
  readonly agent: CatalogueAgent;
  /** The agent's identity in the room. */
  readonly identity: string;
  readonly report: ReportCall;
  /** BCP 47 tag of the call's language. */
  readonly tag: string;
  /** Tool labels by tool name. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Opens the call of a job: one agent's part in it. */
export function openCall({ ctx, config, agent, identity, report, tag, labels }: CallOptions) {
  /** Resolves once, with the first reason to end. */
  const ended = new Future<End>();
  const end = (reason: End) => ended.resolve(reason);
  let session: voice.AgentSession;
  const goodbye = lastWords(() => end('goodbye'));
  /** Whether the caller was asked to move to another room; their leaving is then not a hang-up. */
  let following = false;

  onJobEnd({
    asked: () => void whyAskedToLeave(ctx.job.room?.name ?? '', config).then(end),
    orphaned: () => end('worker died'),
  });
  let deleted = false;
  ctx.room.on(RoomEvent.Disconnected, (why) => {
    deleted = why === DisconnectReason.ROOM_DELETED;
    // The agent's own disconnect comes after the call has ended. Before that, the framework
    // disconnects a job whose worker has been silent for 15 s, dead or not.
    end(why === DisconnectReason.CLIENT_INITIATED ? 'worker died' : 'room closed');
  });
  ctx.room.on(RoomEvent.ParticipantDisconnected, (participant) => {
    const hungUp = participant.disconnectReason === DisconnectReason.CLIENT_INITIATED;
    if (hungUp && !following && peopleIn(ctx.room).length === 0) end('caller left');
  });
  /** Reports the tool that moved the caller into a new room. */
  const reportMove = ({ agent: to, ...told }: HandOver, at: number) =>
    report(
      {
        ...{ kind: 'tool', identity, tool: 'handOver', label: labels.handOver },
        ...{ args: JSON.stringify({ to, ...told }), result: '', failed: false },
        ms: Date.now() - at,
      },
      at,
    );
  let met = false;
  ctx.room.on(RoomEvent.Reconnecting, () => {
    met ||= peopleIn(ctx.room).length > 0;
  });
  // A restarted LiveKit server does not report callers who hung up during the restart.
  ctx.room.on(RoomEvent.Reconnected, () => {
    const look = () => {
      if (met && peopleIn(ctx.room).length === 0) end('caller left');
    };
    setTimeout(look, BACK_MS).unref();
  });

  const signing = { room: ctx.job.room?.name ?? '', secret: config.LIVEKIT_API_SECRET };
  let latest: ToolOutcome | undefined;
  /** The outcome a tool has reported since the last call of this function. */
  const takeOutcome = () => {
    const taken = latest;
    latest = undefined;
    return taken;
  };
  const handle: CallHandle = {
    tag,
    deployment: config.LIVEKIT_AGENT_DEPLOYMENT,
    handoffContext: readHandoffContext(ctx.job.metadata, signing),
    letta: readLetta(ctx.job.metadata),
    caller: () => callerIdIn(ctx.room, readCaller(ctx.job.metadata, signing), handle.id),
    // Computed on each call: the caller may become known later.
    id: () => callIdIn(ctx) ?? (ctx.job.room?.sid || undefined),
    now: () => new Date(),
    outcome(outcome, caller) {
      latest = outcome;
      report({ kind: 'outcome', outcome, caller });
    },
    end: goodbye.begin,
    async handOver(to, announced) {
      const asked = () => {
        following = true;
      };
      const at = Date.now();
      const handoff = { ctx, config, session, agent, announced, asked, report };
      const handedOver = await handOver(handoff, to);
      // The framework closed the session when the caller left, so it does not report a tool that
      // was still running.
      if (handedOver && following) reportMove(to, at);
      following = false;
      if (!handedOver) return 'nobody came';
      end('handed over');
      return 'handed over';
    },
    answerDelay: () => answerDelay(session),
  };

  /** Watches the session for its end and its response latency. */
  function attach(started: voice.AgentSession): void {
    session = started;
    goodbye.attach({
      session,
      current: () => session.currentAgent.getActivityOrThrow().currentSpeech,
    });
    session.on(voice.AgentSessionEventTypes.Close, ({ reason, error }) => {
      if (reason === voice.CloseReason.ERROR) {
        log().error({ error }, 'the session failed');
        end('error');
      }
    });
  }

  /**
   * Tells the page the reason, closes the room if nobody is left to talk to, and ends the job.
   * @param reported resolves when everything about the call is reported
   */
  async function leave(reason: End, reported = Promise.resolve()): Promise<void> {
    const closeMs = reason === 'room closed' ? CLOSED_MS : CLOSE_MS;
    const exit = () =>
      setTimeout(() => {
        void Promise.race([ctx.room.disconnect(), pause(LEAVE_MS)]).finally(() => process.exit());
      }, closeMs).unref();
    // The session closes anyway when its caller leaves. Until then it sends what the agent was saying, which fails loudly
    // in a deleted room.
    const close = () =>
      session.close().catch((error: unknown) => log().warn({ error }, 'the session did not close'));
    const closed = reason === 'caller left' && Promise.race([close(), pause(SESSION_CLOSE_MS)]);
    void Promise.allSettled([reported, closed]).then(exit);
    const leaving = LEAVING_REASONS[reason];
    report({ kind: 'agent_left', identity, agent: agent.name, why: leaving ?? reason });
    try {
      if (leaving && ctx.room.isConnected) {
        const confirmed = ctx.agent?.setAttributes({ [AGENT_ATTRIBUTES.leaving]: leaving });
        await Promise.race([confirmed, pause(CONFIRM_MS)]);
      }
    } catch (error) {
      log().warn({ error }, 'the leaving reason was not sent to the page');
    }
    // An agent's goodbye must not cut off people who are talking to each other.
    const people = peopleIn(ctx.room).length;
    const empty = people === 0 && (reason === 'caller left' || reason === 'handed over');
    const isOver = reason === 'goodbye' || reason === 'time-up';
    const ends = empty || (isOver && people < 2);
    if (ends) {
      if (reason !== 'handed over') report({ kind: 'ended', why: isOver ? reason : 'caller' });
      await closed;
      await ctx.deleteRoom(ctx.room.name);
    }
    await reported;
    ctx.shutdown(reason);
    // LiveKit also closes rooms itself, for example one that has moved to another node before its
    // caller is back.
    if (ends || deleted) await endRecreatedRoom(ctx, config);
  }

  /** Ends this agent's part: a colleague takes over, another agent of the same name stays, or the time is up. */
  const giveWay: (why: 'colleague came' | 'outdone' | 'time-up') => void = end;
  return { handle, ended: ended.await, takeOutcome, attach, giveWay, leave };
}

/** See `CallHandle.answerDelay`. */
function answerDelay(session: voice.AgentSession): Promise<number | undefined> {
  return new Promise((resolve) => {
    const begun = ({ newState, createdAt }: { newState: voice.AgentState; createdAt: number }) => {
      if (newState !== 'speaking') return;
      session.off(voice.AgentSessionEventTypes.AgentStateChanged, begun);
      // Read late: a preemptive answer begins before its question is in the history.
      const question = session.history.items.findLast(
        (item) => item.type === 'message' && item.role === 'user',
      );
      const stoppedAt =
        question?.type === 'message' ? question.metrics?.stoppedSpeakingAt : undefined;
      resolve(stoppedAt === undefined ? undefined : createdAt - stoppedAt * 1_000);
    };
    session.on(voice.AgentSessionEventTypes.AgentStateChanged, begun);
  });
}
