// What each job has around the session of its agent, whoever starts that: the call, its reports and its page.
import type { voice } from '@livekit/agents';
import { Call, type CallJob } from '@/agent/call/call';
import { watchForDuplicate } from '@/agent/call/duplicate-agent';
import type { End } from '@/agent/call/end';
import { endedBeforeJoining } from '@/agent/call/recreated-room';
import { callerOf, watchAudience } from '@/agent/core/people';
import { setRoomOptions } from '@/agent/framework/connect-options';
import { keepHeardOnly } from '@/agent/framework/heard-speech';
import { correctTurnTimes } from '@/agent/framework/turn-times';
import { workerId } from '@/agent/reporting/events';
import { sendTurnSignals } from '@/agent/reporting/page-signals';
import { reportConnection } from '@/agent/reporting/reconnecting';
import { reportSession, watchJob } from '@/agent/reporting/session-events';
import { agentVersion } from '@/lib/core/version';
import { ROOM_OPTIONS } from '@/lib/livekit/room-options';

/** The call of a job. */
export type OpenCall = ReturnType<typeof openCall>;

/**
 * Opens the call of a job. Call it before the room is joined.
 * @param labels of tools by tool name; more may be added during the call
 */
export function openCall(job: CallJob, tag: string, labels: Readonly<Record<string, string>>) {
  const { ctx, definition, report } = job;
  const { identity } = ctx.info.acceptArguments;
  const call = new Call({ ...job, identity, tag, labels });
  const joined = setRoomOptions(ctx.room, ROOM_OPTIONS);
  const caller = () => callerOf(ctx.room);
  const emptySince = watchAudience(ctx.room);
  watchJob(ctx.room, report, identity);
  reportConnection(ctx.room);
  const { name: agent, person } = definition;
  return {
    ...job,
    ...{ identity, call, joined, caller },
    /** Reports a session, and ends the call if it fails. Call it before the session is started. */
    attach(session: voice.AgentSession): void {
      keepHeardOnly(session);
      call.attach(session);
      // Before its first listener that reads them.
      correctTurnTimes(session);
      reportSession(session, report, { agent, person, identity, caller, emptySince }, labels);
      sendTurnSignals(session, ctx.room, labels, () => call.takeOutcome());
    },
  };
}

/** Reports that the room is joined. @returns why the agent leaves it again, if there is no call for it */
export async function arrive(opened: OpenCall): Promise<End | undefined> {
  const { ctx, config, livekit, definition, report, overrides, identity, call } = opened;
  if (await endedBeforeJoining(ctx, livekit, call.ended)) {
    await ctx.deleteRoom(ctx.room.name);
    return 'disconnected';
  }
  const { deployment } = call;
  const [worker, version] = [workerId(), agentVersion(config)];
  const joined = { identity, agent: definition.name, deployment, worker, version, overrides };
  report({ kind: 'agent_joined', ...joined });
  return watchForDuplicate(ctx.room, () => call.leave('duplicate')) ? 'duplicate' : undefined;
}
