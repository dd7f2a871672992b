// An agent or the server dies during a call: the page says so at once, and the conversation continues. `e2e/faults/`
// tests which worker takes over, and when.
import { ADA, ADDRESS, ASK_ADDRESS } from '@/e2e/support/agents';
import { killJob, killServer, livekitIsBack } from '@/e2e/support/processes';
import { agentAttributes } from '@/e2e/support/stack';
import { expect, test } from '@/e2e/support/test';

test('the process of the agent is killed, then the server: the caller is told, and the conversation continues', async ({
  caller,
  stack,
}) => {
  const anna = await caller();
  await anna.startAndBeGreeted(ADA);

  await test.step('another agent comes', async () => {
    const before = await agentAttributes(stack, anna.room);
    await anna.markNow();
    const statuses = await anna.statusesFromNow();
    killJob(before['callboard.worker'] ?? '', 'front-desk');
    // If the event arrives late, the page detects the silent agent itself.
    const lost = async () =>
      (await statuses()).some((status) => /Reconnecting|No sign/.test(status));
    await expect.poll(lost).toBe(true);
    await anna.hears(/cut off/i);
    await expect(anna.transcript).toContainText('Ada is back');
    expect(await statuses()).toContain('Reconnecting the agent…');
    await anna.agentListens();
    await anna.asks(ASK_ADDRESS, ADDRESS);
  });

  await test.step('the server is back', async () => {
    killServer(stack.pid);
    await expect(anna.status).toHaveText(/reconnecting|connection lost/i);
    await livekitIsBack(stack);
    await anna.agentListens();
    await anna.asks(ASK_ADDRESS, ADDRESS);
  });
  await anna.end();
});
