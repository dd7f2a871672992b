// The page of a call that goes from an agent which was not written for Callboard to one of Callboard's.

import { FRANK } from '@/e2e/support/agents';
import { agentsIn, askApi, dispatchesIn } from '@/e2e/support/stack';
import { StockWorker } from '@/e2e/support/stock-worker';
import { expect, test } from '@/e2e/support/test';

const AGENT = 'harbour-desk';

test('an agent that is removed while another one waits has handed off', async ({
  caller,
  stack,
}) => {
  const worker = await StockWorker.start(stack, { agent: AGENT, greeting: 'This is the harbour.' });
  try {
    await expect.poll(() => worker.said, { timeout: 60_000 }).toContain('registered worker');
    const added = await askApi(stack, 'POST', 'agents', { name: AGENT, title: 'Nora' });
    expect(added.status).toBe(201);
    const anna = await caller('/');
    await anna.page.getByRole('button', { name: /^Nora/ }).click();
    await anna.startAndBeGreeted(/this is the harbour/i);
    const { room } = anna;
    const brought = await askApi(stack, 'POST', 'dispatch-agent', { room, agent: 'billing' });
    expect(brought.ok).toBe(true);
    await expect.poll(() => agentsIn(stack, room)).toEqual(['billing production']);
    const sent = await dispatchesIn(stack, room);
    const id = sent.find(({ agentName }) => agentName === AGENT)?.id;
    expect((await askApi(stack, 'DELETE', `rooms/${room}/dispatches/${id}`)).status).toBe(204);
    await expect(anna.page.getByText('Nora handed off to Frank')).toBeVisible();
    await anna.hears(FRANK);
    await expect(anna.page.getByText(/Nora (left|was lost)|Frank joined/)).toHaveCount(0);
    await anna.end();
  } finally {
    await askApi(stack, 'DELETE', `agents/${AGENT}`);
    await worker.kill();
  }
});
