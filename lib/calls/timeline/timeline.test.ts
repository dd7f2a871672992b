import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '@/lib/calls/event';
import { foldCall } from '@/lib/calls/timeline/timeline';
import { eventAt, T0, usualCall } from '@/lib/testing/call-events';

describe('a typical call', () => {
  const { call, stages, marks, clocks } = foldCall(usualCall());

  it('has a summary', () => {
    expect(call).toEqual({
      id: 'c1',
      room: 'r1',
      origin: 'page',
      caller: 'Ann',
      agents: ['front-desk'],
      deployments: ['production'],
      requestedAt: T0,
      startedAt: T0 + 90,
      joinedAt: T0 + 400,
      answeredAt: T0 + 900,
      endedAt: T0 + 30_000,
      endedBy: 'agent',
      endReason: undefined,
      outcome: 'appointment',
      topic: 'An appointment on Tuesday',
      turns: 3,
      errors: 0,
      answerMs: [700],
      ...{ agentTurns: 2, interruptions: 0, toolCalls: 1, toolFailures: 0 },
    });
  });

  it('has a waterfall of its set-up', () => {
    expect(stages).toEqual([
      { name: 'token', from: 4, to: 12 },
      { name: 'room', from: 12, to: 90 },
      { name: 'dispatch', from: 12, to: 12 },
      { name: 'job', from: 90, to: 110 },
      { name: 'join', from: 110, to: 400 },
      { name: 'first audio', from: 400, to: 900 },
    ]);
  });

  it('has turns and tools with their durations, in order', () => {
    expect(
      marks.filter(({ kind }) => kind !== 'event').map(({ kind, from, to }) => [kind, from, to]),
    ).toEqual([
      ['turn', 900, 3_000],
      ['turn', 4_000, 6_000],
      ['tool', 6_250, 6_400],
      ['turn', 6_700, 9_000],
    ]);
    expect(marks).toHaveLength(usualCall().length);
    expect(marks.map(({ from }) => from)).toEqual(
      marks.map(({ from }) => from).sort((a, b) => a - b),
    );
  });

  it('needs no clock correction', () => {
    expect(clocks).toEqual([]);
  });
});

it('has each participant join once, with what LiveKit and the worker know, until they come back', () => {
  const worker = { source: 'worker:w1' };
  const livekit = { source: 'livekit' };
  const on = { identity: 'agent-1', agent: 'front-desk' };
  const person = { identity: 'ann-1', role: 'caller' } as const;
  const { marks } = foldCall([
    eventAt('agent_joined', 400, { ...on, deployment: 'production' }, livekit),
    eventAt('agent_joined', 430, { ...on, deployment: 'production', worker: 'w1' }, worker),
    eventAt('person_joined', 100, { ...person, name: 'Ann' }, livekit),
    eventAt('person_joined', 120, { ...person, name: '' }, worker),
    eventAt('person_left', 500, { identity: 'ann-1', why: 'disconnected' }, livekit),
    eventAt('person_joined', 900, { ...person, name: 'Ann' }, livekit),
  ]);
  const came = marks.flatMap((mark) =>
    mark.kind === 'event' && /_joined$/.test(mark.what.kind) ? [mark] : [],
  );
  const zero = came[0]?.from ?? 0;
  expect(came).toMatchObject([
    { from: zero, what: { ...person, name: 'Ann' }, source: 'worker:w1' },
    { from: zero + 300, what: { ...on, worker: 'w1' }, source: 'worker:w1' },
    { from: zero + 800, what: person, source: 'livekit' },
  ]);
});

it.each<[string, object[], string | undefined]>([
  ['nothing was said', [], undefined],
  ['the agent spoke', [{ speaker: 'agent', text: 'Hello' }], undefined],
  [
    'keys were pressed before',
    [{ text: '4 2', pressed: true }, { text: ' Two\n lines ' }, { text: 'Later' }],
    'Two lines',
  ],
  ['it was long', [{ text: 'word '.repeat(40) }], `${'word '.repeat(23)}word…`],
])(
  'the topic is the last summary, without one the first thing the caller said: %s',
  (_, turns, topic) => {
    const said = turns.map((turn, n) => {
      const at = { startedAt: T0 + n, endedAt: T0 + n };
      const usual = { speaker: 'caller', identity: 'ann-1', by: 'Ann', text: '', ...at } as const;
      return eventAt('turn', n, { ...usual, ...turn });
    });
    expect(foldCall([eventAt('room_started', 0, {}), ...said]).call.topic).toBe(topic);
    const summaries = ['Asked for a price', 'Booked an appointment for Tuesday'].map((text, n) =>
      eventAt('summary', 100 + n, { text }),
    );
    const summarized = foldCall([eventAt('room_started', 0, {}), ...said, ...summaries]);
    expect(summarized.call.topic).toBe('Booked an appointment for Tuesday');
  },
);

describe('clocks', () => {
  /** The worker's events as reported by a clock that is `ms` ahead. */
  const ahead = (ms: number) =>
    usualCall().map((event): StoredEvent => {
      if (!event.source.startsWith('worker')) return event;
      const { what } = event;
      const shifted =
        what.kind === 'turn'
          ? { ...what, startedAt: what.startedAt + ms, endedAt: what.endedAt + ms }
          : what;
      return { ...event, at: event.at + ms, what: shifted };
    });

  it.each([-3_600_000, -2_100, 7_000])('corrects a worker %i ms ahead to within 5 ms', (ms) => {
    const timeline = foldCall(ahead(ms));
    expect(timeline.clocks).toEqual([{ source: 'worker:w1', offsetMs: 5 - ms }]);
    const right = foldCall(usualCall());
    expect(timeline.marks.map(({ id }) => id)).toEqual(right.marks.map(({ id }) => id));
    for (const [index, mark] of timeline.marks.entries()) {
      expect(Math.abs(mark.from - (right.marks[index]?.from ?? 0))).toBeLessThanOrEqual(5);
    }
    expect(timeline.call.endedBy).toBe('agent');
  });

  it('does not treat a delay of two seconds as a clock difference', () => {
    const late = usualCall().map((event) => ({ ...event, arrivedAt: event.at + 2_000 }));
    expect(foldCall(late).clocks).toEqual([]);
  });

  it('places events that were queued by the time they were sent', () => {
    const sentAt = T0 + 600_000;
    const kept = usualCall().map((event) =>
      event.source === 'web' ? event : { ...event, sentAt, arrivedAt: sentAt + 40 },
    );
    expect(foldCall(kept).clocks).toEqual([]);
    expect(foldCall(kept).call).toEqual(foldCall(usualCall()).call);
  });

  it('never corrects the web process, and places no event after its arrival', () => {
    const web = eventAt('requested', 0, {
      ...{ origin: 'page', agent: 'front-desk', deployment: 'production', identity: 'x' },
    });
    const timeline = foldCall([{ ...web, at: T0 + 9_000 }]);
    expect(timeline.clocks).toEqual([]);
    expect(timeline.call.requestedAt).toBe(T0 + 5);
  });
});

describe('the order of arrival', () => {
  const right = foldCall(usualCall());

  it('makes no difference, and neither do duplicates', () => {
    const events = usualCall();
    const arrivals = fc
      .tuple(
        fc.shuffledSubarray(events, { minLength: events.length }),
        fc.array(fc.constantFrom(...events), { maxLength: 30 }),
      )
      .map(([all, again]) => [...all, ...again]);
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 0, max: 40 }), (arrived, turn) => {
        const rotated = [...arrived.slice(turn), ...arrived.slice(0, turn)];
        expect(foldCall(rotated)).toEqual(right);
      }),
    );
  });

  it('makes no difference if events share a millisecond, clocks differ, or ids repeat', () => {
    const kinds = usualCall();
    const wild = fc.array(
      fc.record({
        id: fc.constantFrom(...'abcdefghijkl'),
        pick: fc.nat(kinds.length - 1),
        at: fc.nat(2),
        late: fc.integer({ min: -5_000, max: 5_000 }),
        source: fc.constantFrom('web', 'livekit', 'worker:1'),
        order: fc.nat(),
      }),
      { minLength: 2, maxLength: 20 },
    );
    fc.assert(
      fc.property(wild, (made) => {
        const events = made.map(({ id, pick, at, late, source }): StoredEvent => {
          const { what } = kinds[pick] as StoredEvent;
          // Each differs from all others by more than its id.
          const named = { ...what, ...('agent' in what && { agent: `${id}${late}` }) };
          return {
            ...{ id, call: 'c1', room: `r${id}`, roomSid: `S${id}`, source, what: named },
            ...{ at: T0 + at, arrivedAt: T0 + at + late },
          };
        });
        const shuffled = events
          .map((event, index) => ({ event, order: made[index]?.order ?? 0 }))
          .sort((a, b) => a.order - b.order)
          .map(({ event }) => event);
        expect(foldCall(shuffled)).toEqual(foldCall(events));
        expect(foldCall([...events, ...shuffled])).toEqual(foldCall(events));
        expect(foldCall(events.toReversed())).toEqual(foldCall(events));
      }),
      { numRuns: 300 },
    );
  });

  it('does not affect the order of events within one millisecond', () => {
    const at = { at: T0, arrivedAt: T0 };
    const kinds = usualCall().map(({ what }) => what.kind);
    const timeline = foldCall(
      usualCall().map((event, index) => ({ ...event, ...at, id: `${99 - index}` })),
    );
    expect(timeline.call.endedBy).toBe('agent');
    const marks = timeline.marks.filter(({ kind }) => kind === 'event');
    const shown = marks.map((mark) => mark.kind === 'event' && mark.what.kind);
    expect(shown).toEqual([
      ...['requested', 'token_minted', 'room_started', 'dispatched', 'job_assigned'],
      ...['person_joined', 'agent_joined', 'first_audio', 'outcome', 'ended', 'agent_left'],
      ...['person_left', 'room_finished'],
    ]);
    expect(kinds).toEqual(expect.arrayContaining(shown));
  });
});

describe('the version of a call', () => {
  const came = (deployment: string, version: string) =>
    eventAt('agent_joined', 400, {
      ...{ identity: `a-${version}`, agent: 'front-desk', worker: 'w1' },
      ...{ deployment, version },
    });

  it('is that of the first agent from the requested deployment', () => {
    const [requested] = usualCall();
    const call = (...events: StoredEvent[]) =>
      foldCall([requested as StoredEvent, ...events]).call.version;
    expect(call(came('production', '1.0'))).toBe('1.0');
    expect(call(came('staging', '1.1'))).toBeUndefined();
    expect(call()).toBeUndefined();
  });
});

it('a call needs at least one event', () => {
  expect(() => foldCall([])).toThrow(RangeError);
});

describe('what is counted', () => {
  const at = { startedAt: T0, endedAt: T0 };
  const turn = { identity: 'a', by: 'Ada', text: 'Hello', ...at };
  const tool = { identity: 'a', tool: 'book', label: undefined, args: '', result: '', ms: 10 };
  const { call } = foldCall([
    eventAt('turn', 1, { ...turn, speaker: 'agent', interrupted: true }),
    eventAt('turn', 2, { ...turn, speaker: 'agent' }),
    // Somebody else was interrupted.
    eventAt('turn', 3, { ...turn, speaker: 'caller', interrupted: true }),
    eventAt('tool', 4, { ...tool, failed: true }),
    eventAt('tool', 5, { ...tool, failed: false }),
    eventAt('tool', 6, { ...tool, failed: false }),
  ]);

  it('are the turns of agents and the runs of tools', () => {
    expect(call).toMatchObject({ turns: 3, agentTurns: 2, interruptions: 1 });
    expect(call).toMatchObject({ toolCalls: 3, toolFailures: 1 });
  });
});

describe('the version', () => {
  const agent = 'sofia';
  const requested = (deployment: string) =>
    eventAt('requested', 0, { origin: 'page', agent, deployment, identity: 'ann' });
  const joined = (ms: number, more: object) =>
    eventAt('agent_joined', ms, { identity: 'a', agent, deployment: 'production', ...more });
  const config = (ms: number, deployment: string, version: string, name = agent) =>
    eventAt('agent_config', ms, { agent: name, deployment, version, tools: [] });
  const PRODUCTION = requested('production');
  it.each<[string, StoredEvent[], string | undefined]>([
    ['is not known without either', [PRODUCTION, joined(1, {})], undefined],
    ['is that of a config', [PRODUCTION, joined(1, {}), config(2, '', 'f00')], 'f00'],
    ['also by its shown name', [PRODUCTION, config(2, 'production', 'f00')], 'f00'],
    [
      'is that of the worker before a config',
      [PRODUCTION, config(1, '', 'f00'), joined(2, { version: '1.4' })],
      '1.4',
    ],
    [
      'is the first config of a session that changes it',
      [PRODUCTION, config(1, '', 'f00'), config(2, '', 'f01')],
      'f00',
    ],
    ['is not that of another deployment', [requested('staging'), config(1, '', 'f00')], undefined],
    [
      'is not that of a replacement from another deployment',
      [requested('staging'), joined(1, { version: '1.4' })],
      undefined,
    ],
    [
      'is not that of an agent that took over',
      [PRODUCTION, joined(1, { agent: 'billing', version: '2' }), config(2, '', '3', 'billing')],
      undefined,
    ],
  ])('%s', (_, events, version) => {
    expect(foldCall(events).call.version).toBe(version);
  });
});
