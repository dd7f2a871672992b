// How the caller talks: push to talk, and text only.
import type { Page } from '@playwright/test';
import { ADA, ADDRESS, ASK_ADDRESS } from '@/e2e/support/agents';
import { expect, test } from '@/e2e/support/test';

/** Chooses how to talk in Settings, and opens the start page. */
async function chooses(page: Page, talk: string): Promise<void> {
  await page.goto(new URL('/settings', page.url()).href);
  await page.getByRole('radio', { name: talk }).check();
  await page.goto(new URL('/', page.url()).href);
}

test('push to talk: only what is said while the button or the space bar is held is heard', async ({
  caller,
}) => {
  const anna = await caller();
  const { page } = anna;
  await chooses(page, 'Push to talk');
  await expect(page.getByText('You are heard while you hold the button')).toBeVisible();
  await anna.startAndBeGreeted(ADA);
  await anna.say('Do you have any prices?');

  await page.getByRole('button', { name: 'Hold to talk' }).hover();
  await page.mouse.down();
  await expect(page.getByRole('button', { name: 'Hold to talk', pressed: true })).toBeVisible();
  await anna.say(ASK_ADDRESS);
  await page.mouse.up();
  await anna.hears(ADDRESS);
  await anna.agentListens();

  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.down('Space');
  await anna.say('What are your opening hours?');
  await page.keyboard.up('Space');
  await anna.hears(/open|closed/i);
  await expect(page.getByRole('button', { name: 'Hold to talk', pressed: false })).toBeVisible();
  await expect(anna.transcript).not.toContainText(/prices/i);

  // A space that is typed is a space.
  await page.getByRole('textbox', { name: 'Message' }).focus();
  await page.keyboard.type('a b');
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('a b');
  await anna.end();
});

test('text only: the microphone is not requested until the caller turns it on', async ({
  caller,
}) => {
  const anna = await caller();
  const { page } = anna;
  await chooses(page, 'Text only');
  await page.evaluate(() => {
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = (constraints) => {
      document.body.dataset.asked = 'yes';
      return open(constraints);
    };
  });
  await anna.startAndBeGreeted(ADA);
  await anna.types(ASK_ADDRESS);
  await anna.hears(ADDRESS);
  await anna.agentListens();
  await expect(page.locator('body')).not.toHaveAttribute('data-asked');

  await page.getByRole('button', { name: 'Turn on mic' }).click();
  await expect(page.getByRole('button', { name: 'Mute' })).toBeVisible();
  await anna.asks('What are your opening hours?', /open|closed/i);
  await anna.end();
});
