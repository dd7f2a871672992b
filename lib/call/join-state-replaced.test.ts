// The join state while an agent is missing: by the page's observations, and the web
// process's signals.
import { expect, test } from 'vitest';
import { type Cue, type JoinCode, joinState } from '@/lib/call/join-state';
import type { Observed } from '@/lib/call/observed';
import { agent, seen, went } from '@/lib/call/testing/observed';
import { HEARTBEAT_TIMEOUT_MS } from '@/lib/livekit/attributes';

const people = { count: 1, speaking: false };
const orphaned = { ...went, why: 'orphaned' } as const;
const replacing = { kind: 'replacing', agoMs: 0 } as const;
const queued = { kind: 'queued', position: 3, agoMs: 0 } as const;
const gaveUp = { kind: 'gave-up', agoMs: 0 } as const;
const quiet = { ...agent, state: 'speaking', quietMs: HEARTBEAT_TIMEOUT_MS };
const silent = { ...agent, audible: false };
const dying = { ...agent, state: 'speaking', leaving: 'orphaned' } as const;

test.each<[string, Partial<Observed>, JoinCode, Cue]>([
  ['its worker died, and it is still listed', { agent: dying }, 'agent-lost', 'lost'],
  ['still listed, replacing', { agent: dying, replacement: replacing }, 'replacing', 'waiting'],
  ['its worker died, no signal', { departure: orphaned }, 'agent-lost', 'lost'],
  ['its worker died', { departure: orphaned, replacement: replacing }, 'replacing', 'waiting'],
  [
    'gone without a word, replaced',
    { departure: went, replacement: replacing },
    'replacing',
    'waiting',
  ],
  [
    'taken out, replaced',
    { departure: { ...went, why: 'removed' }, replacement: replacing },
    'replacing',
    'waiting',
  ],
  [
    'it failed, replaced',
    { departure: { ...went, why: 'error' }, replacement: replacing },
    'replacing',
    'waiting',
  ],
  ['quiet, replaced', { agent: quiet, replacement: replacing }, 'replacing', 'waiting'],
  [
    'the next one is there, no voice yet',
    { agent: silent, replacement: replacing },
    'replacing',
    'waiting',
  ],
  [
    'the next one is there',
    { agent: { ...agent, state: 'speaking', hereMs: 0 }, replacement: replacing },
    'speaking',
    'speaking',
  ],
  [
    'replaced among people',
    { departure: went, people, replacement: replacing },
    'replacing',
    'waiting',
  ],
  [
    'a colleague sees it too',
    { asked: undefined, people, replacement: replacing },
    'replacing',
    'waiting',
  ],
  [
    'called back, and replaced',
    { calledBack: true, replacement: replacing },
    'replacing',
    'waiting',
  ],
  [
    'one that never came is not brought back',
    { agentCame: false, replacement: replacing },
    'waiting',
    'waiting',
  ],
  [
    'it never came, for long',
    { agentCame: false, replacement: replacing, waitedMs: 15_000 },
    'late',
    'waiting',
  ],
  [
    'the word that it is replaced is old',
    { departure: went, replacement: { ...replacing, agoMs: 20_000 } },
    'agent-lost',
    'lost',
  ],
  [
    'old, and the next one has no voice',
    { agent: silent, replacement: { ...replacing, agoMs: 20_000 } },
    'waiting',
    'waiting',
  ],
  ['queued', { agentCame: false, replacement: queued, waitedMs: 15_000 }, 'queued', 'waiting'],
  [
    'queued, not shown any more',
    { agentCame: false, replacement: { ...queued, agoMs: 8_000 }, waitedMs: 0 },
    'waiting',
    'waiting',
  ],
  ['queued, and joining', { agent: silent, replacement: queued }, 'waiting', 'waiting'],
  ['queued, and joined', { agent, replacement: queued }, 'joined', 'idle'],
  ['given up', { departure: went, replacement: gaveUp }, 'gave-up', 'lost'],
  [
    'given up long ago',
    { departure: went, replacement: { ...gaveUp, agoMs: 99_000 } },
    'gave-up',
    'lost',
  ],
  ['given up, quiet', { agent: quiet, replacement: gaveUp }, 'gave-up', 'lost'],
  ['given up after a reconnection', { replacement: gaveUp }, 'gave-up', 'lost'],
  ['given up, and joined after all', { agent, replacement: gaveUp }, 'joined', 'idle'],
  ['given up, and joining', { agent: silent, replacement: gaveUp }, 'waiting', 'waiting'],
  ['given up, never joined', { agentCame: false, replacement: gaveUp }, 'nobody-came', 'lost'],
  [
    'given up among people',
    { departure: went, people, replacement: gaveUp },
    'with-people',
    'idle',
  ],
  ['given up, a colleague is left', { asked: undefined, replacement: gaveUp }, 'alone', 'lost'],
  [
    'offline comes before what the web process does',
    { online: false, departure: went, replacement: replacing },
    'offline',
    'lost',
  ],
  [
    'so does the connection',
    { room: 'reconnecting', roomMs: 0, departure: went, replacement: replacing },
    'reconnecting',
    'lost',
  ],
])('%s', (_what, change, code, cue) => {
  expect(joinState({ ...seen, ...change })).toMatchObject({ code, cue });
});

test('messages wait meanwhile, unless people are there', () => {
  const sendable = (change: Partial<Observed>) =>
    joinState({ ...seen, departure: went, ...change }).canSend;
  expect(sendable({ replacement: replacing })).toBe(false);
  expect(sendable({ replacement: gaveUp })).toBe(false);
  expect(sendable({ replacement: replacing, people })).toBe(true);
});

test('an agent counts as there only once it is active and audible', () => {
  const there = (change: Partial<Observed>) => joinState({ ...seen, ...change }).agentThere;
  expect(there({ agent })).toBe(true);
  expect([there({ agent: silent }), there({ agent: quiet }), there({})]).toEqual([
    false,
    false,
    false,
  ]);
});
