// Which worker gets the call: the switch in Settings decides, and LiveKit, the workers and the
// agent itself agree on what happened.
import { AgentDispatchClient } from 'livekit-server-sdk';
import { activeJobs, type Stack } from './support/stack';
import { expect, test } from './support/test';

async function dispatches(stack: Stack, room: string) {
  const client = new AgentDispatchClient(
    stack.livekit.replace('ws', 'http'),
    stack.apiKey,
    stack.apiSecret,
  );
  return client.listDispatch(room);
}

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

  await anna.startAndBeGreeted(/willow|street|can i h/i);
  expect((await dispatches(stack, anna.room)).map((d) => d.deployment)).toEqual(['staging']);
  await expect.poll(() => activeJobs(stack, 'front-desk', 'staging')).toBe(1);
  expect(await activeJobs(stack, 'front-desk', 'production')).toBe(0);
  await expect(anna.page.getByText('staging ✓')).toBeVisible();
  await anna.end();
  await expect.poll(() => activeJobs(stack, 'front-desk', 'staging')).toBe(0);

  await anna.page.goto(new URL('/settings', stack.web).href);
  await expect(staging).toBeChecked();
  await staging.click();
  await anna.page.goto(stack.web);
  await anna.startAndBeGreeted(/willow|street|can i h/i);
  expect((await dispatches(stack, anna.room)).map((d) => d.deployment)).toEqual(['']);
  await expect.poll(() => activeJobs(stack, 'front-desk', 'production')).toBe(1);
  expect(await activeJobs(stack, 'front-desk', 'staging')).toBe(0);
  await anna.end();
});

test('the address preselects agent and deployment', async ({ caller }) => {
  const anna = await caller('/?agent=line-check&deployment=staging');
  await expect(anna.page.getByLabel('Agent', { exact: true })).toHaveValue('line-check');
  await anna.startAndBeGreeted(/line.?check/i);
  await anna.asks('The weather is fine today.', /staging/i);
  await anna.end();
});
