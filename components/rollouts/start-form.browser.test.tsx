// The form for a new rollout.
import { expect, it, vi } from 'vitest';
import { StartForm } from '@/components/rollouts/start-form';
import { answerWith, problem, show } from '@/components/testing/show';
import type { RolloutOverview } from '@/lib/rollouts/answers';

const running = (deployment: string, versions: readonly string[]) => ({
  ...{ deployment, versions, reports: true, places: 5 },
});

const overview = (state: 'passed' | 'failed'): RolloutOverview => ({
  agent: 'front-desk',
  rollout: undefined,
  running: [running('production', ['1.0.0']), running('staging', ['1.1.0'])],
  simulations: [{ deployment: 'staging', state, failed: [] } as never],
  since: 0,
  figures: [],
  history: [],
});

/** @param decide whether the visitor may override failed simulations */
const shown = (state: 'passed' | 'failed', decide = true) =>
  show(
    <StartForm
      overview={overview(state)}
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
  await vi.waitFor(() => expect(requests).toHaveLength(1));
  expect(requests[0]).toMatchObject({
    path: '/api/agents/front-desk/rollout',
    // JSON has no NaN.
    body: { deployment: 'staging', steps: [5, 20, null], error_points: null, reason: '' },
  });
});

it('says why it did not start', async () => {
  answerWith(() => problem(409, 'The versions cannot be distinguished.'));
  const form = await shown('passed');
  await form.getByRole('button', { name: 'Start rollout' }).click();
  await expect
    .element(form.getByRole('alert'))
    .toHaveTextContent(/could not be started: The versions cannot be distinguished\./);
});

it('overrides failed simulations with a reason, for those who may decide', async () => {
  const requests = answerWith(() => Response.json({}));
  const form = await shown('failed');
  await form.getByLabelText('Reason for the override').fill('known gap');
  await form.getByRole('button', { name: 'Start anyway' }).click();
  await vi.waitFor(() => expect(requests[0]?.path).toMatch(/\/rollout\/override$/));
  expect(requests[0]).toMatchObject({ body: { reason: 'known gap' } });
});

it('has no button for others while simulations fail', async () => {
  const form = await shown('failed', false);
  expect(form.getByRole('button').elements()).toEqual([]);
});
