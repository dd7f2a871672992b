// One agent hands the caller over to another, by voice: in the same room, and into another one.
import { wordsKept } from './support/speech';
import { agentsIn } from './support/stack';
import { expect, test } from './support/test';

const ADA = /willow|street|can i h/i;
const FRANK = /this is frank, from billing/i;
const PRIVATE = 'Can I talk to billing in private?';
const WAYS_TO_PAY = /card|transfer|cash/i;

test('in the room: announced, then billing, who knows what was said', async ({ caller, stack }) => {
  const anna = await caller();
  await anna.startAndBeGreeted(ADA);
  const { room } = anna;
  await anna.asks(
    'I have a question about my bill.',
    new RegExp(`one moment.*${FRANK.source}.*bill`, 'is'),
  );
  await expect(anna.page.getByRole('heading', { name: 'Frank', level: 1 })).toBeVisible();
  await expect(anna.transcript).toContainText('Ada handed over to Frank');
  await anna.asks('What did I tell Ada?', /bill/i);
  await anna.asks('How can I pay?', WAYS_TO_PAY);
  expect(anna.room).toBe(room);
  expect(await agentsIn(stack, room)).toEqual(['billing production']);
  await anna.end();
});

test('into a new room: the page follows without a click', async ({ caller }) => {
  const anna = await caller();
  await anna.startAndBeGreeted(ADA);
  const { room: before } = anna;
  await anna.asks(PRIVATE, FRANK);
  await expect(anna.transcript).toContainText('Moved to another room');
  // What was said in the first room still stands.
  const lines = await anna.transcript.locator('[data-speaker=you] p').allInnerTexts();
  expect(wordsKept(PRIVATE, lines.join(' '))).toBeGreaterThan(0.6);
  await anna.asks('How can I pay?', WAYS_TO_PAY);
  expect(anna.room).not.toBe(before);
  await anna.end();
});
