// Real calls with and without recording: the content of the files, even of a killed process.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { parseWav, wavHeader } from '@/agent/speech/pcm';
import { openStage, type Stage } from '@/agent/testing/stage';
import type { TestWorker } from '@/agent/testing/worker-process';
import { CALL_ATTRIBUTE, type CallEvent } from '@/lib/calls/event';
import { foldCall } from '@/lib/calls/timeline/timeline';
import { recordingsOf } from '@/lib/calls/view/recordings';
import { AGENT_ATTRIBUTES } from '@/lib/livekit/attributes';
import { recordingPath } from '@/lib/recordings/recording';
import { isRunning } from '@/lib/testing/processes';

/** Limits the file size of a running process; from util-linux, which is on every Linux. */
const PRLIMIT = '/usr/bin/prlimit';
const NOTICE = 'This call is recorded.';
/** Maximum milliseconds between the recordings of two agents: the second starts when it takes over. */
const GAP_MS = 2_000;
let stage: Stage;
const dataDir = mkdtempSync(join(tmpdir(), 'callboard-recordings-'));
/** Recordings of an earlier call, by their age in days. */
const [expired, kept] = [31, 29].map((days) => {
  const folder = join(dataDir, 'recordings', `c-${days}`);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'a.wav');
  writeFileSync(path, '');
  utimesSync(path, Date.now() / 1_000, Date.now() / 1_000 - days * 86_400);
  return path;
}) as [string, string];

type Reported = Extract<CallEvent['what'], { kind: 'recording' }>;
const reported = (room: string) =>
  stage.web
    .eventsOf(room)
    .flatMap(({ what }) => (what.kind === 'recording' ? [what as Reported] : []));

let recorder: TestWorker;

async function answered(agent: string) {
  const call = `c-${randomUUID()}`;
  const caller = await stage.call(agent, { attributes: { [CALL_ATTRIBUTE]: call } });
  await caller.answered();
  return { call, caller, room: caller.room };
}

beforeAll(async () => {
  stage = await openStage();
  recorder = stage.startWorker({ DATA_DIR: dataDir, RECORD_CALLS: 'on' });
  await recorder.live();
});
afterAll(async () => {
  await stage?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

test('the worker deletes expired recordings', async () => {
  await expect.poll(() => existsSync(expired)).toBe(false);
  expect(existsSync(kept)).toBe(true);
});

test('the caller is told, and heard on the left; the agent is on the right, at the right time', async () => {
  const { call, caller, room } = await answered('line-check');
  await expect.poll(() => caller.said).toMatch(/^This call is recorded\. /);
  await expect.poll(() => caller.agent()?.attributes[AGENT_ATTRIBUTES.recording]).toBe('yes');
  const microphone = await caller.speaks(stage.speech);
  await expect.poll(() => caller.agent()?.attributes['lk.agent.state']).toBe('listening');
  await microphone.say('The quick brown fox jumps over the lazy dog.');
  await expect.poll(() => caller.said).toMatch(/I heard/);
  await expect.poll(() => caller.agent()?.attributes['lk.agent.state']).toBe('listening');
  await caller.hangUp();
  await expect.poll(() => reported(room)).toHaveLength(2);

  const [begin, end] = reported(room);
  expect(begin).toEqual({
    kind: 'recording',
    file: end?.file,
    startedAt: end?.startedAt,
    channels: 2,
  });
  expect(end?.file).toMatch(new RegExp(`^${call}/`));
  const path = recordingPath(dataDir, end?.file ?? '') ?? '';
  const [people, agents] = [await heardOn(0, path), await heardOn(1, path)];
  expect(people).toBe('The quick brown fox jumps over the lazy dog.');
  expect(agents).toContain(NOTICE);
  expect(agents).toMatch(/I heard/i);

  // It is as long as the call, and speech is where the events say.
  const { data } = parseWav(readFileSync(path));
  const tookMs = (end?.endedAt ?? 0) - (begin?.startedAt ?? 0);
  expect(Math.abs(data.length / 64 - tookMs)).toBeLessThan(500);
  const question = stage.web
    .eventsOf(room)
    .map(({ what }) => what)
    .find((what) => what.kind === 'turn' && what.speaker === 'caller') as Extract<
    CallEvent['what'],
    { kind: 'turn' }
  >;
  const both = new Int16Array(Uint8Array.from(data).buffer);
  const first = both.findIndex((sample, at) => at % 2 === 0 && Math.abs(sample) > 1_000);
  const spokenMs = question.startedAt - (begin?.startedAt ?? 0);
  expect(Math.abs(first / 32 - spokenMs)).toBeLessThan(700);
});

test('after a handoff each agent has its own recording, and together they are the call', async () => {
  const id = `c-${randomUUID()}`;
  const caller = await stage.call('front-desk', { attributes: { [CALL_ATTRIBUTE]: id } });
  await expect.poll(() => caller.said).toMatch(/^This call is recorded\. .*How can I help\?/s);
  await caller.type('I have a question about my bill.');
  await expect.poll(() => caller.saidBy.get('Frank') ?? '').toMatch(/Frank, from billing/);
  await expect.poll(() => caller.agentNames()).toEqual(['billing']);
  const microphone = await caller.speaks(stage.speech);
  await expect.poll(() => caller.agent()?.attributes['lk.agent.state']).toBe('listening');
  await microphone.say('How can I pay my bill?');
  await expect.poll(() => caller.saidBy.get('Frank') ?? '').toMatch(/card|transfer|cash/i);
  await expect.poll(() => caller.agent()?.attributes['lk.agent.state']).toBe('listening');
  await caller.hangUp();

  const recordings = () => {
    const reported = stage.web
      .eventsOf(caller.room)
      .map((event) => ({ ...event, arrivedAt: event.at }));
    return recordingsOf(foldCall(reported));
  };
  await expect.poll(() => recordings().filter(({ to }) => to !== undefined)).toHaveLength(2);
  const [ada, frank, ...others] = recordings();
  expect(others).toEqual([]);
  expect(ada?.from).toBeLessThan(frank?.from ?? 0);
  expect(Math.abs((frank?.from ?? 0) - (ada?.to ?? 0))).toBeLessThan(GAP_MS);
  const [first = '', second = ''] = [ada, frank].map(
    (one) => recordingPath(dataDir, one?.file ?? '') ?? '',
  );
  expect([first, second].every((path) => path.startsWith(join(dataDir, 'recordings', id)))).toBe(
    true,
  );
  expect(first).not.toBe(second);
  expect(await heardOn(1, first)).toMatch(/recorded.*moment/is);
  expect(await heardOn(0, first)).toBe('');
  expect(await heardOn(0, second)).toBe('How can I pay my bill?');
  expect(await heardOn(1, second)).toMatch(/card|transfer|cash/i);
});

test('if the folder is not writable, the call continues and no recording is announced', async () => {
  const recordings = join(dataDir, 'recordings');
  renameSync(recordings, `${recordings}.kept`);
  writeFileSync(recordings, 'no folder');
  onTestFinished(() => {
    rmSync(recordings);
    renameSync(`${recordings}.kept`, recordings);
  });
  const { caller, room } = await answered('line-check');
  await expect.poll(() => caller.said).toMatch(/\w+ .*\./);
  expect(caller.said).not.toMatch(/recorded/);
  expect(caller.agent()?.attributes[AGENT_ATTRIBUTES.recording] ?? '').toBe('');
  const errors = () =>
    stage.web.eventsOf(room).flatMap(({ what }) => (what.kind === 'error' ? [what.where] : []));
  await expect.poll(errors).toContain('recording');
  expect(reported(room)).toEqual([]);
  await caller.hangUp();
});

test('a killed job leaves a playable file', async () => {
  const { caller, room } = await answered('line-check');
  await expect.poll(() => caller.said).toMatch(/recorded\. .+/);
  await expect.poll(() => reported(room)).toHaveLength(1);
  const path = recordingPath(dataDir, reported(room)[0]?.file ?? '') ?? '';
  // It can be played while it grows, too.
  await expect.poll(() => heardOn(1, path)).toContain(NOTICE);
  const job = recorder.jobs().find(({ agent }) => agent === 'line-check');
  process.kill(job?.pid as number, 'SIGKILL');
  await expect.poll(() => isRunning(job?.pid as number)).toBe(false);
  expect(await heardOn(1, path)).toContain(NOTICE);
});

test.skipIf(!existsSync(PRLIMIT))(
  'a disk that takes no more in the middle: the recording ends, the call goes on',
  async () => {
    const { caller, room } = await answered('line-check');
    await expect.poll(() => reported(room)).toHaveLength(1);
    for (const { pid } of recorder.jobs()) {
      execFileSync(PRLIMIT, [`--pid=${pid}`, '--fsize=200000']);
    }
    await expect.poll(() => reported(room)).toHaveLength(2);
    const errors = stage.web.eventsOf(room).filter(({ what }) => what.kind === 'error');
    expect(errors).toMatchObject([{ what: { where: 'recording' } }]);
    // LiveKit removes an attribute set to an empty value.
    await expect
      .poll(() => Object.keys(caller.agent()?.attributes ?? {}))
      .toContain(AGENT_ATTRIBUTES.agent);
    await expect.poll(() => caller.agent()?.attributes[AGENT_ATTRIBUTES.recording]).toBeUndefined();
    await caller.type('Hello there.');
    await expect.poll(() => caller.said).toMatch(/hello there/i);
    const path = recordingPath(dataDir, reported(room)[0]?.file ?? '') ?? '';
    expect(parseWav(readFileSync(path)).data.length).toBeGreaterThan(100_000);
    await caller.hangUp();
  },
);

/** Amplitude (of 32,767) below which audio is silence, and milliseconds of silence that end a stretch of speech. */
const QUIET = 200;
const PAUSE_MS = 500;

/** Speech without long pauses, with some silence around it: STT stops at silence. */
function stretches(sound: Int16Array<ArrayBuffer>, rate: number): Int16Array<ArrayBuffer>[] {
  const pause = (rate * PAUSE_MS) / 1_000;
  const found: { from: number; to: number }[] = [];
  sound.forEach((sample, at) => {
    if (Math.abs(sample) < QUIET) return;
    const last = found.at(-1);
    if (last && at - last.to < pause) last.to = at;
    else found.push({ from: at, to: at });
  });
  const around = pause / 2;
  return found.map(({ from, to }) => sound.slice(Math.max(0, from - around), to + around));
}

/** The words on one side. @param side 0 is left, the people; 1 is right, the agents */
async function heardOn(side: 0 | 1, file: string): Promise<string> {
  const { data, rate, channels } = parseWav(readFileSync(file));
  expect({ rate, channels }).toEqual({ rate: 16_000, channels: 2 });
  const both = new Int16Array(Uint8Array.from(data).buffer);
  const one = both.filter((_, at) => at % 2 === side);
  const words: string[] = [];
  for (const stretch of stretches(one, rate)) {
    const form = new FormData();
    form.set('model', 'moonshine-tiny');
    form.set('response_format', 'text');
    const wav = new Blob([wavHeader(rate, stretch.byteLength), stretch]);
    form.set('file', wav, 'side.wav');
    const answer = await fetch(`${stage.speech}/audio/transcriptions`, {
      method: 'POST',
      body: form,
    });
    words.push(await answer.text());
  }
  return words.join(' ');
}
