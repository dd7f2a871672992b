// The state of a room, event by event: which agents belong there, and when one is missing.
import { describe, expect, test } from 'vitest';
import type { EventData, StoredEvent } from '@/lib/calls/event';
import {
  ACCEPT_TIMEOUT_MS,
  JOIN_TIMEOUT_MS,
  MAX_ATTEMPTS,
  RECONNECT_TIMEOUT_MS,
  SHARE_TIMEOUT_MS,
  UNREPORTED_TIMEOUT_MS,
} from '@/lib/core/join-timeouts';
import { requiredActions } from '@/lib/failover/required-actions';
import {
  applyEvent,
  deadWorkers,
  emptyRoom,
  markGone,
  markLost,
  type RoomState,
  reconciled,
} from '@/lib/failover/room-state';
import { END_REASONS, type EndReason, INTENDED } from '@/lib/livekit/end-reason';

const AGENT = { agent: 'front-desk', deployment: 'production' };
const T0 = 1_000_000;

/** An event, and its time in milliseconds after T0. */
type TimedEvent = readonly [ms: number, what: EventData, more?: Partial<StoredEvent>];

const token: EventData = { kind: 'dispatched', ...AGENT, by: 'token' };
const started: EventData = { kind: 'room_started' };
const anna: EventData = { kind: 'person_joined', identity: 'anna', name: '', role: 'caller' };
const taken: EventData = { kind: 'job_assigned', job: 'j1', ...AGENT, worker: 'w-1' };
const ada: EventData = { kind: 'agent_joined', identity: 'ada-1', ...AGENT, worker: 'w-1' };
const left = (why: EndReason, identity = 'ada-1'): EventData => ({
  kind: 'agent_left',
  identity,
  agent: AGENT.agent,
  why,
});
const hungUp = (why: EndReason = 'left'): EventData => ({
  kind: 'person_left',
  identity: 'anna',
  why,
});
/** A call whose agent has joined. */
const talking: readonly TimedEvent[] = [
  [0, token],
  [100, started],
  [110, anna],
  [200, taken],
  [500, ada],
];

function fold(events: readonly TimedEvent[]): RoomState | undefined {
  return events.reduce<RoomState | undefined>(
    (room, [ms, what, more], index) =>
      room &&
      applyEvent(room, {
        id: `e${index}`,
        call: 'c1',
        room: 'r1',
        roomSid: 'RM_1',
        source: 'livekit',
        at: T0 + ms,
        arrivedAt: T0 + ms,
        what,
        ...more,
      }),
    emptyRoom('c1'),
  );
}

/** All workers report, unless a test says otherwise. */
const isReporting = () => true;

/** The actions required `ms` milliseconds after T0, as reasons. */
function actionsAfter(events: readonly TimedEvent[], ms: number): string[] {
  const room = fold(events);
  if (!room) return ['over'];
  return requiredActions(room, T0 + ms, isReporting).map((need) =>
    need.kind === 'close' ? 'close' : need.reason,
  );
}

describe('an agent that does not answer', () => {
  const stuck = (done: 'offered' | 'replaced', part: 'agent' | 'llm' = 'agent'): EventData => ({
    kind: 'stuck',
    ...{ identity: 'ada-1', part, ms: 12_000, done },
  });

  test('is lost once it is to be replaced, and once only', () => {
    expect(actionsAfter([...talking, [20_000, stuck('offered')]], 20_000)).toEqual([]);
    // Its worker replaces it itself.
    expect(actionsAfter([...talking, [20_000, stuck('replaced', 'llm')]], 20_000)).toEqual([]);
    const replaced: readonly TimedEvent[] = [...talking, [20_000, stuck('replaced')]];
    expect(actionsAfter(replaced, 20_000)).toEqual(['it did not answer']);
    const sent: readonly TimedEvent[] = [
      ...replaced,
      [20_100, { kind: 'dispatched', ...AGENT, by: 'failover' }],
      // The same again, and its removal.
      [20_200, stuck('replaced')],
      [20_300, left('removed')],
    ];
    expect(actionsAfter(sent, 20_400)).toEqual([]);
    const back: EventData = { kind: 'agent_joined', identity: 'ada-2', ...AGENT, worker: 'w-1' };
    const joined: readonly TimedEvent[] = [...sent, [21_000, back], [21_100, stuck('replaced')]];
    expect(actionsAfter(joined, 60_000)).toEqual([]);
  });
});

describe('an agent whose worker does not report', () => {
  /** As LiveKit reports it: without a deployment and a worker. */
  const stock: EventData = {
    ...{ kind: 'agent_joined', identity: 'ada-1', agent: AGENT.agent, deployment: '' },
  };
  const asked = talking.slice(0, 3);
  const staging: EventData = { kind: 'dispatched', ...AGENT, deployment: 'staging', by: 'token' };
  const needs = (events: readonly TimedEvent[], ms: number) =>
    requiredActions(fold(events) as RoomState, T0 + ms, () => false);

  test('has the time of accepting and joining together', () => {
    expect(needs(asked, 99 + UNREPORTED_TIMEOUT_MS)).toEqual([]);
    expect(needs(asked, 100 + UNREPORTED_TIMEOUT_MS)).toMatchObject([
      { reason: 'it did not join' },
    ]);
  });

  test('does not lose its share before it is missing', () => {
    const shared = { ...staging, by: 'share', fallback: 'production' } as EventData;
    const called: readonly TimedEvent[] = [
      [0, shared],
      [100, started],
      [1_000, anna],
    ];
    expect(needs(called, 99 + UNREPORTED_TIMEOUT_MS)).toEqual([]);
    expect(needs(called, 100 + UNREPORTED_TIMEOUT_MS)).toMatchObject([
      { deployment: 'production' },
    ]);
    expect(needs([...called, [3_000, stock]], 60_000)).toEqual([]);
  });

  test('keeps the deployment of its dispatch, and of one that another program made', () => {
    const called: readonly TimedEvent[] = [
      [0, staging],
      [100, started],
      [110, anna],
    ];
    const there = fold([...called, [900, stock]]);
    expect(there?.agents.get(AGENT.agent)?.deployment).toBe('staging');
    const other = { ...staging, by: 'other' } as EventData;
    const seen = fold([
      [100, started],
      [110, anna],
      [900, stock],
      [950, other],
    ]);
    expect(seen?.agents.get(AGENT.agent)).toMatchObject({
      ...{ deployment: 'staging', progress: { phase: 'joined' } },
    });
  });

  test('is not replaced if it leaves by itself, but if its connection is lost', () => {
    const there: readonly TimedEvent[] = [...asked, [900, stock]];
    expect(needs([...there, [2_000, left('left')]], 60_000)).toEqual([]);
    expect(needs([...there, [2_000, left('timed-out')]], 2_000)).toMatchObject([
      { reason: 'its connection was lost' },
    ]);
  });
});

describe('an agent of a share', () => {
  const staging = { ...AGENT, deployment: 'staging' };
  const sent: EventData = { kind: 'dispatched', ...staging, by: 'share', fallback: 'production' };
  const called: readonly TimedEvent[] = [
    [0, sent],
    [100, started],
    [1_000, anna],
  ];
  const late = 1_000 + SHARE_TIMEOUT_MS;
  const needs = (events: readonly TimedEvent[], ms: number) =>
    requiredActions(fold(events) as RoomState, T0 + ms, isReporting);

  test("has its time from the caller's joining, then its fallback is dispatched", () => {
    expect(needs(called, late - 1)).toEqual([]);
    expect(needs(called, late)).toMatchObject([{ deployment: 'production' }]);
    const assigned = { ...taken, ...staging } as EventData;
    expect(needs([...called, [2_100, assigned]], late)).toMatchObject([
      { deployment: 'production', reason: 'it did not join from staging in time' },
    ]);
  });

  test('has its time from its dispatch, if a rule sent it to a caller', () => {
    const ruled: readonly TimedEvent[] = [
      [0, started],
      [10, anna],
      [500, sent],
    ];
    expect(needs(ruled, 499 + SHARE_TIMEOUT_MS)).toEqual([]);
    expect(needs(ruled, 500 + SHARE_TIMEOUT_MS)).toHaveLength(1);
  });

  test('goes to the fallback at once if it could not start, and to its own deployment once it was there', () => {
    const assigned = { ...taken, ...staging } as EventData;
    const failed: EventData = { kind: 'error', where: 'job', message: 'no model' };
    const broken = [
      ...called,
      [2_100, assigned],
      [2_200, failed, { source: 'worker:w-1' }],
    ] as const;
    expect(needs(broken, 2_200)).toMatchObject([{ deployment: 'production' }]);
    const joined = { ...ada, ...staging } as EventData;
    const lost = [...called, [2_300, joined], [9_000, left('orphaned')]] as const;
    expect(needs(lost, 9_000)).toMatchObject([{ deployment: 'staging' }]);
  });

  test('is known as replaced, until it is dispatched again', () => {
    const instead: EventData = { kind: 'dispatched', ...AGENT, by: 'failover' };
    const replaced = (events: readonly TimedEvent[]) =>
      fold(events)?.agents.get(AGENT.agent)?.replaced;
    const after: readonly TimedEvent[] = [...called, [late, instead]];
    expect(replaced(after)).toEqual(['staging']);
    expect(replaced([...after, [late + 500, ada]])).toEqual(['staging']);
    expect(replaced([...after, [late + 500, { ...sent, by: 'api' } as EventData]])).toEqual([]);
  });
});

describe('required actions', () => {
  const fault: EventData = { kind: 'error', where: 'job', message: 'no model' };
  test.each<[string, readonly TimedEvent[], number, string[]]>([
    ['the agent is there', talking, 60_000, []],
    ['an unused token', [[0, token]], 60_000, []],
    [
      'a caller who joins late',
      [
        [0, token],
        [30_000, started],
        [30_010, anna],
      ],
      31_000,
      [],
    ],
    ['no worker accepted the job: not overdue', talking.slice(0, 3), 99 + ACCEPT_TIMEOUT_MS, []],
    [
      'no worker accepted the job',
      talking.slice(0, 3),
      100 + ACCEPT_TIMEOUT_MS,
      ['no worker took the job'],
    ],
    ['an agent dispatched to an empty room', talking.slice(0, 2), 60_000, []],
    ['accepted, not joined: not overdue', talking.slice(0, 4), 199 + JOIN_TIMEOUT_MS, []],
    [
      'accepted, not joined',
      talking.slice(0, 4),
      200 + JOIN_TIMEOUT_MS,
      ['its worker took the job, and it did not join'],
    ],
    [
      'it failed before it joined',
      [...talking.slice(0, 4), [250, fault, { source: 'worker:w-1' }]],
      250,
      ['it could not start: no model'],
    ],
    [
      "another worker's error",
      [...talking.slice(0, 4), [250, fault, { source: 'worker:w-2' }]],
      250,
      [],
    ],
    [
      'its worker died',
      [...talking, [900, left('orphaned')]],
      900,
      ['its worker process had died'],
    ],
    [
      'its connection timed out',
      [...talking, [900, left('timed-out')]],
      900,
      ['its connection was lost'],
    ],
    ['it left without a word', [...talking, [900, left('left')]], 900, ['it left without a word']],
    ['it said goodbye', [...talking, [900, left('goodbye')]], 60_000, []],
    ['it was shut down', [...talking, [900, left('shutdown')]], 60_000, []],
    ['it was removed', [...talking, [900, left('removed')]], 60_000, []],
    ['a person took over', [...talking, [900, left('takeover')]], 60_000, []],
    [
      'its departure is reported twice, with different reasons',
      [...talking, [900, left('goodbye')], [950, left('left')]],
      60_000,
      [],
    ],
    [
      'it is lost, and no caller is there',
      [...talking, [800, hungUp('timed-out')], [900, left('error')]],
      60_000,
      [],
    ],
    [
      'an older agent leaves after a newer one joined',
      [
        ...talking,
        [600, { ...token, by: 'api' }],
        [700, { ...taken, job: 'j2' }],
        [800, { ...ada, identity: 'ada-2' }],
        [900, left('timed-out')],
      ],
      60_000,
      [],
    ],
    [
      'the join event arrives after the agent has left',
      [...talking, [900, left('goodbye')], [950, ada]],
      60_000,
      [],
    ],
    [
      'handed off, waiting for the other agent',
      [...talking, [600, { ...token, agent: 'billing', by: 'agent' }]],
      60_000,
      [],
    ],
    [
      'moved to a new room with an agent that does not come',
      [
        [0, { ...token, by: 'agent' }],
        [100, started],
        [110, anna],
      ],
      110 + ACCEPT_TIMEOUT_MS,
      ['no worker took the job'],
    ],
    ['the caller hung up', [...talking, [900, hungUp()]], 1_599, []],
    [
      'the caller hung up, and the room is still there',
      [...talking, [900, hungUp()]],
      1_600,
      ['close'],
    ],
    ['the caller lost the connection', [...talking, [900, hungUp('timed-out')]], 60_000, []],
    ['the room ended', [...talking, [900, { kind: 'room_finished' }]], 60_000, ['over']],
    [
      'a late event ends an earlier room of the same name',
      [...talking, [900, { kind: 'room_finished' }, { roomSid: 'RM_0' }]],
      60_000,
      [],
    ],
    [
      'the server restarted, and the agent returned',
      [
        ...talking,
        [5_000, started, { roomSid: 'RM_2' }],
        [5_001, anna, { roomSid: 'RM_2' }],
        [6_000, ada, { roomSid: 'RM_2' }],
      ],
      60_000,
      [],
    ],
    [
      'the server restarted, and the agent has not returned: not overdue',
      [...talking, [5_000, started, { roomSid: 'RM_2' }], [5_001, anna, { roomSid: 'RM_2' }]],
      4_999 + RECONNECT_TIMEOUT_MS,
      [],
    ],
    [
      'the server restarted, and the agent did not return',
      [...talking, [5_000, started, { roomSid: 'RM_2' }], [5_001, anna, { roomSid: 'RM_2' }]],
      5_000 + RECONNECT_TIMEOUT_MS,
      ['it did not come back'],
    ],
  ])('%s', (_, events, ms, expected) => {
    expect(actionsAfter(events, ms)).toEqual(expected);
  });
});

test.each(END_REASONS)(
  'an agent that leaves for the reason %s is missing, unless it was to leave',
  (why) => {
    // The room may restart.
    const isBack = why === 'disconnected' || INTENDED.includes(why);
    expect(actionsAfter([...talking, [900, left(why)]], 900)).toHaveLength(isBack ? 0 : 1);
  },
);

test('replaces an agent whose process died before it joined', () => {
  const room = fold(talking.slice(0, 4)) as RoomState;
  const lost = markLost(room, 'front-desk-j1', 'its process has died', T0 + 300);
  expect(requiredActions(lost, T0 + 300, isReporting)).toMatchObject([
    { reason: 'its process has died' },
  ]);
});

test('replaces an agent whose death is reported before its job assignment', () => {
  const early = markGone(fold(talking.slice(0, 3)) as RoomState, 'front-desk-j1');
  expect(requiredActions(early, T0 + 150, isReporting)).toEqual([]);
  const event = {
    id: 'e9',
    call: 'c1',
    room: 'r1',
    roomSid: 'RM_1',
    source: 'worker:w-1',
  } as const;
  const assigned = applyEvent(early, { ...event, at: T0, arrivedAt: T0 + 200, what: taken });
  const [need] = requiredActions(assigned as RoomState, T0 + 200, isReporting);
  expect(need).toMatchObject({ reason: 'its process has died' });
});

test('marks the agent of a dead process as lost, once', () => {
  const room = fold(talking) as RoomState;
  const lost = markLost(room, 'ada-1', 'its process has died', T0 + 900);
  expect(requiredActions(lost, T0 + 900, isReporting)).toMatchObject([
    { kind: 'missing', reason: 'its process has died', agent: { deployment: 'production' } },
  ]);
  expect(markLost(lost, 'ada-1', 'again', T0 + 950)).toBe(lost);
  expect(markLost(room, 'somebody', 'it has died', T0)).toBe(room);
});

test('counts replacements, and forgets an agent once failover gave up', () => {
  const again: TimedEvent[] = [1, 2].map((attempt) => [
    900 * attempt,
    { kind: 'failover', ...AGENT, attempt, reason: 'its process has died' },
  ]);
  const room = fold([...talking, ...again]);
  expect(room?.agents.get('front-desk')?.attempts).toBe(MAX_ATTEMPTS);
  const gaveUp: TimedEvent = [3_000, { kind: 'gave_up', ...AGENT, reason: 'it has died' }];
  expect(actionsAfter([...talking, ...again, gaveUp], 60_000)).toEqual([]);
});

describe('an agent whose dispatch was deleted', () => {
  const deleted = (dispatch: string): EventData => ({
    kind: 'dispatch_deleted',
    dispatch,
    agent: AGENT.agent,
  });
  const byApi: EventData = { kind: 'dispatched', ...AGENT, by: 'api', dispatch: 'AD_2' };

  test.each<[string, readonly TimedEvent[], string, string[]]>([
    ['is not missing before its job is assigned', talking.slice(0, 3), 'AD_1', []],
    ['is not missing before it has joined', talking.slice(0, 4), 'AD_1', []],
    [
      'is not missing, though an earlier one was',
      [...talking.slice(0, 3), [150, byApi]],
      'AD_2',
      [],
    ],
    [
      'is expected by a later dispatch',
      [...talking.slice(0, 3), [150, byApi]],
      'AD_1',
      ['no worker took the job'],
    ],
  ])('%s', (_, events, dispatch, reasons) => {
    expect(actionsAfter([...events, [250, deleted(dispatch)]], 60_000)).toEqual(reasons);
  });

  test('is missing or not by its own events once it was in the room', () => {
    const gone: TimedEvent[] = [...talking, [600, left('timed-out')], [700, deleted('AD_1')]];
    expect(actionsAfter(gone, 60_000)).toEqual(['its connection was lost']);
    expect(fold([...talking, [600, deleted('AD_1')]])?.agents.size).toBe(1);
  });
});

test('corrects the room by what LiveKit lists', () => {
  const room = fold(talking) as RoomState;
  expect(reconciled(room, new Set(['anna', 'ada-1']), T0).agents).toEqual(room.agents);
  const gone = reconciled(room, new Set(['anna']), T0);
  expect(requiredActions(gone, T0, isReporting)).toMatchObject([
    { reason: 'it is not in the room' },
  ]);
  expect(
    requiredActions(reconciled(room, new Set(['ada-1']), T0), T0 + 60_000, isReporting),
  ).toEqual([]);
});

// LiveKit's server was down for so long that the agent has given up.

const NEW_ROOM = { roomSid: 'RM_2' };

test.each<[string, readonly TimedEvent[]]>([
  [
    'before the room restarts',
    [
      [5_000, left('disconnected')],
      [6_000, started, NEW_ROOM],
    ],
  ],
  [
    'after the room has restarted',
    [
      [5_000, started, NEW_ROOM],
      [6_000, left('disconnected')],
    ],
  ],
])('an agent that gives up %s is replaced when the caller is back', (_, events) => {
  const empty = fold([...talking, ...events]) as RoomState;
  expect(requiredActions(empty, T0 + 6_000, isReporting)).toEqual([]);
  const room = fold([...talking, ...events, [8_000, anna, NEW_ROOM]]) as RoomState;
  expect(requiredActions(room, T0 + 8_000, isReporting)).toMatchObject([
    { reason: 'it did not come back' },
  ]);
});

test('an agent whose room was closed is not replaced', () => {
  const closed = fold([...talking, [5_000, left('disconnected')]]) as RoomState;
  expect(requiredActions(closed, T0 + 6_000, isReporting)).toEqual([]);
  const finished: EventData = { kind: 'room_finished' };
  expect(fold([...talking, [5_000, left('disconnected')], [5_050, finished]])).toBeUndefined();
});

// Duplicate agents.

const joined = (identity: string, worker: string): EventData => ({
  kind: 'agent_joined',
  identity,
  ...AGENT,
  worker,
});
function afterEvents(room: RoomState, ...happened: readonly EventData[]): RoomState {
  return happened.reduce((before, what, index) => {
    const at = T0 + index;
    const base = { id: `e${index}`, call: 'c1', room: 'r1', roomSid: 'RM_1', source: 'livekit' };
    return applyEvent(before, { ...base, at, arrivedAt: at, what }) ?? before;
  }, room);
}

const duplicates = (first: string, then: string) =>
  afterEvents(
    emptyRoom('c1'),
    { kind: 'room_started' },
    { kind: 'person_joined', identity: 'anna', name: '', role: 'caller' },
    joined(first, 'w-1'),
    joined(then, 'w-2'),
  );
const agentState = (room: RoomState) => {
  const { identity, progress } = room.agents.get('front-desk') ?? {};
  return [identity, progress?.phase];
};

describe.each([
  ['the first', 'ada-1', 'ada-2'],
  ['the last', 'ada-2', 'ada-1'],
])('%s of two duplicates leaves', (_, goes, stays) => {
  test.each(['duplicate', 'left', 'timed-out'] as const)('for the reason %s', (why) => {
    const room = afterEvents(duplicates('ada-1', 'ada-2'), left(why, goes));
    expect(agentState(room)).toEqual([stays, 'joined']);
    expect(requiredActions(room, T0 + RECONNECT_TIMEOUT_MS, isReporting)).toEqual([]);
    expect(agentState(afterEvents(room, left('timed-out', stays)))).toEqual([stays, 'lost']);
  });

  test('because its process died, or LiveKit no longer lists it', () => {
    const died = markLost(duplicates('ada-1', 'ada-2'), goes, 'its process has died', T0);
    expect(agentState(died)).toEqual([stays, 'joined']);
    const absent = reconciled(duplicates('ada-1', 'ada-2'), new Set(['anna', stays]), T0);
    expect(agentState(absent)).toEqual([stays, 'joined']);
  });
});

test('is missing one agent if both duplicates are gone', () => {
  const room = reconciled(duplicates('ada-1', 'ada-2'), new Set(['anna']), T0);
  expect(agentState(room)[1]).toBe('lost');
});

/** The room after one more event of this call. */
const after = (room: RoomState, call: string, what: EventData) =>
  applyEvent(room, {
    id: 'e',
    call,
    room: 'r',
    roomSid: 'RM_1',
    source: 'web',
    at: 0,
    arrivedAt: 0,
    what,
  });

test('uses a provisional call ID until the real one is known, and then keeps it', () => {
  const guessed = after(emptyRoom('room-RM_1'), 'room-RM_1', taken) as RoomState;
  expect(guessed.call).toBe('room-RM_1');
  const known = after(guessed, 'c-1', token) as RoomState;
  expect(known.call).toBe('c-1');
  expect(after(known, 'c-2', taken)?.call).toBe('c-1');
});

const agentLeft = (why: EndReason) =>
  ({ kind: 'agent_left', agent: 'line-check', identity: 'line-check-AJ_1', why }) as const;

test('reads dead workers from orphaned jobs only', () => {
  expect(
    deadWorkers([
      { source: 'worker:w-1-abcd', what: agentLeft('orphaned') },
      { source: 'worker:w-2-abcd', what: agentLeft('goodbye') },
      { source: 'livekit', what: agentLeft('orphaned') },
      { source: 'livekit', what: { ...agentLeft('orphaned'), worker: 'w-4-abcd' } },
      { source: 'livekit', what: { ...agentLeft('goodbye'), worker: 'w-5-abcd' } },
      { source: 'worker:w-3-abcd', what: { kind: 'room_finished' } },
    ]),
  ).toEqual(['w-1-abcd', 'w-4-abcd']);
});
