// What the repairs in this folder rely on in @livekit/agents and its plugins, beyond their public interface. A failure here
// means that a new version changed it: adapt the named file, or delete it if it is not needed any more. The repairs with
// behaviour of their own also have tests beside them.
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import {
  AgentServer,
  cli,
  InferenceRunner,
  inference,
  initializeLogger,
  JobContext,
  llm,
  log,
  ServerOptions,
  voice,
} from '@livekit/agents';
import { realtime } from '@livekit/agents-plugin-openai';
import { JobStatus, WorkerMessage } from '@livekit/protocol';
import { AudioSource, RoomEvent, TrackSource } from '@livekit/rtc-node';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { ignoreAgentName } from '@/agent/framework/agent-name';
import { sendJobEnd } from '@/agent/framework/job-status';
import { withoutTurnModel } from '@/agent/framework/no-turn-model';
import { READY } from '@/agent/framework/process-pool';
import { isStillRunning } from '@/agent/framework/running-tool';
import { beforeSessionStart } from '@/agent/framework/session-start';
import * as framework from '@/node_modules/@livekit/agents/dist/index.js';
import * as executor from '@/node_modules/@livekit/agents/dist/ipc/job_proc_executor.js';
import * as pool from '@/node_modules/@livekit/agents/dist/ipc/proc_pool.js';
import { ParticipantAudioInputStream } from '@/node_modules/@livekit/agents/dist/voice/room_io/_input.js';
import { ParticipantAudioOutput } from '@/node_modules/@livekit/agents/dist/voice/room_io/_output.js';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

const sourceOf = (method: unknown) => String(method);
const PACKAGE = new URL('../../node_modules/@livekit/agents/', import.meta.url);
/** A file of the framework that is a program, or that exports nothing of this. */
const fileOf = (path: string) => readFileSync(new URL(`dist/${path}`, PACKAGE), 'utf8');

test('the pinned version is the one that the repairs are written for', () => {
  const { version } = JSON.parse(readFileSync(new URL('package.json', PACKAGE), 'utf8'));
  expect(version).toBe('1.9.0');
});

test('the model client parses each piece of a tool call with parseChoice (tool-chunks.ts)', () => {
  const { parseChoice, run } = inference.LLMStream.prototype as unknown as Record<string, unknown>;
  expect(parseChoice).toBeTypeOf('function');
  expect(sourceOf(run)).toContain('this.parseChoice(chunk.id, choice,');
});

test('OpenAI Realtime connects with createWsConn (realtime-socket.ts)', () => {
  const { createWsConn } = realtime.RealtimeSession.prototype as unknown as Record<string, unknown>;
  expect(createWsConn).toBeTypeOf('function');
  expect(sourceOf(realtime.RealtimeSession)).toContain('await this.createWsConn()');
});

test("the caller's latest microphone is heard, then the one before it, and no other track (docs/calls.md)", () => {
  const room = new EventEmitter();
  const input = new ParticipantAudioInputStream({ room: room as never } as never);
  const heard: (string | undefined)[] = [];
  Object.assign(input, {
    participantIdentity: 'ann',
    updateStream(track: object, publication: { sid: string }) {
      Object.assign(input, { track, publication });
      heard.push(publication.sid);
    },
    closeStream() {
      Object.assign(input, { track: undefined, publication: undefined });
    },
  });
  const publish = (sid: string, source: TrackSource) => ({ sid, source, track: { sid } });
  const one = publish('one', TrackSource.SOURCE_MICROPHONE);
  const two = publish('two', TrackSource.SOURCE_MICROPHONE);
  const screen = publish('screen', TrackSource.SOURCE_SCREENSHARE_AUDIO);
  const unknown = publish('unknown', TrackSource.SOURCE_UNKNOWN);
  const trackPublications = new Map([one, screen, unknown].map((track) => [track.sid, track]));
  const ann = { identity: 'ann', trackPublications };
  for (const track of [one, screen, unknown, two]) {
    room.emit(RoomEvent.TrackSubscribed, track.track, track, ann);
  }
  room.emit(RoomEvent.TrackUnsubscribed, two.track, two, ann);
  expect(heard).toEqual(['one', 'two', 'one']);
});

test("a session's audio input closes its stream and opens another one with updateStream (reopen-input.ts)", () => {
  expect(fileOf('voice/room_io/room_io.js')).toContain(
    'this.audioInput = new ParticipantAudioInputStream(',
  );
  const { updateStream } = ParticipantAudioInputStream.prototype as unknown as Record<
    string,
    unknown
  >;
  expect(sourceOf(updateStream)).toMatch(
    /await this\.closeCurrentInput\(\)[\s\S]*this\.openStream\(track\)/,
  );
});

test('audio is played from an AudioSource at the end of a chain (held-output.ts)', () => {
  const output = new ParticipantAudioOutput(
    {} as never,
    {
      sampleRate: 24_000,
      numChannels: 1,
    } as never,
  );
  expect((output as unknown as { audioSource: unknown }).audioSource).toBeInstanceOf(AudioSource);
  expect(sourceOf(voice.AudioOutput)).toContain('this.nextInChain = nextInChain');
});

test('a server starts its pool, gives it jobs, and has the jobs of its executors; each executor starts a child (process-pool.ts)', () => {
  type Classes = Record<string, { prototype: Record<string, unknown> }>;
  const { ProcPool } = pool as unknown as Classes;
  const { JobProcExecutor } = executor as unknown as Classes;
  expect(ProcPool?.prototype).toMatchObject({
    start: expect.any(Function),
    launchJob: expect.any(Function),
  });
  expect(sourceOf(ProcPool)).toContain('warmedProcQueue');
  expect(sourceOf(ProcPool)).toMatch(/get processes\(\) {\s+return this\.executors;/);
  expect(sourceOf(ProcPool?.prototype.close)).toMatch(
    /if \(!this\.started\)[\s\S]+this\.executors/,
  );
  for (const use of ['start()', 'launchJob(', 'processes.filter((proc) => proc.runningJob)']) {
    expect(sourceOf(AgentServer)).toContain(`this.#procPool.${use}`);
  }
  expect(sourceOf(JobProcExecutor?.prototype.createProcess)).toContain('fork(');
});

test('a runner whose name is taken is not registered (no-turn-model.ts)', async () => {
  withoutTurnModel();
  const { EOT_INFERENCE_METHOD } = await import(
    '@/node_modules/@livekit/agents/dist/inference/eot/runner.js'
  );
  expect(EOT_INFERENCE_METHOD).toBe('lk_eot_audio');
  expect(Object.keys(InferenceRunner.registeredRunners)).toEqual([]);
});

test('without a process for models, a pause ends the turn (no-turn-model.ts)', () => {
  expect(fileOf('inference/eot/detector.js')).toContain('getJobContext().inferenceExecutor');
  expect(fileOf('inference/eot/transports.js')).toMatch(
    /this\._executor === void 0[\s\S]{0,400}_resolvePrediction\(requestId, 1\);/,
  );
});

test('words that are said are added as a whole, and have no other place to be corrected (heard-speech.ts)', () => {
  const activity = fileOf('voice/agent_activity.js');
  const said = activity.slice(activity.indexOf('async ttsTask('), activity.indexOf('settleFirst'));
  expect(said).toContain('content: (textOut == null ? void 0 : textOut.text) || ""');
  expect(said).toMatch(
    /_chatCtx\.insert\(message\);\s+this\.agentSession\._conversationItemAdded\(/,
  );
  expect(said).not.toContain('_itemAdded([message])');
  expect(fileOf('voice/io.js')).toContain('this.lastPlaybackEvent = options');
});

test('a session is offered to participants by SessionHost (remote-session.ts)', () => {
  expect(sourceOf(voice.AgentSession)).toContain('this.sessionHost.registerSession(this)');
  const transport = sourceOf(voice.RoomSessionTransport);
  for (const used of ['room;', 'onByteStream = (', 'getRemoteIdentity()', 'async sendMessage(']) {
    expect(transport).toContain(used);
  }
});

test('a client of LiveKit Inference for TTS has no request for a whole text (inference-tts.ts)', () => {
  const own = new inference.TTS({ model: 'cartesia/sonic-3', apiKey: 'key', apiSecret: 'secret' });
  expect(() => own.synthesize('Yes.')).toThrow('not implemented');
});

test('a fallback adapter keeps the state of its models (fallback-adapter.ts)', () => {
  const adapter = new llm.FallbackAdapter({
    llms: [new inference.LLM({ model: 'openai/gpt-4.1-mini', apiKey: 'key', apiSecret: 'secret' })],
  });
  expect(adapter._status).toEqual([{ available: true, recoveringTask: null }]);
  expect(adapter._emitAvailabilityChanged).toBeTypeOf('function');
});

test('the generation takes a flush mark from the stream of a model (flush.ts)', () => {
  expect(fileOf('voice/generation.js')).toContain('isFlushSentinel(chunk)');
});

test('the output for a tool that is running has this id (running-tool.ts)', () => {
  const [, prefix] = /OUTPUT_ID_PREFIX = "([^"]+)"/.exec(fileOf('voice/generation.js')) ?? [];
  expect(isStillRunning({ id: `${prefix}1` })).toBe(true);
  expect(isStillRunning({ id: 'item_1' })).toBe(false);
});

test('the audio input creates the stream of a track itself (frame-size.ts)', () => {
  const { createStream } = ParticipantAudioInputStream.prototype as unknown as Record<
    string,
    unknown
  >;
  expect(createStream).toBeTypeOf('function');
  expect(sourceOf(ParticipantAudioInputStream)).toContain('this.createStream(track)');
});

test('a job connects its room with options of its own (connect-options.ts)', () => {
  expect(sourceOf(JobContext.prototype.connect)).toMatch(/#room\.connect\([^)]*, opts\)/);
});

test('a message is announced after it is in the history, and is the same object (turn-start.ts)', () => {
  const { _conversationItemAdded: added } = voice.AgentSession.prototype;
  expect(sourceOf(added)).toMatch(/_chatCtx\.insert\(item\);[\s\S]+ConversationItemAdded/);
});

test('a job process says that it is ready, and is told to end (process-pool.ts, job-ends.ts)', () => {
  const program = fileOf('ipc/job_proc_lazy_main.js');
  expect(program).toContain(`safeSend({ case: "${READY}"`);
  expect(program).toContain('case "shutdownRequest": {');
  expect(program).toContain('process.argv[2]');
});

test('a server sends what is emitted as worker_msg, while it is connected (job-status.ts)', () => {
  expect(sourceOf(AgentServer)).toContain('this.event.on("worker_msg", send)');
  expect(sourceOf(AgentServer)).toContain('ws.send(msg.toBinary())');
  // Once it does this itself, ours is not needed.
  expect(fileOf('worker.js')).not.toContain('updateJob');
  const server = { event: new EventEmitter() } as Pick<AgentServer, 'event'>;
  const sent: unknown[] = [];
  server.event.on('worker_msg', (message: WorkerMessage) => {
    sent.push(WorkerMessage.fromBinary(message.toBinary()).message);
  });
  sendJobEnd(server, 'AJ_1');
  sendJobEnd(server, 'AJ_2', 'its process ended with code 1');
  expect(sent).toMatchObject([
    { case: 'updateJob', value: { jobId: 'AJ_1', status: JobStatus.JS_SUCCESS, error: '' } },
    {
      case: 'updateJob',
      value: {
        jobId: 'AJ_2',
        status: JobStatus.JS_FAILED,
        error: 'its process ended with code 1',
      },
    },
  ]);
});

test('images are encoded with a function from sharp (sharp.ts)', () => {
  const utils = fileOf('llm/utils.js');
  expect(utils).toContain('import sharp from "sharp"');
  expect(utils.replaceAll('sharp(', '')).not.toContain('sharp.');
});

test('only pretty logs need the function build of pino-pretty (pino-pretty.ts)', () => {
  const logger = fileOf('log.js');
  expect(logger).toContain('import { build as pinoPretty } from "pino-pretty"');
  expect(logger).toContain('pretty ? pinoPretty({');
});

test('of fluent-ffmpeg, only its function and setFfmpegPath are used (fluent-ffmpeg.ts)', () => {
  for (const path of ['audio.js', 'ffmpeg.js', 'voice/recorder_io/recorder_io.js']) {
    const source = fileOf(path);
    expect(source).toContain('import ffmpeg from "fluent-ffmpeg"');
    const uses = source.match(/\bffmpeg\.\w+/g) ?? [];
    expect(uses.filter((one) => !/^ffmpeg\.(js|setFfmpegPath)$/.test(one))).toEqual([]);
  }
});

test('the logger has serializers that can be replaced (log.ts)', () => {
  expect(Reflect.get(log(), Symbol.for('pino.serializers'))).toBeTypeOf('object');
});

test('runApp reads the arguments of the process, and here it does nothing (no-cli.ts)', () => {
  expect(sourceOf(framework.cli.runApp)).toContain('program.parse()');
  expect(cli).not.toBe(framework.cli);
});

test('the environment names every server, unless it is ignored (agent-name.ts)', () => {
  const nameOf = () => new ServerOptions({ agent: 'file', agentName: 'quinn' }).agentName;
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv('LIVEKIT_AGENT_NAME', 'one');
  vi.stubEnv('LIVEKIT_AGENT_NAME_OVERRIDE', 'one');
  expect(nameOf()).toBe('one');
  expect(ignoreAgentName(process.env)).toEqual([
    'LIVEKIT_AGENT_NAME_OVERRIDE',
    'LIVEKIT_AGENT_NAME',
  ]);
  expect(nameOf()).toBe('quinn');
  expect(ignoreAgentName(process.env)).toEqual([]);
});

test('a session starts with start(), in a room, once it may (session-start.ts)', async () => {
  const { start } = voice.AgentSession.prototype;
  onTestFinished(() => {
    voice.AgentSession.prototype.start = start;
  });
  const session = new voice.AgentSession();
  onTestFinished(() => session.close());
  const order: unknown[] = [];
  session.on(voice.AgentSessionEventTypes.AgentStateChanged, ({ newState }) => {
    order.push(newState);
  });
  beforeSessionStart(async (which, room) => {
    await Promise.resolve();
    order.push(which === session, room);
  });
  await session.start({ agent: new voice.Agent({ instructions: '' }), record: false });
  expect(order).toEqual([true, undefined, 'listening']);
});

test("a session without `record` takes the server's word for it, and uploads only what is recorded (no-upload.ts)", () => {
  expect(sourceOf(voice.AgentSession.prototype.start)).toContain(
    'record = ctx.job.enableRecording',
  );
  const job = fileOf('job.js');
  expect(job).toContain('const override = process.env.LIVEKIT_OBSERVABILITY_URL;');
  expect(job).toMatch(
    /if \(\(recordingEnabled\(.+\|\| report\.enableRecording\) && observabilityBaseUrl\)/,
  );
});
