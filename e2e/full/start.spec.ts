// `npm run dev`. The other browser tests use `npm start`, and `faults/product.test.ts` tests how it starts and ends.

import { start } from '@/e2e/support/start';
import { expect, test } from '@/e2e/support/test';
import { productPorts } from '@/lib/testing/ports';

test('npm run dev: the page loads, and the agents are live', async ({ page }, info) => {
  const { stack, end } = await start({
    command: 'dev',
    ports: await productPorts(),
    data: info.outputPath('data'),
    log: info.outputPath('dev.log'),
  });
  try {
    await page.goto(stack.web);
    await expect(page.getByRole('button', { name: 'Start call' })).toBeEnabled();
  } finally {
    await end('SIGTERM');
  }
});
