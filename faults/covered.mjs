// Rows of the table that tests beside their sources, or in the browser, cover as well as any here
// could: the file, and how the full names of its tests begin.

const TOKEN = 'app/api/token/route.test.ts';
const DISPATCH = 'app/api/dispatch-agent/route.test.ts';
const WEBHOOK = 'app/api/webhooks/livekit/route.test.ts';
const WEBHOOK_CALLS = 'app/api/webhooks/livekit/calls.test.ts';
const WEBHOOK_RULES = 'app/api/webhooks/livekit/rules.test.ts';
const DATABASE = 'lib/calls/store/database.test.ts';
const PLAN = 'lib/token-plan.test.ts';
const LIMITS = 'app/api/token/limits.test.ts';

/** @type {Readonly<Record<number, readonly (readonly [file: string, ...names: string[]])[]>>} */
export const covered = {
  6: [
    ['agent/broken.integration.test.ts', 'a file that is missing', 'a model that cannot be loaded'],
  ],
  17: [['lib/doctor/causes.test.ts', 'a worker that is turned away']],
  19: [[DISPATCH, 'refuses with the names that would']],
  20: [[DISPATCH, 'where no worker is live says so at once']],
  21: [
    [PLAN, 'planToken deployment'],
    [DISPATCH, 'refuses 64 characters', 'refuses an underscore', 'refuses a path'],
  ],
  22: [
    [DISPATCH, 'refuses much metadata'],
    [PLAN, 'planToken bounds metadata'],
  ],
  23: [
    [DISPATCH, 'refuses an empty room', 'refuses a long room', 'refuses an unknown agent'],
    [PLAN, 'planToken bounds metadata'],
  ],
  24: [
    [DISPATCH, 'refuses no JSON', 'refuses an array', 'refuses null', 'refuses a NUL byte'],
    [DISPATCH, 'refuses a wrong type', 'refuses deep nesting'],
    ['lib/route.test.ts', 'routes logs an unknown error without secrets'],
  ],
  25: [[DISPATCH, 'refuses much']],
  26: [[TOKEN, 'refuses text', 'refuses every other method']],
  27: [['e2e/call.spec.ts', 'a double click on Start makes one call']],
  29: [
    [TOKEN, 'with the real server lets join'],
    ['lib/room-guard.test.ts', 'requireFreeIdentity'],
  ],
  30: [['e2e/page.spec.ts', 'a second tab says that a call is open']],
  31: [
    [
      'app/api/webhooks/livekit/joined.test.ts',
      'a token that was used',
      'a token whose room was over',
    ],
  ],
  32: [[WEBHOOK, 'takes nothing']],
  33: [
    [WEBHOOK_RULES, 'an event that comes five times at once'],
    [WEBHOOK_CALLS, 'the database is away'],
  ],
  35: [
    [WEBHOOK_RULES, 'an event of a room that has ended', 'an event that is 31 s old'],
    ['lib/calls/timeline/timeline.test.ts', 'the order'],
  ],
  36: [[WEBHOOK_RULES, 'an event of a restarted server']],
  37: [
    [DATABASE, 'on a server is 503'],
    [WEBHOOK_CALLS, 'the database is away'],
  ],
  38: [[DATABASE, 'in a folder says what to do where it cannot be read']],
  39: [[TOKEN, 'refuses another site', 'refuses a sandboxed page']],
  40: [
    [LIMITS, 'too many starts by one account', 'too many starts from one address'],
    [LIMITS, 'an account has one live call', 'a stranger has limits of its own'],
  ],
  41: [
    [LIMITS, 'staging is for developers'],
    ['lib/rights/rights.test.ts', 'a token is for whoever may call'],
  ],
  45: [
    ['e2e/secrets.spec.ts', 'secrets in the bundle', 'misconfiguration'],
    ['e2e/threats.spec.ts', 'script injection and framing', 'permissions and transport'],
  ],
  46: [['lib/doctor/causes.test.ts', '']],
};
