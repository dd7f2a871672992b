// A call that is handed over while it is recorded: each agent keeps its own stretch, and one after the
// other they are the call.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CALL_ATTRIBUTE } from '../../lib/calls/event';
import { foldCall } from '../../lib/calls/timeline/timeline';
import { recordingsOf } from '../../lib/calls/view/recordings';
import { recordingPath } from '../../lib/recordings';
import { LIMIT_MS } from '../testing/limit';
import { openStage, type Stage } from '../testing/stage';
import { heardOn } from './testing/sides';

/** Milliseconds for a whole test: a few waits, each with its own limit. */
const TEST_MS = 6 * LIMIT_MS;
/** Milliseconds between the stretches of two agents: the one begins to record when it has the word. */
const GAP_MS = 2_000;
let stage: Stage;
const DATA_DIR = mkdtempSync(join(tmpdir(), 'callboard-recordings-'));

const soon = <T>(value: () => T | Promise<T>) => expect.poll(value, { timeout: LIMIT_MS });

beforeAll(async () => {
  stage = await openStage();
  await stage.startWorker({ DATA_DIR, RECORD_CALLS: 'on' }).live();
}, TEST_MS);
afterAll(async () => {
  await stage?.close();
  rmSync(DATA_DIR, { recursive: true, force: true });
}, TEST_MS);

test(
  'both stretches are kept, in order, with the words of each',
  async () => {
    const id = `c-${randomUUID()}`;
    const caller = await stage.call('front-desk', { attributes: { [CALL_ATTRIBUTE]: id } });
    await soon(() => caller.said).toMatch(/^This call is recorded\. .*How can I help\?/s);
    await caller.type('I have a question about my bill.');
    await soon(() => caller.saidBy.get('Frank') ?? '').toMatch(/Frank, from billing/);
    await soon(() => caller.agentNames()).toEqual(['billing']);
    const microphone = await caller.speaks(stage.speech);
    await soon(() => caller.agent()?.attributes['lk.agent.state']).toBe('listening');
    await microphone.say('How can I pay my bill?');
    await soon(() => caller.saidBy.get('Frank') ?? '').toMatch(/card|transfer|cash/i);
    await soon(() => caller.agent()?.attributes['lk.agent.state']).toBe('listening');
    await caller.hangUp();

    const recordings = () => {
      const told = stage.web
        .eventsOf(caller.room)
        .map((event) => ({ ...event, arrivedAt: event.at }));
      return recordingsOf(foldCall(told));
    };
    await soon(() => recordings().filter(({ to }) => to !== undefined)).toHaveLength(2);
    const [ada, frank, ...others] = recordings();
    expect(others).toEqual([]);
    expect(ada?.from).toBeLessThan(frank?.from ?? 0);
    expect(Math.abs((frank?.from ?? 0) - (ada?.to ?? 0))).toBeLessThan(GAP_MS);
    const [first = '', second = ''] = [ada, frank].map(
      (one) => recordingPath(DATA_DIR, one?.file ?? '') ?? '',
    );
    expect([first, second].every((path) => path.startsWith(join(DATA_DIR, 'recordings', id)))).toBe(
      true,
    );
    expect(first).not.toBe(second);
    expect(await heardOn(stage.speech, 1, first)).toMatch(/(re|ac)corded.*moment/is);
    expect(await heardOn(stage.speech, 0, first)).not.toMatch(/pay/i);
    expect(await heardOn(stage.speech, 0, second)).toMatch(/pay/i);
    expect(await heardOn(stage.speech, 1, second)).toMatch(/card|transfer|cash/i);
  },
  TEST_MS,
);
