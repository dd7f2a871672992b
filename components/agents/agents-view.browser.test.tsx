// The list of agents and their pages: rows that lead there, figures that cannot be loaded, charts as tables, and agents that the
// team adds, changes and removes, by keyboard.
import { afterEach, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { AgentsView } from '@/components/agents/agents-view';
import { Overview } from '@/components/agents/overview';
import { VersionsView } from '@/components/agents/versions-view';
import { WorkersView } from '@/components/agents/workers-view';
import { answerWith, problem, type Sent, show } from '@/components/testing/show';
import type { ListedAgent } from '@/lib/agents/agent';
import type { AgentStatus } from '@/lib/agents/answers';
import { completeStats, type WindowStats, windowAt } from '@/lib/calls/view/agent-stats';
import { toWire } from '@/lib/core/snake-case';

const router = { push: vi.fn() };
vi.mock(import('next/navigation'), async (load) => ({
  ...(await load()),
  useRouter: () => router as never,
  usePathname: () => '/agents/front-desk',
}));

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
  readonly title?: string;
  readonly deployments: readonly { readonly name: string }[];
}

/** The list of agents on the server, which the page can change. */
function serve(stats: () => Response, first: ListedAgent = ADA) {
  let agents = [first];
  const save = (name: string, { title = name, deployments }: Fields) => {
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

const view = (agents: readonly ListedAgent[], stats = statsOf(agents)) =>
  show(<AgentsView first={stats} agents={agents.map(statusOf)} />, {
    agents,
    rights: ['dispatch'],
  });

const overview = (agent: ListedAgent = ADA) =>
  show(
    <Overview
      {...{ name: agent.name, window: 'hour', first: statsOf([agent]) }}
      agents={[statusOf(agent)]}
    />,
    { agents: [agent], rights: ['dispatch'] },
  );

afterEach(() => void vi.useRealTimers());

it('has a row for each agent, which leads to its page', async () => {
  const agents = [ADA, { ...ADA, name: 'a/b', person: 'Ben', role: 'Billing' }];
  serve(() => Response.json(toWire(statsOf(agents))));
  const stats = statsOf(agents);
  const answer = { measured: 3, p50Ms: 530, p95Ms: 900 };
  const [first, ...others] = stats.agents;
  const list = await view(agents, {
    ...stats,
    agents: first ? [{ ...first, answer }, ...others] : [],
  });
  const rows = list.getByRole('list', { name: 'Agents' });
  await expect
    .element(rows.getByRole('link', { name: 'Ben' }))
    .toHaveAttribute('href', '/agents/a%2Fb');
  const ada = rows.getByRole('listitem').filter({ hasText: 'Ada' }).first();
  await expect.element(ada).toHaveTextContent(/production.*off/);
  await expect
    .element(ada)
    .toHaveTextContent(/3Calls.*530 msResponse latency|Calls3.*Response latency530 ms/);
});

it('keeps the figures when they cannot be loaded, and tries again', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  let away = true;
  const server = serve(() => (away ? problem(503, 'The database is away.') : server.now()));
  const page = await overview();
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
  const page = await overview();
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

it('adds an agent, and moves the focus to its row', async () => {
  const server = serve(() => server.now());
  const page = await view([ADA]);
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
  const row = page.getByRole('listitem').filter({ hasText: 'Pia' }).first();
  await expect.element(page.getByRole('link', { name: 'Pia' })).toHaveFocus();
  await expect.poll(() => row.getByText('does not report', { exact: true }).all()).toHaveLength(2);
});

it('adds an agent that was seen in calls, with one button', async () => {
  const nora = { ...ADA, name: 'nora', person: 'nora' };
  const server = serve(() => server.now());
  const page = await view([ADA], statsOf([ADA, nora]));
  const found = page.getByRole('list', { name: 'Seen in calls, not in the list' });
  await expect.element(found.getByText('production')).toBeVisible();
  await found.getByRole('button', { name: 'Add: nora' }).click();
  await expect.element(page.getByText('nora was added.')).toBeVisible();
  await expect.element(page.getByRole('link', { name: 'nora' })).toHaveFocus();
});

it('changes an agent of the team and removes it, and keeps the focus where it was done', async () => {
  const pia: ListedAgent = { ...ADA, name: 'my agent', person: 'Pia', source: 'team' };
  const server = serve(() => server.now(), pia);
  const page = await overview(pia);
  const edit = page.getByRole('button', { name: 'Edit' });
  await edit.click();
  await page.getByLabelText('Title').fill('Mia');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('Mia was changed.')).toBeVisible();
  await expect.element(edit).toHaveFocus();
  await page.getByRole('button', { name: 'Remove' }).click();
  await expect.element(page.getByText(/^Remove Mia from the list/)).toBeVisible();
  await page.getByRole('button', { name: 'Remove' }).click();
  await expect.poll(() => router.push.mock.calls).toEqual([['/agents']]);
});

it('says which other agents a worker serves', async () => {
  const ben = { ...ADA, name: 'billing', person: 'Ben' };
  const worker = {
    worker: 'w-1',
    version: '1.2',
    activeJobs: 1,
    maxJobs: 8,
    state: 'live',
  } as const;
  const agents = [ADA, ben].map(statusOf).map((one) => ({
    ...one,
    deployments: one.deployments.map((of) => ({ ...of, workerDetails: [worker] })),
  }));
  answerWith(() => Response.json({ agents, unlisted: [] }));
  const page = await show(<WorkersView name="front-desk" agents={agents} />, {
    agents: [ADA, ben],
  });
  const list = page.getByRole('list', { name: 'Workers of Ada' });
  await expect.element(list).toHaveTextContent(/w-1.*version 1\.2.*Also serves Ben.*1 of 8 calls/);
});

it('has the versions of a deployment beside each other, and says if there is one only', async () => {
  const stats = statsOf([ADA]);
  const [one] = stats.agents;
  if (!one) throw new Error('There are no figures');
  const version = (name: string) => ({ ...one, version: name, wrong: 0, lastAt: 0 });
  const two = { ...stats, agents: [{ ...one, versions: [version('1.1'), version('1.0')] }] };
  answerWith(({ path }) =>
    Response.json(path.includes('stats') ? toWire(two) : { agents: [statusOf(ADA)], unlisted: [] }),
  );
  const of = (first: WindowStats) => (
    <VersionsView {...{ name: 'front-desk', window: 'hour', first }} agents={[statusOf(ADA)]} />
  );
  const page = await show(of(two), { agents: [ADA] });
  const table = page.getByRole('table', { name: 'Versions of Ada' });
  await expect
    .element(table.getByRole('columnheader', { name: /^production\s*1\.1$/ }))
    .toBeVisible();
  await expect
    .element(page.getByRole('heading', { name: 'production 1.1 compared to production 1.0' }))
    .toBeVisible();
  const alone = await show(of(stats), { agents: [ADA] });
  await expect
    .element(alone.getByText(/^No deployment had calls of several versions/))
    .toBeVisible();
});
