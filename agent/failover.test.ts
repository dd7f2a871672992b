// The workers' part when an agent is lost, with nothing replaced: a job whose worker died leaves at
// once, and one that is sent in its place goes on with the talk, on another worker.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Passed, writeBrief } from '../lib/brief';
import { PERSON_ATTRIBUTES } from '../lib/signals';
import { notices } from './notices';
import { LIMIT_MS } from './testing/limit';
import { openStage, type Stage } from './testing/stage';
import type { TestWorker } from './testing/worker-process';

/** Milliseconds for a whole test: a few waits, each with its own limit. */
const TEST_MS = 5 * LIMIT_MS;

const history: Passed[] = [
  { kind: 'said', speaker: 'agent', text: 'How can I help?' },
  { kind: 'said', speaker: 'caller', text: 'I would like to book a blood test.' },
  { kind: 'said', speaker: 'agent', text: 'Of course. What day would you like?' },
];

let stage: Stage;
let first: TestWorker;

/** Waits, in steps of 50 ms, until `value` is as expected. */
const soon = <T>(value: () => T | Promise<T>, timeout = LIMIT_MS) =>
  expect.poll(value, { timeout });

const send = (room: string, avoid?: string, talk = history) =>
  stage.dispatches.createDispatch(room, 'front-desk', {
    metadata: writeBrief({ kind: 'resume', history: talk, avoid }),
  });

beforeAll(async () => {
  stage = await openStage();
  first = stage.startWorker();
  await first.live();
}, TEST_MS);

afterAll(() => stage?.close(), TEST_MS);

test(
  'a successor says that the line was cut, asks again, and goes on where the talk stood',
  async () => {
    const call = await stage.call(undefined);
    await send(call.room);
    await soon(() => call.said).toContain(`${notices.cutOff} What day would you like?`);
    expect(call.said).not.toContain('this is Ada');
    await call.type('Next Tuesday in the morning.');
    await soon(() => call.said).toMatch(/what time/i);
    await call.hangUp();
  },
  TEST_MS,
);

test(
  'what the caller said last is answered',
  async () => {
    const call = await stage.call(undefined);
    await send(call.room, undefined, [
      ...history.slice(0, 1),
      { kind: 'said', speaker: 'caller', text: 'What is your address?' },
    ]);
    await soon(() => call.said).toMatch(
      new RegExp(`^${notices.cutOff}.*Willow Street, Brookfield`, 's'),
    );
    await call.hangUp();
  },
  TEST_MS,
);

test(
  'beside a colleague it keeps as silent as the lost one was',
  async () => {
    const call = await stage.call(undefined);
    const attributes = { [PERSON_ATTRIBUTES.takeover]: 'stay' };
    const ben = await stage.call(undefined, { room: call.room, identity: 'ben', attributes });
    await send(call.room);
    await call.answered();
    await call.type('What is your address?');
    await call.type('Ada, please tell me all your services.');
    await soon(() => call.said).toMatch(/blood test/i);
    expect(call.said).not.toMatch(/cut off|Brookfield/);
    await Promise.all([ben.hangUp(), call.hangUp()]);
  },
  TEST_MS,
);

test(
  'the worker that failed does not take it; the other one does',
  async () => {
    const second = stage.startWorker();
    await second.live();
    for (let i = 0; i < 3; i += 1) {
      const call = await stage.call(undefined);
      await send(call.room, first.id);
      expect(await call.worker()).toBe(second.id);
      await call.hangUp();
    }
    await second.kill();
  },
  TEST_MS,
);

test(
  'a job whose worker process died says so and leaves',
  async () => {
    const call = await stage.call('front-desk');
    await soon(() => call.said).toContain('How can I help?');
    first.signal('SIGKILL');
    await soon(() => call.agents()).toEqual([]);
    expect(call.leaving).toBe('orphaned');
    await call.hangUp();
  },
  TEST_MS,
);
