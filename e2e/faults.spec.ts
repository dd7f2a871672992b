// What the caller is told when something is not as it should be, and the way on from there.
import { Caller } from './support/caller';
import { killServer, livekitIsBack } from './support/processes';
import { expect, test } from './support/test';

const GREETING = /willow|street|can i h/i;

test.describe('microphone denied', () => {
  test.use({ permissions: [] });

  test('the call goes on by text, and the page says how to allow it', async ({
    browser,
    stack,
  }) => {
    const context = await browser.newContext({ permissions: [] });
    const anna = await Caller.open(context, stack, '/', 'device');
    await anna.page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () =>
        Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
    });
    await anna.start();
    await anna.hears(GREETING);
    await expect(anna.page.getByText('The microphone is blocked')).toBeVisible();
    await anna.markNow();
    await anna.page.getByRole('textbox', { name: 'Message' }).fill('When are you open today?');
    await anna.page.getByRole('button', { name: 'Send' }).click();
    await anna.hears(/open|closed/i);
    await context.close();
  });
});

test('the server is killed and comes back: told at once, and the talk goes on', async ({
  caller,
  stack,
}) => {
  const anna = await caller();
  await anna.startAndBeGreeted(GREETING);
  killServer(stack.pid);
  await expect(anna.status).toHaveText(/reconnecting|connection lost/i, { timeout: 3_000 });
  await livekitIsBack(stack);
  await anna.agentListens();
  await anna.asks('What is your address?', /brook|library|parking|fourteen|14/i);
  await anna.end();
});
