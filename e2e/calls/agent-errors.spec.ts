// What the page says when the models of an agent fail that was not written for Callboard.

import { askApi } from '@/e2e/support/stack';
import { StockWorker } from '@/e2e/support/stock-worker';
import { expect, test } from '@/e2e/support/test';

const AGENT = 'fragile-desk';
const FAILED = 'The agent could not think of an answer. Please say it again.';

test('errors of the models of any agent are said, and so is that it does not answer', async ({
  caller,
  stack,
}) => {
  const worker = await StockWorker.start(stack, { agent: AGENT, greeting: 'This is Petra.' });
  try {
    const added = await askApi(stack, 'POST', 'agents', { name: AGENT, title: 'Petra' });
    expect(added.status).toBe(201);
    const anna = await caller('/');
    await anna.page.getByRole('button', { name: /^Petra/ }).click();
    await anna.startAndBeGreeted(/this is petra/i);
    const failures = anna.transcript.getByText(FAILED);

    await test.step('once for each question, and the call continues', async () => {
      await anna.types('Please break down.');
      await expect(failures).toHaveCount(1);
      await anna.types('Still there?');
      await expect(anna.transcript).toContainText('I heard: Still there?');
      await expect(failures).toHaveCount(1);
    });

    await test.step('a session that has closed over its errors is not shown as listening', async () => {
      // LiveKit's sessions close with the fourth, and their agent stays.
      for (let count = 2; count <= 5; count += 1) {
        await anna.types('Please break down.');
        await expect(failures).toHaveCount(count);
      }
      await anna.types('Can you hear me?');
      await expect(anna.status).toHaveText('No answer yet', { timeout: 15_000 });
      await expect(anna.page.getByText('Petra has not answered')).toBeVisible();
      await anna.end();
    });
  } finally {
    // The doctor would miss it.
    await askApi(stack, 'DELETE', `agents/${AGENT}`);
    await worker.kill();
  }
});
