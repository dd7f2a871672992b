// How soon the agent is silent when somebody speaks into its sentence, and that a cough or a door does not
// silence it: the sounds of the benchmark and the real voice activity model, in the sound's own time.
import { initializeLogger } from '@livekit/agents';
import { beforeAll, expect, test } from 'vitest';
import { Flite } from '../../agent/speech/flite';
import type { Recogniser } from './hearing';
import { overlap, overlapRows, overlaps } from './interruptions';

/** Milliseconds after which people raise their voice against one that talks on. */
const RAISED_MS = 200;
/** Milliseconds for all sounds: six seconds here. */
const LIMIT_MS = 120_000;
/** Hears no words: voice activity alone makes the agent pause. */
const deaf = { hear: async () => ({ value: '', cost: 0 }) } as unknown as Recogniser;

let rows: ReturnType<typeof overlapRows>;

beforeAll(async () => {
  initializeLogger({ pretty: false, level: 'silent' });
  const heard = [];
  for (const take of overlaps(await Flite.load())) heard.push(await overlap(take, deaf));
  rows = overlapRows(heard);
}, LIMIT_MS);

const row = (kind: string) => rows.find((one) => one.kind === kind);

test('nine of ten interruptions silence it before people raise their voice', () => {
  expect(row('interruption')?.paused).toBe(row('interruption')?.sounds);
  expect(row('interruption')?.p90).toBeLessThanOrEqual(RAISED_MS);
});

test.each(['cough', 'noise'])('no %s does', (kind) => {
  expect(row(kind)?.sounds).toBeGreaterThan(0);
  expect(row(kind)?.paused).toBe(0);
});
