// The page of a call: its tabs, what callers see of their own, and the console that follows the newest event.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { CallView } from '@/components/calls/call-view';
import { Console } from '@/components/calls/console';
import { answerWith, show } from '@/components/testing/show';
import { createStore } from '@/components/ui/store';
import type { ListedAgent } from '@/lib/agents/agent';
import type { StoredEvent } from '@/lib/calls/event';
import { foldCall } from '@/lib/calls/timeline/timeline';
import { timelineForCallers } from '@/lib/calls/view/for-callers';
import { toWire } from '@/lib/core/snake-case';
import type { ReceivedMessage } from '@/lib/livekit/received-messages';
import { eventAt, usualCall } from '@/lib/testing/call-events';

vi.mock('next/navigation', async (actual) => ({
  ...(await actual<object>()),
  useRouter: () => ({ push: () => undefined }),
  useSearchParams: () => new URLSearchParams(window.location.search),
}));

/** The stream of changes, by hand. */
class Stream extends EventTarget {
  static last: Stream | undefined;
  onmessage?: (message: { data: string }) => void;
  constructor() {
    super();
    Stream.last = this;
  }
  close() {}
}

const ADA: ListedAgent = {
  ...{ name: 'front-desk', person: 'Ada', deployments: ['production'] },
  ...{ role: '', summary: '', source: 'code', public: false },
};
const address = window.location.href;
beforeEach(() => void vi.stubGlobal('EventSource', Stream));
afterEach(() => {
  vi.unstubAllGlobals();
  window.history.replaceState(null, '', address);
});

const timeline = foldCall(usualCall());
const view = <CallView first={timeline} servedAt={0} listenersShown />;

it('has the timeline, and below it one tab at a time, which the address keeps', async () => {
  const page = await show(view, { agents: [ADA], rights: ['watch'] });
  await expect
    .element(page.getByRole('heading', { level: 1 }))
    .toHaveTextContent('An appointment on Tuesday');
  await expect.element(page.getByRole('region', { name: 'The conversation' })).toBeVisible();
  const tab = (name: string) => page.getByRole('tab', { name });
  await expect.element(tab('Transcript')).toHaveAttribute('aria-selected', 'true');
  await expect.element(page.getByRole('region', { name: 'Transcript' })).toBeVisible();
  await expect.element(page.getByRole('region', { name: 'Events' })).not.toBeInTheDocument();

  tab('Transcript').element().focus();
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(tab('Events')).toHaveFocus();
  await expect.element(page.getByRole('region', { name: 'Events' })).toBeVisible();
  await expect.element(page.getByRole('region', { name: 'Transcript' })).not.toBeInTheDocument();
  expect(window.location.search).toBe('?tab=events');
  await userEvent.keyboard('{End}');
  await expect.element(page.getByRole('region', { name: 'From click to voice' })).toBeVisible();
  await tab('Usage').click();
  await expect.element(page.getByText('No usage was reported.')).toBeVisible();
  await tab('Transcript').click();
  expect(window.location.search).toBe('');
});

it('opens the tab of a link, and that of an entry of the timeline', async () => {
  window.history.replaceState(null, '', '?tab=traces');
  const page = await show(view, { agents: [ADA], rights: ['watch'] });
  await expect
    .element(page.getByRole('tab', { name: 'Traces' }))
    .toHaveAttribute('aria-selected', 'true');
  const came = timeline.marks.find(
    (mark) => mark.kind === 'event' && mark.what.kind === 'agent_joined',
  );
  window.location.hash = `event-${came?.id}`;
  await expect.element(page.getByRole('region', { name: 'Events' })).toBeVisible();
  await expect.poll(() => document.activeElement?.textContent).toContain('Ada joined');

  page.getByRole('listbox').element().focus();
  await userEvent.keyboard('{Home}');
  const said = page.getByRole('listbox').getByRole('option', { selected: true });
  await userEvent.keyboard('{End}{ArrowLeft}');
  await expect.element(said).toBeInTheDocument();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => document.activeElement?.id).toMatch(/^(event|at)-/);
});

it('shows callers the transcript of their own call, and nothing of how it works', async () => {
  const page = await show(
    <CallView first={timelineForCallers(timeline)} servedAt={0} listenersShown />,
    { agents: [ADA], rights: ['history'] },
  );
  await expect.element(page.getByRole('link', { name: 'My calls' })).toBeVisible();
  await expect.element(page.getByText('appointment booked')).toBeVisible();
  await expect.element(page.getByRole('region', { name: 'Transcript' })).toBeVisible();
  for (const role of ['tab', 'listbox'] as const)
    await expect.element(page.getByRole(role)).not.toBeInTheDocument();
  await expect.element(page.getByRole('region')).toHaveLength(1);
});

it('follows the newest event unless its reader has scrolled up', async () => {
  const states: StoredEvent[] = [];
  const add = () =>
    states.push(
      ...Array.from({ length: 20 }, () => {
        const ms = 40_000 + 10 * states.length + Math.random();
        return eventAt('agent_state', ms, { identity: 'a-1', state: 'speaking' });
      }),
    );
  answerWith(() => Response.json(toWire(foldCall([...usualCall(), ...states]))));
  add();
  const page = await show(
    <div className="flex flex-col" style={{ height: 300 }}>
      <Console call="c1" messages={createStore<readonly ReceivedMessage[]>([])} />
    </div>,
    { agents: [ADA], rights: ['watch'] },
  );
  const box = page.getByRole('log');
  const count = () => page.getByText(/is speaking/).elements().length;
  const frame = () => box.element() as HTMLElement;
  // The styles of pages are not loaded here.
  await expect.poll(count).toBe(20);
  Object.assign(frame().style, { overflow: 'auto', height: '250px' });
  const left = () => frame().scrollHeight - frame().scrollTop - frame().clientHeight;
  await expect.poll(left).toBeLessThan(5);

  frame().scrollTop = 0;
  const newest = page.getByRole('button', { name: 'Newest' });
  await expect.element(newest).toBeVisible();
  add();
  Stream.last?.onmessage?.({ data: '{"id":"c1"}' });
  await expect.poll(count).toBe(40);
  expect(frame().scrollTop).toBe(0);
  await newest.click();
  expect(left()).toBeLessThan(5);
  await expect.element(newest).not.toBeInTheDocument();
  add();
  Stream.last?.onmessage?.({ data: '{"id":"c1"}' });
  await expect.poll(count).toBe(60);
  await expect.poll(left).toBeLessThan(5);
});
