// The choice of the agent: a select for up to six, and from seven on a combobox that searches, by keyboard and pointer.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { AgentSelect } from '@/components/call/agent-select';
import { chooseAgent, useChoice } from '@/components/settings/choice';
import { answerWith, show } from '@/components/testing/show';
import type { ListedAgent } from '@/lib/agents/agent';

const agent = (person: string): ListedAgent => ({
  ...{ name: `agent-${person.toLowerCase()}`, person, deployments: ['production'] },
  ...{ role: `role of ${person}`, summary: '', source: 'code', public: false },
});
const SIX = ['Ada', 'Bea', 'Cem', 'Dora', 'Eli', 'Finn'].map(agent);
const SEVEN = [...SIX, agent('Gus')];

function Choice() {
  const chosen = useChoice().agent;
  return (
    chosen && (
      <>
        <label htmlFor="agent">Agent</label>
        <AgentSelect agent={chosen} id="agent" />
        <output>{chosen.name}</output>
      </>
    )
  );
}

beforeEach(() => void answerWith(() => Response.json({ agents: [] }, { status: 503 })));
afterEach(() => chooseAgent('agent-ada'));

it('is a select for a few', async () => {
  const page = await show(<Choice />, { agents: SIX });
  await page.getByRole('combobox', { name: 'Agent' }).selectOptions('Bea · role of Bea');
  await expect.element(page.getByText('agent-bea')).toBeVisible();
});

it('searches many by keyboard', async () => {
  const page = await show(<Choice />, { agents: SEVEN });
  const field = page.getByRole('combobox', { name: 'Agent' });
  await expect.element(field).toHaveValue('Ada · role of Ada');
  await expect.element(field).toHaveAttribute('aria-expanded', 'false');
  await userEvent.keyboard('{Tab}{ArrowDown}');
  await expect.element(page.getByRole('listbox', { name: 'Agents' })).toBeVisible();
  await expect.element(page.getByRole('option', { selected: true })).toHaveTextContent('Ada');
  const active = () =>
    document.getElementById(field.element().getAttribute('aria-activedescendant') ?? '');
  // Around the end.
  await userEvent.keyboard('{ArrowUp}');
  await expect.poll(() => active()?.textContent).toBe('Gus · role of Gus');
  await userEvent.keyboard('of d');
  await expect.poll(() => page.getByRole('option').elements().length).toBe(1);
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await expect.element(page.getByText('agent-dora')).toBeVisible();
  await expect.element(field).toHaveValue('Dora · role of Dora');
  await expect.element(field).toHaveAttribute('aria-expanded', 'false');

  await userEvent.keyboard('{ArrowDown}nobody');
  await expect.element(page.getByText('No agent matches.')).toBeVisible();
  await userEvent.keyboard('{Enter}{Escape}');
  await expect.element(field).toHaveValue('Dora · role of Dora');
});

it('is set by a click, and closed by a click elsewhere', async () => {
  const page = await show(<Choice />, { agents: SEVEN });
  const field = page.getByRole('combobox', { name: 'Agent' });
  await field.click();
  await page.getByRole('option', { name: 'Finn' }).click();
  await expect.element(page.getByText('agent-finn')).toBeVisible();
  await field.click();
  await page.getByText('agent-finn').click();
  await expect.element(field).toHaveAttribute('aria-expanded', 'false');
});
