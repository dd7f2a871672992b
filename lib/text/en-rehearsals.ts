// What people read of rehearsals, on the page and in the terminal. English.
import type { Miss } from '../rehearsals/result';

const count = (many: number, one: string) => `${many} ${one}${many === 1 ? '' : 's'}`;
const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

/** What was wrong, as a sentence. */
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
    case 'not handed over':
      return `${miss.was || 'nobody'} had the word, not ${miss.wanted}`;
    case 'not met':
      return `“${miss.criterion}” is not met: ${miss.why}`;
    case 'failed':
      return miss.why;
  }
}

/** All texts of the page. */
export const rehearsalsText = {
  title: 'Rehearsals',
  link: 'Rehearse with them before people call',
  lead: 'Scripted callers ring an agent, speak and listen, before people do.',
  choose: {
    title: 'Hold rehearsals',
    all: 'All',
    none: 'None',
    groups: { basic: 'Basic', thorough: 'Thorough', provoking: 'Provoking' } as Readonly<
      Record<string, string>
    >,
    deployment: 'Deployment',
    both: (one: string, other: string) => `${one} and ${other}`,
    times: 'Times each',
    atOnce: 'At once',
    start: (many: number) => `Make ${count(many, 'call')}`,
    starting: 'Starting…',
    failed: 'They could not be started',
    broken: 'The files cannot be read',
  },
  live: {
    title: 'Going on now',
    done: (done: number, all: number) => `${done} of ${count(all, 'call')} made`,
    stop: 'Stop',
    stopping: 'Stopping…',
    said: 'Caller',
    heard: 'Agent',
    greeting: 'listens',
    waiting: 'The agent is called…',
  },
  results: {
    title: 'Results',
    lead: 'The latest runs of each rehearsal, the newest at the right.',
    rehearsal: 'Rehearsal',
    compare: 'Side by side',
    differs: 'differs',
    different: (many: number) =>
      many === 0 ? 'Both pass and fail the same' : `${count(many, 'rehearsal')} differ`,
    ofRuns: (passed: number, all: number) => `${passed} of ${all} passed`,
    median: (ms: number) => `answers after ${seconds(ms)}`,
    times: (many: number) => `${many}×`,
    none: 'No rehearsal was held yet. Choose some above.',
    run: (state: string, number: number) => `Run ${number}, ${state}`,
    away: 'The results cannot be shown',
  },
  states: { running: 'running', passed: 'passed', failed: 'failed', stopped: 'stopped' },
  verdicts: { passed: 'passes', failed: 'fails', flaky: 'flaky', none: 'not held' },
  detail: {
    call: 'The call',
    close: 'Close',
    delay: (ms: number) => (ms < 0 ? `cut in ${seconds(-ms)} early` : `after ${seconds(ms)}`),
    wrong: 'What was wrong',
    nothing: 'Nothing was heard.',
    silent: 'says nothing',
  },
} as const;
