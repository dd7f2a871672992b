// The form for agents of the team.
import { expect, it, vi } from 'vitest';
import { AgentForm } from '@/components/agents/agent-form';
import { answerWith, problem, show } from '@/components/testing/show';
import type { ListedAgent } from '@/lib/agents/agent';

const IRIS: ListedAgent = {
  name: 'archive',
  person: 'Iris',
  role: '',
  summary: 'Finds old papers',
  deployments: ['production', 'staging'],
  source: 'team',
  public: false,
};

it('adds an agent with what was entered, and with its agent name as the title if there is none', async () => {
  const requests = answerWith(() => Response.json({}, { status: 201 }));
  const onSaved = vi.fn();
  const form = await show(<AgentForm onSaved={onSaved} onCancel={() => {}} />);
  await expect.element(form.getByLabelText('Agent name')).toHaveFocus();
  await form.getByLabelText('Agent name').fill('archive');
  await form.getByRole('button', { name: 'Add a deployment' }).click();
  await form.getByLabelText('Deployment', { exact: true }).nth(1).fill(' staging ');
  await form.getByRole('switch', { name: 'Public' }).click();
  await form.getByRole('switch', { name: 'Replace it when it is silent' }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await vi.waitFor(() => expect(onSaved).toHaveBeenCalledWith('archive', 'archive'));
  expect(requests[0]).toEqual({
    method: 'POST',
    path: '/api/agents',
    body: {
      name: 'archive',
      title: 'archive',
      summary: '',
      deployments: [{ name: 'production' }, { name: 'staging' }],
      public: true,
      replace_stuck: true,
    },
  });
});

it('changes an agent, whose agent name stays', async () => {
  const requests = answerWith(() => Response.json({}));
  const onSaved = vi.fn();
  const form = await show(<AgentForm agent={IRIS} onSaved={onSaved} onCancel={() => {}} />);
  expect(form.getByLabelText('Agent name').elements()).toEqual([]);
  await form.getByLabelText('Deployment', { exact: true }).nth(0).fill('blue');
  await form.getByRole('button', { name: 'Save' }).click();
  await vi.waitFor(() => expect(onSaved).toHaveBeenCalledWith('Iris', 'archive'));
  expect(requests[0]).toMatchObject({
    path: '/api/agents/archive',
    body: { deployments: [{ name: 'blue' }, { name: 'staging' }] },
  });
});

it('shows what is wrong at its field, keeps what was entered, and goes to the first wrong field', async () => {
  answerWith(() =>
    problem(400, 'name must not be blank', [
      { pointer: '#/name', detail: 'must not be blank' },
      { pointer: '#/deployments/0/name', detail: 'must be shorter' },
    ]),
  );
  const form = await show(<AgentForm onSaved={() => {}} onCancel={() => {}} />);
  await form.getByLabelText('Summary').fill('Finds old papers');
  await form.getByRole('button', { name: 'Save' }).click();
  const name = form.getByLabelText('Agent name');
  await expect.element(name).toHaveAccessibleDescription(/Agent name must not be blank\./);
  await expect.element(name).toHaveFocus();
  await expect.element(form.getByLabelText('Deployment', { exact: true })).toBeInvalid();
  await expect.element(form.getByLabelText('Summary')).toHaveValue('Finds old papers');
});

it('says that the server is not responding, below the form', async () => {
  answerWith(() => Promise.reject(new TypeError('Failed to fetch')));
  const form = await show(<AgentForm agent={IRIS} onSaved={() => {}} onCancel={() => {}} />);
  await form.getByRole('button', { name: 'Save' }).click();
  await expect.element(form.getByRole('alert')).toHaveTextContent('The server is not responding.');
});
