// No call is lost in silence: when an agent dies in the middle of a call, another one goes on with it.
import { killJob, killWorker } from './support/processes';
import { agentAttributes, agentsIn, type Stack } from './support/stack';
import { expect, test } from './support/test';

/** What is known of the talk in a room beyond the worker that holds it. */
async function said(stack: Stack, room: string): Promise<string> {
  const get = async (path: string) => (await fetch(new URL(path, stack.web))).json();
  const { calls } = await get('/api/calls?live=true');
  const call = calls.find((one: { room: string }) => one.room === room);
  return JSON.stringify(await get(`/api/calls/${call.id}`));
}

const GREETING = /willow|street|can i h/i;

test('the job of the agent is killed: another one goes on with the talk', async ({
  caller,
  stack,
}) => {
  const anna = await caller();
  await anna.startAndBeGreeted(GREETING);
  await anna.asks('I would like to book an appointment.', /what day|which day|when/i);
  const before = await agentAttributes(stack, anna.room);
  await anna.markNow();
  killJob(before['callboard.worker'] ?? '', 'front-desk');
  // The limit is the product's promise; what is waited for is the words.
  await expect(anna.status).toHaveText('Reconnecting the agent…', { timeout: 3_000 });
  await anna.hears(/cut off.*day/is);
  await expect(anna.transcript).toContainText('Ada is back');
  await anna.agentListens();
  // It knows what was asked before it came: it takes a day, or says that the practice is closed then.
  await anna.asks('Tomorrow at ten, please.', /name|time|ten|offer|free|closed on/i);
  await anna.end();
});

test('the worker on staging is killed with its jobs: production goes on with the talk', async ({
  caller,
  stack,
}) => {
  const anna = await caller('/?deployment=staging');
  await anna.startAndBeGreeted(GREETING);
  await anna.markNow();
  await anna.page.getByRole('textbox', { name: 'Message' }).fill('What is your address?');
  await anna.page.getByRole('button', { name: 'Send' }).click();
  // In mid-answer. What a worker heard in the last moment before it died, nobody else knows.
  await expect.poll(() => said(stack, anna.room)).toContain('What is your address?');
  killWorker((await agentAttributes(stack, anna.room))['callboard.worker'] ?? '');
  await anna.hears(/cut off.*(brookfield|library)/is);
  expect(await agentsIn(stack, anna.room)).toEqual(['front-desk production']);
  await anna.end();
});
