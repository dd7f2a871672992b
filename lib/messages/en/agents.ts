// Messages of the Agents page.
import type { EndedBy } from '@/lib/calls/call';
import type { Difference, ShareName, TimeName, WindowName } from '@/lib/calls/view/agent-stats';
import type { WorkerReport } from '@/lib/livekit/worker-report';

const WINDOW: Readonly<Record<WindowName, string>> = { hour: 'Hour', day: 'Day', week: 'Week' };

const ENDED: Readonly<Record<EndedBy, string>> = {
  caller: 'caller',
  agent: 'agent',
  server: 'server',
  'no agent': 'no agent joined',
  'agent failed': 'agent failed',
  lost: 'unknown',
};

const TIME: Readonly<Record<TimeName, string>> = {
  timeToJoin: 'agents join',
  timeToFirstAudio: 'the first audio comes',
  answer: 'answers come',
};

const SHARE: Readonly<Record<ShareName, (points: string, more: boolean) => string>> = {
  join: (points, more) => `agents join ${points} ${more ? 'more' : 'fewer'} of 100 calls`,
  interruptions: (points, more) =>
    `callers interrupt ${points} ${more ? 'more' : 'fewer'} of 100 answers`,
  toolFailures: (points, more) => `${points} ${more ? 'more' : 'fewer'} of 100 tool calls fail`,
};

const WORKER: Readonly<Record<WorkerReport['state'], string>> = {
  starting: 'starting',
  live: 'live',
  draining: 'shutting down',
  broken: 'broken',
};

/** A duration in readable units: "480 ms", "1.24 s". */
export function duration(ms: number): string {
  return ms < 999.5 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(ms < 9_995 ? 2 : 1)} s`;
}

/** A shorter duration for chart axes: "0.25 s". */
export const axisTime = (ms: number): string => `${Number((ms / 1_000).toFixed(2))} s`;

/** A share from 0 to 1 as a percentage: "100 %", "99.2 %". Only 1 is rounded to 100. */
export function percent(share: number): string {
  if (share === 1 || share === 0) return `${share * 100} %`;
  return `${Math.min(99.9, Math.max(0.1, share * 100)).toFixed(1)} %`;
}

export { money } from '@/lib/messages/en/format';

/** How a deployment or version differs from another one. */
export function describeDifference(what: Difference): string {
  if ('points' in what) return SHARE[what.of](what.points.toFixed(1), what.more);
  return `${TIME[what.of]} ${duration(what.ms)} ${what.slower ? 'later' : 'sooner'}`;
}

export const agentsText = {
  title: 'Agents',
  lead: 'Which agents are available, how long callers waited, and how their calls ended.',
  rollout: 'Roll out a version',
  testCall: 'Test call',
  session: {
    title: 'What callers can see of it',
    body: 'Its session answers every participant who asks for its instructions and tools. LiveKit cannot forbid it. This code turns it off:',
  },
  window: {
    label: 'Time',
    of: WINDOW,
    last: (name: WindowName) => `the last ${name}`,
  },
  asTable: 'Show as table',
  notListed: 'not in the list of agents',
  add: 'Add an agent',
  edit: 'Edit',
  added: (person: string) => `${person} was added.`,
  changed: (person: string) => `${person} was changed.`,
  removed: (person: string) => `${person} was removed from the list.`,
  remove: (person: string) => ({
    button: 'Remove',
    ask: `Remove ${person} from the list? Its calls stay in History.`,
    yes: 'Remove',
    no: 'Cancel',
    busy: 'Removing…',
    failed: 'Not removed',
  }),
  form: {
    titleNew: 'Add an agent',
    titleEdit: (person: string) => `Edit ${person}`,
    name: 'Agent name',
    nameHint: 'The agent_name that its worker registers at LiveKit. Case-sensitive.',
    title: 'Title',
    titleHint: 'Its name on pages. Empty: the agent name.',
    summary: 'Summary',
    summaryHint: 'One line for callers.',
    deployments: 'Deployments',
    deploymentsHint: 'Those that its workers serve, by name.',
    deployment: 'Deployment',
    addDeployment: 'Add a deployment',
    removeDeployment: (name: string) => `Remove the deployment ${name}`.trim(),
    public: 'Public',
    publicHint: 'Anyone may call it on production without signing in.',
    save: 'Save',
    saving: 'Saving…',
    cancel: 'Cancel',
    failed: 'Not saved',
  },
  found: {
    title: 'Seen in calls, not in the list',
    lead: 'Add an agent to call it from the start page, by rules and by telephone.',
    add: 'Add',
    adding: 'Adding…',
    failed: 'Not added',
    unknownDeployment: 'deployment unknown',
  },
  none: 'There are no agents yet. Add one that runs elsewhere, or put a file into agent/agents.',
  unreported: 'Its workers do not report to Callboard. A test call can tell.',
  failed: {
    title: 'The figures could not be loaded',
    again: 'Try again',
    old: (detail: string) => `${detail} The figures shown are older.`,
  },
  figures: {
    caption: (person: string, window: string) => `${person}: calls of ${window}`,
    what: 'Figure',
    now: 'Now',
    checking: 'being checked',
    light: {
      live: 'live',
      busy: 'busy',
      off: 'off',
      checking: '…',
      unreported: 'does not report',
      unknown: 'unknown',
    },
    workers: (count: number) =>
      count === 0 ? 'no worker' : count === 1 ? '1 worker' : `${count} workers`,
    broken: 'worker failed',
    leaving: (count: number) => `${count} ${count === 1 ? 'call' : 'calls'} still in progress`,
    jobs: (active: number, max: number) => `${active} of ${max} calls`,
    calls: 'Calls',
    waiting: (count: number) => `${count} waiting now`,
    join: 'Agent joined',
    of: (joined: number, all: number) => `${joined} of ${all}`,
    timeToJoin: 'Time to agent',
    timeToFirstAudio: 'Time to first audio',
    answer: 'Response latency',
    p95: (value: string) => `p95: ${value}`,
    interruptions: 'Interrupted answers',
    toolFailures: 'Failed tool calls',
    ended: 'Ended by',
    endedBy: ENDED,
    counted: (what: string, count: number) => `${what}: ${count}`,
    outcomes: 'Outcome',
    errors: 'Errors',
    cost: 'Cost',
    perCall: (cost: string) => `${cost} a call`,
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
    warmLabel: 'processes ready for a call',
    noTime: 'CPU full',
    lag: (ms: number) => `lag ${duration(ms)}`,
    version: (version: string) => `version ${version}`,
    /** Why a worker in this state takes no calls. */
    why: (state: WorkerReport['state'], error: string) =>
      state === 'broken' ? `Cannot start calls: ${error}` : error,
    lastError: 'Last failure',
  },
  problem: (deployment: string, problem: string) => `${deployment}: ${problem}`,
  compare: {
    title: (one: string, base: string) => `${one} compared to ${base}`,
    few: (enough: number) => `too few calls to compare: at least ${enough} on each side`,
    same: 'no clear difference',
  },
  versions: {
    title: 'Compare versions',
    caption: (person: string) => `Versions of ${person}`,
    known: 'Calls whose version is known.',
    of: (deployment: string, version: string) => `${deployment} ${version}`,
  },
  empty: {
    title: (window: string) => `No calls in ${window}`,
    body: (person: string) =>
      `For each call to ${person} you see when the agent joined, when it was first heard, how fast it answered, and how the call ended.`,
    call: (person: string) => `Call ${person}`,
  },
  method: {
    title: 'How to read this',
    lines: (enough: number, ms: number, share: string) => [
      'A call counts for the agent and the deployment that were requested, even if it was handed off later.',
      'The large number is the median: half of the calls or answers were faster. p95: 95 of 100 were at least this fast.',
      'Interrupted answers and failed tool calls are shares of those that agents reported or uploaded.',
      'A worker with a ready process takes a call immediately. Its lag is the longest delay since its last report; workers report every two seconds.',
      `Deployments and versions are compared once each has ${enough} calls. Shares differ if their 95 % intervals do not overlap, medians if they are at least ${ms} ms and ${share} apart.`,
    ],
  },
  charts: {
    calls: 'Calls',
    timeToFirstAudio: 'Time to first audio',
    answer: 'Response latency',
    of: (chart: string, person: string) => `${chart}, ${person}`,
    p95: 'p95',
    missed: 'no agent joined',
    time: 'From',
    nothing: 'No data.',
    loading: 'Chart is loading…',
    deploymentMedian: (deployment: string) => `${deployment}, median`,
    deploymentP95: (deployment: string) => `${deployment}, p95`,
    deploymentMissed: (deployment: string) => `${deployment}, no agent joined`,
  },
} as const;
