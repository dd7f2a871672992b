// Calls with real speech in both directions, in the browser. The recognizer is small, so tests assert on the answer and
// on most of the words.
import { ADA, ADDRESS, ASK_ADDRESS, FRANK, MILO } from '@/e2e/support/agents';
import { Caller } from '@/e2e/support/caller';
import { recordCaller, speak, wordsKept } from '@/e2e/support/speech';
import { agentsIn } from '@/e2e/support/stack';
import { expect, test } from '@/e2e/support/test';

/** Share of a caller's words that must be recognized. Sometimes one in five is wrong. */
const UNDERSTOOD = 0.6;
const HOURS = /open|closed/i;
const WEATHER = 'The weather is fine today.';
const BILL = 'I have a question about my bill.';

test('Ada by voice: address and opening hours, goodbye', async ({ caller }) => {
  const anna = await caller();
  await anna.startAndBeGreeted(ADA);
  await anna.asks(ASK_ADDRESS, ADDRESS);
  await anna.asks('What are your opening hours?', HOURS);
  await anna.say('Thank you, that is all. Goodbye.');
  await anna.hears(/bye/i);
  await expect(anna.page.getByRole('heading', { name: 'Ada said goodbye' })).toBeVisible();
});

test('Ada by text and voice in one conversation', async ({ caller }) => {
  const anna = await caller();
  await anna.startAndBeGreeted(ADA);
  await anna.types("I'd like to book an appointment.");
  await anna.hears(/day|when|name/i);
  await anna.agentListens();
  // The question depends on the typed message.
  await anna.asks('On Tuesday morning, please.', /time|which|suits|name|nine|ten|eleven|half/i);
});

test('Milo by voice on staging: repeats what he heard, and names his deployment', async ({
  caller,
}) => {
  const anna = await caller('/?agent=line-check&deployment=staging');
  await anna.startAndBeGreeted(MILO);
  const answer = await anna.asks(WEATHER, /staging/i);
  expect(wordsKept(WEATHER, answer), answer).toBeGreaterThanOrEqual(UNDERSTOOD);
  expect(answer).toMatch(/milli ?seconds/i);
});

test('Frank by voice and by text', async ({ caller }) => {
  const anna = await caller('/?agent=billing');
  await anna.startAndBeGreeted(FRANK);
  await anna.asks('How can I pay?', /card|transfer|cash/i);
  await anna.types('How can I pay?');
  await anna.hears(/card|transfer|cash/i);
});

test('handoff from Ada to Frank', async ({ caller, stack }) => {
  const anna = await caller();
  await anna.startAndBeGreeted(ADA);
  await anna.asks(BILL, FRANK);
  await expect(anna.page.getByRole('heading', { name: 'Frank', level: 1 })).toBeVisible();
  await expect(anna.transcript).toContainText('Ada handed off to Frank');
  await expect.poll(() => agentsIn(stack, anna.room)).toEqual(['billing production']);
});

test("the browser's own microphone and its autoplay policy", async ({
  playwright,
  stack,
}, info) => {
  const question = await speak(stack.speech, 'What are your opening hours?');
  const file = await recordCaller(info.outputPath('caller.wav'), [
    // Time for the greeting; on a busy machine the question interrupts it.
    { silence: 8 },
    { audio: question },
    { silence: 60 },
  ]);
  const browser = await playwright.chromium.launch({
    ...info.project.use.launchOptions,
    args: [
      ...(info.project.use.launchOptions?.args ?? []).filter((arg) => !arg.includes('autoplay')),
      `--use-file-for-fake-audio-capture=${file}%noloop`,
    ],
  });
  const context = await browser.newContext({ permissions: ['microphone'] });
  const anna = await Caller.open(context, stack, '/', 'device');
  await anna.start();
  await anna.hears(HOURS);
  await anna.end();
  await browser.close();
});
