// No call is lost in silence: when an agent dies in the middle of a call, another one goes on with it.
import { killJob, killWorker } from './support/processes';
import { agentAttributes, agentsIn, toldOf } from './support/stack';
import { expect, test } from './support/test';

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
  const told = await anna.statusesFromNow();
  killJob(before['callboard.worker'] ?? '', 'front-desk');
  // The limit is the product's promise; a page that is told late sees for itself that no sign comes.
  const first = async () => (await told()).some((status) => /Reconnecting|No sign/.test(status));
  await expect.poll(first, { timeout: 3_000 }).toBe(true);
  await anna.hears(/cut off.*day/is);
  await expect(anna.transcript).toContainText('Ada is back');
  expect(await told()).toContain('Reconnecting the agent…');
  await anna.agentListens();
  // It knows what was asked before it came: it takes a day, or says that the practice is closed then.
  await anna.asks('Tomorrow at ten, please.', /name|time|ten|offer|free|closed/i);
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
  await expect
    .poll(() => toldOf(stack, anna.room), { intervals: [100], timeout: 10_000 })
    .toContain('What is your address?');
  killWorker((await agentAttributes(stack, anna.room))['callboard.worker'] ?? '');
  await anna.hears(/cut off.*(brookfield|library)/is);
  expect(await agentsIn(stack, anna.room)).toEqual(['front-desk production']);
  await anna.end();
});
