// What callers, guests and developers see of a call, on every screen size.
import type { Page } from '@playwright/test';
import { fitsWidth, isAccessible } from '@/e2e/support/accessibility';
import { ADA, BOOKING, FRANK } from '@/e2e/support/agents';
import { Caller } from '@/e2e/support/caller';
import { isInterrupted, returns } from '@/e2e/support/conversations';
import { rooms } from '@/e2e/support/stack';
import { expect, test } from '@/e2e/support/test';

/** A laptop, the same laptop at 200 % zoom, and two phones. */
const SIZES = [
  { width: 1280, height: 800 },
  { width: 640, height: 400 },
  { width: 390, height: 844 },
  { width: 320, height: 640 },
];

/** Pixels between the transcript's newest line and its visible part. */
const leftToRead = ({ transcript }: Caller) =>
  transcript.evaluate((log) => Math.round(log.scrollHeight - log.scrollTop - log.clientHeight));

/** Checks that everything a caller needs is visible, and nothing is wider than the screen. */
async function isWhole(page: Page, person: string, state: string): Promise<void> {
  await fitsWidth(page, state);
  for (const one of [
    page.getByRole('heading', { level: 1, name: person }),
    page.getByRole('status').first(),
    page.getByRole('button', { name: 'End call' }),
    page.getByRole('textbox', { name: 'Message' }),
    page.getByRole('timer'),
  ]) {
    await expect(one, state).toBeInViewport({ ratio: 1 });
  }
}

test('a call on every screen, from the first question to a colleague', async ({
  caller,
  browser,
  context,
  stack,
}) => {
  const anna = await caller();
  const { page } = anna;
  const latest = page.getByRole('button', { name: 'Latest' });
  await page.setViewportSize({ width: 1280, height: 500 });
  await anna.startAndBeGreeted(ADA);
  await anna.converses(['What are your prices? '.repeat(20).trim(), ...BOOKING]);

  await test.step('the transcript follows at a handoff', async () => {
    await anna.types('Can I talk to billing?');
    await anna.hears(FRANK);
    await anna.agentListens();
    await expect(latest).toBeHidden();
    await expect.poll(() => leftToRead(anna)).toBeLessThan(2);
  });

  await test.step('a reader stops it, and a message takes it back to its end', async () => {
    await anna.transcript.evaluate((log) => log.scrollBy({ top: -300 }));
    await expect(latest).toBeVisible();
    await anna.types('Hello again');
    await expect(latest).toBeHidden();
    await expect.poll(() => leftToRead(anna)).toBeLessThan(2);
    await anna.agentListens();
  });

  await test.step('keys are shown as they are pressed', async () => {
    await page.getByRole('button', { name: 'Keypad', exact: true }).click();
    await page.keyboard.type('1#');
    await expect(anna.transcript).toContainText(/You · pressed.*1 #/s);
    await page.keyboard.press('Escape');
  });

  for (const size of SIZES) {
    await test.step(`${size.width} × ${size.height}`, async () => {
      const state = `${size.width} px`;
      await page.setViewportSize(size);
      await isWhole(page, 'Frank', state);
      await page.getByRole('button', { name: 'Keypad', exact: true }).click();
      await isWhole(page, 'Frank', `${state}, keypad`);
      const keys = page.getByRole('group', { name: 'Keys' });
      await expect(keys.getByRole('button', { name: '#' })).toBeInViewport({ ratio: 1 });
      await anna.invite();
      await isWhole(page, 'Frank', `${state}, invitation`);
      await page.getByRole('button', { name: 'Close' }).click();
    });
  }

  await test.step('developers switch their details off', async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    const details = page.getByText(/^(production ✓|answers in .*|[\d.]+ m?s)$/);
    await expect(details.first()).toBeVisible();
    // Another tab: settings are shared in the browser.
    const settings = await context.newPage();
    await settings.goto(new URL('/settings', stack.web).href);
    await settings.getByRole('switch', { name: 'Developer details' }).click();
    await settings.close();
    await expect(details).toHaveCount(0);
  });

  const url = await anna.invite();
  const theirs = await browser.newContext({ permissions: ['microphone'] });
  const ben = await Caller.open(theirs, stack, url);

  await test.step('a guest sees only the call', async () => {
    await expect(ben.page.getByRole('navigation')).toHaveCount(0);
    await ben.page.setViewportSize({ width: 1280, height: 500 });
    await ben.join('Ben');
    await expect(anna.transcript).toContainText('Frank left');
    await expect(ben.transcript).toContainText('Frank left');
    await expect(ben.page.getByText(/ ms$|✓/)).toHaveCount(0);
  });

  await test.step('both have the same time, and both transcripts follow', async () => {
    const seconds = async (one: Caller) => {
      const [minutes = 0, rest = 0] = ((await one.page.getByRole('timer').textContent()) ?? '')
        .split(':')
        .map(Number);
      return minutes * 60 + rest;
    };
    expect(Math.abs((await seconds(ben)) - (await seconds(anna)))).toBeLessThanOrEqual(1);
    await expect.poll(() => leftToRead(ben)).toBeLessThan(2);
    await expect.poll(() => leftToRead(anna)).toBeLessThan(2);
  });

  await isAccessible(page, 'with a colleague');
  await theirs.close();
  await anna.end();

  await test.step('after the call: who, what came of it, and where to read on', async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await expect(page.getByText('Ada → Frank')).toBeVisible();
    await expect(page.getByText('Appointment booked')).toBeVisible();
    await expect(page.getByText(/for Jane Miller/).first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Call Ada again' })).toBeVisible();
    await isAccessible(page, 'after the call');
    await page.getByRole('link', { name: 'Call details' }).click();
    await expect(page).toHaveURL(/\/calls\/c/);
    await expect(page.getByText(/ · pressed/)).toBeVisible();
  });
});

test('a reload interrupts a call, and one click returns to it or ends it', async ({
  caller,
  stack,
}) => {
  const anna = await caller();
  const { page } = anna;
  await anna.startAndBeGreeted(ADA);
  await anna.asks('What are your prices?', /./);
  const { room } = anna;

  await isInterrupted(anna, 'What are your prices?');
  await isAccessible(page, 'interrupted');
  await returns(anna, 'What are your prices?');
  expect(anna.room).toBe(room);

  // Or it ends there, for everybody: the room closes.
  await page.reload();
  await page.getByRole('button', { name: 'End call' }).click();
  await expect(page.getByRole('heading', { name: 'You ended the call' })).toBeVisible();
  const open = async () => (await rooms(stack).listRooms()).map(({ name }) => name);
  await expect.poll(open).not.toContain(room);

  await anna.markNow();
  await anna.startAndBeGreeted(ADA);

  // Nobody returns in time: the transcript and the link to the call's page stay.
  await page.clock.install();
  await isInterrupted(anna, 'this is Ada');
  await page.clock.fastForward(60_000);
  await expect(page.getByRole('button', { name: 'Call Ada again' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Return to the call' })).toBeHidden();
  await expect(anna.transcript).toContainText('this is Ada');
  await expect(page.getByRole('link', { name: 'Call details' })).toBeVisible();
});
