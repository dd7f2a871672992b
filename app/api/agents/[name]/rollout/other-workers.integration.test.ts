// Rollouts of an agent that the team has added and whose workers do not report: it is judged by what LiveKit says of its calls
// and by what its sessions upload.

import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import * as promote from '@/app/api/agents/[name]/rollout/promote/route';
import * as route from '@/app/api/agents/[name]/rollout/route';
import { newAgent } from '@/lib/agents/agent';
import { addAgent } from '@/lib/agents/registry';
import type { CallEvent, EventData } from '@/lib/calls/event';
import { storeEvents } from '@/lib/calls/store/store';
import { sharedDeployment } from '@/lib/dispatch/share';
import { checkRollouts } from '@/lib/rollouts/monitor';
import { type RolloutStage, rolloutStage } from '@/lib/rollouts/testing/stage';
import { server } from '@/lib/server';
import { askRoute } from '@/lib/testing/api';

const AGENT = 'sofia';
const HOUR = 60 * 60_000;
vi.spyOn(console, 'error').mockImplementation(() => {});
let stage: RolloutStage;
beforeAll(async () => {
  stage = await rolloutStage({ '': route, '/promote': promote });
  const deployments = [{ name: 'production' }, { name: 'staging' }];
  await addAgent(server(), newAgent.parse({ name: AGENT, deployments }));
});
afterAll(() => stage?.close());
beforeEach(() => stage.clear());

const ask = (method: string, path = '', body?: unknown) =>
  askRoute(`${stage.url}/api/agents/${AGENT}/rollout${path}`, method, body);

/** What differs in a call of {@link happen}. */
interface Like {
  readonly deployment?: string;
  readonly version?: string;
  readonly answerMs?: number;
  /** More of what its session uploads. */
  readonly more?: readonly EventData[];
}

let number = 0;
/** The events of a call that lasts 20 s: of LiveKit's webhooks, and those that its session uploads at the end. */
function eventsOf(at: number, { deployment = 'production', version, answerMs = 700, more }: Like) {
  number += 1;
  const call = `call-${number}`;
  const identity = `agent-${call}`;
  const add = (source: string, ms: number, what: EventData): CallEvent => ({
    ...{ id: `${call} ${source} ${what.kind} ${ms}`, call, room: call, roomSid: `RM_${call}` },
    ...{ source, at: at + ms, sentAt: at + 30_000, what },
  });
  const job = `agent:AJ_${number}`;
  const of = { agent: AGENT, deployment };
  const turn = { kind: 'turn', speaker: 'agent', identity, by: AGENT, text: 'Hello' } as const;
  const times = { startedAt: at + 5_000, endedAt: at + 7_000 };
  return [
    add('web', 0, { kind: 'requested', origin: 'page', ...of, identity: 'ann' }),
    add('livekit', 400, { kind: 'agent_joined', identity, agent: AGENT, deployment }),
    // Production has no name at LiveKit.
    add(job, 500, {
      ...{ kind: 'agent_config', agent: AGENT, tools: ['book'] },
      deployment: deployment === 'production' ? '' : deployment,
      version: version ?? `hash-${number}`,
    }),
    add(job, 7_000, { ...turn, ...times, latency: { firstAudio: answerMs + (number % 50) } }),
    ...(more ?? []).map((what, index) => add(job, 8_000 + index, what)),
    add('livekit', 20_000, { kind: 'person_left', identity: 'ann', why: 'left' }),
    add('livekit', 20_100, { kind: 'room_finished' }),
  ];
}
const happen = (many: number, at: number, like: Like = {}) =>
  storeEvents(server(), Array.from({ length: many }, () => eventsOf(at, like)).flat(), at + 30_000);

const tool = (failed: boolean): EventData => ({
  ...{ kind: 'tool', identity: 'agent', tool: 'book', args: '{}', result: '', failed, ms: 20 },
});

it('starts without a report of a worker, and sends its share of callers there', async () => {
  const { body: before } = await ask('GET');
  expect(before.running).toEqual([
    { deployment: 'production', reports: false, versions: [], places: 0 },
    { deployment: 'staging', reports: false, versions: [], places: 0 },
  ]);
  const started = await ask('POST', '', { steps: [100] });
  expect([started.status, started.body.state, started.body.version]).toEqual([
    201,
    'running',
    undefined,
  ]);
  const page = { room: 'r', identity: 'i', agent: AGENT, attributes: {} };
  expect(sharedDeployment(server(), page)).toBe('staging');
  // Nobody would see that production runs the version.
  expect((await ask('POST', '/promote')).body.type).toMatch(/:versions-unclear$/);
  expect((await ask('DELETE')).body.state).toBe('stopped');
});

it('has the version of the latest call', async () => {
  await happen(1, Date.now() - 2 * HOUR, { deployment: 'staging', version: '1.0' });
  await happen(1, Date.now() - HOUR, { deployment: 'staging', version: '1.1' });
  await happen(1, Date.now() - HOUR / 2, { version: '0.9' });
  expect((await ask('POST', '', {})).body.version).toBe('1.1');
});

it.each<[string, Like, string | undefined]>([
  [
    'whose sessions upload errors',
    { more: [{ kind: 'error', where: 'llm', message: 'no answer' }] },
    'errors',
  ],
  ['that calls its calls failed', { more: [{ kind: 'outcome', outcome: 'fail' }] }, 'errors'],
  ['that responds a second later', { answerMs: 1_700 }, 'answers'],
  ['whose tools fail, which it may handle', { more: [tool(true), tool(false)] }, undefined],
  ['that is as good, with another version in every call', {}, undefined],
])('of a version %s', async (_, like, worse) => {
  const now = Date.now();
  await happen(60, now - 2 * HOUR, { version: '1.0' });
  expect((await ask('POST', '', { steps: [25, 100] })).status).toBe(201);
  await happen(30, now + HOUR, { deployment: 'staging', ...like });
  await checkRollouts(server());
  const { rollout } = (await ask('GET')).body;
  expect(rollout.finding.deployment).toMatchObject({ calls: 30, answered: 30 });
  expect(rollout.finding.production).toMatchObject({ calls: 60, wrong: 0, answered: 60 });
  expect([rollout.finding.worse, rollout.state]).toEqual([worse, worse ? 'returned' : 'running']);
});

it('shows what its sessions uploaded of each version', async () => {
  const at = Date.now() - HOUR;
  await happen(2, at, { version: '1.0' });
  await happen(2, at, { deployment: 'staging', version: '1.1', more: [tool(true), tool(false)] });
  // When the statistics of earlier tests are no longer cached.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
  const { body } = await ask('GET');
  vi.useRealTimers();
  expect(body.figures).toMatchObject([
    { deployment: 'production', version: '1.0', calls: 2, wrong: 0, tool_failures: { of: 0 } },
    {
      ...{ deployment: 'staging', version: '1.1', calls: 2, wrong: 0 },
      ...{ tool_failures: { count: 2, of: 4 }, interruptions: { count: 0, of: 2 } },
      time_to_join: { measured: 2, p50_ms: 400 },
    },
  ]);
});
