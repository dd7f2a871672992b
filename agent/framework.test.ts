// What this worker uses of @livekit/agents and its plugins beyond their public interface. A failure here means that a
// new version changed it: adapt the named file.
import { EventEmitter } from 'node:events';
import { AgentServer, InferenceRunner, inference, initializeLogger, voice } from '@livekit/agents';
import { realtime } from '@livekit/agents-plugin-openai';
import { AudioSource, RoomEvent, TrackSource } from '@livekit/rtc-node';
import { beforeAll, expect, test } from 'vitest';
import * as executor from '../node_modules/@livekit/agents/dist/ipc/job_proc_executor.js';
import * as pool from '../node_modules/@livekit/agents/dist/ipc/proc_pool.js';
import { ParticipantAudioInputStream } from '../node_modules/@livekit/agents/dist/voice/room_io/_input.js';
import { ParticipantAudioOutput } from '../node_modules/@livekit/agents/dist/voice/room_io/_output.js';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

const sourceOf = (method: unknown) => String(method);

test('the model client parses each piece of a tool call with parseChoice (models/llm-timeout.ts)', () => {
  const { parseChoice, run } = inference.LLMStream.prototype as unknown as Record<string, unknown>;
  expect(parseChoice).toBeTypeOf('function');
  expect(sourceOf(run)).toContain('this.parseChoice(chunk.id, choice,');
});

test('OpenAI Realtime connects with createWsConn (models/realtime.ts)', () => {
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

test('audio is played from an AudioSource at the end of a chain (turns/held-output.ts)', () => {
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

test('a server starts its pool, gives it jobs, and has the jobs of its executors; each executor starts a child (worker/framework.ts)', () => {
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

test('a runner whose name is taken is not registered (main.ts)', async () => {
  Object.defineProperty(InferenceRunner.registeredRunners, 'lk_eot_audio', { value: 'not used' });
  const { EOT_INFERENCE_METHOD } = await import(
    '../node_modules/@livekit/agents/dist/inference/eot/runner.js'
  );
  expect(EOT_INFERENCE_METHOD).toBe('lk_eot_audio');
  expect(Object.keys(InferenceRunner.registeredRunners)).toEqual([]);
});

test('a session is offered to participants by SessionHost (call/session.ts)', () => {
  expect(sourceOf(voice.AgentSession)).toContain('this.sessionHost.registerSession(this)');
  expect(voice.SessionHost.prototype).toMatchObject({
    registerSession: expect.any(Function),
    start: expect.any(Function),
  });
});
