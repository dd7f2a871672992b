// More than one agent, or more than one person, in a room, with nothing replaced: hand-over, take-over
// by a colleague, agents that come unasked, and the same agent asked for twice.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { PERSON_ATTRIBUTES } from '../lib/signals';
import type { Joining, TestCaller } from './testing/caller';
import { LIMIT_MS } from './testing/limit';
import { openStage, type Stage } from './testing/stage';

/** Milliseconds for a whole test: a few waits, each with its own limit. */
const TEST_MS = 5 * LIMIT_MS;

let stage: Stage;

/** Waits, in steps of 50 ms, until `value` is as expected. */
const soon = <T>(value: () => T | Promise<T>, timeout = LIMIT_MS) =>
  expect.poll(value, { timeout });

async function greeted(joining?: Joining, timeout = LIMIT_MS): Promise<TestCaller> {
  const call = await stage.call('front-desk', joining);
  await vi.waitFor(() => expect(call.said).toContain('How can I help?'), timeout);
  return call;
}

/** Another person or thing in a call's room. */
const joins = (call: TestCaller, identity: string, joining: Joining = {}) =>
  stage.call(undefined, { ...joining, room: call.room, identity });

const liveRooms = async (name: string) => (await stage.rooms.listRooms([name])).length;

beforeAll(async () => {
  stage = await openStage();
  const production = stage.startWorker({ AGENT_AUTOMATIC: 'line-check' });
  const staging = stage.startWorker({
    LIVEKIT_AGENT_DEPLOYMENT: 'staging',
    AGENT_MAX_JOBS: '1',
  });
  await Promise.all([production.live(), staging.live()]);
  // Seven processes warm up side by side: the first greeting stands still until they are done.
  const first = await greeted({}, 3 * LIMIT_MS);
  await first.hangUp();
}, TEST_MS);

afterAll(() => stage?.close(), TEST_MS);

describe('hand-over', () => {
  test(
    'in the room: announced, then the other agent, who knows why; the first leaves',
    async () => {
      const call = await greeted();
      await call.type('I have a question about my bill.');
      await soon(() => call.agentNames()).toEqual(['billing', 'front-desk']);
      await soon(() => call.agentNames()).toEqual(['billing']);
      expect(call.leaving).toBe('handover');
      await soon(() => call.saidBy.get('Frank') ?? '').toMatch(/Frank, from billing/);
      // The announcement was over before the other began.
      expect(call.saidAt('One moment')).toBeLessThan(call.saidAt('This is Frank'));
      await call.type('What did I tell Ada?');
      await soon(() => call.saidBy.get('Frank') ?? '').toMatch(/Ada (told|tells) me.*bill/is);
      expect(await liveRooms(call.room)).toBe(1);
    },
    TEST_MS,
  );

  test(
    'nobody comes: the first says so after ten seconds and goes on, and nobody comes late',
    async () => {
      // The only place for billing on staging is taken.
      const other = await stage.call('billing', { deployment: 'staging' });
      await other.answered();
      const call = await greeted({ deployment: 'staging' });
      await call.type('I have a question about my bill.');
      await soon(() => call.said).toMatch(/Frank is not free/);
      await other.hangUp();
      await call.type('No, thank you. What is your address?');
      await soon(() => call.said).toContain('Willow Street, Brookfield');
      expect(call.agentNames()).toEqual(['front-desk']);
      const kept = await stage.dispatches.listDispatch(call.room);
      expect(kept.map(({ agentName }) => agentName)).toEqual(['front-desk']);
    },
    TEST_MS,
  );

  test(
    'into a new room: the caller follows, and the old room ends',
    async () => {
      const call = await greeted();
      const before = call.room;
      await call.type('I would like to talk to billing in private.');
      await soon(() => call.room).not.toBe(before);
      await soon(() => call.saidBy.get('Frank') ?? '').toMatch(/Frank, from billing/);
      expect(call.agentNames()).toEqual(['billing']);
      await soon(() => liveRooms(before)).toBe(0);
    },
    TEST_MS,
  );
});

describe('a person takes over', () => {
  test(
    'the agent says goodbye and leaves once; the room goes on',
    async () => {
      const call = await greeted();
      await joins(call, 'colleague');
      await soon(() => call.said).toMatch(/Goodbye/);
      await soon(() => call.agentNames()).toEqual([]);
      expect(call.leaving).toBe('takeover');
      expect(call.said.match(/Goodbye/g)).toHaveLength(1);
      expect(await liveRooms(call.room)).toBe(1);
    },
    TEST_MS,
  );

  test(
    'telephones, recorders, feeds, agents and who comes back do not count',
    async () => {
      const call = await greeted();
      for (const kind of ['sip', 'egress', 'ingress', 'agent'] as const) {
        await joins(call, kind, { kind });
      }
      // The same identity again: LiveKit puts the first one out (DUPLICATE_IDENTITY).
      const again = await joins(call, call.identity);
      await again.type('What is your address?');
      await soon(() => again.said).toContain('Brookfield');
      expect(again.said).not.toMatch(/Goodbye/);
    },
    TEST_MS,
  );

  test(
    'an agent that stays is silent until it is called by name, and until the colleague goes',
    async () => {
      const call = await greeted();
      const colleague = await joins(call, 'colleague', {
        attributes: { [PERSON_ATTRIBUTES.takeover]: 'stay' },
      });
      await soon(() => colleague.agentNames()).toEqual(['front-desk']);
      const before = call.said;
      await call.type('What is your address?');
      await call.type('Ada, when are you open on Monday?');
      await soon(() => call.said.slice(before.length)).toMatch(/eight|half past/i);
      expect(call.said.slice(before.length)).not.toContain('Brookfield');
      await colleague.hangUp();
      await soon(() => call.people()).toBe(0);
      await call.type('What is your address?');
      await soon(() => call.said).toContain('Brookfield');
    },
    TEST_MS,
  );
});

describe('who is sent', () => {
  test(
    'an agent without a name comes where none was asked for, and only there',
    async () => {
      const asked = await greeted();
      const unasked = await stage.call(undefined, {});
      await unasked.answered();
      expect(unasked.agentNames()).toEqual(['line-check']);
      expect(asked.agentNames()).toEqual(['front-desk']);
      // One that is asked for later comes beside it.
      await stage.dispatches.createDispatch(unasked.room, 'front-desk');
      await soon(() => unasked.agentNames()).toEqual(['front-desk', 'line-check']);
    },
    TEST_MS,
  );

  test(
    'the same agent asked for again takes the place of the first',
    async () => {
      const call = await greeted();
      const first = call.agent()?.identity;
      await stage.dispatches.createDispatch(call.room, 'front-desk');
      await soon(() => call.agents().map(({ identity }) => identity)).not.toContain(first);
      await soon(() => call.agentNames()).toEqual(['front-desk']);
      await soon(() => call.said.match(/How can I help/g)?.length).toBe(2);
    },
    TEST_MS,
  );
});
