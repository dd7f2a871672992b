// A call: join states, questions by voice and text, pre-connect audio, handoff, goodbye. dispatch.spec.ts has interruption and the
// keypad.
import { readFile } from 'node:fs/promises';
import { ADA, ADDRESS, ASK_ADDRESS, FRANK } from '@/e2e/support/agents';
import { Caller } from '@/e2e/support/caller';
import { callsByKeyboard } from '@/e2e/support/conversations';
import { hold } from '@/e2e/support/hold';
import { wordsIn } from '@/e2e/support/speech';
import { rooms } from '@/e2e/support/stack';
import { expect, test } from '@/e2e/support/test';

/** Join states that the page shows until the agent has joined, in order. */
const JOINING = [
  'Connecting…',
  'Connected. Waiting for the agent…',
  'The agent is here. Start speaking',
];

test('two calls in a row: each has one room, is greeted and answered, and leaves no room behind; the agent ends the second', async ({
  caller,
  context,
  stack,
}) => {
  const anna = await caller();
  const statusesSoFar = await anna.statusesFromNow();
  const before = (await rooms(stack).listRooms()).map(({ name }) => name);
  for (let i = 0; i < 2; i++) {
    await anna.markNow();
    // A double click starts one call.
    await anna.page.getByRole('button', { name: /^(Start call|Call Ada again)$/ }).dblclick();
    await anna.hears(ADA);
    await anna.agentListens();
    const statuses = await statusesSoFar();
    // A state is skipped when the agent joins first or speaks at once. No state is out of order.
    const seen = JOINING.filter((status) => statuses.includes(status));
    expect(statuses.slice(0, seen.length)).toEqual(seen);
    expect(statuses[0]).toBe('Connecting…');
    expect(statuses).toContain('Speaking');
    expect(statuses.at(-1)).toBe('Listening');
    const live = (await rooms(stack).listRooms()).filter(({ name }) => !before.includes(name));
    expect(live.map(({ name }) => name)).toEqual([anna.room]);
    // The caller and one agent.
    expect(await rooms(stack).listParticipants(anna.room)).toHaveLength(2);
    if (i === 0) {
      await test.step('a second tab says that a call is open, and leaves it alone', async () => {
        const second = await context.newPage();
        await second.goto(stack.web);
        await second.getByRole('button', { name: 'Start call' }).click();
        await expect(second.getByText('A call is open in another tab')).toBeVisible();
        await expect(anna.status).toHaveText(/Listening/);
        await second.close();
      });
    }
    await anna.asks(ASK_ADDRESS, ADDRESS);
    if (i === 0) {
      await anna.end();
      await expect(anna.status).toHaveText(/ended/i);
    } else {
      await anna.say('Thank you, that is all. Goodbye.');
      await anna.hears(/bye/i);
      await expect(anna.page.getByRole('heading', { name: 'Ada said goodbye' })).toBeVisible();
    }
    await expect.poll(async () => (await rooms(stack).listRooms([anna.room])).length).toBe(0);
  }

  await test.step('the transcript stays, and can be saved', async () => {
    await expect(anna.transcript).toContainText(/bye/i);
    await expect(anna.page.getByRole('button', { name: 'Call Ada again' })).toBeVisible();
    const download = anna.page.waitForEvent('download');
    await anna.page.getByRole('button', { name: 'Download' }).click();
    const kept = await readFile(await (await download).path(), 'utf8');
    expect(kept).toMatch(/Ada.*Willow Street/s);
    expect(kept).toMatch(/You.*goodbye/is);
  });
});

test('the token is requested when the button is pressed, once; a press that is not a click starts no call', async ({
  caller,
  stack,
}) => {
  const since = Date.now();
  const anna = await caller();
  const { page } = anna;
  const requested: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/token')) requested.push(request.url());
  });
  const button = page.getByRole('button', { name: 'Start call' });
  const pressed = async (times: number) => {
    await button.hover();
    await page.mouse.down();
    await expect.poll(() => requested.length).toBe(times);
  };
  await pressed(1);
  await page.getByRole('heading', { level: 1 }).hover();
  await page.mouse.up();
  await expect(button).toBeVisible();
  await pressed(2);
  await page.mouse.up();
  await anna.hears(ADA);
  expect(requested).toHaveLength(2);
  const { calls } = await (await fetch(`${stack.web}/api/calls?from=${since}`)).json();
  expect(calls).toHaveLength(1);
});

test('a click before the page is interactive starts the call', async ({ caller, stack }) => {
  const anna = await caller('/privacy');
  const { page } = anna;
  const release = await hold(page, '**/_next/static/**/*.js');
  await page.goto(stack.web, { waitUntil: 'commit' });
  await anna.start();
  release();
  await anna.hears(ADA);
});

test('words spoken on pressing Start are understood completely, once, and answered', async ({
  caller,
}) => {
  const asked = 'What are your opening hours?';
  const anna = await caller();
  await anna.saysOnStart(asked);
  const mine = anna.transcript.locator('[data-speaker=you][data-final=true] p');
  await expect(mine.first()).toBeVisible({ timeout: 30_000 });
  await anna.hears(/open|closed/i);
  await anna.agentListens();
  expect(wordsIn((await mine.allInnerTexts()).join(' '))).toEqual(wordsIn(asked));
});

// For a handoff in the same room, see e2e/speech.
test('a handoff into a new room: the page follows automatically, and keeps the transcript', async ({
  caller,
}) => {
  const anna = await caller();
  await anna.startAndBeGreeted(ADA);
  const { room: before } = anna;
  await anna.asks('Can I talk to billing in private?', FRANK);
  await expect(anna.transcript).toContainText('Moved to another room');
  await expect(anna.transcript).toContainText(/in private/i);
  await anna.agentListens();
  expect(anna.room).not.toBe(before);
  await anna.end();
});

test.describe('microphone denied', () => {
  test.use({ permissions: [] });

  test('a whole call with text and keyboard only; the page explains how to allow the microphone', async ({
    context,
    stack,
  }) => {
    const anna = await Caller.open(context, stack, '/', 'device');
    await anna.page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () =>
        Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
    });
    await callsByKeyboard(anna);
  });
});

test('nothing that appears later moves the button away from a click', async ({ page, stack }) => {
  const start = page.getByRole('button', { name: 'Start call' });
  const release = await hold(page, '**/_next/static/chunks/*.js');
  await page.goto(`${stack.web}/?deployment=staging`, { waitUntil: 'commit' });
  await start.waitFor();
  await page.evaluate(() => document.fonts.ready);
  const before = await start.boundingBox();
  release();
  // Fields for developers, and agents of Letta.
  await expect(page.getByText('Try another model')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Remembers you' }).first()).toBeVisible();
  expect(await start.boundingBox()).toEqual(before);
  await page.route('**/api/agents', (route) => route.fulfill({ json: {} }));
  await expect(page.locator('main')).toContainText('The server is not responding');
  expect(await start.boundingBox()).toEqual(before);
});
