// One call of one agent, from joining the room to leaving it, as phases. Each file in agents/ passes its definition to
// `callJob`; `worker/any-agent.ts` imports these files.
import { defineAgent, type JobContext, type JobProcess, log } from '@livekit/agents';
import { RoomEvent } from '@livekit/rtc-node';
import { type Recording, startRecording } from '@/agent/audio/recorder';
import { type End, startTimeLimit } from '@/agent/call/end';
import { waitForHandoff } from '@/agent/call/handoff';
import { leaveCall } from '@/agent/call/leave';
import { arrive } from '@/agent/call/open-call';
import { overridesOf, withOverrides } from '@/agent/call/overrides';
import { type Job, type Part, preparePart } from '@/agent/call/part';
import { type Prepared, prepareGreeting } from '@/agent/call/prewarm';
import { makeAgent } from '@/agent/call/session';
import { announce, answer, greet, sayGoodbye } from '@/agent/call/speaking';
import { summarize } from '@/agent/call/summary';
import { hearKeypad, InputLimit, onTextInput } from '@/agent/call/text-input';
import { hearWhispers } from '@/agent/call/whisper';
import type { AgentDefinition } from '@/agent/core/agent-definition';
import { notices } from '@/agent/core/notices';
import { isColleaguePresent, waitForPerson, watchForColleague } from '@/agent/core/people';
import { keepUnplayedAudio } from '@/agent/framework/held-output';
import { reopenInput } from '@/agent/framework/reopen-input';
import { textModel } from '@/agent/models/models';
import { loadRealtime } from '@/agent/models/realtime';
import { openCallReporting } from '@/agent/reporting/events';
import { startHeartbeat } from '@/agent/reporting/page-signals';
import { reportError, reportUsage } from '@/agent/reporting/session-events';
import { INPUT_RATE } from '@/agent/speech/voice-activity';
import type { CallAgent } from '@/agent/turns/call-agent';
import { watchInactivity } from '@/agent/turns/inactivity';
import { watchMissedWords } from '@/agent/turns/missed-words';
import { watchInput } from '@/agent/watchdog/input';
import { watchOutput } from '@/agent/watchdog/output';
import { watchReplies } from '@/agent/watchdog/reply';
import { WatchedVad } from '@/agent/watchdog/voice-activity';
import { appConfig } from '@/app-config';
import { parseConfig } from '@/lib/core/config';
import { liveKit } from '@/lib/livekit/clients';

/** Milliseconds of audio queued ahead of playback; the framework's own 200 cause audible gaps. */
const AHEAD_MS = 1_000;

/**
 * Creates the job of an agent: the default export of its file in agents/. Its definition is there to be read by the
 * build, which lists the agents.
 */
export function callJob(definition: AgentDefinition) {
  const entry = async (ctx: JobContext<Prepared>): Promise<void> => {
    const config = parseConfig(process.env);
    const report = openCallReporting(ctx, config);
    const overrides = overridesOf(config, ctx.job.metadata);
    try {
      if (overrides?.models) await loadRealtime();
      const job = withOverrides({ config, definition }, overrides);
      // Whoever tries a model must see why another one answers.
      const models = overrides?.models ? job.config.agentModels[definition.name] : undefined;
      for (const missing of models?.missing ?? []) reportError(report, 'model', missing);
      await serve({ ...job, ctx, report, overrides, livekit: liveKit(config) });
    } catch (error) {
      reportError(report, 'job', error);
      throw error;
    }
  };
  const prewarm = (process: JobProcess<Prepared>) => prepareGreeting(process, definition);
  return Object.assign(defineAgent<Prepared>({ prewarm, entry }), { definition });
}

/** The life of a call: joining, which it leaves again if there is no call for this agent, waiting, talking and leaving. */
async function serve(job: Job): Promise<void> {
  const part = preparePart(job);
  await part.connecting;
  const end = await arrive(part);
  if (end) return leaving(part, { end });
  const stopHeartbeat = startHeartbeat(job.ctx.room);
  const agent = await waiting(part);
  await leaving(part, agent ? await talking(part, agent) : { end: await part.call.ended });
  stopHeartbeat();
}

/**
 * Starts the session, and waits for the end of a handoff and for somebody to talk to: the text of an earlier greeting
 * would be lost. A telephone that has not been picked up is neither recorded nor greeted. Undefined if nobody comes.
 */
async function waiting(part: Part): Promise<CallAgent | undefined> {
  const { ctx, call, session } = part;
  watchColleagues(part);
  const agent = await startSession(part);
  if (call.waits) {
    await waitForHandoff(ctx, call.handoffContext);
    session.input.setAudioEnabled(true);
  }
  return (await waitForPerson(ctx.room, call.ended)) ? agent : undefined;
}

/** Greets, and watches over the conversation until its end. */
async function talking(part: Part, agent: CallAgent): Promise<Left> {
  const { config, session, silence, mayAsk, report, identity, call, caller } = part;
  const recording = config.RECORD_CALLS === 'on' ? await startRecording(part) : undefined;
  if (!silence.kept) greet(part, recording);
  const phone = part.isOnPhone();
  watchMissedWords({
    ...{ session, mayAsk, report, identity },
    onHeard: (listener) => {
      agent.onHeard = listener;
    },
    canType: () => appConfig.features.chat && !phone,
  });
  agent.onAsked = watchReplies(session, {
    ...{ mayAnswer: mayAsk, isBusy: () => agent.isUsingTool },
    stuck: (ms, again) => part.stuck('llm', ms, again ? 'restarted' : 'replaced'),
  });
  watchInactivity(session, mayAsk, () => call.end());
  const stopTimeLimit = startTimeLimit(caller()?.attributes, {
    almost() {
      if (mayAsk()) announce(session, notices.oneMinute);
    },
    up: () => call.leave('time-up'),
  });
  const end = await call.ended;
  stopTimeLimit();
  return { end, recording };
}

interface Left {
  readonly end: End;
  readonly recording?: Recording | undefined;
}

async function leaving(part: Part, { end, recording }: Left): Promise<void> {
  await sayGoodbye(part, end);
  await recording?.stop();
  await leaveCall({ ...part, sessions: [part.session] }, end, reportEnd(part, end));
}

/** Leaves the call to colleagues who take over, and is silent next to those who want the agent to stay. */
function watchColleagues({ ctx: { room }, call, silence }: Part): void {
  watchForColleague(room, {
    came(mode) {
      if (mode === 'stay') silence.kept = true;
      else call.leave('takeover');
    },
    alone() {
      silence.kept = false;
    },
  });
  // For a replacement agent, colleagues may already be present.
  silence.kept = isColleaguePresent(room);
}

/** Starts the session: from now on the agent hears the caller and reads their text. */
async function startSession(part: Part): Promise<CallAgent> {
  const { ctx, call, session, stuck, caller } = part;
  // In a handoff, the agent hears the caller only once it has taken over.
  session.input.setAudioEnabled(!call.waits);
  part.tools.onSlow = () => {
    if (part.mayAsk()) announce(session, notices.oneMoment);
  };
  const agent = makeAgent(part);
  agent.vision = part.vision;
  const joined = caller();
  const starting = session.start({
    agent,
    room: ctx.room,
    inputOptions: {
      audioSampleRate: INPUT_RATE,
      ...(joined && { participantIdentity: joined.identity }),
      // See `onTextInput`.
      textEnabled: false,
    },
    // Queues this much audio so that a busy moment of the machine causes no gap. Interruptions empty the queue.
    outputOptions: { queueSizeMs: AHEAD_MS },
    record: false,
  });
  const written = new InputLimit(
    (text, pressed) =>
      starting
        .then(() => answer(part, text, pressed))
        .catch((error: unknown) => log().debug({ error }, 'written input was not answered')),
    () => {
      log().warn('the caller has written too often: further written input is ignored');
      announce(session, notices.tooOften);
    },
  );
  ctx.room.on(RoomEvent.Disconnected, () => written.stop());
  onTextInput(ctx.room, (text) => written.take(text));
  part.putPreConnectAudioBefore(session.input);
  await starting;
  hearKeypad(ctx.room, (keys, pressed) => written.take(keys, pressed));
  if (part.config.agentModels[part.definition.name]?.models?.length) {
    const signing = { room: ctx.job.room?.name ?? '', secret: part.config.LIVEKIT_API_SECRET };
    hearWhispers(ctx.room, session, signing);
  }
  if (session.vad instanceof WatchedVad) {
    session.vad.onSound = watchInput({
      ...{ room: ctx.room, session, caller },
      reopen: () => reopenInput(session),
      stuck: (ms, done) => stuck('input', ms, done),
      missed() {
        if (part.mayAsk()) announce(session, notices.missed);
      },
    });
  }
  keepUnplayedAudio(
    session,
    watchOutput((ms) => stuck('output', ms, 'replaced')),
  );
  return agent;
}

async function reportEnd(part: Part, end: End): Promise<void> {
  const { config, definition, call, session, report } = part;
  const { name: agent } = definition;
  const model = textModel(config, agent);
  const summary = model && (await summarize(model, session.history, end));
  if (summary) report(summary.event);
  const { deployment } = call;
  reportUsage(session, report, { agent, deployment }, summary?.usage);
}
