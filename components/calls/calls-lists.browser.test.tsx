// The lists of calls: filters as chips, by keyboard, and who waits in the queue.
import { useState } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { FilterBar } from '@/components/calls/filter-bar';
import { WaitingView } from '@/components/calls/waiting-view';
import { answerWith, show } from '@/components/testing/show';
import type { ListedAgent } from '@/lib/agents/agent';
import { NO_FILTER, type PageFilter, pageHref, readFilter } from '@/lib/calls/view/page-filter';
import type { WaitingCaller } from '@/lib/dispatch/queue/waiting-answer';

const ADA: ListedAgent = {
  ...{ name: 'front-desk', person: 'Ada', deployments: ['production', 'staging'] },
  ...{ role: '', summary: '', source: 'code', public: false },
};

/** No stream: nothing changes. */
class NoStream extends EventTarget {
  close() {}
}

afterEach(() => vi.unstubAllGlobals());

let href = '';
function Bar({ first }: { readonly first: PageFilter }) {
  const [filter, setFilter] = useState(first);
  const change = (next: PageFilter) => {
    href = pageHref(next);
    setFilter(next);
  };
  return <FilterBar filter={filter} called={['their-agent']} onChange={change} />;
}

it('adds, changes and removes filters by keyboard', async () => {
  const page = await show(<Bar first={NO_FILTER} />, { agents: [ADA] });
  const add = page.getByRole('button', { name: 'Add filter' });
  add.element().focus();
  await userEvent.keyboard('{ArrowDown}');
  const items = page.getByRole('menuitem');
  await expect.element(items.first()).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  await expect.element(add).toHaveFocus();
  await expect.element(items.first()).not.toBeInTheDocument();

  await userEvent.keyboard('{Enter}{End}{ArrowUp}{Enter}');
  const tests = page.getByRole('combobox', { name: 'Test calls' });
  await expect.element(tests).toHaveFocus();
  await userEvent.selectOptions(tests, 'Only test calls');
  expect(href).toBe('/calls?test=true');
  // What is in use is not in the menu.
  await add.click();
  await expect.element(page.getByRole('menuitem', { name: 'Test calls' })).not.toBeInTheDocument();
  await page.getByRole('menuitem', { name: 'Agent' }).click();
  await userEvent.selectOptions(page.getByRole('combobox', { name: 'Agent' }), 'their-agent');
  expect(href).toBe('/calls?agent=their-agent&test=true');

  const remove = page.getByRole('button', { name: 'Remove filter: Test calls' });
  await expect.element(remove).toHaveAttribute('title', 'Remove filter: Test calls');
  await remove.click();
  expect(href).toBe('/calls?agent=their-agent');
  await expect.element(tests).not.toBeInTheDocument();
  await expect.element(add).toHaveFocus();
  await page.getByRole('button', { name: 'Clear all' }).click();
  expect(href).toBe('/calls');
});

it('shows the filters of an address, also of values that no list has', async () => {
  const query =
    'deployment=canary&ended_by=lost&within=range&from=2026-11-01T00:00:00.000Z&text=bill';
  const page = await show(<Bar first={readFilter(new URLSearchParams(query))} />, {
    agents: [ADA],
  });
  const shown = (name: string) => page.getByRole('combobox', { name });
  await expect.element(shown('Deployment')).toHaveValue('canary');
  await expect.element(shown('How it ended')).toHaveDisplayValue('ending unknown');
  await expect.element(shown('When')).toHaveDisplayValue('Between…');
  await expect.element(page.getByLabelText('From')).not.toHaveValue('');
  await expect.element(page.getByRole('searchbox')).toHaveValue('bill');
  await page.getByRole('button', { name: 'Remove filter: When' }).click();
  expect(href).toBe('/calls?deployment=canary&ended_by=lost&text=bill');
});

it('shows who waits, where, at which position and since when, and what changes', async () => {
  vi.stubGlobal('EventSource', NoStream);
  const queue: WaitingCaller[] = [
    ...(['Ann', undefined] as const).map((caller, before) => ({
      ...{ agent_name: 'front-desk', deployment: 'staging', caller },
      ...{ position: before + 1, since: Date.now() - 65_000 + before },
    })),
  ];
  let waiting: readonly WaitingCaller[] = queue;
  answerWith(() => Response.json({ waiting }));
  const page = await show(<WaitingView first={queue} />, { agents: [ADA], rights: ['watch'] });
  const rows = page.getByRole('list', { name: 'Callers who wait' }).getByRole('listitem');
  await expect.element(rows.nth(0)).toHaveTextContent(/^Ann for Ada.*staging.*1st.*1:0\d/);
  await expect.element(rows.nth(1)).toHaveTextContent(/^Caller for Ada.*2nd in the queue/);

  waiting = [{ ...queue[1], position: 1, call: 'c-1' } as WaitingCaller];
  await expect.element(rows.first(), { timeout: 8_000 }).toHaveTextContent(/^Caller .*1st/);
  await expect
    .element(page.getByRole('link', { name: 'Open call' }))
    .toHaveAttribute('href', '/calls/c-1');
  waiting = [];
  await expect.element(page.getByText('Nobody is waiting.'), { timeout: 8_000 }).toBeVisible();
});
