// Which worker gets a call, from the caller's side: the toggle in Settings, the URL, a rule's share and the HTTP API.

import { isAccessible } from '@/e2e/support/accessibility';
import { ADA, ASK_ADDRESS, MILO } from '@/e2e/support/agents';
import { hold } from '@/e2e/support/hold';
import {
  activeJobs,
  agentsIn,
  dispatchesIn,
  liveKitEnv,
  type Stack,
  setRules,
} from '@/e2e/support/stack';
import { expect, test } from '@/e2e/support/test';
import { joinAsRecorder } from '@/lib/testing/egress-service';

/** Deployments of a room's dispatches according to LiveKit. */
const deployments = async (stack: Stack, room: string) =>
  (await dispatchesIn(stack, room)).map(({ deployment }) => deployment);

const api = (stack: Stack, path: string, init?: RequestInit) =>
  fetch(new URL(`/api/${path}`, stack.web), init);

test('Staging on: only the staging worker gets the call; off: only production', async ({
  caller,
  stack,
}) => {
  const anna = await caller('/settings');
  const staging = anna.page.getByRole('switch', { name: 'Staging' });
  await staging.click();
  await expect(staging).toBeChecked();
  await anna.page.getByRole('link', { name: 'Call', exact: true }).click();
  await expect(anna.page.getByText(/staging/i).first()).toBeVisible();

  await anna.page.getByText('Try another model, voice or instructions').click();
  await anna.page.getByLabel('Voice').fill('kal16');
  await anna.startAndBeGreeted(ADA);
  expect(await deployments(stack, anna.room)).toEqual(['staging']);
  await expect.poll(() => activeJobs(stack, 'front-desk', 'staging')).toBe(1);
  expect(await agentsIn(stack, anna.room)).toEqual(['front-desk staging']);
  await expect(anna.page.getByText('staging ✓')).toBeVisible();

  await test.step('developers see in the console what the framework reports', async () => {
    const { page } = anna;
    const button = page.getByRole('button', { name: 'Console' });
    const events = page.getByRole('region', { name: 'Console' });
    await button.click();
    await expect(events).toContainText(/Ada joined, staging.*, with voice kal16/);
    await expect(events).toContainText('Ada is listening');
    await anna.types(ASK_ADDRESS);
    await expect(events).toContainText(`: ${ASK_ADDRESS}`);
    await page.context().grantPermissions(['microphone', 'clipboard-read', 'clipboard-write']);
    await events.getByText('Set-up').click();
    await events.getByRole('button', { name: 'Copy as JSON' }).click();
    await expect(events.getByText('Copied.')).toBeVisible();
    const marks = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
    expect(marks).toContainEqual(expect.objectContaining({ kind: 'turn', text: ASK_ADDRESS }));
    await isAccessible(page, 'console');
    await button.click();
    await expect(anna.transcript).toContainText(ASK_ADDRESS);
    await anna.agentListens();
  });
  await anna.end();
  await expect.poll(() => activeJobs(stack, 'front-desk', 'staging')).toBe(0);

  await anna.page.goto(new URL('/settings', stack.web).href);
  await expect(staging).toBeChecked();
  await staging.click();
  await anna.page.goto(stack.web);
  await anna.startAndBeGreeted(ADA);
  expect(await deployments(stack, anna.room)).toEqual(['']);
  await expect(anna.page.getByRole('button', { name: 'Console' })).toHaveCount(0);
  expect(await agentsIn(stack, anna.room)).toEqual(['front-desk production']);

  // The API deletes this dispatch, and the caller calls the agent back.
  const path = `rooms/${anna.room}/dispatches`;
  let id = '';
  // LiveKit lists a job a moment after its agent has joined.
  await expect
    .poll(async () => {
      const { dispatches } = await (await api(stack, path)).json();
      id = dispatches[0]?.dispatch_id;
      return dispatches;
    })
    .toMatchObject([{ agent: 'front-desk', jobs: [{ state: 'running' }] }]);
  await api(stack, `${path}/${id}`, { method: 'DELETE' });
  await anna.markNow();
  await anna.page.getByRole('button', { name: 'Call Ada back' }).click();
  await anna.hears(/back/i);
});

test('the URL preselects agent and deployment; the recording indicator follows LiveKit; the agent stops when it is interrupted, and hears keys', async ({
  caller,
  stack,
}) => {
  const anna = await caller('/?agent=line-check&deployment=staging');
  await expect(anna.page.getByLabel('Agent', { exact: true })).toHaveValue('line-check');
  // Without its token, the page stays in the state before the room.
  const release = await hold(anna.page, '**/api/token');
  await anna.start();
  await expect(anna.status).toHaveText('Connecting…');
  await isAccessible(anna.page, 'connecting');
  release();
  await anna.hears(MILO);
  await anna.agentListens();
  await isAccessible(anna.page, 'listening');
  await anna.asks('The weather is fine today.', /weather.*staging/is);

  const indicator = anna.page.getByText('The sound of this call is recorded');
  await expect(indicator).toHaveCount(0);
  const recorder = await joinAsRecorder(liveKitEnv(stack), anna.room);
  await expect(indicator).toBeAttached();
  // The recorder does not count as a participant.
  await expect(anna.transcript).not.toContainText(/joined|EG_/);
  await recorder.disconnect();
  await expect(indicator).toHaveCount(0);

  const { page } = anna;
  await page.setViewportSize({ width: 1280, height: 720 });
  await test.step('interrupted, it stops and listens', async () => {
    // Milo repeats it, so the second sentence interrupts his answer.
    await anna.types('One two three four five six seven eight nine ten. '.repeat(8).trim());
    await expect(anna.status).toHaveText(/Speaking/);
    await anna.asks('The boat is blue.', /boat/i);
    await expect(anna.transcript).toContainText(/interrupted/i);
  });

  await test.step('keys', async () => {
    const opener = page.getByRole('button', { name: 'Keypad', exact: true });
    await opener.click();
    const keypad = page.getByRole('region', { name: 'Keypad' });
    // Without a pause: the agent would take keys after a pause for another number.
    await expect(keypad).toBeFocused();
    await page.keyboard.type('42#');
    await expect(anna.transcript).toContainText(/I heard[^.]*42/);
    await keypad.getByRole('button', { name: '7', exact: true }).click();
    await expect(keypad.getByLabel('Pressed')).toHaveText('42#7');
    await expect(anna.transcript).toContainText(/I heard[^.]*7/);
    await keypad.press('Escape');
    await expect(keypad).toBeHidden();
    await expect(opener).toBeFocused();
  });
  await anna.end();
});

test.describe('a share of a rule', () => {
  test.afterEach(({ stack }) => setRules(stack));

  test('sends a caller to staging without an error', async ({ caller, stack }) => {
    const share = { deployment: 'staging', percent: 100 };
    // biome-ignore lint/suspicious/noThenProperty: a field of rules
    const rule = { name: 'All', when: 'room_started', then: { agent: 'front-desk', share } };
    await setRules(stack, rule);
    const anna = await caller();
    await anna.startAndBeGreeted(ADA);
    expect(await agentsIn(stack, anna.room)).toEqual(['front-desk staging']);
    await expect(anna.page.getByText('Wrong deployment')).toBeHidden();
    await anna.end();
  });
});
