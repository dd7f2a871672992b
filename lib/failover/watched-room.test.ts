// What is watched, event by event: which agents belong in a room, and when one of them is missing.
import { describe, expect, test } from 'vitest';
import type { Happening, KeptEvent } from '@/lib/calls/event';
import { ATTEMPTS_MAX, BACK_MS, JOINED_MS, needs, TAKEN_MS } from './needs';
import { emptyRoom, loseAgent, reconciled, seen, type WatchedRoom, withGone } from './watched-room';

const AGENT = { agent: 'front-desk', deployment: 'production' };
const T0 = 1_000_000;

/** What happened, and after how many milliseconds. */
type Told = readonly [ms: number, what: Happening, more?: Partial<KeptEvent>];

const token: Happening = { kind: 'dispatched', ...AGENT, by: 'token' };
const started: Happening = { kind: 'room_started' };
const anna: Happening = { kind: 'person_joined', identity: 'anna', name: '', role: 'caller' };
const taken: Happening = { kind: 'job_assigned', job: 'j1', ...AGENT, worker: 'w-1' };
const ada: Happening = { kind: 'agent_joined', identity: 'ada-1', ...AGENT, worker: 'w-1' };
const left = (why: string, identity = 'ada-1'): Happening => ({
  kind: 'agent_left',
  identity,
  agent: AGENT.agent,
  why,
});
const hungUp = (why = 'CLIENT_INITIATED'): Happening => ({
  kind: 'person_left',
  identity: 'anna',
  why,
});
/** A call whose agent is there. */
const talking: readonly Told[] = [
  [0, token],
  [100, started],
  [110, anna],
  [200, taken],
  [500, ada],
];

function fold(told: readonly Told[]): WatchedRoom | undefined {
  return told.reduce<WatchedRoom | undefined>(
    (room, [ms, what, more], index) =>
      room &&
      seen(room, {
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

/** What is needed after these events, `ms` milliseconds from the first, in words. */
function needed(told: readonly Told[], ms: number): string[] {
  const room = fold(told);
  if (!room) return ['over'];
  return needs(room, T0 + ms).map((need) => (need.kind === 'close' ? 'close' : need.reason));
}

describe('what is needed', () => {
  const fault: Happening = { kind: 'error', where: 'job', message: 'no model' };
  test.each<[string, readonly Told[], number, string[]]>([
    ['the agent is there', talking, 60_000, []],
    ['a token that nobody uses', [[0, token]], 60_000, []],
    [
      'a caller who took long to join',
      [
        [0, token],
        [30_000, started],
        [30_010, anna],
      ],
      31_000,
      [],
    ],
    ['nobody took the job: not yet', talking.slice(0, 3), 99 + TAKEN_MS, []],
    ['nobody took the job', talking.slice(0, 3), 100 + TAKEN_MS, ['no worker took the job']],
    ['an agent that was sent into an empty room', talking.slice(0, 2), 60_000, []],
    ['taken, not joined: not yet', talking.slice(0, 4), 199 + JOINED_MS, []],
    [
      'taken, not joined',
      talking.slice(0, 4),
      200 + JOINED_MS,
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
      'LiveKit lost it',
      [...talking, [900, left('CONNECTION_TIMEOUT')]],
      900,
      ['its connection was lost'],
    ],
    [
      'it left without a word',
      [...talking, [900, left('CLIENT_INITIATED')]],
      900,
      ['it left without a word'],
    ],
    ['it said goodbye', [...talking, [900, left('goodbye')]], 60_000, []],
    ['it was told to leave', [...talking, [900, left('shutdown')]], 60_000, []],
    ['it was put out', [...talking, [900, left('PARTICIPANT_REMOVED')]], 60_000, []],
    ['a person took over', [...talking, [900, left('takeover')]], 60_000, []],
    [
      'its leaving is told twice, with another reason',
      [...talking, [900, left('goodbye')], [950, left('CLIENT_INITIATED')]],
      60_000,
      [],
    ],
    [
      'it is lost, and nobody is there',
      [...talking, [800, hungUp('CONNECTION_TIMEOUT')], [900, left('error')]],
      60_000,
      [],
    ],
    [
      'an older one leaves after the newer came',
      [
        ...talking,
        [600, { ...token, by: 'api' }],
        [700, { ...taken, job: 'j2' }],
        [800, { ...ada, identity: 'ada-2' }],
        [900, left('CONNECTION_TIMEOUT')],
      ],
      60_000,
      [],
    ],
    [
      'the joining of one that has left is told late',
      [...talking, [900, left('goodbye')], [950, ada]],
      60_000,
      [],
    ],
    [
      'handed over, and the other is waited for',
      [...talking, [600, { ...token, agent: 'billing', by: 'agent' }]],
      60_000,
      [],
    ],
    ['the caller hung up', [...talking, [900, hungUp()]], 1_599, []],
    [
      'the caller hung up, and the room is still there',
      [...talking, [900, hungUp()]],
      1_600,
      ['close'],
    ],
    ['the caller was cut off', [...talking, [900, hungUp('CONNECTION_TIMEOUT')]], 60_000, []],
    ['the room ended', [...talking, [900, { kind: 'room_finished' }]], 60_000, ['over']],
    [
      'the end of an earlier room of that name is told late',
      [...talking, [900, { kind: 'room_finished' }, { roomSid: 'RM_0' }]],
      60_000,
      [],
    ],
    [
      'the server was restarted, and the agent came back',
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
      'the server was restarted, and the agent did not come back: not yet',
      [...talking, [5_000, started, { roomSid: 'RM_2' }], [5_001, anna, { roomSid: 'RM_2' }]],
      4_999 + BACK_MS,
      [],
    ],
    [
      'the server was restarted, and the agent did not come back',
      [...talking, [5_000, started, { roomSid: 'RM_2' }], [5_001, anna, { roomSid: 'RM_2' }]],
      5_000 + BACK_MS,
      ['it did not come back'],
    ],
  ])('%s', (_, told, ms, expected) => {
    expect(needed(told, ms)).toEqual(expected);
  });
});

test('a process that died before its agent joined', () => {
  const room = fold(talking.slice(0, 4)) as WatchedRoom;
  const lost = loseAgent(room, 'front-desk-j1', 'its process has died', T0 + 300);
  expect(needs(lost, T0 + 300)).toMatchObject([{ reason: 'its process has died' }]);
});

test('a process of which is told first that it died, then that it took the job', () => {
  const early = withGone(fold(talking.slice(0, 3)) as WatchedRoom, 'front-desk-j1');
  expect(needs(early, T0 + 150)).toEqual([]);
  const event = {
    id: 'e9',
    call: 'c1',
    room: 'r1',
    roomSid: 'RM_1',
    source: 'worker:w-1',
  } as const;
  const assigned = seen(early, { ...event, at: T0, arrivedAt: T0 + 200, what: taken });
  const [need] = needs(assigned as WatchedRoom, T0 + 200);
  expect(need).toMatchObject({ reason: 'its process has died' });
});

test('a process that died loses its agent, once', () => {
  const room = fold(talking) as WatchedRoom;
  const lost = loseAgent(room, 'ada-1', 'its process has died', T0 + 900);
  expect(needs(lost, T0 + 900)).toMatchObject([
    { kind: 'missing', reason: 'its process has died', agent: { deployment: 'production' } },
  ]);
  expect(loseAgent(lost, 'ada-1', 'again', T0 + 950)).toBe(lost);
  expect(loseAgent(room, 'somebody', 'it has died', T0)).toBe(room);
});

test('the times it was replaced are counted, and it is watched no more once that was given up', () => {
  const again: Told[] = [1, 2].map((attempt) => [
    900 * attempt,
    { kind: 'failover', ...AGENT, attempt, reason: 'its process has died' },
  ]);
  const room = fold([...talking, ...again]);
  expect(room?.agents.get('front-desk')?.attempts).toBe(ATTEMPTS_MAX);
  const gaveUp: Told = [3_000, { kind: 'gave_up', ...AGENT, reason: 'it has died' }];
  expect(needed([...talking, ...again, gaveUp], 60_000)).toEqual([]);
});

test('what LiveKit has counts, where nobody told of it', () => {
  const room = fold(talking) as WatchedRoom;
  expect(reconciled(room, new Set(['anna', 'ada-1']), T0).agents).toEqual(room.agents);
  const gone = reconciled(room, new Set(['anna']), T0);
  expect(needs(gone, T0)).toMatchObject([{ reason: 'it is not in the room' }]);
  expect(needs(reconciled(room, new Set(['ada-1']), T0), T0 + 60_000)).toEqual([]);
});
