// One call of one agent, from joining the room to leaving it: `serve` lists the stages. Each file in agents/ passes its
// definition to `callJob`; `worker/any-agent.ts` imports these files.
import { ReadableStream } from 'node:stream/web';
import { setTimeout as pause } from 'node:timers/promises';
import { defineAgent, type JobContext, type JobProcess, log, type voice } from '@livekit/agents';
import { ParticipantKind, RoomEvent } from '@livekit/rtc-node';
import { appConfig } from '../../app-config';
import { type Config, parseConfig } from '../../lib/core/config';
import { seesCaller } from '../../lib/core/models';
import { agentVersion } from '../../lib/core/version';
import { readLanguage } from '../../lib/dispatch/caller-language';
import { waitsForHandover } from '../../lib/dispatch/handoff-context';
import type { Overrides } from '../../lib/dispatch/overrides';
import { TYPED_MAX } from '../../lib/livekit/attributes';
import { ROOM_OPTIONS } from '../../lib/livekit/room-options';
import { preparePreConnectAudio } from '../audio/pre-connect-audio';
import { type Recording, startRecording } from '../audio/recorder';
import type { AgentDefinition } from '../core/agent-definition';
import { notices } from '../core/notices';
import {
  callerOf,
  isColleaguePresent,
  peopleIn,
  waitForPerson,
  waitInRoom,
  watchForColleague,
} from '../core/people';
import { connectWithOptions } from '../framework/connect-options';
import { keepUnplayedAudio } from '../framework/held-output';
import { textModel } from '../models/models';
import { loadRealtime } from '../models/realtime';
import { installedSpeech, spokenLanguage } from '../models/spoken-language';
import { openCallReporting, type ReportCall, workerId } from '../reporting/events';
import { sendTurnSignals, startHeartbeat } from '../reporting/page-signals';
import { reportConnection } from '../reporting/reconnecting';
import {
  reportError,
  reportSession,
  reportUsage,
  watchJob,
  writtenMessage,
} from '../reporting/session-events';
import { INPUT_RATE } from '../speech/voice-activity';
import { type CallAgent, Silence } from '../turns/call-agent';
import { watchInactivity } from '../turns/inactivity';
import { AFTER_LAST_WORDS_MS } from '../turns/last-words';
import { watchMissedWords } from '../turns/missed-words';
import { Vision } from '../turns/vision';
import { watchAudience } from './audience';
import { type End, openCall } from './call';
import { continueConversation } from './context';
import { watchForDuplicate } from './duplicate-agent';
import { waitForHandoff } from './handoff';
import { overridesOf, withOverrides } from './overrides';
import { type Prepared, prepareGreeting } from './prewarm';
import { endedBeforeJoining } from './recreated-room';
import { makeAgent, makeSession } from './session';
import { summarize } from './summary';
import { hearKeypad, InputLimit, onTextInput } from './text-input';
import { startTimeLimit } from './time-up';
import { hearWhispers } from './whisper';

/** Milliseconds for the last words when the worker shuts the job down: the framework waits 15 s. */
const SHUTDOWN_FAREWELL_MS = 4_000;
/** The same when nobody waits for the process: enough for the whole sentence, even on a busy machine. */
const FAREWELL_MS = 10_000;

/** Milliseconds of audio queued ahead of playback; the framework's own 200 cause audible gaps. */
const AHEAD_MS = 1_000;

/** One agent and its job. */
interface Job {
  readonly ctx: JobContext<Prepared>;
  readonly config: Config;
  readonly definition: AgentDefinition;
  readonly report: ReportCall;
  /** A developer's changes for this call, which `config` and `definition` already have. */
  readonly overrides: Overrides | undefined;
}

/** One agent's part in a call: what its stages share. */
type Part = ReturnType<typeof prepare>;

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
      await serve({ ...job, ctx, report, overrides });
    } catch (error) {
      reportError(report, 'job', error);
      throw error;
    }
  };
  const prewarm = (process: JobProcess<Prepared>) => prepareGreeting(process, definition);
  return { ...defineAgent<Prepared>({ prewarm, entry }), definition };
}

/** The life of a call. */
async function serve(job: Job): Promise<void> {
  const part = prepare(job);
  if (!(await join(part))) return;
  const stopHeartbeat = startHeartbeat(job.ctx.room);
  watchColleagues(part);
  const agent = await startSession(part);
  const present = await waitForCaller(part);
  const recorded = present && job.config.RECORD_CALLS === 'on';
  const recording = recorded ? await startRecording(part) : undefined;
  if (present && !part.silence.kept) greet(part, recording);
  const stopTimeLimit = converse(part, agent);
  const end = await part.call.ended;
  stopTimeLimit();
  await sayGoodbye(part, end);
  await recording?.stop();
  await part.call.leave(end, reportEnd(part, end));
  stopHeartbeat();
}

/** Creates the session while LiveKit's library joins the room in its own threads. */
function prepare(job: Job) {
  const { ctx, config, definition, report } = job;
  const { identity } = ctx.info.acceptArguments;
  const asked = readLanguage(ctx.job.metadata);
  // English needs no installed models.
  const added = asked === undefined ? {} : installedSpeech(config.DATA_DIR);
  const tag = spokenLanguage(config, definition, asked, added);
  // Tools discovered during the call add their labels.
  const labels: Record<string, string> = { ...definition.toolLabels };
  const call = openCall({ ctx, config, agent: definition, identity, report, tag, labels });
  const { handle } = call;
  const silence = new Silence(definition.person);
  // Events of the room arrive only after this function has returned.
  const connecting = connectWithOptions(ctx, ROOM_OPTIONS);
  connecting.catch(() => undefined);
  const { vad } = ctx.proc.userData;
  const session = makeSession({ config, definition, call: handle, vad, report, labels });
  const caller = () => callerOf(ctx.room);
  const emptySince = watchAudience(ctx.room);
  const vision = seesCaller(config.agentModels[definition.name]) ? new Vision(ctx.room) : undefined;
  call.attach(session);
  const { name: agent, person } = definition;
  const who = { agent, person, identity, caller, emptySince };
  reportSession(session, report, who, labels);
  watchJob(ctx.room, report, identity);
  reportConnection(ctx.room);
  sendTurnSignals(session, ctx.room, labels, call.takeOutcome);
  const putPreConnectAudioBefore = preparePreConnectAudio(ctx.room, handle.handoffContext, caller);
  /** Whether the agent may speak without being asked: it has taken over, is not silent, and people are present. */
  const mayAsk = () => !silence.kept && session.input.audioEnabled && peopleIn(ctx.room).length > 0;
  return {
    ...job,
    ...{ identity, call, session, silence, vision, connecting, caller, mayAsk },
    putPreConnectAudioBefore,
  };
}

/** Waits until the room is joined. Resolves to false, having left, if there is no call for this agent. */
async function join({
  ctx,
  config,
  definition,
  report,
  overrides,
  ...part
}: Part): Promise<boolean> {
  const { identity, call, connecting } = part;
  await connecting;
  if (await endedBeforeJoining(ctx, config, call.ended)) {
    await ctx.deleteRoom(ctx.room.name);
    await call.leave('room closed');
    return false;
  }
  const { deployment } = call.handle;
  const [worker, version] = [workerId(), agentVersion(config)];
  const joined = { identity, agent: definition.name, deployment, worker, version, overrides };
  report({ kind: 'agent_joined', ...joined });
  if (watchForDuplicate(ctx.room, () => call.giveWay('outdone'))) {
    await call.leave('outdone');
    return false;
  }
  return true;
}

/** Leaves the call to colleagues who take over, and is silent next to those who want the agent to stay. */
function watchColleagues({ ctx: { room }, call, silence }: Part): void {
  watchForColleague(room, {
    came(mode) {
      if (mode === 'stay') silence.kept = true;
      else call.giveWay('colleague came');
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
  const { ctx, definition, call, session, silence, caller } = part;
  const { handoffContext } = call.handle;
  // In a handoff, the agent hears the caller only once it has taken over.
  session.input.setAudioEnabled(!waitsForHandover(handoffContext));
  const agent = makeAgent(definition, call.handle, silence);
  agent.vision = part.vision;
  const starting = session.start({
    agent,
    room: ctx.room,
    inputOptions: {
      audioSampleRate: INPUT_RATE,
      participantIdentity: caller()?.identity,
      // See `onTextInput`.
      textEnabled: false,
    },
    // Queues this much audio so that a busy moment of the machine causes no gap. Interruptions empty the queue.
    outputOptions: { queueSizeMs: AHEAD_MS },
    record: false,
  });
  const written = new InputLimit(
    (text, pressed) => starting.then(() => answer(part, text, pressed)).catch(notAnswered),
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
  keepUnplayedAudio(session);
  return agent;
}

/** The call has ended meanwhile. */
const notAnswered = (error: unknown) => log().debug({ error }, 'written input was not answered');

/** Answers text or keys; `pressed` is all keys, including the final hash. */
function answer({ session, silence, vision }: Part, sent: string, pressed?: string): void {
  const text = sent.slice(0, TYPED_MAX);
  if (!session.input.audioEnabled || !silence.mayAnswer(text)) return;
  interrupt(session);
  if (sent.length > TYPED_MAX) session.say(notices.tooLong, { addToChatCtx: false });
  // Next to a colleague, people talking to each other must not cut off a requested answer.
  const userInput = writtenMessage(text, pressed);
  vision?.addTo(userInput, session.currentAgent.chatCtx.items);
  session.generateReply({
    userInput,
    allowInterruptions: !silence.kept,
  });
}

/**
 * Waits for the end of a handoff, and for somebody to talk to; false if the call ends first. The agent may join before
 * anybody else, in a room created ahead or one that the caller is moved to, and the text of an early greeting would be
 * lost. A telephone that has not been picked up is neither recorded nor greeted.
 */
async function waitForCaller({ ctx, call, session }: Part): Promise<boolean> {
  const { handoffContext } = call.handle;
  if (waitsForHandover(handoffContext)) {
    await waitForHandoff(ctx, handoffContext);
    session.input.setAudioEnabled(true);
  }
  return waitForPerson(ctx.room, call.ended);
}

const isOnPhone = ({ caller }: Part) => caller()?.kind === ParticipantKind.SIP;

/** Says the first words: the greeting, or words for a call that has already begun. */
function greet(part: Part, recording: Recording | undefined): void {
  const { ctx, config, definition, call, session } = part;
  const { handoffContext } = call.handle;
  if (handoffContext?.kind === 'resume' && handoffContext.history.length > 0) {
    continueConversation(session, handoffContext.history);
    return;
  }
  const joins = handoffContext && handoffContext.kind !== 'resume';
  const words = joins ? definition.greetingFor?.(handoffContext) : undefined;
  if (words !== undefined) {
    session.say(words);
    return;
  }
  // A recording that could not be started is not announced.
  const failed = config.RECORD_CALLS === 'on' && !recording;
  const notice = notices.recording[failed ? 'off' : config.RECORD_CALLS];
  const monitored = isOnPhone(part) && config.LISTEN_IN === 'shown' ? notices.monitored : '';
  // The prepared audio has the usual words and the usual voice.
  const prepared = !failed && !monitored && !part.overrides?.voice;
  const audio = prepared ? ctx.proc.userData.greetings[definition.name] : undefined;
  session.say(
    notice + monitored + definition.greeting,
    audio && { audio: ReadableStream.from(audio) },
  );
}

/** Watches over the conversation until its end. @returns stops the time limit */
function converse(part: Part, agent: CallAgent): () => void {
  const { session, mayAsk, report, identity, call, caller } = part;
  const phone = isOnPhone(part);
  watchMissedWords({
    ...{ session, mayAsk, report, identity },
    onHeard: (listener) => {
      agent.onHeard = listener;
    },
    canType: () => appConfig.features.chat && !phone,
  });
  watchInactivity(session, mayAsk, () => call.handle.end());
  return startTimeLimit(caller()?.attributes, {
    almost() {
      if (mayAsk()) announce(session, notices.oneMinute);
    },
    up: () => call.giveWay('time-up'),
  });
}

/** Reports the summary of the call, and what its models have used. */
async function reportEnd(part: Part, end: End): Promise<void> {
  const { config, definition, call, session, report } = part;
  const { name: agent } = definition;
  const model = textModel(config, agent);
  const summary = model && (await summarize(model, session.history, end));
  if (summary) report(summary.event);
  const { deployment } = call.handle;
  reportUsage(session, report, { agent, deployment }, summary?.usage);
}

/** Says why the agent leaves, if the caller is there and does not know. */
async function sayGoodbye({ ctx, session }: Part, end: End): Promise<void> {
  if (peopleIn(ctx.room).length === 0) return;
  if (end === 'asked to leave') {
    await farewell(ctx, session, notices.leaving, SHUTDOWN_FAREWELL_MS);
  }
  if (end === 'time-up') {
    await farewell(ctx, session, notices.timeUp, FAREWELL_MS);
    // The room is closed after this.
    await pause(AFTER_LAST_WORDS_MS);
  }
  if (end === 'colleague came') await farewell(ctx, session, notices.givingWay, FAREWELL_MS);
}

/**
 * Interrupts the current speech, unless it must be played to the end: what is said next then follows it. The framework's
 * `force` would break off its own work, after which the voice can be stuck.
 */
function interrupt(session: voice.AgentSession): void {
  try {
    session.interrupt();
  } catch (error) {
    log().debug({ error }, 'the current speech cannot be interrupted');
  }
}

/** Says something that is not part of the conversation. */
function announce(session: voice.AgentSession, words: string): void {
  try {
    session.say(words, { addToChatCtx: false });
  } catch (error) {
    log().debug({ error }, 'nothing was announced: the session had already ended');
  }
}

/** Says the last words and waits until they have been played, the room is left, or the time is up. */
async function farewell(
  { room }: JobContext,
  session: voice.AgentSession,
  words: string,
  ms: number,
): Promise<void> {
  try {
    interrupt(session);
    const speech = session.say(words, { allowInterruptions: false });
    await Promise.race([
      speech.waitForPlayout(),
      waitInRoom(room, [], () => !room.isConnected, ms),
    ]);
  } catch (error) {
    log().debug({ error }, 'no farewell: the session had already ended');
  }
}
