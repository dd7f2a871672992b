// The page of an agent's rollouts: the versions side by side, what has happened, and what fits on a phone.
// biome-ignore lint/style/noRestrictedImports: the widths, which are a subject
import '@/app/globals.css';
import { expect, it, vi } from 'vitest';
import { page as screen } from 'vitest/browser';
import { RolloutView } from '@/components/rollouts/rollout-view';
import { answerWith, show } from '@/components/testing/show';
import type { ListedAgent } from '@/lib/agents/agent';
import { completeStats, windowAt } from '@/lib/calls/view/agent-stats';
import { toWire } from '@/lib/core/snake-case';
import type { Finding, RolloutOverview } from '@/lib/rollouts/answers';

vi.mock(import('next/navigation'), async (load) => ({
  ...(await load()),
  usePathname: () => '/agents/front-desk/rollout',
}));

const ADA: ListedAgent = {
  ...{ name: 'front-desk', person: 'Ada', deployments: ['production', 'staging'] },
  ...{ role: '', summary: '', source: 'code', public: false },
};
/** As long as a commit id. */
const NEXT = 'v2-0123456789abcdef0123456789abcdef01234567';
const PERMISSIONS = { run: true, decide: true };

const versions = { production: 'v1', staging: NEXT } as const;
const figures = completeStats({ measured: [], seen: [] }, windowAt('hour', Date.now()), [ADA]).map(
  (one) => ({
    ...{ ...one, calls: one.deployment === 'staging' ? 4 : 30, wrong: 0, lastAt: 1 },
    version: versions[one.deployment as keyof typeof versions],
  }),
);

const IDLE: RolloutOverview = {
  ...{ agent: 'front-desk', rollout: undefined, simulations: [], since: 0, figures, history: [] },
  running: Object.entries(versions).map(([deployment, version]) => ({
    ...{ deployment, reports: true, versions: [version], places: 8 },
  })),
};
const RUNNING: RolloutOverview = {
  ...IDLE,
  rollout: {
    ...{ id: 'r', agent: 'front-desk', deployment: 'staging', state: 'running', percent: 60 },
    ...{ version: NEXT, productionVersion: 'v1', steps: [20, 60], step: 1 },
    ...{ limits: { errorPoints: 5, answerMs: 300 }, overridden: undefined, startedAt: 0 },
    ...{ endedAt: undefined, looks: 0, lookedAtCalls: 0, finding: undefined },
  },
};
const finding: Finding = {
  ...{ look: 1, at: 3, level: 0.01, worse: 'errors', errorsByChance: 0.0001 },
  deployment: { calls: 10, wrong: 10, answered: 0, answerMs: undefined },
  production: { calls: 30, wrong: 0, answered: 30, answerMs: 700 },
  answersByChance: undefined,
};
const did = { by: 'local', deployment: 'staging', version: NEXT };
const RETURNED: RolloutOverview = {
  ...RUNNING,
  rollout: {
    ...(RUNNING.rollout as NonNullable<RolloutOverview['rollout']>),
    ...{ state: 'returned', percent: 0, endedAt: 3, finding },
  },
  history: [
    {
      ...{ ...did, id: 3, at: 3, action: 'returned', by: undefined, percent: 0 },
      reason: { kind: 'worse', finding },
    },
    {
      ...{ ...did, id: 2, at: 2, action: 'stepped', percent: 60 },
      reason: { kind: 'said', text: 'Nobody has complained' },
    },
    { ...did, id: 1, at: 1, action: 'started', percent: 20, reason: undefined },
  ],
};

/** The page as it was sent, and the answer of the server from then on. */
function shown(first: RolloutOverview, now = first) {
  answerWith(() => Response.json(toWire(now)));
  return show(
    <RolloutView agent="front-desk" person="Ada" permissions={PERMISSIONS} first={first} />,
    { agents: [ADA] },
  );
}

it('has the versions side by side, each with its calls', async () => {
  const page = await shown(RUNNING);
  const table = page.getByRole('table', { name: 'Versions of Ada' });
  await expect
    .element(table.getByRole('columnheader', { name: /^production\s*v1$/ }))
    .toBeVisible();
  await expect
    .element(table.getByRole('columnheader', { name: new RegExp(`^staging\\s*${NEXT}$`) }))
    .toBeVisible();
  const calls = table.getByRole('row', { name: /^Calls/ }).getByRole('cell');
  await expect
    .poll(() => calls.elements().map((cell) => cell.textContent))
    .toEqual([expect.stringMatching(/^30/), expect.stringMatching(/^4/)]);
});

it('follows a rollout that is rolled back, and says why, newest first', async () => {
  const page = await shown(RUNNING, RETURNED);
  const standing = page.getByRole('region', { name: 'The rollout' });
  // Not the sentence that says when it would be.
  await expect
    .element(standing.getByText('rolled back automatically', { exact: true }))
    .toBeVisible();
  const history = page.getByRole('list', { name: 'Rollout history' }).getByRole('listitem');
  await expect
    .poll(() => history.elements().map((one) => one.textContent))
    .toEqual([
      expect.stringMatching(
        /^Rolled back automatically0 % to staging.*Callboard.*10 of 10 \(100\.0 %\), on production 0 of 30/s,
      ),
      expect.stringMatching(/^Next step60 % to staging.*local.*Nobody has complained$/s),
      expect.stringMatching(/^Started20 % to staging.*local/s),
    ]);
});

it.each([
  ['before the start', IDLE],
  ['running', RUNNING],
  ['rolled back', RETURNED],
])('fits on a phone: %s', async (_, overview) => {
  const page = await shown(overview);
  await expect.element(page.getByRole('table', { name: 'Versions of Ada' })).toBeVisible();
  for (const width of [390, 320]) {
    await screen.viewport(width, 800);
    const { scrollWidth, clientWidth } = document.documentElement;
    expect(scrollWidth, `${width} px`).toBeLessThanOrEqual(clientWidth);
  }
});
