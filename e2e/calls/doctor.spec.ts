// The doctor on a healthy product: it runs every check, including those of this browser, and finds no fault. Also its
// verdict on a room.

import { isAccessible } from '@/e2e/support/accessibility';
import { rooms } from '@/e2e/support/stack';
import { expect, test } from '@/e2e/support/test';
import { isProbeRoom } from '@/lib/livekit/probe-room';

/** Milliseconds for all test calls, one after the other, on a busy machine. */
const EXAMINED_MS = 90_000;

test('every part is checked, including this browser, and is healthy', async ({ page, stack }) => {
  const doctor = new URL('/doctor', stack.web).href;
  const status = page.getByRole('status');
  await page.goto(doctor);
  await expect(status).toHaveText(/^Checking/);
  await page.goto(new URL('/v1/models', stack.speech).href);
  // From here: the first page says "Checking" before it is interactive, so its own request may still follow.
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.evaluate((address) => window.location.assign(address), doctor);
  const begin = page.getByRole('button', { name: 'Check now' });
  await expect(begin).toBeVisible();
  await expect(status).toHaveText('Not checked yet');
  // A link from another site starts no test calls.
  expect(asked).not.toContain('/api/doctor');
  await begin.click();
  await expect(status).toHaveText(/^Checking/);
  await expect(status).not.toHaveText(/^Checking/, { timeout: EXAMINED_MS });
  expect(asked.filter((path) => path === '/api/doctor')).toHaveLength(1);
  // A busy machine is slow; the doctor may say so.
  const load = page.locator('#to-do li').filter({ hasText: 'Check the load' });
  const slow = await load.getByRole('link').allInnerTexts();
  const lamps = page.getByRole('link', { name: / ?: (broken|warning)$/ });
  const ill = (await lamps.allInnerTexts()).map((lamp) => lamp.split('\n')[0]);
  expect(ill.filter((name) => !slow.includes(name ?? ''))).toEqual([]);
  await expect(page.getByRole('link', { name: /Frank on staging ?: (OK|warning)/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /Audio connection ?: OK/ })).toBeVisible();

  await test.step('checks that passed are collapsed, until their light is clicked', async () => {
    const server = page.locator('#finding-server');
    await expect(page.getByText(/\d+ checks passed/).first()).toBeVisible();
    await expect(server).toBeHidden();
    await page.getByRole('link', { name: /^LiveKit server ?: OK$/ }).click();
    await expect(server).toBeVisible();
    await isAccessible(page, 'the doctor with its checks open');
  });

  // Its own rooms are deleted, and did not count as calls.
  const probes = async () =>
    (await rooms(stack).listRooms()).filter(({ name }) => isProbeRoom(name));
  await expect.poll(probes).toEqual([]);
  await page.getByRole('link', { name: 'Calls', exact: true }).click();
  await expect(page.getByText('callboard-probe-')).toHaveCount(0);
});

test('says why no agent came into a room', async ({ page, stack }) => {
  await page.goto(new URL('/doctor?room=doctor-nobody', stack.web).href);
  const verdict = page.getByRole('status');
  await expect(verdict).toHaveText('No call and no live room of this name is known.');
  const room = 'doctor-empty';
  await rooms(stack).createRoom({ name: room });
  await page.getByRole('textbox', { name: 'Room' }).fill(room);
  await page.getByRole('button', { name: 'Find out' }).click();
  await expect(verdict).toHaveText(
    /^Only automatic dispatch was tried, and every worker has a name/,
  );
  await expect(page.getByRole('main')).toContainText(room);
  await rooms(stack).deleteRoom(room);
});

test('a click before the page is interactive starts the checks too', async ({ browser, stack }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const link = `<a href="${new URL('/doctor', stack.web).href}">Doctor</a>`;
  const elsewhere = 'http://elsewhere.test/';
  await page.route(elsewhere, (route) => route.fulfill({ contentType: 'text/html', body: link }));
  await page.goto(elsewhere);
  await page.getByRole('link', { name: 'Doctor' }).click();
  const status = page.getByRole('status');
  await expect(status).toHaveText('Not checked yet');
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect(status).toHaveText(/^Checking/);
  await context.close();
});
