// A rollout on its page: its steps, and what can be done with it.
import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Progress } from '@/components/rollouts/progress';
import { answerWith, problem, show } from '@/components/testing/show';
import type { RolloutOverview } from '@/lib/rollouts/answers';

type Shown = NonNullable<RolloutOverview['rollout']>;

const RUNNING: Shown = {
  ...{ id: 'r', agent: 'front-desk', deployment: 'staging', state: 'running', percent: 20 },
  ...{ version: '1.1', productionVersion: '1.0', steps: [20, 60], step: 0 },
  ...{ limits: { errorPoints: 5, answerMs: 300 }, overridden: undefined, startedAt: 0 },
  ...{ endedAt: undefined, looks: 0, lookedAtCalls: 0, finding: undefined },
};

/** @param change what differs from {@link RUNNING} */
async function shown(change: Partial<Shown> = {}, promotable = true) {
  const onChange = vi.fn(async () => {});
  const page = await show(
    <Progress
      {...{ rollout: { ...RUNNING, ...change }, promotable, onChange }}
      permissions={{ run: true, decide: true }}
    />,
  );
  return { page, onChange, button: (name: string | RegExp) => page.getByRole('button', { name }) };
}

it('takes the next step with a reason', async () => {
  const requests = answerWith(() => Response.json({}));
  const { page, onChange, button } = await shown();
  await expect.element(page.getByRole('status')).toHaveTextContent('20 % of callers go to staging');
  await page.getByLabelText(/^Reason/).fill('Nobody has complained');
  await button('Next step: 60 %').click();
  await vi.waitFor(() => expect(onChange).toHaveBeenCalled());
  expect(requests).toEqual([
    {
      method: 'POST',
      path: '/api/agents/front-desk/rollout/next?reason=Nobody+has+complained&to=60',
    },
  ]);
});

it('marks its step, and has no next one after the last', async () => {
  const { page, button } = await shown({ step: 1, percent: 60 });
  const last = page.getByRole('listitem').filter({ hasText: '60 %' });
  await expect.element(last).toHaveAttribute('aria-current', 'step');
  expect(button(/^Next step/).elements()).toEqual([]);
});

it('asks before it promotes, and says why that was refused', async () => {
  answerWith(() => problem(409, 'Set AGENT_VERSION to tell the versions apart.'));
  const { page, button } = await shown();
  await button('Promote').click();
  await button('Promote now').click();
  await expect.element(page.getByRole('alert')).toHaveTextContent('AGENT_VERSION');
  await expect.element(button('Promote')).toBeVisible();
});

it('stops without a question, by keyboard', async () => {
  const requests = answerWith(() => Response.json({}));
  const { button } = await shown();
  (button('Stop').element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() =>
    expect(requests).toMatchObject([
      { method: 'DELETE', path: '/api/agents/front-desk/rollout?reason=' },
    ]),
  );
});

it('cannot be promoted if workers do not report their version', async () => {
  const { page, button } = await shown({ version: undefined }, false);
  await expect.element(page.getByText('version unknown')).toBeVisible();
  await expect.element(page.getByText(/do not report their version/)).toBeVisible();
  expect(button('Promote').elements()).toEqual([]);
});

it('has no actions once it has ended', async () => {
  const { page, button } = await shown({ state: 'stopped', endedAt: 1, percent: 0 });
  await expect.element(page.getByText('stopped')).toBeVisible();
  expect(page.getByRole('status').elements()).toEqual([]);
  expect(button(/./).elements()).toEqual([]);
});
