// What people read on the page of the agents, in English: another language is another file like it.

import type { EndedBy, Outcome } from '../calls/call';
import type { WindowName } from '../calls/view/agent-stats';
import type { Difference, TimeName } from '../calls/view/compare-stats';
import type { WorkerReport } from '../worker-report';

const WINDOW: Readonly<Record<WindowName, string>> = { hour: 'Hour', day: 'Day', week: 'Week' };

const ENDED: Readonly<Record<EndedBy, string>> = {
  caller: 'caller',
  agent: 'agent',
  server: 'server',
  'no agent': 'no agent came',
  'agent failed': 'agent failed',
  lost: 'not known',
};

const OUTCOME: Readonly<Record<Outcome, (count: number) => string>> = {
  appointment: (count) => (count === 1 ? '1 appointment' : `${count} appointments`),
  message: (count) => (count === 1 ? '1 message' : `${count} messages`),
  'handed over': (count) => `${count} handed over`,
  none: (count) => `${count} nothing noted`,
};

const TIME: Readonly<Record<TimeName, string>> = {
  timeToJoin: 'the agent is there',
  timeToFirstAudio: 'the first sound comes',
  answer: 'answers come',
};

const WORKER: Readonly<Record<WorkerReport['state'], string>> = {
  starting: 'starting',
  live: 'live',
  draining: 'being stopped',
  broken: 'broken',
};

/** Milliseconds as people read them: "480 ms", "1.24 s". */
export function duration(ms: number): string {
  return ms < 999.5 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(ms < 9_995 ? 2 : 1)} s`;
}

/** Milliseconds beside an axis, where there is little room: "0.25 s". */
export const axisTime = (ms: number): string => `${Number((ms / 1_000).toFixed(2))} s`;

/** A share from 0 to 1: "100 %", "99.2 %". Only what is whole is called 100. */
export function percent(share: number): string {
  if (share === 1 || share === 0) return `${share * 100} %`;
  return `${Math.min(99.9, Math.max(0.1, share * 100)).toFixed(1)} %`;
}

/** A difference in words, said of a deployment beside another. */
export function differenceInWords(what: Difference): string {
  if (what.of === 'join') {
    const points = what.points.toFixed(1);
    return `an agent comes ${what.more ? 'more' : 'less'} often, by ${points} of 100 calls`;
  }
  return `${TIME[what.of]} ${duration(what.ms)} ${what.slower ? 'later' : 'sooner'}`;
}

/** All texts of the page. */
export const agentsText = {
  title: 'Agents',
  lead: 'Who is on now, and how their calls went: what callers waited for, and how calls ended.',
  window: {
    label: 'Time',
    of: WINDOW,
    last: (name: WindowName) => `the last ${name}`,
  },
  asTable: 'Show as table',
  gone: 'no longer in the catalogue',
  failed: {
    title: 'The figures could not be read',
    again: 'Try again',
    old: (detail: string) => `${detail} What is shown is from before.`,
    unreachable: 'The server does not answer.',
  },
  figures: {
    caption: (person: string, window: string) => `${person}: calls of ${window}`,
    what: 'Figure',
    now: 'Now',
    checking: 'being checked',
    light: { live: 'live', busy: 'busy', off: 'off', checking: '…', unknown: 'not known' },
    workers: (count: number) =>
      count === 0 ? 'no worker' : count === 1 ? '1 worker' : `${count} workers`,
    broken: 'its worker is broken',
    leaving: (count: number) => `${count} ${count === 1 ? 'call' : 'calls'} still on`,
    jobs: (active: number, max: number) => `${active} of ${max} calls`,
    calls: 'Calls',
    waiting: (count: number) => `${count} waiting now`,
    join: 'An agent came',
    of: (joined: number, all: number) => `${joined} of ${all}`,
    timeToJoin: 'Agent there after',
    timeToFirstAudio: 'First sound after',
    answer: 'Answers after',
    p95: (value: string) => `95 %: ${value}`,
    ended: 'Ended by',
    endedBy: ENDED,
    counted: (what: string, count: number) => `${what}: ${count}`,
    outcomes: 'Came to',
    outcome: OUTCOME,
    errors: 'Errors',
    none: '–',
    noneLabel: 'nothing measured',
  },
  workers: {
    title: 'Workers',
    of: (person: string) => `Workers of ${person}`,
    state: WORKER,
    full: 'full',
    warm: (count: number) =>
      count === 0 ? 'none ready' : count === 1 ? '1 ready' : `${count} ready`,
    warmLabel: 'processes that wait for a call',
    noTime: 'processors full',
    lag: (ms: number) => `lag ${duration(ms)}`,
    version: (version: string) => `version ${version}`,
    /** By its state: why it takes no calls. */
    why: (state: WorkerReport['state'], error: string) =>
      state === 'broken' ? `It cannot start calls: ${error}` : error,
    lastError: 'Last failed at',
  },
  problem: (deployment: string, problem: string) => `${deployment}: ${problem}`,
  compare: {
    title: (one: string, base: string) => `${one} beside ${base}`,
    few: (enough: number) => `too few calls to compare: ${enough} on each side are needed`,
    same: 'no clear difference',
  },
  empty: {
    title: (window: string) => `No calls in ${window}`,
    body: (person: string) =>
      `Each call to ${person} is measured from the request on: when the agent was there, when it was first heard, how fast it answered and how the call ended.`,
    call: (person: string) => `Call ${person}`,
  },
  method: {
    title: 'How to read this',
    lines: (enough: number, ms: number, share: string) => [
      'A call counts for the agent and the deployment that were asked for, also where it was handed over later.',
      'The large time is the median: half of the calls, or answers, were faster. 95 %: of 100, 95 were at least that fast.',
      'A worker that has one ready answers at once. Its lag is how long it was held up at most since it last reported, every two seconds.',
      `Two deployments are compared from ${enough} calls on each side. A share counts as different where chance is no explanation (95 % intervals apart), a median from ${ms} ms and ${share} on.`,
    ],
  },
  charts: {
    calls: 'Calls',
    timeToFirstAudio: 'First sound after',
    answer: 'Answers after',
    of: (chart: string, person: string) => `${chart}, ${person}`,
    p95: '95 %',
    missed: 'no agent came',
    time: 'From',
    nothing: 'Nothing was measured.',
    loading: 'Chart is loading…',
    deploymentMedian: (deployment: string) => `${deployment}, median`,
    deploymentP95: (deployment: string) => `${deployment}, 95 %`,
    deploymentMissed: (deployment: string) => `${deployment}, no agent came`,
  },
} as const;
