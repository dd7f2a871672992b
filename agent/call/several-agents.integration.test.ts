// More than one agent or person in a room, with nothing mocked: handoff, takeover by a colleague,
// and the same agent dispatched twice.
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { JoinOptions, TestCaller } from '@/agent/testing/caller';
import { sharedStage } from '@/agent/testing/stage';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { TIMEOUT_MS } from '@/lib/testing/wait-for';

const stage = await sharedStage();

async function greeted(joining?: JoinOptions, timeout = TIMEOUT_MS): Promise<TestCaller> {
  const call = await stage.call('front-desk', joining);
  await vi.waitFor(() => expect(call.said).toContain('How can I help?'), timeout);
  return call;
}

/** Another participant in a call's room. */
const joins = (call: TestCaller, identity: string, joining: JoinOptions = {}) =>
  stage.call(undefined, { ...joining, room: call.room, identity });

const liveRooms = async (name: string) => (await stage.rooms.listRooms([name])).length;

afterAll(() => stage.close());

describe('a person takes over', () => {
  test('the agent says goodbye and leaves once; the room goes on', async () => {
    const call = await greeted();
    await joins(call, 'colleague');
    await expect.poll(() => call.said).toMatch(/Goodbye/);
    await expect.poll(() => call.agentNames()).toEqual([]);
    expect(call.leaving).toBe('takeover');
    expect(call.said.match(/Goodbye/g)).toHaveLength(1);
    expect(await liveRooms(call.room)).toBe(1);
  });

  test('telephones, recorders, ingress, agents and returning callers do not count', async () => {
    const call = await greeted();
    for (const kind of ['sip', 'egress', 'ingress', 'agent'] as const) {
      await joins(call, kind, { kind });
    }
    // The same identity again: LiveKit removes the first one (DUPLICATE_IDENTITY).
    const again = await joins(call, call.identity);
    await again.type('What is your address?');
    await expect.poll(() => again.said).toContain('Brookfield');
    expect(again.said).not.toMatch(/Goodbye/);
  });

  test('an agent that stays is silent until it is called by name, or until the colleague leaves', async () => {
    const call = await greeted();
    const colleague = await joins(call, 'colleague', {
      attributes: { [PERSON_ATTRIBUTES.takeover]: 'stay' },
    });
    await expect.poll(() => colleague.agentNames()).toEqual(['front-desk']);
    const before = call.said;
    await call.type('What is your address?');
    await call.type('Ada, when are you open on Monday?');
    await expect.poll(() => call.said.slice(before.length)).toMatch(/eight|half past/i);
    expect(call.said.slice(before.length)).not.toContain('Brookfield');
    await colleague.hangUp();
    await expect.poll(() => call.people()).toBe(0);
    await call.type('What is your address?');
    await expect.poll(() => call.said).toContain('Brookfield');
  });
});

describe('duplicate dispatch', () => {
  test('the same agent dispatched again replaces the first', async () => {
    const call = await greeted();
    const first = call.agent()?.identity;
    await stage.dispatches.createDispatch(call.room, 'front-desk');
    await expect.poll(() => call.agents().map(({ identity }) => identity)).not.toContain(first);
    await expect.poll(() => call.agentNames()).toEqual(['front-desk']);
    await expect.poll(() => call.said.match(/How can I help/g)?.length).toBe(2);
  });
});
