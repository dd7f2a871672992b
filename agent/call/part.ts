// What the phases of a call share: the job, its call and its session.
import type { JobContext } from '@livekit/agents';
import { ParticipantKind } from '@livekit/rtc-node';
import type { Config } from '../../lib/core/config';
import { seesCaller } from '../../lib/core/models';
import { readLanguage } from '../../lib/dispatch/caller-language';
import type { Overrides } from '../../lib/dispatch/overrides';
import type { LiveKit } from '../../lib/livekit/clients';
import { ROOM_OPTIONS } from '../../lib/livekit/room-options';
import { preparePreConnectAudio } from '../audio/pre-connect-audio';
import type { AgentDefinition } from '../core/agent-definition';
import { callerOf, peopleIn, watchAudience } from '../core/people';
import { connectWithOptions } from '../framework/connect-options';
import { installedSpeech, spokenLanguage } from '../models/spoken-language';
import type { ReportCall } from '../reporting/events';
import { sendTurnSignals } from '../reporting/page-signals';
import { reportConnection } from '../reporting/reconnecting';
import { reportSession, watchJob } from '../reporting/session-events';
import { Silence } from '../turns/call-agent';
import { Vision } from '../turns/vision';
import { Call } from './call';
import type { Prepared } from './prewarm';
import { makeSession } from './session';

/** One agent and its job. */
export interface Job {
  readonly ctx: JobContext<Prepared>;
  readonly config: Config;
  readonly livekit: LiveKit;
  readonly definition: AgentDefinition;
  readonly report: ReportCall;
  /** A developer's changes for this call, which `config` and `definition` already have. */
  readonly overrides: Overrides | undefined;
}

/** One agent's part in a call. */
export type Part = ReturnType<typeof preparePart>;

/** Creates call and session while LiveKit's library joins the room in its own threads. */
export function preparePart(job: Job) {
  const { ctx, config, livekit, definition, report } = job;
  const { identity } = ctx.info.acceptArguments;
  const asked = readLanguage(ctx.job.metadata);
  // English needs no installed models.
  const added = asked === undefined ? {} : installedSpeech(config.DATA_DIR);
  const tag = spokenLanguage(config, definition, asked, added);
  // Tools discovered during the call add their labels.
  const labels: Record<string, string> = { ...definition.toolLabels };
  const call = new Call({ ctx, config, livekit, definition, identity, report, tag, labels });
  const silence = new Silence(definition.person);
  // Events of the room arrive only after this function has returned.
  const connecting = connectWithOptions(ctx, ROOM_OPTIONS);
  connecting.catch(() => undefined);
  const { vad } = ctx.proc.userData;
  const session = makeSession({ config, definition, call, vad, report, labels });
  const caller = () => callerOf(ctx.room);
  const emptySince = watchAudience(ctx.room);
  const vision = seesCaller(config.agentModels[definition.name]) ? new Vision(ctx.room) : undefined;
  call.attach(session);
  const { name: agent, person } = definition;
  reportSession(session, report, { agent, person, identity, caller, emptySince }, labels);
  watchJob(ctx.room, report, identity);
  reportConnection(ctx.room);
  sendTurnSignals(session, ctx.room, labels, () => call.takeOutcome());
  const putPreConnectAudioBefore = preparePreConnectAudio(ctx.room, call.handoffContext, caller);
  return {
    ...job,
    ...{ identity, call, session, silence, vision, connecting, caller, putPreConnectAudioBefore },
    isOnPhone: () => caller()?.kind === ParticipantKind.SIP,
    /** Whether the agent may speak without being asked: it has taken over, is not silent, and people are present. */
    mayAsk: () => !silence.kept && session.input.audioEnabled && peopleIn(ctx.room).length > 0,
  };
}
