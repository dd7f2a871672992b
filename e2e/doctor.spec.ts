// The doctor on a whole product that is well: everything is tried for real, from this browser too, and
// nothing healthy is blamed; a room to which nobody came gets its one reason.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { rooms } from './support/stack';
import { expect, test } from './support/test';

const shell = promisify(execFile);
/** Milliseconds for all trials one after another on a busy machine. */
const EXAMINED_MS = 90_000;

test('every part is tried, from this browser too, and found well', async ({ page, stack }) => {
  await page.goto(new URL('/doctor', stack.web).href);
  const status = page.getByRole('status');
  await expect(status).not.toHaveText(/^Looking/, { timeout: EXAMINED_MS });
  // A machine that does much besides is slow; that the doctor says so is no mistake.
  const load = page.locator('#to-do li').filter({ hasText: 'Look at the load' });
  const slow = await load.getByRole('link').allInnerTexts();
  const lamps = page.getByRole('link', { name: / ?: (broken|see to it)$/ });
  const ill = (await lamps.allInnerTexts()).map((lamp) => lamp.split('\n')[0]);
  expect(ill.filter((name) => !slow.includes(name ?? ''))).toEqual([]);
  await expect(
    page.getByRole('link', { name: /billing on staging ?: (well|see to it)/ }),
  ).toBeVisible();
  await expect(page.getByRole('link', { name: /Your way for sound ?: well/ })).toBeVisible();
  // Nothing is left of the trials, and they are no calls.
  await expect.poll(async () => (await rooms(stack).listRooms()).length).toBe(0);
  await page.getByRole('link', { name: 'Calls', exact: true }).click();
  await expect(page.getByText('callboard-probe-')).toHaveCount(0);
});

test("the README's commands: everything, and why no agent came to a room", async ({ stack }) => {
  const env = { ...process.env, CALLBOARD_URL: stack.web };
  const run = async (command: string) => (await shell('sh', ['-c', command], { env })).stdout;
  // What was not well is then told by the test.
  const all = await run('npm run doctor || echo "ended with $?"');
  expect(all).not.toContain('ended with');
  expect(all).toContain('LiveKit server');
  await rooms(stack).createRoom({ name: 'support-1', emptyTimeout: 60 });
  expect(await run('npm run doctor -- --room support-1 || true')).toMatch(/support-1|agent/i);
  await rooms(stack).deleteRoom('support-1');
});
