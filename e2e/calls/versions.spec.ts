// Versions of an agent side by side on its page.
import { fitsWidth } from '@/e2e/support/accessibility';
import { reportCalls } from '@/e2e/support/sample-calls';
import { expect, test } from '@/e2e/support/test';

/** Agent index of `sampleCall`: Milo, whom few tests call. */
const MILO = 1;
/** A version may be as long as a hash. */
const [OLD, NEW] = ['compared-1', `compared-2-${'0123456789abcdef'.repeat(4)}`];
const seeds = (from: number, many: number) => Array.from({ length: many }, (_, at) => from + at);

test('the versions of a deployment are compared', async ({ page, stack }) => {
  const good = { agent: MILO, deployment: 'production', ending: 'caller', turns: 4 } as const;
  // Now, because the page shows the latest versions. That of the calls of other tests may be beside them.
  await reportCalls(stack, seeds(95_000, 20), Date.now() - 61_000, good, OLD);
  await reportCalls(stack, seeds(95_100, 20), Date.now() - 60_000, good, NEW);
  await page.goto(new URL('/agents/line-check/versions?window=hour', stack.web).href);
  const table = page.getByRole('table', { name: 'Versions of Milo' });
  for (const version of [OLD, NEW]) {
    const column = table.getByRole('columnheader', { name: `production ${version}` });
    await expect(column).toBeVisible();
    // After the column with the names of the rows.
    const at = await column.evaluate((cell: HTMLTableCellElement) => cell.cellIndex - 1);
    const calls = table.getByRole('row', { name: /^Calls/ }).getByRole('cell');
    await expect(calls.nth(at)).toHaveText('20');
  }
  await expect(table.getByRole('row', { name: /^Interrupted answers/ })).toContainText('%');
  await expect(
    page.getByRole('heading', { name: /compared to production compared-/ }),
  ).not.toHaveCount(0);
  for (const width of [375, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await fitsWidth(page, `${width} px`);
  }
});
