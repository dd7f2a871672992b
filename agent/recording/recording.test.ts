// Real calls that are recorded, or not: what is in the files, also of a process that was killed.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CALL_ATTRIBUTE, type CallEvent } from '../../lib/calls/event';
import { recordingPath } from '../../lib/recordings';
import { AGENT_ATTRIBUTES } from '../../lib/signals';
import { parseWav } from '../speech/wav';
import { LIMIT_MS } from '../testing/limit';
import { openStage, type Stage } from '../testing/stage';
import type { TestWorker } from '../testing/worker-process';
import { heardOn as wordsOn } from './testing/sides';

/** Milliseconds for a whole test: a few waits, each with its own limit. */
const TEST_MS = 6 * LIMIT_MS;
/** Takes the disk from a running process: of util-linux, which is on every Linux. */
const PRLIMIT = '/usr/bin/prlimit';
/** The notice as the small recogniser hears it in the small voice. */
const NOTICE = /(re|ac)corded/i;
let stage: Stage;
const folder = mkdtempSync(join(tmpdir(), 'callboard-recordings-'));

const soon = <T>(value: () => T | Promise<T>) => expect.poll(value, { timeout: LIMIT_MS });
type Told = Extract<CallEvent['what'], { kind: 'recording' }>;
const told = (room: string) =>
  stage.web.eventsOf(room).flatMap(({ what }) => (what.kind === 'recording' ? [what as Told] : []));

let recorder: TestWorker;

/** One worker at a time, so that it is this one that takes the call. */
async function worker(name: string, RECORD_CALLS?: string) {
  const dataDir = join(folder, name);
  recorder = stage.startWorker({ DATA_DIR: dataDir, ...(RECORD_CALLS && { RECORD_CALLS }) });
  await recorder.live();
  return { dataDir };
}

async function answered(agent: string) {
  const call = `c-${randomUUID()}`;
  const caller = await stage.call(agent, { attributes: { [CALL_ATTRIBUTE]: call } });
  await caller.answered();
  return { call, caller, room: caller.room };
}

/** The words of one side. */
const heardOn = (side: 0 | 1, file: string) => wordsOn(stage.speech, side, file);

beforeAll(async () => {
  stage = await openStage();
}, TEST_MS);
afterEach(() => recorder.kill(), TEST_MS);
afterAll(async () => {
  await stage?.close();
  rmSync(folder, { recursive: true, force: true });
}, TEST_MS);

test(
  'the caller is told, and heard on the left; the agent is on the right, in time',
  async () => {
    const { dataDir } = await worker('on', 'on');
    const { call, caller, room } = await answered('line-check');
    await soon(() => caller.said).toMatch(/^This call is recorded\. /);
    await soon(() => caller.agent()?.attributes[AGENT_ATTRIBUTES.recording]).toBe('yes');
    const microphone = await caller.speaks(stage.speech);
    await soon(() => caller.agent()?.attributes['lk.agent.state']).toBe('listening');
    await microphone.say('The quick brown fox jumps over the lazy dog.');
    await soon(() => caller.said).toMatch(/I heard/);
    await soon(() => caller.agent()?.attributes['lk.agent.state']).toBe('listening');
    await caller.hangUp();
    await soon(() => told(room)).toHaveLength(2);

    const [begin, end] = told(room);
    expect(begin).toEqual({
      kind: 'recording',
      file: end?.file,
      startedAt: end?.startedAt,
      channels: 2,
    });
    expect(end?.file).toMatch(new RegExp(`^${call}/`));
    const path = recordingPath(dataDir, end?.file ?? '') ?? '';
    const [people, agents] = [await heardOn(0, path), await heardOn(1, path)];
    // The small recogniser takes "quick" for "quit" now and then.
    expect(people).toMatch(/brown fox jumps/i);
    expect(people).not.toMatch(NOTICE);
    expect(agents).toMatch(NOTICE);
    expect(agents).toMatch(/I heard/i);

    // It is as long as it took, and what was said is where the events say.
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
  },
  TEST_MS,
);

test(
  'a job that is killed in a call leaves a file that can be played',
  async () => {
    const { dataDir } = await worker('killed', 'on');
    const { caller, room } = await answered('line-check');
    await soon(() => caller.said).toMatch(/recorded\. .+/);
    await soon(() => told(room)).toHaveLength(1);
    const path = recordingPath(dataDir, told(room)[0]?.file ?? '') ?? '';
    // It can be played while it grows, too.
    await soon(() => heardOn(1, path)).toMatch(NOTICE);
    await recorder.kill();
    expect(await heardOn(1, path)).toMatch(NOTICE);
  },
  TEST_MS,
);

test(
  'a folder that takes no file: the call goes on, the caller is not told of a recording',
  async () => {
    mkdirSync(join(folder, 'full'));
    writeFileSync(join(folder, 'full', 'recordings'), 'no folder');
    await worker('full', 'on');
    const { caller, room } = await answered('line-check');
    await soon(() => caller.said).toMatch(/\w+ .*\./);
    expect(caller.said).not.toMatch(/recorded/);
    expect(caller.agent()?.attributes[AGENT_ATTRIBUTES.recording] ?? '').toBe('');
    const errors = () =>
      stage.web.eventsOf(room).flatMap(({ what }) => (what.kind === 'error' ? [what.where] : []));
    await soon(errors).toContain('recording');
    expect(told(room)).toEqual([]);
    await caller.hangUp();
  },
  TEST_MS,
);

test.skipIf(!existsSync(PRLIMIT))(
  'a disk that takes no more in the middle: the recording ends, the call goes on',
  async () => {
    const { dataDir } = await worker('no-more', 'on');
    const { caller, room } = await answered('line-check');
    await soon(() => told(room)).toHaveLength(1);
    for (const { pid } of recorder.jobs()) {
      execFileSync(PRLIMIT, [`--pid=${pid}`, '--fsize=300000']);
    }
    await soon(() => told(room)).toHaveLength(2);
    const errors = stage.web.eventsOf(room).filter(({ what }) => what.kind === 'error');
    expect(errors).toMatchObject([{ what: { where: 'recording' } }]);
    // An attribute that is emptied is gone.
    await soon(() => Object.keys(caller.agent()?.attributes ?? {})).toContain(
      AGENT_ATTRIBUTES.agent,
    );
    await soon(() => caller.agent()?.attributes[AGENT_ATTRIBUTES.recording]).toBeUndefined();
    await caller.type('Hello there.');
    await soon(() => caller.said).toMatch(/hello there/i);
    const path = recordingPath(dataDir, told(room)[0]?.file ?? '') ?? '';
    expect(parseWav(readFileSync(path)).data.length).toBeGreaterThan(100_000);
    await caller.hangUp();
  },
  TEST_MS,
);

test.each([
  ['unless it is asked for', 'off', /^(?!.*recorded)\w+ .*\./s],
  // That Egress does, if it can, is LiveKit's to say.
  ['by the worker where it is for Egress', 'egress', /^This call may be recorded\. \w+/],
])(
  'nothing is recorded %s',
  async (_, setting, words) => {
    const { dataDir } = await worker(setting, setting);
    const { caller, room } = await answered('line-check');
    await soon(() => caller.said).toMatch(words);
    expect(caller.agent()?.attributes[AGENT_ATTRIBUTES.recording] ?? '').toBe('');
    await caller.hangUp();
    await soon(() => stage.web.eventsOf(room).some(({ what }) => what.kind === 'agent_left')).toBe(
      true,
    );
    expect(existsSync(join(dataDir, 'recordings'))).toBe(false);
    expect(readdirSync(dataDir)).toContain('events');
    expect(told(room)).toEqual([]);
  },
  TEST_MS,
);
