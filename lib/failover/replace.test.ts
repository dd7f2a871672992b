// Where a replacement agent is dispatched, and the conversation that it gets.
import { randomUUID } from 'node:crypto';
import { ParticipantInfo_Kind } from '@livekit/protocol';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { ListedAgent } from '@/lib/agents/agent';
import type { Timeline } from '@/lib/calls/call';
import type { EventWriter } from '@/lib/calls/delivery/event-writer';
import type { EventData } from '@/lib/calls/event';
import { UNREPORTED_TIMEOUT_MS } from '@/lib/core/join-timeouts';
import { readHandoffContext, writeHandoffContext } from '@/lib/dispatch/handoff-context';
import { FailoverMonitor } from '@/lib/failover/monitor';
import { deploymentFor, historyOf, isFull, replace } from '@/lib/failover/replace';
import type { Missing } from '@/lib/failover/required-actions';
import { emptyRoom } from '@/lib/failover/room-state';
import type { LiveKit } from '@/lib/livekit/clients';
import type { WorkerReport } from '@/lib/livekit/worker-report';
import { recordReports } from '@/lib/livekit/workers';
import { noDatabase, testServer } from '@/lib/testing/server';

const missing = (deployment: string, avoid?: string): Missing => ({
  kind: 'missing',
  reason: 'its process has died',
  avoid,
  deployment,
  agent: {
    agent: 'front-desk',
    deployment,
    identity: 'ada-1',
    duplicates: new Map(),
    attempts: 0,
    share: undefined,
    replaced: [],
    progress: { phase: 'lost', since: 0, reason: 'its process has died' },
  },
});

/** Live workers by deployment. */
const live = (workers: Record<string, readonly string[]>) => (_: string, deployment: string) =>
  (workers[deployment] ?? []).map((worker) => ({ worker }));

test.each<[string, string, string | undefined, Record<string, string[]>, unknown]>([
  [
    'its own deployment',
    'staging',
    undefined,
    { staging: ['s1'], production: ['p1'] },
    { deployment: 'staging' },
  ],
  [
    'production if staging has no worker',
    'staging',
    undefined,
    { production: ['p1'] },
    { deployment: 'production' },
  ],
  ['never staging for production', 'production', undefined, { staging: ['s1'] }, undefined],
  [
    'another worker',
    'production',
    'p1',
    { production: ['p1', 'p2'] },
    { deployment: 'production', avoid: 'p1' },
  ],
  [
    'production if staging has only the worker that failed',
    'staging',
    's1',
    { staging: ['s1'], production: ['p1'] },
    { deployment: 'production', avoid: 's1' },
  ],
  [
    'the worker that failed if there is no other',
    'production',
    'p1',
    { production: ['p1'] },
    { deployment: 'production' },
  ],
  ['nobody', 'production', undefined, {}, undefined],
])('dispatches to %s', (_, deployment, avoid, workers, expected) => {
  expect(deploymentFor(missing(deployment, avoid), live(workers), () => true)).toEqual(expected);
});

test('dispatches once to a deployment that does not report', () => {
  const isReporting = (_: string, deployment: string) => deployment === 'production';
  const target = (change: Partial<Missing['agent']>, workers = {}) => {
    const { agent, ...lost } = missing('staging');
    return deploymentFor({ ...lost, agent: { ...agent, ...change } }, live(workers), isReporting);
  };
  const waiting = { phase: 'dispatched', since: 0 } as const;
  expect(target({ progress: waiting })).toEqual({ deployment: 'staging' });
  const again = { progress: waiting, attempts: 1 };
  expect(target(again)).toBeUndefined();
  expect(target(again, { production: ['p1'] })).toEqual({ deployment: 'production' });
  // It had joined, and is lost again.
  expect(target({ attempts: 1 })).toEqual({ deployment: 'staging' });
});

test('dispatches nowhere if nobody knows which deployment the agent was of', () => {
  const workers = live({ '': ['p1'], production: ['p1'] });
  for (const isReporting of [true, false]) {
    expect(deploymentFor(missing(''), workers, () => isReporting)).toBeUndefined();
  }
});

test('dispatches the fallback of a share, whether its workers report or not', () => {
  const { agent, ...lost } = missing('production');
  const share = { fallback: 'production', since: 0 };
  const shared: Missing = { ...lost, agent: { ...agent, deployment: 'staging', share } };
  expect(deploymentFor(shared, live({ staging: ['s1'] }), () => true)).toEqual({
    deployment: 'production',
  });
});

test('dispatches nowhere while LiveKit considers every other worker full', () => {
  const place = { deployment: 'production', maxJobs: 1, activeJobs: 0, state: 'live' };
  const report = (worker: string, load: number) => ({ ...place, worker, load }) as WorkerReport;
  const full = (avoid: string | undefined, ...workers: WorkerReport[]) =>
    isFull(missing('production'), { deployment: 'production', avoid }, () => workers);
  expect(full(undefined, report('p1', 1))).toBe(true);
  expect(full(undefined, report('p1', 1), report('p2', 0))).toBe(false);
  expect(full('p2', report('p1', 1), report('p2', 0))).toBe(true);
});

/** A room with a caller and an agent that names itself in no attribute. */
function unnamedAgent() {
  const people = [
    { identity: 'anna', kind: ParticipantInfo_Kind.STANDARD, state: 2, attributes: {} },
    { identity: 'agent-AJ_1', kind: ParticipantInfo_Kind.AGENT, state: 2, attributes: {} },
  ];
  const jobs = [{ id: 'AJ_1', state: { participantIdentity: 'agent-AJ_1' } }];
  const sent: unknown[] = [];
  const livekit = {
    rooms: {
      listRooms: async () => [{ name: 'r', sid: 'RM_1' }],
      listParticipants: async () => people,
      sendData: async () => {},
    },
    dispatches: {
      listDispatch: async () => [
        { id: 'AD_1', agentName: 'front-desk', metadata: '', attributes: {}, state: { jobs } },
      ],
      deleteDispatch: async () => {},
      createDispatch: async (_: string, __: string, { deployment }: { deployment: string }) => {
        sent.push(deployment);
        return { id: 'AD_2' };
      },
    },
  } as unknown as LiveKit;
  return { people, sent, livekit };
}

test('finds an agent that names itself in no attribute by its dispatch, and replaces nobody', async () => {
  const { livekit } = unnamedAgent();
  const room = { ...emptyRoom('c'), sid: 'RM_1', people: new Set(['anna']) };
  const lost = missing('staging');
  const waited: Missing = {
    ...lost,
    agent: { ...lost.agent, progress: { phase: 'dispatched', since: 0 } },
  };
  const target = { deployment: 'production', avoid: undefined };
  expect(await replace({ ...testServer(), livekit }, 'r', room, waited, target)).toEqual({
    kind: 'present',
    identity: 'agent-AJ_1',
  });
});

/** A monitor of a room in which this has happened, and how to tell it more. */
function monitored(livekit: LiveKit, happened: readonly EventData[]) {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  vi.spyOn(console, 'error').mockReturnValue();
  onTestFinished(() => void vi.restoreAllMocks());
  const server = {
    ...testServer(),
    livekit,
    // The replacement starts without the conversation so far.
    database: { current: noDatabase() },
    events: { add: () => true } as unknown as EventWriter,
  };
  const report = { agent: 'front-desk', version: '1', state: 'live', activeJobs: 0, maxJobs: 9 };
  recordReports(server, [
    { ...report, worker: 's1', deployment: 'staging' } as WorkerReport,
    { ...report, worker: 'p1', deployment: 'production' } as WorkerReport,
  ]);
  const monitor = new FailoverMonitor(server);
  onTestFinished(() => monitor.stop());
  const at = Date.now();
  const tell = (some: readonly EventData[]) =>
    monitor.take(
      some.map((what) => ({
        ...{ id: randomUUID(), call: 'c', room: 'r', roomSid: 'RM_1' },
        ...{ source: 'livekit', at, arrivedAt: at, what },
      })),
    );
  tell(happened);
  return { monitor, tell };
}

const ANNA: readonly EventData[] = [
  { kind: 'room_started' },
  { kind: 'person_joined', identity: 'anna', name: '', role: 'caller' },
];

test('replaces an agent of a share from its own deployment, once it was found in the room', async () => {
  const { livekit, people, sent } = unnamedAgent();
  const by = { by: 'share', fallback: 'production' } as const;
  const { monitor } = monitored(livekit, [
    ...ANNA,
    { kind: 'dispatched', agent: 'front-desk', deployment: 'staging', ...by },
  ]);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(sent).toEqual([]);
  people.pop();
  void monitor.reconcile();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(sent).toEqual(['staging']);
});

test('replaces no agent that has left, if the event arrives after LiveKit was asked', async () => {
  const { livekit, people, sent } = unnamedAgent();
  const ada = { identity: 'agent-AJ_1', agent: 'front-desk' };
  const about = { deployment: 'staging', worker: undefined, version: undefined };
  const { monitor, tell } = monitored(livekit, [
    ...ANNA,
    { kind: 'agent_joined', ...ada, ...about },
  ]);
  people.pop();
  void monitor.reconcile();
  await vi.advanceTimersByTimeAsync(250);
  tell([{ kind: 'agent_left', ...ada, why: 'takeover' }]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent).toEqual([]);
});

test('replaces an agent once that has failed and whose process ends later', async () => {
  const { livekit, people, sent } = unnamedAgent();
  const ada = { identity: 'agent-AJ_1', agent: 'front-desk' };
  const about = { deployment: 'staging', worker: 's1', version: undefined };
  const { monitor, tell } = monitored(livekit, [
    ...ANNA,
    { kind: 'agent_joined', ...ada, ...about },
  ]);
  people.pop();
  tell([{ kind: 'agent_left', ...ada, why: 'error' }]);
  await vi.advanceTimersByTimeAsync(500);
  expect(sent).toEqual(['staging']);
  await monitor.lost({ worker: 's1', job: { room: 'r', identity: ada.identity } });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sent).toEqual(['staging']);
});

test('removes an agent that joins by a cancelled dispatch whose job LiveKit did not list', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  vi.spyOn(console, 'error').mockReturnValue();
  onTestFinished(() => void vi.restoreAllMocks());
  const now = () => BigInt(Date.now());
  const agent = (identity: string) => ({
    ...{ identity, kind: ParticipantInfo_Kind.AGENT, state: 2, joinedAtMs: now() },
    attributes: { 'lk.agent_name': 'other' },
  });
  const anna = { identity: 'anna', kind: ParticipantInfo_Kind.STANDARD, state: 2, attributes: {} };
  const there = new Map<string, object>([['anna', anna]]);
  const made = (id: string, identities: readonly string[] = []) => ({
    ...{ id, agentName: 'other', metadata: '', attributes: {}, deployment: '' },
    state: {
      createdAt: now() * 1_000_000n,
      jobs: identities.map((participantIdentity) => ({ state: { participantIdentity } })),
    },
  });
  const dispatches = new Map([['AD_1', made('AD_1')]]);
  const livekit = {
    rooms: {
      listRooms: async () => [{ name: 'r', sid: 'RM_1' }],
      listParticipants: async () => [...there.values()],
      removeParticipant: async (_: string, identity: string) => there.delete(identity),
      sendData: async () => {},
    },
    dispatches: {
      listDispatch: async () => [...dispatches.values()],
      deleteDispatch: async (id: string) => dispatches.delete(id),
      createDispatch: async () => dispatches.set('AD_2', made('AD_2')).get('AD_2'),
    },
  } as unknown as LiveKit;
  const server = {
    ...testServer(),
    livekit,
    // Its workers do not report.
    registry: { agents: [{ name: 'other', source: 'team' } as ListedAgent] },
    database: { current: noDatabase() },
    events: { add: () => true } as unknown as EventWriter,
  };
  const monitor = new FailoverMonitor(server);
  onTestFinished(() => monitor.stop());
  const take = (what: EventData) => {
    const at = Date.now();
    const event = { id: `${at}`, call: 'c', room: 'r', roomSid: 'RM_1', source: 'livekit' };
    monitor.take([{ ...event, at, arrivedAt: at, what }]);
  };
  const joins = (identity: string) => {
    there.set(identity, agent(identity));
    take({ kind: 'agent_joined', identity, agent: 'other', deployment: '' });
  };
  take({ kind: 'room_started' });
  take({ kind: 'person_joined', identity: 'anna', name: '', role: 'caller' });
  take({ kind: 'dispatched', agent: 'other', deployment: 'production', by: 'api' });
  await vi.advanceTimersByTimeAsync(UNREPORTED_TIMEOUT_MS);
  await vi.advanceTimersByTimeAsync(1_000);
  expect([...dispatches.keys()]).toEqual(['AD_2']);
  joins('late');
  await vi.advanceTimersByTimeAsync(1_000);
  joins('replacement');
  await vi.advanceTimersByTimeAsync(2_000);
  // LiveKit does not say yet which of them is the replacement.
  expect([...there.keys()]).toEqual(['anna', 'late', 'replacement']);
  dispatches.set('AD_2', made('AD_2', ['replacement']));
  await vi.advanceTimersByTimeAsync(2_000);
  expect([...there.keys()]).toEqual(['anna', 'replacement']);
});

const turn = (speaker: 'caller' | 'agent' | 'person', text: string, interrupted = false) =>
  ({ kind: 'turn', speaker, text, interrupted }) as Timeline['marks'][number];
const tool = { kind: 'tool', tool: 'findFreeTimes', args: '{}', result: '[]', failed: false };

test('reads speech and tool results as history, without what colleagues said', () => {
  const marks = [
    turn('agent', 'How can I help?'),
    turn('caller', 'Tomorrow at ten.'),
    tool as Timeline['marks'][number],
    turn('person', 'I take this.'),
    turn('agent', ''),
    turn('agent', 'It is', true),
  ];
  expect(historyOf({ marks } as unknown as Timeline)).toEqual([
    { kind: 'said', speaker: 'agent', text: 'How can I help?' },
    { kind: 'said', speaker: 'caller', text: 'Tomorrow at ten.' },
    tool,
    { kind: 'said', speaker: 'agent', text: 'It is', interrupted: true },
  ]);
});

test('keeps the end of a long conversation within the size limit of a dispatch', () => {
  const history = Array.from({ length: 500 }, (_, index) => ({
    kind: 'said' as const,
    speaker: 'caller' as const,
    text: `${index} ${'é'.repeat(200)}`,
  }));
  const signing = { room: 'room', secret: 'secret' };
  const metadata = writeHandoffContext({ kind: 'resume', history }, signing);
  expect(Buffer.byteLength(metadata)).toBeLessThanOrEqual(14 * 1024);
  const context = readHandoffContext(metadata, signing);
  if (context?.kind !== 'resume') throw new Error('no handoff context');
  expect(context.history.at(-1)).toEqual(history.at(-1));
  expect(context.history.length).toBeGreaterThan(20);
});
