// The Agents page: its figures when they cannot be loaded, charts as tables, and agents that the team adds, by keyboard.
import { afterEach, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { AgentsView } from '@/components/agents/agents-view';
import { answerWith, problem, type Sent, show } from '@/components/testing/show';
import type { ListedAgent } from '@/lib/agents/agent';
import type { AgentStatus } from '@/lib/agents/answers';
import { completeStats, type WindowStats, windowAt } from '@/lib/calls/view/agent-stats';
import { toWire } from '@/lib/core/snake-case';

const ADA: ListedAgent = {
  ...{ name: 'front-desk', person: 'Ada', deployments: ['production'] },
  ...{ role: '', summary: '', source: 'code', public: false },
};
/** Longer than the page waits between two requests, in milliseconds. */
const NEXT_MS = 11_000;
const HOUR = windowAt('hour', Date.now());

/** The figures of agents; Ada had three calls. */
function statsOf(agents: readonly ListedAgent[]): WindowStats {
  const none = completeStats({ measured: [], seen: [] }, HOUR, [ADA]);
  const measured = none.map((one) => ({
    ...{ ...one, calls: 3, joined: 3 },
    steps: one.steps.slice(-1).map((step) => ({ ...step, calls: 3, joined: 3 })),
  }));
  return { ...HOUR, agents: completeStats({ measured, seen: [] }, HOUR, agents) };
}

const statusOf = ({ deployments, ...agent }: ListedAgent): AgentStatus => ({
  ...{ ...agent, title: agent.person },
  deployments: deployments.map((name) => ({
    ...{ name, live: false, reports: agent.source === 'code', workers: 0, activeJobs: 0 },
    ...{ maxJobs: 0, problem: undefined, runs: [], failing: [], workerDetails: [] },
  })),
});

/** What is sent about an agent. */
interface Fields {
  readonly name: string;
  readonly title: string;
  readonly deployments: readonly { readonly name: string }[];
}

/** The list of agents on the server, which the page can change. */
function serve(stats: () => Response) {
  let agents = [ADA];
  const save = (name: string, { title, deployments }: Fields) => {
    const [first, ...others] = deployments.map((one) => one.name);
    if (first === undefined) throw new Error('An agent has a deployment');
    const saved = { ...ADA, name, person: title, source: 'team' } as const;
    agents = [
      ...agents.filter((one) => one.name !== name),
      { ...saved, deployments: [first, ...others] },
    ];
  };
  answerWith(({ method, path, body }: Sent) => {
    const name = decodeURIComponent(path.split('/')[3] ?? '');
    if (name.startsWith('stats')) return stats();
    if (method === 'DELETE') agents = agents.filter((one) => one.name !== name);
    if (method === 'PATCH') save(name, body as Fields);
    if (method === 'POST') {
      const added = body as Fields;
      if (agents.some((one) => one.name === added.name)) {
        const taken = { pointer: '#/name', detail: 'is the name of another agent' };
        return problem(409, 'name is the name of another agent', [taken]);
      }
      save(added.name, added);
    }
    return Response.json({ agents: agents.map(statusOf), unlisted: [] });
  });
  return { now: () => Response.json(toWire(statsOf(agents))) };
}

const shown = () =>
  show(<AgentsView window="hour" first={statsOf([ADA])} agents={[statusOf(ADA)]} unlisted={[]} />, {
    agents: [ADA],
    rights: ['dispatch'],
  });

afterEach(() => void vi.useRealTimers());

it('keeps the figures when they cannot be loaded, and tries again', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  let away = true;
  const server = serve(() => (away ? problem(503, 'The database is away.') : server.now()));
  const page = await shown();
  const notice = page.getByText('The figures could not be loaded');
  vi.advanceTimersByTime(NEXT_MS);
  await expect.element(notice).toBeVisible();
  await expect.element(page.getByRole('region', { name: /^Ada/ })).toBeVisible();
  away = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(notice).not.toBeInTheDocument();
});

it('shows charts as tables, by keyboard', async () => {
  const server = serve(() => server.now());
  const page = await shown();
  const asTable = page.getByRole('switch', { name: 'Show as table' });
  (asTable.element() as HTMLElement).focus();
  await userEvent.keyboard(' ');
  await expect.element(asTable).toBeChecked();
  const table = page.getByRole('table', { name: 'Calls, Ada' });
  await expect
    .element(table.getByRole('columnheader', { name: 'production', exact: true }))
    .toBeVisible();
  await expect.element(table.getByRole('cell', { name: '3', exact: true })).toBeVisible();
});

it('adds, changes and removes an agent, and keeps the focus where it was done', async () => {
  const server = serve(() => server.now());
  const page = await shown();
  await page.getByRole('button', { name: 'Add an agent' }).click();
  const name = page.getByLabelText('Agent name');
  await expect.element(name).toHaveFocus();
  await name.fill('front-desk');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('Agent name is the name of another agent.')).toBeVisible();
  await expect.element(name).toHaveFocus();
  await name.fill('my agent');
  await page.getByLabelText('Title').fill('Pia');
  await page.getByRole('button', { name: 'Add a deployment' }).click();
  await userEvent.keyboard('staging{Enter}');

  await expect.element(page.getByText('Pia was added.')).toBeVisible();
  const pia = page.getByRole('region', { name: 'Pia' });
  await expect.element(pia.getByRole('button', { name: 'Edit' })).toHaveFocus();
  await expect.poll(() => pia.getByText('does not report', { exact: true }).all()).toHaveLength(2);

  await pia.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabelText('Title').fill('Mia');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('Mia was changed.')).toBeVisible();
  const mia = page.getByRole('region', { name: 'Mia' });
  await expect.element(mia.getByRole('button', { name: 'Edit' })).toHaveFocus();

  await mia.getByRole('button', { name: 'Remove' }).click();
  await mia.getByRole('button', { name: 'Remove' }).click();
  await expect.element(mia).not.toBeInTheDocument();
  await expect.element(page.getByRole('button', { name: 'Add an agent' })).toHaveFocus();
});
