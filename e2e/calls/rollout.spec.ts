// A rollout on its page: compared, started, advanced, and rolled back automatically when calls fail. Calls are reported as
// workers report them, so that the test does not have to make forty.
import { fitsWidth } from '@/e2e/support/accessibility';
import { reportCalls } from '@/e2e/support/sample-calls';
import { expect, test } from '@/e2e/support/test';

/** Milliseconds until a check has run and is on the page: both happen every five seconds. */
const CHECK_MS = 60_000;
/** Agent index of `sampleCall`: Milo, whom few tests call. */
const MILO = 1;
/** As long as a commit id. */
const NEXT = 'v2-0123456789abcdef0123456789abcdef01234567';
const PAGE = '/agents/line-check/rollout';

const seeds = (from: number, many: number) => Array.from({ length: many }, (_, at) => from + at);

test.afterEach(async ({ stack, request }) => {
  // Do not divert the callers of other tests.
  await request.delete(new URL(`/api${PAGE}`, stack.web).href);
});

test('a version is rolled out in steps, and rolled back automatically', async ({ page, stack }) => {
  // These calls have ended, and are later than those of other tests, because the page shows the latest versions.
  const before = Date.now() - 2 * 60_000;
  const good = { agent: MILO, deployment: 'production', ending: 'caller' } as const;
  await reportCalls(stack, seeds(90_000, 30), before, good, 'v1');
  await reportCalls(stack, seeds(91_000, 4), before, { ...good, deployment: 'staging' }, NEXT);

  await page.goto(new URL('/agents', stack.web).href);
  await page.getByRole('link', { name: 'Milo', exact: true }).click();
  await page.getByRole('link', { name: 'Rollout', exact: true }).click();
  const table = page.getByRole('table', { name: 'Versions of Milo' });
  await expect(table.getByRole('columnheader', { name: /^production\s*v1$/ })).toBeVisible();
  await expect(
    table.getByRole('columnheader', { name: new RegExp(`^staging\\s*${NEXT}$`) }),
  ).toBeVisible();
  const columns = await table.getByRole('columnheader').allTextContents();
  const calls = table.getByRole('row', { name: /^Calls/ }).getByRole('cell');
  // Calls of other tests have separate columns; the first column names the rows.
  const callsOf = (version: string) =>
    calls.nth(columns.findIndex((one) => one.endsWith(version)) - 1);
  await expect(callsOf('v1')).toHaveText(/^30\b/);
  await expect(callsOf(NEXT)).toHaveText(/^4\b/);
  await expect(page.getByText(/Both deployments report version/)).toBeVisible();

  const fitsPhone = async (state: string) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await fitsWidth(page, state);
    await page.setViewportSize({ width: 1280, height: 720 });
  };
  await fitsPhone('before the start');

  await page.getByLabel('Steps in percent of callers').fill('20, 60');
  await page.getByRole('button', { name: 'Start rollout', exact: true }).click();
  await expect(page.getByText('20 % of callers go to staging now.')).toBeVisible();
  await fitsPhone('asked');
  await page.getByRole('button', { name: 'Start now' }).click();
  const standing = page.getByRole('region', { name: 'The rollout' });
  const share = standing.getByRole('status');
  await expect(share).toHaveText('20 % of callers go to staging');
  await fitsPhone('running');
  await standing.getByLabel(/^Reason/).fill('Nobody has complained');
  await standing.getByRole('button', { name: 'Next step: 60 %' }).click();
  await expect(share).toHaveText('60 % of callers go to staging');
  // Both deployments run the same version, so a promotion could not be detected.
  await standing.getByRole('button', { name: 'Promote' }).click();
  await standing.getByRole('button', { name: 'Promote now' }).click();
  await expect(standing.getByRole('alert')).toContainText('AGENT_VERSION');
  await fitsPhone('not promoted');

  const failing = { agent: MILO, deployment: 'staging', ending: 'failed' } as const;
  await reportCalls(stack, seeds(92_000, 10), Date.now(), failing, NEXT);
  // Not the sentence that says when it would be.
  const ended = standing.getByText('rolled back automatically', { exact: true });
  await expect(ended).toBeVisible({ timeout: CHECK_MS });
  const history = page.getByRole('list', { name: 'Rollout history' }).getByRole('listitem');
  await expect(history).toHaveText([
    /Rolled back automatically0 % to staging.*Callboard.*10 of 10 \(100\.0 %\), on production \d+ of \d+/,
    /Next step60 % to staging.*local.*Nobody has complained$/,
    /Started20 % to staging.*local/,
  ]);
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await fitsWidth(page, `${width} px`);
  }
});
