// The form that starts simulations.
import { expect, it, vi } from 'vitest';
import { StartSimulations } from '@/components/simulations/start-simulations';
import { answerWith, problem, show } from '@/components/testing/show';
import type { ListedAgent } from '@/lib/agents/agent';
import type { Language } from '@/lib/core/language';

const ADA: ListedAgent = {
  ...{ name: 'front-desk', person: 'Ada', deployments: ['production', 'staging'] },
  ...{ role: '', summary: '', source: 'code', public: false },
};
const SCENARIOS = [
  ['appointment', 'Books an appointment and cancels it', 'basic'],
  ['address', 'Says where the practice is', 'basic'],
  ['own', 'A title of the team', 'ours'],
].map(([name = '', title = '', group = '']) => ({ name, title, group, agent: 'front-desk' }));

const shown = (onStart = () => {}, language: Language = 'en') =>
  show(<StartSimulations simulations={SCENARIOS} fault={undefined} onStart={onStart} />, {
    agents: [ADA],
    language,
  });

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
