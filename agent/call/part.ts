// What the phases of a call share: the job, its call and its session.
import type { JobContext } from '@livekit/agents';
import { ParticipantKind } from '@livekit/rtc-node';
import { preparePreConnectAudio } from '@/agent/audio/pre-connect-audio';
import type { CallJob } from '@/agent/call/call';
import { openCall } from '@/agent/call/open-call';
import type { Prepared } from '@/agent/call/prewarm';
import { makeSession } from '@/agent/call/session';
import type { AgentDefinition } from '@/agent/core/agent-definition';
import { peopleIn } from '@/agent/core/people';
import { installedSpeech, spokenLanguage } from '@/agent/models/spoken-language';
import { Silence } from '@/agent/turns/call-agent';
import { Vision } from '@/agent/turns/vision';
import { WatchedTools } from '@/agent/watchdog/tool';
import { watchdog } from '@/agent/watchdog/watchdog';
import { seesCaller } from '@/lib/core/models';
import { readLanguage } from '@/lib/dispatch/caller-language';

/** One agent and its job. */
export interface Job extends CallJob {
  readonly ctx: JobContext<Prepared>;
  readonly definition: AgentDefinition;
}

/** One agent's part in a call. */
export type Part = ReturnType<typeof preparePart>;

/** Creates call and session while LiveKit's library joins the room in its own threads. */
export function preparePart(job: Job) {
  const { ctx, config, definition, report } = job;
  const asked = readLanguage(ctx.job.metadata);
  // English needs no installed models.
  const added = asked === undefined ? {} : installedSpeech(config.DATA_DIR);
  const tag = spokenLanguage(config, definition, asked, added);
  // Tools discovered during the call add their labels.
  const labels: Record<string, string> = { ...definition.toolLabels };
  const opened = openCall(job, tag, labels);
  const { call, caller } = opened;
  const silence = new Silence(definition.person);
  // Events of the room arrive only after this function has returned.
  const connecting = ctx.connect();
  connecting.catch(() => undefined);
  const { vad } = ctx.proc.userData;
  const { identity } = opened;
  const stuck = watchdog({ report, identity, replace: () => call.leave('error') });
  const tools = new WatchedTools((ms) => stuck('tool', ms, 'abandoned'));
  const session = makeSession({ config, definition, call, vad, report, stuck, tools, labels });
  const mayAsk = () => !silence.kept && session.input.audioEnabled && peopleIn(ctx.room).length > 0;
  const vision = seesCaller(config.agentModels[definition.name]) ? new Vision(ctx.room) : undefined;
  opened.attach(session);
  const putPreConnectAudioBefore = preparePreConnectAudio(ctx.room, call.handoffContext, caller);
  return {
    ...opened,
    ...job,
    ...{ session, silence, stuck, tools, vision, connecting, putPreConnectAudioBefore },
    isOnPhone: () => caller()?.kind === ParticipantKind.SIP,
    /** Whether the agent may speak without being asked: it has taken over, is not silent, and people are present. */
    mayAsk,
  };
}
