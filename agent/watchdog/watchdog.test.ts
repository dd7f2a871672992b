// What is done when a part of a call is stuck.
import { expect, test, vi } from 'vitest';
import { idleMachine } from '@/agent/testing/idle-machine';
import { watchdog } from '@/agent/watchdog/watchdog';
import type { EventData } from '@/lib/calls/event';

const open = () => {
  idleMachine();
  const events: EventData[] = [];
  const replace = vi.fn();
  const stuck = watchdog({ report: (what) => events.push(what), identity: 'ada-1', replace });
  return { stuck, replace, done: () => events.map((one) => one.kind === 'stuck' && one.done) };
};

test('the timeline has what was stuck, and what was done', () => {
  const { stuck, replace, done } = open();
  stuck('stt', 1_800, 'exchanged');
  stuck('tts', 2_500, 'restarted');
  expect(done()).toEqual(['exchanged', 'restarted']);
  expect(replace).not.toHaveBeenCalled();
  stuck('output', 3_000, 'replaced');
  expect(replace).toHaveBeenCalledTimes(1);
});

test('an agent that is stuck for the third time in a minute is replaced', () => {
  const { stuck, replace, done } = open();
  stuck('tts', 2_500, 'restarted');
  vi.advanceTimersByTime(61_000);
  stuck('tts', 2_500, 'restarted');
  stuck('tts', 2_500, 'restarted');
  expect(replace).not.toHaveBeenCalled();
  stuck('tts', 2_500, 'restarted');
  expect(done()).toEqual(['restarted', 'restarted', 'restarted', 'replaced']);
  expect(replace).toHaveBeenCalledTimes(1);
});

test('its tools are not the agent', () => {
  const { stuck, replace } = open();
  for (let at = 0; at < 5; at += 1) stuck('tool', 20_000, 'abandoned');
  expect(replace).not.toHaveBeenCalled();
});
