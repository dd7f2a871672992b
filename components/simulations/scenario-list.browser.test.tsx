// The scenarios of an agent: the form that starts them, and their results.
import { expect, it, vi } from 'vitest';
import { ScenarioList } from '@/components/simulations/scenario-list';
import { answerWith, problem, show } from '@/components/testing/show';
import type { ListedAgent } from '@/lib/agents/agent';
import type { Language } from '@/lib/core/language';
import type { StoredRun } from '@/lib/simulations/answers';

const ADA: ListedAgent = {
  ...{ name: 'front-desk', person: 'Ada', deployments: ['production', 'staging'] },
  ...{ role: '', summary: '', source: 'code', public: false },
};
const SCENARIOS = [
  ['appointment', 'Books an appointment and cancels it', 'basic'],
  ['address', 'Says where the practice is', 'basic'],
  ['own', 'A title of the team', 'ours'],
  ['prices', 'Of another agent', 'ours', 'billing'],
].map(([name = '', title = '', group = '', agent = 'front-desk']) => ({
  name,
  title,
  group,
  agent,
}));

const run = (scenario: string, state: 'passed' | 'failed', deployment: string, agent: string) => ({
  ...{ id: `${scenario}-${state}-${deployment}`, scenario, title: scenario, agent, deployment },
  ...{ number: 1, state, startedAt: 0, misses: [], session: 's' },
  lines: [{ said: 'Where are you?', heard: 'Here.', delayMs: 530, misses: [] }],
});

const shown = (onStart = () => {}, language: Language = 'en', runs: readonly StoredRun[] = []) =>
  show(
    <ScenarioList
      agent="front-desk"
      overview={{ simulations: SCENARIOS, runs }}
      onStart={onStart}
    />,
    { agents: [ADA], language },
  );

it('starts the chosen scenarios on each deployment, as often as chosen', async () => {
  const requests = answerWith(() => Response.json({}, { status: 201 }));
  const onStart = vi.fn();
  const form = await shown(onStart);
  // The first group is chosen.
  await form.getByRole('checkbox', { name: 'Says where the practice is' }).click();
  await form.getByRole('button', { name: /^All.*ours$/ }).click();
  await form.getByLabelText('Deployment').selectOptions('production and staging');
  await form.getByLabelText('Runs').selectOptions('3');
  await form.getByRole('button', { name: 'Make 12 calls' }).click();
  await vi.waitFor(() => expect(onStart).toHaveBeenCalledOnce());
  expect(requests).toEqual([
    {
      ...{ method: 'POST', path: '/api/simulations' },
      body: {
        names: ['appointment', 'own'],
        deployments: ['production', 'staging'],
        ...{ times: 3, at_once: 2 },
      },
    },
  ]);
});

it('starts nothing if none is chosen, and says why it did not start', async () => {
  const requests = answerWith(() => problem(409, 'Other simulations are running.'));
  const form = await shown();
  await form.getByRole('button', { name: /^None.*[Bb]asic$/ }).click();
  await form.getByRole('button', { name: 'Make 0 calls' }).click({ force: true });
  expect(requests).toEqual([]);
  await form.getByRole('checkbox', { name: 'A title of the team' }).click();
  await form.getByRole('button', { name: 'Make 1 call' }).click();
  await expect
    .element(form.getByRole('alert'))
    .toHaveTextContent(/Other simulations are running\./);
});

it('has the titles that ship in the language of the page, and others as they are', async () => {
  const form = await shown(undefined, 'de');
  await expect.element(form.getByLabelText('Bucht einen Termin und sagt ihn ab')).toBeVisible();
  await expect.element(form.getByLabelText('A title of the team')).toBeVisible();
  expect(form.getByLabelText('Books an appointment and cancels it').elements()).toEqual([]);
});

it('has the last result of each deployment, the details on demand, and nothing of other agents', async () => {
  const list = await shown(undefined, 'en', [
    run('address', 'failed', 'staging', 'front-desk'),
    run('address', 'passed', 'staging', 'front-desk'),
    run('address', 'passed', 'production', 'front-desk'),
    run('gone', 'passed', 'production', 'front-desk'),
    run('prices', 'failed', 'production', 'billing'),
  ]);
  const row = list.getByRole('listitem').filter({ hasText: 'Says where the practice is' });
  await expect.element(row).toHaveTextContent(/production.*passed.*staging.*failed/);
  expect(list.getByText('Of another agent').elements()).toEqual([]);
  await expect
    .element(list.getByRole('region', { name: 'Other results' }))
    .toHaveTextContent('gone');
  const open = row.getByRole('button', { name: 'Show results: Says where the practice is' });
  await open.click();
  await expect.element(row.getByText('1 of 2 passed · answers after 530 ms')).toBeVisible();
  await row.getByRole('button', { name: 'staging: Run 1, failed' }).click();
  await expect.element(row.getByText('Where are you?')).toBeVisible();
  await expect.element(row.getByText('after 530 ms', { exact: true })).toBeVisible();
});
