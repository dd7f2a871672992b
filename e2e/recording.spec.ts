// A call that is recorded, as its caller and as those on duty have it: told aloud and on screen, in two
// channels on the disk, played beside its words, gone with its call. And the lamp of LiveKit's Egress.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseWav } from '@/agent/speech/wav';
import { joinAsRecorder } from '@/lib/testing/egress-service';
import { Caller } from './support/caller';
import { transcribe, wordsKept } from './support/speech';
import { toldOf } from './support/stack';
import { expect, test } from './support/test';

/** Milliseconds in which what happened in a call stands on a page. */
const TOLD_MS = 15_000;
/** Share of the words that are recognised again; as in `caller.ts`. */
const HEARD_SHARE = 0.6;
const QUESTION = 'Which times are free with Doctor Lee on Friday?';

/** One channel of a recording. */
function side(file: string, which: 0 | 1): Buffer {
  const { data, rate, channels } = parseWav(readFileSync(file));
  expect([rate, channels]).toEqual([16_000, 2]);
  const both = new Int16Array(Uint8Array.from(data).buffer);
  return Buffer.from(both.filter((_, at) => at % 2 === which).buffer);
}

const recordingsIn = (data: string) =>
  readdirSync(join(data, 'recordings'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.wav'))
    .map((file) => join(data, 'recordings', file));

test('told, recorded, played word by word, and deleted', async ({ context, ownStack }, info) => {
  const data = info.outputPath('data');
  const { stack } = await ownStack({ settings: { RECORD_CALLS: 'on' } });
  const anna = await Caller.open(context, stack);
  await expect(anna.page.getByText('The sound is recorded.')).toBeVisible();
  await anna.startAndBeGreeted(/^This call is recorded\..*willow/is);
  const lamp = anna.page.getByText('The sound of this call is recorded');
  await expect(lamp).toBeAttached();
  const answer = await anna.asks(QUESTION, /\d|past|o'clock|free|sorry/i);
  await anna.end();
  await expect(lamp).toHaveCount(0);

  // Whole once its end is told: the last seconds are written when the call is over.
  await expect
    .poll(() => toldOf(stack, anna.room), { timeout: TOLD_MS })
    .toMatch(/"kind":"recording"[^}]*"ended_at"/);
  // On the disk: the caller on the left, the agent on the right, neither with the other.
  const [file = '', ...others] = recordingsIn(data);
  expect(others).toEqual([]);
  const left = await transcribe(stack.speech, side(file, 0));
  const right = await transcribe(stack.speech, side(file, 1));
  expect(wordsKept(QUESTION, left)).toBeGreaterThan(HEARD_SHARE);
  expect(wordsKept(answer, right)).toBeGreaterThan(HEARD_SHARE);
  expect(left).not.toMatch(/willow/i);
  expect(right).not.toMatch(/which times/i);

  // On its page: played from a line, its words are lit one after the other.
  const desk = await context.newPage();
  await desk.goto(new URL('/calls', stack.web).href);
  await desk.getByRole('list', { name: 'Earlier calls' }).getByRole('link').first().click();
  await expect(desk.getByRole('heading', { level: 1 })).toHaveText(/ended the call/, {
    timeout: TOLD_MS,
  });
  const line = desk
    .getByRole('region', { name: 'Transcript' })
    .getByRole('listitem')
    .filter({ hasText: 'Willow Street' });
  await line.getByRole('button', { name: /^Play from/ }).click();
  const lit = line.locator('[data-heard]');
  await expect(lit).toHaveText(/\w/);
  const first = await lit.textContent();
  await expect(lit).not.toHaveText(first ?? '');
  await expect(line).toHaveAttribute('aria-current', 'true');
  const player = desk.getByLabel('Recording', { exact: true });
  expect(await player.evaluate((one: HTMLAudioElement) => one.paused)).toBe(false);

  await desk.getByRole('button', { name: 'Delete call' }).click();
  await desk.getByRole('button', { name: 'Delete for good' }).click();
  await expect(desk).toHaveURL(/\/calls$/);
  expect(recordingsIn(data)).toEqual([]);
});

test('the lamp is on as long as LiveKit says that the room is recorded', async ({
  caller,
  stack,
}) => {
  const anna = await caller('/?agent=line-check');
  await anna.start();
  await anna.agentListens();
  const lamp = anna.page.getByText('The sound of this call is recorded');
  await expect(lamp).toHaveCount(0);
  const { livekit: LIVEKIT_URL, apiKey: LIVEKIT_API_KEY, apiSecret: LIVEKIT_API_SECRET } = stack;
  const env = { LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET };
  const recorder = await joinAsRecorder(env, anna.room);
  await expect(lamp).toBeAttached();
  // It is nobody of the call.
  await expect(anna.transcript).not.toContainText(/joined|EG_/);
  await recorder.disconnect();
  await expect(lamp).toHaveCount(0);
  await anna.end();
});
