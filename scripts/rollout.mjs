// Rollouts from the command line: `npm run rollout -- status|start|next|stop|promote AGENT`. Uses the HTTP API of the web
// process, with the same checks as the page.
import { runCommands } from './lib/command-line.mjs';
import { table } from './lib/table.mjs';

const USAGE = `Usage: npm run rollout -- COMMAND AGENT [options]

  status AGENT         show the rollout, a comparison of its versions, and the history
  start AGENT          send some of its callers to staging
  next AGENT           take the next step: send more callers
  stop AGENT           send all callers back to production
  promote AGENT        send all callers to staging until production's workers run its version
  override AGENT       start even though its simulations failed; requires --reason

  --deployment NAME    target; default: the agent's first deployment other than production
  --steps LIST         percentages of callers, ascending: 5,25,50,100
  --error-points N     stop if N more of 100 calls fail than on production: 5
  --answer-ms N        or if the response latency is N milliseconds higher: 300
  --reason TEXT        reason for the history; not for status
  --json               print the API's response unchanged, for scripts
  --help

CALLBOARD_URL is the URL of Callboard; by default it is derived from HOST and PORT.
In scripts: npm run --silent rollout -- status AGENT --json
`;

const text = { type: 'string' };
/** Options for starting a rollout. */
const START = {
  ...{ deployment: text, steps: text, 'error-points': text, 'answer-ms': text, reason: text },
};

const rolloutOf = (agent) => `/api/agents/${encodeURIComponent(agent)}/rollout`;
/** ISO 8601 in whole seconds. */
const time = (ms) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
const ms = ({ p50_ms: median }) => (median === undefined ? '' : `${median} ms`);
const counted = (counts) =>
  Object.entries(counts)
    .map(([name, many]) => `${name} ${many}`)
    .join(', ');

function number(name, value) {
  if (value === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value);
  throw new TypeError(`--${name} takes a number`);
}

const wanted = ({ deployment, steps, reason, ...limits }) => ({
  deployment,
  steps: steps?.split(',').map((step) => number('steps', step.trim())),
  error_points: number('error-points', limits['error-points']),
  answer_ms: number('answer-ms', limits['answer-ms']),
  reason,
});

/** The state of a rollout in one line; the server adds `percent` to most responses. */
function standing({ deployment, version, state, steps, step, percent = steps[step] }) {
  if (state === 'running') return `${percent} % of callers go to ${deployment} (${version}).`;
  if (state === 'promoting') {
    return `All callers go to ${deployment}, until production's workers run ${version}.`;
  }
  return `All callers go to production: the rollout of ${version} is ${state}.`;
}

/** Short reason of an action; the page shows it in more words. */
function why({ kind, text: said, failed, found, finding }) {
  if (kind === 'said') return said;
  if (kind === 'rehearsals') return `simulations failed: ${failed.join(', ')}`;
  if (kind === 'version') return `another version is running: ${found.join(', ')}`;
  const { deployment: own, production, worse } = finding;
  return worse === 'errors'
    ? `${own.wrong} of ${own.calls} calls failed, on production ${production.wrong} of ${production.calls}`
    : `latency ${own.answer_ms} ms, on production ${production.answer_ms} ms`;
}

function status({ rollout, figures, history }) {
  const versions = figures.map((one) => [
    one.deployment,
    one.version,
    one.calls,
    one.joined,
    one.wrong,
    ms(one.time_to_join),
    ms(one.answer),
    counted(one.outcomes),
    counted(one.ended_by),
  ]);
  const columns = 'DEPLOYMENT VERSION CALLS JOINED WRONG JOINS ANSWERS OUTCOMES ENDED'.split(' ');
  const done = history.map(({ at, by, action, percent, version, reason }) => [
    ...[time(at), by ?? 'Callboard', action, `${percent} %`, version, reason && why(reason)],
  ]);
  return [
    rollout ? standing(rollout) : 'There is no rollout yet.',
    versions.length > 0 ? table(columns, versions) : 'There are no calls yet.',
    ...(done.length > 0 ? [table(['TIME', 'WHO', 'DID', 'SHARE', 'VERSION', 'WHY'], done)] : []),
  ].join('\n\n');
}

const ofAgent = { required: ['AGENT'], show: standing };
/** Starts a rollout. */
const beginning = (path) => ({
  ...ofAgent,
  options: START,
  request: ([agent], given) => ({
    method: 'POST',
    path: rolloutOf(agent) + path,
    body: wanted(given),
  }),
});
/** Changes a running rollout. */
const deed = (method, path) => ({
  ...ofAgent,
  options: { reason: text },
  request: ([agent], { reason = '' }) => ({
    method,
    path: `${rolloutOf(agent)}${path}?${new URLSearchParams({ reason })}`,
  }),
});

/** Commands by name. A `request` may throw a TypeError about invalid arguments. */
const COMMANDS = {
  status: {
    ...ofAgent,
    request: ([agent]) => ({ method: 'GET', path: rolloutOf(agent) }),
    show: status,
  },
  start: beginning(''),
  override: beginning('/override'),
  next: deed('POST', '/next'),
  promote: deed('POST', '/promote'),
  stop: deed('DELETE', ''),
};

await runCommands(COMMANDS, USAGE);
