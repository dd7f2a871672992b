// Roll-outs from the command line: `npm run rollout -- status|start|next|stop|promote AGENT`. Talks to the web
// process, so that it does what the page does, with the same checks.
import { runCommands } from './lib/command-line.mjs';
import { table } from './lib/table.mjs';

const USAGE = `Usage: npm run rollout -- COMMAND AGENT [options]

  status AGENT         how its roll-out stands, its versions side by side, and who did what
  start AGENT          give some of its callers to staging
  next AGENT           take the next step: more of them
  stop AGENT           give all callers back to production
  promote AGENT        give all callers to staging until production runs its version
  override AGENT       start although its rehearsals failed, for a --reason

  --deployment NAME    that gets callers; left out, the agent's first that is not production
  --steps LIST         percent of callers, rising: 5,25,50,100
  --error-points N     it returns where N more of 100 calls go wrong than on production: 5
  --answer-ms N        or where answers come N milliseconds later: 300
  --reason TEXT        why, for the history; not of status
  --json               the API's answer as it is, for scripts
  --help

CALLBOARD_URL is where Callboard is; left out, HOST and PORT of the settings.
In scripts: npm run --silent rollout -- status AGENT --json
`;

const text = { type: 'string' };
/** Options of what starts one. */
const START = {
  ...{ deployment: text, steps: text, 'error-points': text, 'answer-ms': text, reason: text },
};

const rolloutOf = (agent) => `/api/agents/${encodeURIComponent(agent)}/rollout`;
/** Times to the second. */
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

/** One line on how it stands; `percent` is worked out by the server where it shows it. */
function standing({ deployment, version, state, steps, step, percent = steps[step] }) {
  if (state === 'running') return `${percent} % of callers go to ${deployment} (${version}).`;
  if (state === 'promoting') {
    return `All callers go to ${deployment}, until production's workers run ${version}.`;
  }
  return `All callers go to production: the roll-out of ${version} is ${state}.`;
}

/** Why something was done, in short: the page says it in words. */
function why({ kind, text: said, failed, found, finding }) {
  if (kind === 'said') return said;
  if (kind === 'rehearsals') return `rehearsals failed: ${failed.join(', ')}`;
  if (kind === 'version') return `another version runs: ${found.join(', ')}`;
  const { deployment: own, production, worse } = finding;
  return worse === 'errors'
    ? `${own.wrong} of ${own.calls} calls went wrong, on production ${production.wrong} of ${production.calls}`
    : `answers after ${own.answer_ms} ms, on production ${production.answer_ms} ms`;
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
    rollout ? standing(rollout) : 'Nothing was rolled out yet.',
    versions.length > 0 ? table(columns, versions) : 'Nobody has called yet.',
    ...(done.length > 0 ? [table(['TIME', 'WHO', 'DID', 'SHARE', 'VERSION', 'WHY'], done)] : []),
  ].join('\n\n');
}

const ofAgent = { required: ['AGENT'], show: standing };
/** What begins one. */
const beginning = (path) => ({
  ...ofAgent,
  options: START,
  request: ([agent], given) => ({
    method: 'POST',
    path: rolloutOf(agent) + path,
    body: wanted(given),
  }),
});
/** What is done in one that goes on. */
const deed = (method, path) => ({
  ...ofAgent,
  options: { reason: text },
  request: ([agent], { reason = '' }) => ({
    method,
    path: `${rolloutOf(agent)}${path}?${new URLSearchParams({ reason })}`,
  }),
});

/** By name. A `request` may throw a TypeError that says what is wrong with what was typed. */
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
