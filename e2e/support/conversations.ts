// What a call does in every browser, one function a behaviour: Chromium's tests and those of the other browsers call them.
import { expect } from '@playwright/test';
import { ADA, ADDRESS, ASK_ADDRESS } from '@/e2e/support/agents';
import type { Caller } from '@/e2e/support/caller';
import { HEARD_SHARE, wordsKept } from '@/e2e/support/speech';

/** Reloads the page during a call. @param words that stay in the transcript */
export async function isInterrupted({ page, transcript }: Caller, words: string): Promise<void> {
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Your call was interrupted' })).toBeVisible();
  await expect(transcript).toContainText(words);
}

/** Returns to an interrupted call, in which the agent still answers. @param words that stay in the transcript */
export async function returns(anna: Caller, words: string): Promise<void> {
  await anna.page.getByRole('button', { name: 'Return to the call' }).click();
  await anna.agentListens();
  await expect(anna.transcript).toContainText(words);
  await anna.asks(ASK_ADDRESS, ADDRESS);
}

/** Waits until words that one says are heard by the other. */
async function isHeard(from: Caller, words: string, by: Caller): Promise<void> {
  await by.markNow();
  await from.say(words);
  await expect
    .poll(async () => wordsKept(words, await by.heard()))
    .toBeGreaterThanOrEqual(HEARD_SHARE);
}

/** A colleague takes Ada's place with an invitation, and talks and writes with Anna. @param asked what Anna has asked Ada */
export async function takesOver(ben: Caller, anna: Caller, asked: string): Promise<void> {
  await anna.markNow();
  await ben.join('Ben');
  await anna.hears(/goodbye/i);
  await expect(anna.status).toHaveText('You are with Ben');
  await expect(anna.transcript).toContainText('Ada left');
  // His page also shows the transcript from before he joined.
  await expect(ben.transcript).toContainText(asked);
  await expect(ben.transcript).toContainText('Willow Street');

  await isHeard(ben, 'Good morning, this is the manager speaking.', anna);
  await isHeard(anna, 'I would like to book an appointment.', ben);
  await ben.types('The back door is open.');
  await expect(anna.transcript).toContainText('The back door is open.');
}

/** Moves the focus to a control with the keyboard, forwards or, with `Shift+`, backwards. */
export async function tabTo({ page }: Caller, name: RegExp, shift: '' | 'Shift+' = '') {
  // Safari's Tab key skips buttons.
  const isSafari = page.context().browser()?.browserType().name() === 'webkit';
  const key = isSafari && process.platform === 'darwin' ? 'Alt+Tab' : 'Tab';
  await expect(async () => {
    await page.keyboard.press(`${shift}${key}`);
    const label = await page.evaluate(
      () => document.activeElement?.ariaLabel ?? document.activeElement?.textContent ?? '',
    );
    expect(label).toMatch(name);
  }).toPass({ intervals: [0], timeout: 10_000 });
}

/** A whole call with the keyboard alone, in a browser that blocks the microphone. @param greeted waits for the greeting */
export async function callsByKeyboard(
  anna: Caller,
  greeted: () => Promise<unknown> = () => anna.hears(ADA),
): Promise<void> {
  const { page } = anna;
  await tabTo(anna, /^Start call$/);
  await page.keyboard.press('Enter');
  await greeted();
  await expect(page.getByText('The microphone is blocked')).toBeVisible();
  await page.getByRole('textbox', { name: 'Message' }).focus();
  await anna.markNow();
  await page.keyboard.type(ASK_ADDRESS);
  await page.keyboard.press('Enter');
  await expect(anna.transcript).toContainText(ASK_ADDRESS);
  await anna.hears(ADDRESS);
  // Forwards, the focus would leave the page for Firefox's own buttons.
  await tabTo(anna, /^End call$/, 'Shift+');
  await page.keyboard.press('Enter');
  await expect(anna.status).toHaveText('Call ended');
}
