// The commands: npm start with a port in use, Ctrl-C during a call, and `npm run dev`.
import { createServer } from 'node:net';
import { freePort } from '@/lib/testing/ports';
import { ADA } from '../support/agents';
import { Caller } from '../support/caller';
import { expect, test } from '../support/test';

test('npm start with a port in use; Ctrl-C during a call: the agent says goodbye, and nothing is left', async ({
  context,
  ownStack,
}) => {
  const taken = await freePort();
  const other = createServer();
  await new Promise<void>((done) => other.listen(taken, '127.0.0.1', done));
  const started = await ownStack({ web: taken });
  expect(started.said()).toContain(`Port ${taken} is in use: web is on`);
  expect(started.said()).not.toContain(started.stack.apiSecret);

  const anna = await Caller.open(context, started.stack);
  await anna.startAndBeGreeted(ADA);
  const gone = started.end('SIGINT');
  await expect(anna.transcript).toContainText('I have to go now');
  await expect(
    anna.page.getByRole('heading', { name: /had to leave|server was shut down/i }),
  ).toBeVisible();
  await gone;
  expect(started.said()).toContain('Callboard is off.');
  other.close();
});

test('npm run dev: the page loads, and the agents are live', async ({ context, ownStack }) => {
  const { stack } = await ownStack({ command: 'dev' });
  const page = await context.newPage();
  await page.goto(stack.web);
  await expect(page.getByRole('button', { name: 'Start call' })).toBeEnabled();
});
