// What a real worker reports of real calls. main.integration.test.ts checks delivery when processes are killed.
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { sharedStage } from '@/agent/testing/stage';
import { CALL_ATTRIBUTE, type CallEvent, type EventKind } from '@/lib/calls/event';

const stage = await sharedStage();

/** A caller with a call id, as in a token from the token route. */
async function greeted(agent = 'front-desk') {
  const call = `c-${randomUUID()}`;
  const caller = await stage.call(agent, { attributes: { [CALL_ATTRIBUTE]: call } });
  await expect.poll(() => said(caller.room)).toHaveLength(1);
  return { call, caller, room: caller.room };
}
type Of<K extends EventKind> = Extract<CallEvent['what'], { kind: K }>;
const all = <K extends EventKind>(room: string, kind: K) =>
  stage.web.eventsOf(room).flatMap(({ what }) => (what.kind === kind ? [what as Of<K>] : []));
const said = (room: string) => all(room, 'turn').map(({ by, text }) => `${by}: ${text}`);

afterAll(() => stage.close());

test('a typed call with a booking: each event once, in order, with its call id', async () => {
  const { call, caller, room } = await greeted();
  await expect.poll(() => said(room)).toEqual([expect.stringMatching(/^Ada: .*How can I help\?/)]);
  for (const [line, answer] of [
    ['I would like to book a check-up.', /^Ada: .*(day|when)/i],
    ['On Tuesday in the morning.', /^Ada: .*What time/],
    ['The first one, please.', /^Ada: .*name/i],
    ['Anna Smith', /^Ada: .*Anna Smith/i],
  ] as const) {
    await caller.type(line);
    await expect.poll(() => said(room).at(-1)).toMatch(answer);
  }
  await caller.type('Yes please.');
  await expect
    .poll(() => all(room, 'outcome'))
    .toEqual([{ kind: 'outcome', outcome: 'appointment', caller: 'Anna Smith' }]);
  await expect.poll(() => said(room).at(-1)).toMatch(/^Ada: /);
  await caller.hangUp();
  await expect.poll(() => all(room, 'ended')).toEqual([{ kind: 'ended', why: 'caller-left' }]);

  const events = stage.web.eventsOf(room);
  const firsts = [...new Set(events.map(({ what }) => what.kind))];
  expect(firsts.filter((kind) => kind !== 'agent_state' && kind !== 'tool')).toEqual([
    'job_assigned',
    'agent_joined',
    'first_audio',
    'turn',
    'outcome',
    'usage',
    'agent_left',
    'ended',
  ]);
  expect(new Set(events.map(({ source }) => source))).toEqual(
    new Set([`worker:${stage.workers.production.id}`]),
  );
  expect(new Set(events.map(({ roomSid }) => roomSid))).toEqual(
    new Set([expect.stringMatching(/^RM_/)]),
  );
  // Before the agent sees the caller, only the room identifies the call.
  const known = events.filter(({ what }) => what.kind !== 'job_assigned');
  expect(known.slice(3).every((event) => event.call === call)).toBe(true);
  const [greeting, asked, answer] = all(room, 'turn');
  expect(greeting).toMatchObject({
    speaker: 'agent',
    by: 'Ada',
    identity: caller.agent()?.identity ?? expect.any(String),
  });
  expect((greeting?.endedAt ?? 0) - (greeting?.startedAt ?? 0)).toBeGreaterThan(500);
  expect(asked).toMatchObject({ speaker: 'caller', identity: 'caller', typed: true });
  expect(answer?.speaker).toBe('agent');
  expect(all(room, 'tool').find(({ tool }) => tool === 'bookAppointment')).toMatchObject({
    failed: false,
    args: expect.stringContaining('Anna Smith'),
    result: expect.stringContaining('It is booked'),
    label: expect.any(String),
  });
  expect(all(room, 'agent_state').map(({ state }) => state)).toContain('speaking');
  expect(all(room, 'error')).toEqual([]);
  expect(all(room, 'agent_left')).toMatchObject([{ agent: 'front-desk' }]);
});

test('a spoken call: when each turn was spoken, and the latency of each part of the answer', async () => {
  const { caller, room } = await greeted('line-check');
  const microphone = await caller.speaks(stage.speech);
  await microphone.say('The quick brown fox jumps over the lazy dog.');
  await expect.poll(() => said(room).at(-1)).toMatch(/I heard/);
  const [asked, answer] = all(room, 'turn').slice(-2);
  expect(asked).toMatchObject({
    speaker: 'caller',
    text: 'The quick brown fox jumps over the lazy dog.',
  });
  expect(asked?.typed).toBeUndefined();
  expect(asked?.latency).toEqual({ transcript: expect.any(Number) });
  const spoken = (asked?.endedAt ?? 0) - (asked?.startedAt ?? 0);
  expect(spoken).toBeGreaterThan(500);
  expect(spoken).toBeLessThan(5_000);
  const { transcript = -1, firstToken = -1, firstAudio = -1 } = answer?.latency ?? {};
  expect(transcript).toBe(asked?.latency?.transcript);
  // The answer is generated in the pause before the transcript is final, and spoken once it is.
  expect(firstToken).toBeGreaterThanOrEqual(0);
  expect(firstAudio).toBeGreaterThanOrEqual(Math.max(transcript, firstToken));
  expect(firstAudio).toBeGreaterThan(100);
  // The same by the clock.
  expect((answer?.startedAt ?? 0) - (asked?.endedAt ?? 0)).toBeCloseTo(firstAudio, -1);
  await caller.hangUp();
});

test.each(['at rest', 'while the agent talks'])(
  'a caller who types hangs up %s: the transcript has only what they could hear',
  async (when) => {
    const { caller, room } = await greeted('line-check');
    if (when !== 'at rest') {
      const words = Array.from({ length: 40 }, (_, at) => `${at} sheep`).join(', ');
      await caller.type(words);
      await expect.poll(() => caller.said).toContain('0 sheep');
    }
    await caller.hangUp();
    // As failover does once LiveKit's webhook says so: the job learns it three seconds later.
    await stage.rooms.deleteRoom(room);
    await expect.poll(() => all(room, 'agent_left')).toHaveLength(1);
    expect(said(room).join()).not.toMatch(/have to go|39 sheep\.$/);
    expect(all(room, 'agent_left')).not.toMatchObject([{ why: 'shutdown' }]);
  },
);

test('an operator ends the call: the agent does not say goodbye to an empty room', async () => {
  const { room } = await greeted('line-check');
  await stage.rooms.deleteRoom(room);
  await expect.poll(() => all(room, 'agent_left')).toHaveLength(1);
  expect(said(room).join()).not.toMatch(/have to go/);
  expect(all(room, 'agent_left')).not.toMatchObject([{ why: 'shutdown' }]);
});

test('a handoff: dispatched by the agent, handed off, both agents in one call', async () => {
  const { call, caller, room } = await greeted();
  await caller.type('I have a question about my bill.');
  await expect.poll(() => caller.agentNames()).toEqual(['billing', 'front-desk']);
  await expect.poll(() => caller.saidBy.get('Frank') ?? '').toMatch(/Frank, from billing/);
  expect(caller.leaving).toBe('handoff');
  // The announcement ended before the other agent began.
  expect(caller.saidAt('One moment')).toBeLessThan(caller.saidAt('This is Frank'));
  await expect
    .poll(() => all(room, 'agent_left'))
    .toMatchObject([{ agent: 'front-desk', why: 'handoff' }]);
  expect(all(room, 'dispatched')).toMatchObject([
    { agent: 'billing', deployment: 'production', by: 'agent' },
  ]);
  expect(all(room, 'handed_off')).toEqual([
    { kind: 'handed_off', from: 'front-desk', to: 'billing', room },
  ]);
  expect(all(room, 'outcome')).toEqual([{ kind: 'outcome', outcome: 'handed off' }]);
  await expect.poll(() => said(room).at(-1)).toMatch(/^Frank: /);
  expect(stage.web.eventsOf(room).at(-1)?.call).toBe(call);
  expect(caller.agentNames()).toEqual(['billing']);
  await caller.type('What did I tell Ada?');
  await expect.poll(() => caller.saidBy.get('Frank') ?? '').toMatch(/Ada (told|tells) me.*bill/is);
  await caller.hangUp();
});

test('a handoff into a new room: events there before the caller arrives belong to the same call', async () => {
  const { call, caller, room } = await greeted();
  await caller.type('I would like to talk to billing in private.');
  await expect.poll(() => caller.room).not.toBe(room);
  await expect.poll(() => said(caller.room).at(-1)).toMatch(/^Frank: /);
  const calls = stage.web.eventsOf(caller.room).map((event) => event.call);
  expect(new Set(calls)).toEqual(new Set([call]));
  expect(caller.agentNames()).toEqual(['billing']);
  await expect.poll(() => stage.rooms.listRooms([room])).toEqual([]);
  await expect
    .poll(() => all(room, 'tool'))
    .toMatchObject([{ tool: 'handOff', label: 'Asked for a colleague' }]);
  await caller.hangUp();
});
