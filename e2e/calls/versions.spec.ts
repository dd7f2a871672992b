// Versions of an agent side by side on the Agents page, and the rollout of an agent whose workers do not report.
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
  await page.goto(new URL('/agents?window=hour', stack.web).href);
  const open = page.getByText('Compare versions: Milo');
  const table = page.getByRole('table', { name: 'Versions of Milo' });
  await expect(table).toBeHidden();
  await open.press('Enter');
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

test('an agent whose workers do not report is rolled out, and cannot be promoted', async ({
  page,
  stack,
  request,
}) => {
  const api = new URL('/api/agents', stack.web).href;
  const deployments = [{ name: 'production' }, { name: 'staging' }];
  const added = await request.post(api, { data: { name: 'silent', deployments } });
  expect(added.status()).toBe(201);
  try {
    await page.goto(new URL('/agents/silent/rollout', stack.web).href);
    await expect(page.getByText(/The workers on staging do not report to Callboard/)).toBeVisible();
    await page.getByRole('button', { name: 'Start rollout' }).click();
    const standing = page.getByRole('region', { name: 'The rollout' });
    await expect(standing.getByRole('status')).toHaveText('5 % of callers go to staging');
    await expect(standing).toContainText('version unknown');
    await expect(standing).toContainText('do not report their version');
    await expect(standing.getByRole('button', { name: 'Promote' })).toHaveCount(0);
    await page.setViewportSize({ width: 320, height: 640 });
    await fitsWidth(page, 'running');
    await standing.getByRole('button', { name: 'Stop' }).click();
    await standing.getByRole('button', { name: 'Stop rollout' }).click();
    await expect(standing).toContainText('stopped');
  } finally {
    await request.delete(`${api}/silent/rollout`);
    await request.delete(`${api}/silent`);
  }
});
