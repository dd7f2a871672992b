// The call itself: greeting, question and answer by voice, booking, interrupting, text, goodbye.
import { readFile } from 'node:fs/promises';
import { Caller } from './support/caller';
import { recordCaller } from './support/recording';
import { speak, wordsKept } from './support/speech';
import { rooms } from './support/stack';
import { expect, test } from './support/test';

/** What the page says until the agent is there, in this order. */
const WAY = [
  'Connecting…',
  'Connected! Waiting for agent to join...',
  'Agent connected! Start speaking...',
];
const ADA = /willow|street|can i h/i;

test('three calls in a row: each is greeted and answered, and leaves no room behind', async ({
  caller,
  stack,
}) => {
  const anna = await caller();
  const told = await anna.statusesFromNow();
  for (let i = 0; i < 3; i++) {
    await anna.markNow();
    await anna.startAndBeGreeted(ADA);
    const statuses = await told();
    // An agent that is there before the caller is not waited for, and one that speaks at once is not
    // told of before: each is told where it was seen.
    const seen = WAY.filter((status) => statuses.includes(status));
    expect(statuses.slice(0, seen.length)).toEqual(seen);
    expect(statuses[0]).toBe('Connecting…');
    expect(statuses).toContain('Speaking');
    expect(statuses.at(-1)).toBe('Listening');
    await anna.asks('What is your address?', /brook|library|parking|fourteen|14/i);
    await anna.end();
    await expect(anna.status).toHaveText(/ended/i);
    await expect.poll(async () => (await rooms(stack).listRooms()).length).toBe(0);
  }
});

test('a double click on Start makes one call', async ({ caller, stack }) => {
  const anna = await caller();
  await anna.page.getByRole('button', { name: 'Start call' }).dblclick();
  await anna.hears(ADA);
  const live = await rooms(stack).listRooms();
  expect(live).toHaveLength(1);
  const people = await rooms(stack).listParticipants(live[0]?.name ?? '');
  // The caller and one agent.
  expect(people).toHaveLength(2);
});

test('an appointment is booked by voice, read back and confirmed', async ({ caller }) => {
  const anna = await caller();
  await anna.startAndBeGreeted(ADA);
  await anna.asks("I'd like to book an appointment.", /would you like|day/i);
  await anna.asks('On Tuesday morning, please.', /what time|which|suits|ten|nine|eleven|half/i);
  await anna.asks("Ten o'clock, please.", /name/i);
  await anna.asks('My name is Margaret Hale.', /right|correct|shall i/i);
  await anna.asks('Yes, that is right.', /booked|see you|down/i);
  await expect(anna.transcript).toContainText(/Booked/i);
});

test('the caller interrupts, and the agent stops and listens', async ({ caller, stack }) => {
  const anna = await caller();
  await anna.startAndBeGreeted(ADA);
  // Made before, so that it comes in the middle of a short answer.
  await speak(stack.speech, 'What is your address?');
  await anna.say('Please tell me all your services.');
  await expect(anna.status).toHaveText(/Speaking/);
  await anna.asks('What is your address?', /brook|library|parking|fourteen|14/i);
  await expect(anna.transcript).toContainText(/interrupted/i);
});

test('text chat: what is typed is answered by voice and in the transcript', async ({ caller }) => {
  const anna = await caller();
  await anna.startAndBeGreeted(ADA);
  await anna.markNow();
  await anna.page.getByRole('textbox', { name: 'Message' }).fill('What is your address?');
  await anna.page.getByRole('button', { name: 'Send' }).click();
  await expect(anna.transcript).toContainText('What is your address?');
  await anna.hears(/brook|library|parking|fourteen|14/i);
  await expect(anna.transcript).toContainText(/Willow Street/);
});

test('the agent says goodbye and ends the call itself; the transcript stays', async ({
  caller,
}) => {
  const anna = await caller();
  await anna.startAndBeGreeted(ADA);
  await anna.say('Thank you, that is all. Goodbye.');
  await anna.hears(/bye/i);
  await expect(anna.page.getByRole('heading', { name: 'Ada said goodbye' })).toBeVisible();
  await expect(anna.transcript).toContainText(/bye/i);
  await expect(anna.page.getByRole('button', { name: 'Start again' })).toBeVisible();

  const download = anna.page.waitForEvent('download');
  await anna.page.getByRole('button', { name: 'Download' }).click();
  const kept = await readFile(await (await download).path(), 'utf8');
  expect(kept).toMatch(/Ada.*How can I help\?/s);
  expect(kept).toMatch(/You.*goodbye/is);
});

test('line-check: Milo repeats what he heard and says how fast he answered, and where', async ({
  caller,
}) => {
  const anna = await caller('/?agent=line-check&deployment=production');
  await anna.startAndBeGreeted(/line.?check/i);
  const said = 'The weather is fine today.';
  const answer = await anna.asks(said, /production/i);
  // One word of five may be misheard on the way there, one on the way back.
  expect(wordsKept(said, answer), answer).toBeGreaterThanOrEqual(0.6);
  expect(answer).toMatch(/milli ?seconds/i);
});

test("the browser's own microphone: a recorded voice is answered", async ({
  playwright,
  stack,
}, info) => {
  const question = await speak(stack.speech, 'What is your address?');
  const file = await recordCaller(info.outputPath('caller.wav'), [
    // Time for the greeting; should it take longer on a busy machine, the question interrupts it.
    { silence: 8 },
    { audio: question },
    // Whoever was misheard asks once more.
    { silence: 12 },
    { audio: question },
    { silence: 60 },
  ]);
  const browser = await playwright.chromium.launch({
    ...info.project.use.launchOptions,
    args: [
      // As browsers are by default: sound only after the caller has done something, such as Start.
      ...(info.project.use.launchOptions?.args ?? []).filter((arg) => !arg.includes('autoplay')),
      `--use-file-for-fake-audio-capture=${file}%noloop`,
    ],
  });
  const anna = await Caller.open(
    await browser.newContext({ permissions: ['microphone'] }),
    stack,
    '/',
    'device',
  );
  await anna.start();
  await anna.hears(ADA);
  await anna.hears(/brook|library|parking|fourteen|14/i);
  await anna.end();
  await browser.close();
});
