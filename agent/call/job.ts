// One call: the job joins the room, greets, talks with the ears, voice and mind of models.ts, and
// leaves the room as it should be left. Each file in agents/ hands its definition to `callJob` and
// is itself what the framework's job process imports.

import { ReadableStream } from 'node:stream/web';
import { setTimeout as pause } from 'node:timers/promises';
import { defineAgent, type JobContext, log, type voice } from '@livekit/agents';
import { type AudioFrame, ParticipantKind } from '@livekit/rtc-node';
import { findAgent } from '../../lib/core/catalogue';
import { type Config, parseConfig } from '../../lib/core/config';
import { agentVersion } from '../../lib/core/version';
import { readLanguage } from '../../lib/dispatch/caller-language';
import { waitsForTheWord } from '../../lib/dispatch/handoff-context';
import { TYPED_MAX } from '../../lib/livekit/attributes';
import { hearFirstWords } from '../audio/pre-connect-audio';
import { startRecording } from '../audio/recording/recorder';
import { workerOf } from '../reporting/events-folder';
import { startPulse } from '../reporting/heartbeat';
import { tellError, tellSession } from '../reporting/session-events';
import { openTelling, type TellCall } from '../reporting/tell-call';
import { sendTurnSignals } from '../reporting/turn-signals';
import { keysMessage } from '../reporting/turns';
import { watchJob } from '../reporting/watch-job';
import { EARS_RATE } from '../speech/windows';
import { holdUnheardOf } from '../turns/held-output';
import { AFTER_LAST_WORDS_MS } from '../turns/last-words';
import { watchMissedWords } from '../turns/missed-words';
import { watchSilence } from '../turns/still-there';
import { type Prepared, prewarm } from '../worker/prewarm';
import type { AgentDefinition } from './agent-definition';
import { type OpenCall, openCall } from './call';
import { watchForTwin } from './duplicate-agent';
import { waitForTheWord } from './handoff';
import { joinRoom } from './join-room';
import { hearKeypad } from './keypad';
import { notices } from './notices';
import { besideColleague, callerOf, peopleIn, somebodyCame, watchForColleague } from './people';
import { goOn } from './resume';
import { endedBefore } from './room-again';
import { makeAgent, makeSession } from './session';
import { makeSilence } from './silence';
import { addedSpeech, spokenLanguage } from './spoken-language';
import { onTextInput } from './text-input';
import { watchTime } from './time-up';
import { until } from './wait-for';

/** A greeting, and its sound where it was prepared. */
interface First {
  readonly words: string;
  readonly sound: AudioFrame[] | undefined;
}

/** Milliseconds the farewell may take when the agent is asked to leave: the framework waits 15 s. */
const FAREWELL_MS = 4_000;
/** The same where nobody waits for the process: no half sentence, also on a busy machine. */
const GIVING_WAY_MS = 10_000;

/** Milliseconds of sound handed over ahead of its time; the framework's own 200 are heard as gaps. */
const AHEAD_MS = 1_000;

/** Makes the job of an agent: what `AgentServer` is given as its `agent` file's default export. */
export function callJob(definition: AgentDefinition): ReturnType<typeof defineAgent<Prepared>> {
  const found = findAgent(definition.name);
  if (!found) throw new Error(`${definition.name} is not in lib/core/catalogue.ts`);
  const agent = found;

  /** What to say first: words where the call had begun, else the greeting in its prepared sound. */
  function greet(session: voice.AgentSession, { handle }: OpenCall, first: First) {
    const { brief } = handle;
    if (brief?.kind === 'resume' && brief.history.length > 0) return goOn(session, brief.history);
    const comes = brief && brief.kind !== 'resume';
    const told = comes ? definition.greetingFor?.(brief) : undefined;
    if (told !== undefined) session.say(told);
    else session.say(first.words, first.sound && { audio: ReadableStream.from(first.sound) });
  }

  async function entry(ctx: JobContext<Prepared>): Promise<void> {
    const config = parseConfig(process.env);
    const tell = openTelling(ctx, config);
    try {
      await serve(ctx, config, tell);
    } catch (error) {
      tellError(tell, 'job', error);
      throw error;
    }
  }

  async function serve(ctx: JobContext<Prepared>, config: Config, tell: TellCall): Promise<void> {
    const { identity } = ctx.info.acceptArguments;
    const asked = readLanguage(ctx.job.metadata);
    // English needs no look at what was added.
    const added = asked === undefined ? {} : addedSpeech(config.DATA_DIR);
    const tag = spokenLanguage(config, definition, asked, added);
    // Those of tools that are found in the call come to them.
    const labels: Record<string, string> = { ...definition.toolLabels };
    const call = openCall({ ctx, config, agent, identity, tell, tag, labels });
    const { brief } = call.handle;
    const silence = makeSilence(agent.person);
    // On threads of the library, while the session is made here: nothing of the room is told before that.
    const connecting = joinRoom(ctx);
    connecting.catch(() => undefined);
    const { vad } = ctx.proc.userData;
    const session = makeSession({
      config,
      agent,
      definition,
      call: call.handle,
      vad,
      tell,
      labels,
    });
    const caller = () => callerOf(ctx.room);
    call.attach(session);
    tellSession(session, tell, { ...agent, agent: agent.name, identity, caller }, labels);
    watchJob(ctx.room, tell, identity);
    sendTurnSignals(session, ctx.room, labels, call.takeOutcome);
    const firstWords = hearFirstWords(ctx.room, brief, caller);

    await connecting;
    if (await endedBefore(ctx, config, call.ended)) {
      await ctx.deleteRoom(ctx.room.name);
      return call.leave('room closed');
    }
    const { deployment } = call.handle;
    const [worker, version] = [workerOf(), agentVersion(config)];
    tell({ kind: 'agent_joined', identity, agent: agent.name, deployment, worker, version });
    if (watchForTwin(ctx.room, () => call.giveWay('outdone'))) return call.leave('outdone');
    const stopPulse = startPulse(ctx.room);
    watchForColleague(ctx.room, {
      came: (mode) => (mode === 'stay' ? silence.keep(true) : call.giveWay('colleague came')),
      alone: () => silence.keep(false),
    });
    // One that comes in the place of a lost one finds them there.
    silence.keep(besideColleague(ctx.room));
    // Who comes beside another agent hears the caller only once it has the word.
    session.input.setAudioEnabled(!waitsForTheWord(brief));
    const answer = (sent: string, pressed?: string) => {
      const text = sent.slice(0, TYPED_MAX);
      if (!session.input.audioEnabled || !silence.mayAnswer(text)) return;
      hush(session);
      if (sent.length > TYPED_MAX) session.say(notices.tooLong, { addToChatCtx: false });
      // Beside a colleague, what people say to each other does not cut short what was asked for.
      session.generateReply({
        userInput: pressed === undefined ? text : keysMessage(text, pressed),
        allowInterruptions: !silence.kept,
      });
    };
    const talking = makeAgent(definition, call.handle, silence);
    const starting = session.start({
      agent: talking,
      room: ctx.room,
      inputOptions: {
        audioSampleRate: EARS_RATE,
        participantIdentity: callerOf(ctx.room)?.identity,
        // See `onTextInput`.
        textEnabled: false,
      },
      // Sound is handed over this far ahead, so that a busy moment on the machine is not heard as a
      // gap. An interruption empties it.
      outputOptions: { queueSizeMs: AHEAD_MS },
      record: false,
    });
    onTextInput(ctx.room, (text) => starting.then(() => answer(text)));
    firstWords.putBefore(session.input);
    await starting;
    hearKeypad(ctx.room, answer);
    holdUnheardOf(session);
    if (waitsForTheWord(brief)) {
      await waitForTheWord(ctx, brief);
      session.input.setAudioEnabled(true);
    }
    // An agent may be there before anybody: in a room made ahead, or one that the caller is moved to.
    // The text of a greeting said to nobody would be lost.
    // A telephone that nobody picked up is neither recorded nor greeted.
    const came = await somebodyCame(ctx.room, call.ended);
    const records = came && config.RECORD_CALLS === 'on';
    const recording = records ? await startRecording({ ctx, config, identity, tell }) : undefined;
    // Nobody is told of a recording that could not begin.
    const failed = records && !recording;
    const notice = notices.recording[failed ? 'off' : config.RECORD_CALLS];
    const phones = caller()?.kind === ParticipantKind.SIP;
    const monitored = phones && config.LISTEN_IN === 'shown' ? notices.monitored : '';
    const words = notice + monitored + definition.greeting;
    const prepared = failed || monitored ? undefined : ctx.proc.userData.greeting;
    if (came && !silence.kept) greet(session, call, { words, sound: prepared });
    const mayAsk = () =>
      !silence.kept && session.input.audioEnabled && peopleIn(ctx.room).length > 0;
    watchMissedWords({
      ...{ session, mayAsk, tell, identity },
      onHeard: (listener) => {
        talking.onHeard = listener;
      },
      canType: () => !phones,
    });
    watchSilence({
      session,
      mayAsk,
      end: () => call.handle.end(),
    });
    const stopTime = watchTime(caller()?.attributes, {
      almost() {
        if (mayAsk()) announce(session, notices.oneMinute);
      },
      up: () => call.giveWay('time-up'),
    });

    const end = await call.ended;
    stopTime();
    if (end === 'asked to leave') await farewell(ctx, session, notices.leaving, FAREWELL_MS);
    if (end === 'time-up') {
      await farewell(ctx, session, notices.timeUp, GIVING_WAY_MS);
      // The room is closed then.
      await pause(AFTER_LAST_WORDS_MS);
    }
    if (end === 'colleague came') await farewell(ctx, session, notices.givingWay, GIVING_WAY_MS);
    await recording?.stop();
    await call.leave(end);
    stopPulse();
  }

  return defineAgent<Prepared>({
    prewarm: (process) => prewarm(process, definition, agent),
    entry,
  });
}

/**
 * Stops what is being said, unless that is to be heard out: what is said next then comes after it. By
 * `force` the framework breaks off its own work, and the voice can be stuck from then on.
 */
function hush(session: voice.AgentSession): void {
  try {
    session.interrupt();
  } catch (error) {
    log().debug({ error }, 'what is being said is to be heard out');
  }
}

/** Says something that is no part of the talk. */
function announce(session: voice.AgentSession, words: string): void {
  try {
    session.say(words, { addToChatCtx: false });
  } catch (error) {
    log().debug({ error }, 'nothing was announced: the session had already ended');
  }
}

/** Says why the agent goes, and waits until it was heard, nobody can hear it any more, or the time is up. */
async function farewell(
  { room }: JobContext,
  session: voice.AgentSession,
  words: string,
  ms: number,
): Promise<void> {
  try {
    hush(session);
    const speech = session.say(words, { allowInterruptions: false });
    await Promise.race([speech.waitForPlayout(), until(room, [], () => !room.isConnected, ms)]);
  } catch (error) {
    log().debug({ error }, 'no farewell: the session had already ended');
  }
}
