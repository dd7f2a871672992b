// The job of an agent as LiveKit's docs show it: its code runs unchanged, and the call around it is reported, handed over and
// ended like that of any other agent.
import { type defineAgent, Future, type JobContext, JobProcess, log, voice } from '@livekit/agents';
import { isColleaguePresent, waitForPerson, watchForColleague } from '@/agent/core/people';
import { withoutModelProcess } from '@/agent/framework/no-turn-model';
import { beforeSessionStart } from '@/agent/framework/session-start';
import type { CatalogueAgent } from '@/lib/core/catalogue';
import { parseConfig } from '@/lib/core/config';
import { isStaying } from '@/lib/dispatch/presence';
import { AGENT_STATE_ATTRIBUTE, agentNameOf } from '@/lib/livekit/attributes';
import { liveKit } from '@/lib/livekit/clients';
import '@/agent/framework/remote-session';
import '@/agent/framework/tool-results';
import type { CallJob } from '@/agent/call/call';
import { type End, startTimeLimit } from '@/agent/call/end';
import { waitForHandoff } from '@/agent/call/handoff';
import { leaveCall } from '@/agent/call/leave';
import { arrive, type OpenCall, openCall } from '@/agent/call/open-call';
import { hearWhispers } from '@/agent/call/whisper';
import { openCallReporting } from '@/agent/reporting/events';
import { startHeartbeat } from '@/agent/reporting/page-signals';
import { reportError, reportUsage } from '@/agent/reporting/session-events';

type Agent = ReturnType<typeof defineAgent<Record<string, unknown>>>;

/** Milliseconds without a session after which the agent has ended the call: its code may start another one. Our own choice. */
const NEXT_SESSION_MS = 1_500;

/** The job of an agent that LiveKit's `defineAgent` has made. */
export function standardJob(agent: Agent, definition: CatalogueAgent): Agent {
  // Agents share processes, but not what they prepare in them.
  const proc = new JobProcess();
  return {
    prewarm: () => agent.prewarm?.(proc),
    async entry(ctx) {
      Object.defineProperty(ctx, 'proc', { value: proc });
      withoutModelProcess(ctx);
      const config = parseConfig(process.env);
      const report = openCallReporting(ctx, config);
      try {
        const job = { ctx, config, definition, report, livekit: liveKit(config) };
        await serve(agent, { ...job, overrides: undefined });
      } catch (error) {
        reportError(report, 'job', error);
        throw error;
      }
    },
    ...(agent.onSessionEnd && { onSessionEnd: agent.onSessionEnd }),
  };
}

async function serve(agent: Agent, job: CallJob): Promise<void> {
  const { ctx, report, definition } = job;
  const labels: Record<string, string> = {};
  const opened = openCall(job, 'en', labels);
  const { call } = opened;
  const sessions = followSessions(opened, labels);
  const left = new Future<void>();
  followEnd(ctx, () => call.leave(isAlone(ctx) ? 'goodbye' : 'handoff'), left.await);
  try {
    const running = agent.entry(ctx);
    // The entry returns when it has started its session, or waits for the end of the call.
    const end = await Promise.race([stay(opened, sessions), running.then(() => call.ended)]);
    const used = { usage: { modelUsage: sessions.all.flatMap(({ usage }) => usage.modelUsage) } };
    reportUsage(used, report, { agent: definition.name, deployment: call.deployment });
    const leaving = { ...opened, sessions: sessions.all, isStandard: true };
    await leaveCall(leaving, end, Promise.resolve());
  } finally {
    left.resolve();
    sessions.stopHeartbeat();
  }
}

type Sessions = ReturnType<typeof followSessions>;

/** Whether no other agent stays in the room. */
const isAlone = ({ room }: JobContext): boolean =>
  ![...room.remoteParticipants.values()].some(
    (one) => agentNameOf(one.attributes) !== '' && isStaying(one),
  );

/** Joins the call like any other agent, and stays until there is a reason to leave. */
async function stay(opened: OpenCall, sessions: Sessions): Promise<End> {
  const { ctx, call, joined, caller } = opened;
  const ended = await Promise.race([joined, call.ended]);
  const end = ended ?? (await arrive(opened));
  if (end) return end;
  sessions.stopHeartbeat = startHeartbeat(ctx.room);
  if (call.waits) {
    // The other agent hands off to one that has a state. Its session begins after that, so that nobody is talked over.
    ctx.agent
      ?.setAttributes({ [AGENT_STATE_ATTRIBUTE]: 'initializing' })
      .catch((error: unknown) => log().warn({ error }, 'the state of the agent was not sent'));
    await waitForHandoff(ctx, call.handoffContext);
  }
  sessions.mayStart();
  followColleagues(opened, sessions);
  if (await waitForPerson(ctx.room, call.ended)) {
    startTimeLimit(caller()?.attributes, { almost() {}, up: () => call.leave('time-up') });
  }
  return call.ended;
}

/** Reports the sessions that the agent starts in the room, and leaves the call when they have ended. */
function followSessions(opened: OpenCall, labels: Record<string, string>) {
  const { ctx, config, call, attach } = opened;
  const signing = { room: ctx.job.room?.name ?? '', secret: config.LIVEKIT_API_SECRET };
  const handedOver = new Future<void>();
  const all: voice.AgentSession[] = [];
  const open = new Set<voice.AgentSession>();

  function follow(session: voice.AgentSession): void {
    all.push(session);
    session.on(voice.AgentSessionEventTypes.FunctionToolsExecuted, ({ functionCalls }) => {
      // No words of its own.
      for (const { name } of functionCalls) labels[name] ??= name;
    });
    attach(session);
    hearWhispers(ctx.room, session, signing);
    session.on(voice.AgentSessionEventTypes.Close, ({ reason }) => {
      open.delete(session);
      setTimeout(() => {
        if (open.size > 0) return;
        const hungUp = reason === voice.CloseReason.PARTICIPANT_DISCONNECTED;
        call.leave(hungUp ? 'caller-left' : isAlone(ctx) ? 'goodbye' : 'handoff');
      }, NEXT_SESSION_MS).unref();
    });
  }

  beforeSessionStart((session, room) => {
    if (room !== ctx.room) return undefined;
    open.add(session);
    if (!all.includes(session)) follow(session);
    if (!call.waits) return undefined;
    // The session would join the room, but is waited for.
    return ctx.connect().then(() => Promise.race([handedOver.await, call.ended]));
  });

  return {
    /** All of them, also those that have ended. */
    all,
    mayStart: () => handedOver.resolve(),
    stopHeartbeat: () => {},
  };
}

/** Leaves the call to colleagues who take over, and hears nobody next to those who want the agent to stay. */
function followColleagues({ ctx: { room }, call }: OpenCall, { all }: Sessions): void {
  const listen = (isOn: boolean) => {
    for (const { input } of all) input.setAudioEnabled(isOn);
  };
  watchForColleague(room, {
    came(mode) {
      if (mode === 'stay') listen(false);
      else call.leave('takeover');
    },
    alone: () => listen(true),
  });
  if (isColleaguePresent(room)) listen(false);
}

/**
 * Calls `ends` when the agent's own code ends the job, leaves the room or deletes it.
 * @param left resolves when the page knows why it leaves: no sooner is the room left
 */
function followEnd(ctx: JobContext, ends: () => void, left: Promise<void>): void {
  const { room } = ctx;
  const shutdown = ctx.shutdown.bind(ctx);
  ctx.shutdown = (reason) => {
    ends();
    shutdown(reason);
  };
  const deleteRoom = ctx.deleteRoom.bind(ctx);
  ctx.deleteRoom = (name) => {
    if (name === undefined || name === room.name) ends();
    return deleteRoom(name);
  };
  const disconnect = room.disconnect.bind(room);
  room.disconnect = async () => {
    ends();
    await left;
    await disconnect();
  };
}
