// Messages of simulations, on the page and in the terminal.

import type { Miss } from '@/lib/calls/test-calls/result';
import { counted, seconds } from '@/lib/messages/en/format';

/** Describes a failed expectation. */
export function missed(miss: Miss): string {
  switch (miss.kind) {
    case 'not heard':
      return `“${miss.wanted}” was not heard${miss.near ? `; nearest was “${miss.near}”` : ''}`;
    case 'heard':
      return `“${miss.unwanted}” was heard`;
    case 'no answer':
      return `no answer within ${seconds(miss.withinMs)}`;
    case 'late':
      return `the answer came after ${seconds(miss.ms)}, not within ${seconds(miss.limitMs)}`;
    case 'no tool':
      return `${miss.tool} ${miss.args} was not called${miss.called ? `, but ${miss.called}` : ''}`;
    case 'other outcome':
      return `the outcome is ${miss.was}, not ${miss.wanted}`;
    case 'not handed off':
      return `the call was handed off to ${miss.was || 'nobody'}, not ${miss.wanted}`;
    case 'not met':
      return `“${miss.criterion}” is not met: ${miss.why}`;
    case 'failed':
      return miss.why;
  }
}

/** The title of a scenario. Those that ship have English titles. */
export const scenarioTitle = (title: string): string => title;

export const simulationsText = {
  title: 'Simulations',
  link: 'Test agents before people call',
  lead: 'Scripted test callers call an agent, speak, and check its answers.',
  choose: {
    title: 'Run simulations',
    all: 'All',
    none: 'None',
    groups: { basic: 'Basic', thorough: 'Thorough', provoking: 'Provoking' } as Readonly<
      Record<string, string>
    >,
    deployment: 'Deployment',
    both: (one: string, other: string) => `${one} and ${other}`,
    times: 'Runs each',
    atOnce: 'At the same time',
    start: (many: number) => `Make ${counted(many, 'call')}`,
    starting: 'Starting…',
    failed: 'The simulations could not be started',
    broken: 'The scenario files could not be read',
  },
  live: {
    title: 'In progress',
    done: (done: number, all: number) => `${done} of ${counted(all, 'call')} done`,
    stop: 'Stop',
    stopping: 'Stopping…',
    said: 'Caller',
    heard: 'Agent',
    preparing: 'Preparing the test caller…',
    calling: (agent: string) => `Calling ${agent}…`,
    talking: (agent: string) => `In a call with ${agent}`,
    checking: 'Call ended. Checking the result…',
  },
  results: {
    title: 'Results',
    lead: 'The latest runs of each simulation, newest on the right.',
    compare: 'Compare deployments',
    left: 'Compare',
    right: 'with',
    differs: 'differs',
    different: (many: number) =>
      many === 0 ? 'No difference' : `${counted(many, 'simulation')} differ`,
    ofRuns: (passed: number, all: number) => `${passed} of ${all} passed`,
    median: (ms: number) => `answers after ${seconds(ms)}`,
    times: (many: number) => `${many}×`,
    none: 'No results yet. Choose simulations above.',
    run: (state: string, number: number) => `Run ${number}, ${state}`,
    away: 'The results could not be loaded',
  },
  states: { running: 'running', passed: 'passed', failed: 'failed', stopped: 'stopped' },
  verdicts: { passed: 'passes', failed: 'fails', flaky: 'flaky', none: 'no result' },
  detail: {
    call: 'The call',
    close: 'Close',
    delay: (ms: number) => (ms < 0 ? `${seconds(-ms)} too early` : `after ${seconds(ms)}`),
    nothing: 'Nothing heard.',
    silent: 'silent',
  },
} as const;
