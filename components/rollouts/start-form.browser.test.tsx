// The form for a new rollout.
import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { StartForm } from '@/components/rollouts/start-form';
import { answerWith, problem, show } from '@/components/testing/show';
import type { RolloutOverview } from '@/lib/rollouts/answers';

const running = (deployment: string, versions: readonly string[]) => ({
  ...{ deployment, versions, reports: true, places: 5 },
});

const overview = (state: 'passed' | 'failed', of: RolloutOverview['running']): RolloutOverview => ({
  agent: 'front-desk',
  rollout: undefined,
  running: of,
  simulations: [{ deployment: 'staging', state, failed: [] } as never],
  since: 0,
  figures: [],
  history: [],
});

const TWO_VERSIONS = [running('production', ['1.0.0']), running('staging', ['1.1.0'])];

/** @param decide whether the visitor may override failed simulations */
const shown = (state: 'passed' | 'failed', decide = true, of = TWO_VERSIONS) =>
  show(
    <StartForm
      overview={overview(state, of)}
      permissions={{ run: true, decide }}
      onStart={async () => {}}
    />,
  );

it('sends numbers for what was typed, and lets the server judge what is none', async () => {
  const requests = answerWith(() => Response.json({}));
  const form = await shown('passed');
  await form.getByLabelText('Steps in percent of callers').fill('5; 20 half');
  await form.getByLabelText('Extra failed calls per 100').fill('');
  await form.getByRole('button', { name: 'Start rollout' }).click();
  await form.getByRole('button', { name: 'Start now' }).click();
  await vi.waitFor(() => expect(requests).toHaveLength(1));
  expect(requests[0]).toMatchObject({
    path: '/api/agents/front-desk/rollout',
    // JSON has no NaN.
    body: { deployment: 'staging', steps: [5, 20, null], error_points: null, reason: '' },
  });
});

it('says why it did not start, by keyboard', async () => {
  answerWith(() => problem(400, 'steps must rise'));
  const form = await shown('passed');
  await form.getByLabelText('Steps in percent of callers').fill('40, 20');
  await userEvent.keyboard('{Enter}');
  await form.getByRole('button', { name: 'Start now' }).click();
  await expect
    .element(form.getByRole('alert'))
    .toHaveTextContent(/could not be started: .*must rise/i);
});

it('asks before it sends callers to another version, by keyboard', async () => {
  const requests = answerWith(() => Response.json({}));
  const form = await shown('passed');
  await form.getByLabelText('Steps in percent of callers').fill('20, 60');
  await userEvent.keyboard('{Enter}');
  await expect.element(form.getByText('20 % of callers go to staging now.')).toBeVisible();
  const cancel = form.getByRole('button', { name: 'Cancel' });
  await expect.element(cancel).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(form.getByRole('button', { name: 'Start rollout' })).toHaveFocus();
  expect(requests).toEqual([]);
});

it('says before that workers do not report, and that versions are the same', async () => {
  const silent = { ...running('staging', []), reports: false };
  const form = await shown('passed', true, [running('production', ['1.0.0']), silent]);
  await expect
    .element(form.getByText(/The workers on staging do not report to Callboard/))
    .toBeVisible();
  const same = [running('production', ['1.0.0']), running('staging', ['1.0.0'])];
  const other = await shown('passed', true, same);
  await expect.element(other.getByText(/Both deployments report version/)).toBeVisible();
});

it('overrides failed simulations with a reason, for those who may decide', async () => {
  const requests = answerWith(() => Response.json({}));
  const form = await shown('failed');
  await form.getByLabelText('Reason for the override').fill('known gap');
  await form.getByRole('button', { name: 'Start anyway' }).click();
  await form.getByRole('button', { name: 'Start now' }).click();
  await vi.waitFor(() => expect(requests[0]?.path).toMatch(/\/rollout\/override$/));
  expect(requests[0]).toMatchObject({ body: { reason: 'known gap' } });
});

it('has no button for others while simulations fail', async () => {
  const form = await shown('failed', false);
  expect(form.getByRole('button').elements()).toEqual([]);
});
