// Observations and the join state of each.
import { expect, test } from 'vitest';
import { type Cue, type JoinCode, joinState, messageWaitsFor } from '@/lib/call/join-state';
import type { Observed } from '@/lib/call/observed';
import { agent, seen, went } from '@/lib/call/testing/observed';
import { HEARTBEAT_TIMEOUT_MS } from '@/lib/livekit/attributes';

const people = { count: 1, speaking: false };
const tookOver = { ...went, why: 'takeover' } as const;

const rows: [string, Partial<Observed>, JoinCode, Cue][] = [
  ['connecting', { room: 'connecting' }, 'connecting', 'waiting'],
  ['connecting for long', { room: 'connecting', roomMs: 5_000 }, 'slow', 'waiting'],
  ['connecting, agent already there', { room: 'connecting', agent }, 'connecting', 'waiting'],
  ['queued', { room: 'connecting', position: 3 }, 'queued', 'waiting'],
  ['queued for long', { room: 'connecting', roomMs: 99_000, position: 1 }, 'queued', 'waiting'],
  ['left the queue', { room: 'connecting', position: 3, ended: 'left-queue' }, 'ended', 'ended'],
  ['no agent yet', {}, 'waiting', 'waiting'],
  ['no agent in time', { waitedMs: 15_000 }, 'late', 'waiting'],
  ['agent joins after that', { waitedMs: 99_000, agent }, 'joined', 'idle'],
  ['agent there, no audio yet', { agent: { ...agent, audible: false } }, 'waiting', 'waiting'],
  [
    'agent there, never a voice',
    { agent: { ...agent, audible: false }, waitedMs: 15_000 },
    'late',
    'waiting',
  ],
  ['agent there, without a state', { agent }, 'joined', 'idle'],
  [
    'initializing is not listening',
    { agent: { ...agent, state: 'initializing' } },
    'joined',
    'idle',
  ],
  ['an unknown state is ignored', { agent: { ...agent, state: 'idle' } }, 'joined', 'idle'],
  ['listening', { agent: { ...agent, state: 'listening' } }, 'listening', 'idle'],
  [
    'listening, just arrived',
    { agent: { ...agent, state: 'listening', hereMs: 999 } },
    'joined',
    'idle',
  ],
  [
    'speaking, just arrived',
    { agent: { ...agent, state: 'speaking', hereMs: 0 } },
    'speaking',
    'speaking',
  ],
  ['thinking', { agent: { ...agent, state: 'thinking' } }, 'thinking', 'thinking'],
  ['speaking', { agent: { ...agent, state: 'speaking' } }, 'speaking', 'speaking'],
  [
    'speaking its goodbye',
    { agent: { ...agent, state: 'speaking', leaving: 'goodbye' } },
    'speaking',
    'speaking',
  ],
  [
    'no sign of life',
    { agent: { ...agent, state: 'listening', quietMs: HEARTBEAT_TIMEOUT_MS } },
    'agent-quiet',
    'lost',
  ],
  [
    'just before that',
    { agent: { ...agent, state: 'listening', quietMs: HEARTBEAT_TIMEOUT_MS - 1 } },
    'listening',
    'idle',
  ],
  [
    'an agent without heartbeats is never quiet',
    { agent: { ...agent, state: 'listening', quietMs: undefined } },
    'listening',
    'idle',
  ],
  [
    'no answer',
    { agent: { ...agent, state: 'listening' }, unanswered: true },
    'unanswered',
    'waiting',
  ],
  ['reconnecting', { room: 'reconnecting', roomMs: 0, agent }, 'reconnecting', 'lost'],
  ['reconnecting for two seconds', { room: 'reconnecting', roomMs: 2_000 }, 'server-lost', 'lost'],
  [
    'reconnecting hides what the agent was',
    { room: 'reconnecting', roomMs: 0, agent: { ...agent, state: 'listening' } },
    'reconnecting',
    'lost',
  ],
  ['offline', { online: false, agent: { ...agent, state: 'listening' } }, 'offline', 'lost'],
  ['left without a reason', { departure: went }, 'agent-lost', 'lost'],
  ['left by itself', { departure: { ...went, why: 'left' } }, 'agent-left', 'lost'],
  ['removed', { departure: { ...went, why: 'removed' } }, 'agent-removed', 'lost'],
  [
    'its worker is being stopped',
    { departure: { ...went, why: 'shutdown' } },
    'agent-shutdown',
    'lost',
  ],
  ['it failed', { departure: { ...went, why: 'error' } }, 'agent-error', 'lost'],
  ['it said goodbye', { departure: { ...went, why: 'goodbye' } }, 'leaving', 'speaking'],
  [
    'another one came',
    { departure: went, agent: { ...agent, state: 'listening' } },
    'listening',
    'idle',
  ],
  [
    'it said goodbye, and the room goes on',
    { departure: { ...went, why: 'goodbye', agoMs: 3_000 } },
    'agent-left',
    'lost',
  ],
  ['a colleague took over', { departure: tookOver, people }, 'with-people', 'idle'],
  [
    'the colleague speaks',
    { departure: tookOver, people: { count: 1, speaking: true } },
    'with-people',
    'speaking',
  ],
  ['the colleague left too', { departure: tookOver }, 'agent-left', 'lost'],
  [
    'a goodbye among people',
    { departure: { ...went, why: 'goodbye' }, people },
    'with-people',
    'idle',
  ],
  ['lost among people', { departure: went, people }, 'with-people', 'idle'],
  ['handed off, and nobody came', { departure: { ...went, why: 'handoff' } }, 'agent-left', 'lost'],
  ['called back', { calledBack: true, people }, 'waiting', 'waiting'],
  ['called back, not in time', { calledBack: true, people, waitedMs: 15_000 }, 'late', 'waiting'],
  ['a colleague is here before the agent', { people }, 'waiting', 'waiting'],
  [
    'the agent stays beside a colleague',
    { people, agent: { ...agent, state: 'listening' } },
    'listening',
    'idle',
  ],
  ['a colleague joins: with the caller', { asked: undefined, people }, 'with-people', 'idle'],
  [
    'a colleague joins: with the agent',
    { asked: undefined, people, agent: { ...agent, state: 'speaking' } },
    'speaking',
    'speaking',
  ],
  ['a colleague joins: nobody', { asked: undefined }, 'alone', 'lost'],
  ['a colleague joins: nobody left', { asked: undefined, departure: went }, 'alone', 'lost'],
  ['moving', { moving: 'under way', agent, room: 'connecting' }, 'moving', 'waiting'],
  ['moving failed', { moving: 'failed', room: 'connecting', people }, 'move-failed', 'lost'],
  ['ended', { ended: 'left', agent: { ...agent, state: 'speaking' } }, 'ended', 'ended'],
];

test.each(rows)('%s', (_what, change, code, cue) => {
  const state = joinState({ ...seen, ...change });
  expect(state).toMatchObject({ code, cue });
});

test('messages need an agent or a person in the room', () => {
  const sendable = (some: boolean) =>
    [
      ...new Set(
        rows
          .filter(([, { people }]) => (people !== undefined) === some)
          .filter(([, change]) => joinState({ ...seen, ...change }).canSend)
          .map(([, , code]) => code),
      ),
    ].sort();
  expect(sendable(false)).toEqual(['joined', 'listening', 'speaking', 'thinking', 'unanswered']);
  expect(sendable(true)).toEqual(['late', 'listening', 'speaking', 'waiting', 'with-people']);
});

const staging = { agent: 'front-desk', deployment: 'staging' };
const onStaging = { ...agent, deployment: 'staging' };
const cases: [string, Partial<Observed>, string | undefined][] = [
  ['as requested', { agent }, undefined],
  ['another one', { asked: staging, agent }, 'production'],
  ['not reported', { asked: staging, agent: { ...agent, deployment: undefined } }, undefined],
  ['of an agent that was not called', { agent: { ...onStaging, agent: 'billing' } }, undefined],
  ['of an agent without a name', { agent: { ...onStaging, agent: undefined } }, undefined],
  ['a share redirected the call there', { agent: onStaging, share: 'staging' }, undefined],
  ['back on production from a share', { agent, share: 'staging' }, undefined],
  ['neither', { agent: { ...agent, deployment: 'canary' }, share: 'staging' }, 'canary'],
  ['a colleague requested none', { asked: undefined, agent: onStaging }, undefined],
];
test.each(cases)('deployment: %s', (_what, change, reported) => {
  expect(joinState({ ...seen, ...change }).mismatch?.reported).toBe(reported);
});

test('everything that is lost is shown within three seconds', () => {
  expect(HEARTBEAT_TIMEOUT_MS).toBeLessThan(2_750);
});

test.each([
  ['listening', true, undefined],
  ['waiting', false, 'agent'],
  ['replacing', false, 'agent'],
  ['offline', false, 'connection'],
  ['reconnecting', false, 'connection'],
  ['server-lost', false, 'connection'],
] as const)('a message during %s', (code, canSend, expected) => {
  expect(messageWaitsFor({ code, canSend })).toBe(expected);
});
