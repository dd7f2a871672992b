// What the routes of rollouts answer: schemas for the page and the command line that read it, and the types of what the
// server stores and sends. Times are in milliseconds since 1970.
import * as z from 'zod/mini';
import { versionFigures } from '@/lib/calls/view/agent-stats';
import { wire } from '@/lib/core/snake-case';

const text = z.string();
const number = z.number();
const texts = z.readonly(z.array(text));

const sideStats = z.object({
  calls: number,
  wrong: number,
  /** Calls with a response, and the median of their medians in milliseconds. */
  answered: number,
  answerMs: z.optional(number),
});
/** Statistics of one side. */
export type SideStats = Readonly<z.infer<typeof sideStats>>;

const finding = z.object({
  /** Number of the check, from 1. */
  look: number,
  at: number,
  deployment: sideStats,
  production: sideStats,
  /** The probability of such a difference, or a larger one, by chance; undefined if there is too little data. */
  errorsByChance: z.optional(number),
  answersByChance: z.optional(number),
  /** Probabilities up to this level are significant at this check. */
  level: number,
  /** In what the deployment is worse than the limit. */
  worse: z.optional(z.enum(['errors', 'answers'])),
});
/** The result of one check. */
export type Finding = Readonly<z.infer<typeof finding>>;

const rollout = z.object({
  id: text,
  /** Agent name. */
  agent: text,
  /** The deployment that gets callers, as shown. */
  deployment: text,
  /** The version of its workers, and production's at the start. Of workers that do not report, that of a call, if known. */
  version: z.optional(text),
  productionVersion: z.optional(text),
  /**
   * `running`: the deployment gets a share of callers. `promoting`: it gets all until production's workers run the version.
   * The others have ended: rolled back, stopped by a person, or because production runs the version.
   */
  state: z.enum(['running', 'promoting', 'returned', 'stopped', 'finished']),
  /** Percent of callers, rising. */
  steps: z.readonly(z.array(number)),
  /** Index of the current step, from 0. */
  step: number,
  /** Beyond these it is worse than production: more failed calls of 100, and a median latency longer by milliseconds. */
  limits: z.object({ errorPoints: number, answerMs: number }),
  /** Why it runs although simulations failed; undefined without an override. */
  overridden: z.optional(text),
  startedAt: number,
  endedAt: z.optional(number),
  /** Checks so far, and how many of the deployment's calls had ended at the last one. */
  looks: number,
  lookedAtCalls: number,
  /** The result of the last check. */
  finding: z.optional(finding),
});
/** A stored rollout. */
export type Rollout = Readonly<z.infer<typeof rollout>>;
export type RolloutState = Rollout['state'];
/** The answer of a request that starts or changes a rollout. */
export const rolloutAnswer = wire(rollout);

const reason = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('said'), text }),
  z.object({ kind: z.literal('worse'), finding }),
  z.object({ kind: z.literal('simulations'), failed: texts }),
  z.object({ kind: z.literal('version'), found: texts }),
]);
/** Why something was done. In words: `lib/rollouts/words.ts`. */
export type RolloutReason = Readonly<z.infer<typeof reason>>;

const entry = z.object({
  id: number,
  at: number,
  action: z.enum([
    'started',
    'overridden',
    'stepped',
    'stopped',
    'promoted',
    'returned',
    'finished',
  ]),
  /** The person; undefined for automatic actions. */
  by: z.optional(text),
  deployment: text,
  version: z.optional(text),
  /** Percentage of callers from then on. */
  percent: number,
  reason: z.optional(reason),
});
/** An entry of the history. */
export type RolloutEntry = Readonly<z.infer<typeof entry>>;
export type RolloutAction = RolloutEntry['action'];

const running = z.object({
  deployment: text,
  /** Whether its workers report while they run. Without reports, the next two are not known. */
  reports: z.boolean(),
  /** Versions of its live workers; empty if none is live. */
  versions: texts,
  /** Calls that they can take at once. */
  places: number,
});

const simulations = z.object({
  deployment: text,
  /** `missing`: there are no runs. A scenario that passes only sometimes has failed. */
  state: z.enum(['passed', 'failed', 'missing']),
  /** How many scenarios were run. */
  held: number,
  failed: z.readonly(
    z.array(z.object({ scenario: text, title: text, passed: number, of: number })),
  ),
  /** When the last run began. */
  at: z.optional(number),
});

const overview = z.object({
  agent: text,
  /** The active or last one, and the percentage of callers that it gets now. */
  rollout: z.optional(z.extend(rollout, { percent: number })),
  /** What runs on each deployment, production first. */
  running: z.array(running),
  /** The latest simulations of each deployment that can be rolled out. */
  simulations: z.array(simulations),
  /** Since when calls are counted. */
  since: number,
  /** By deployment, production first, and each deployment's versions by their last call, newest first. */
  figures: z.array(versionFigures),
  /** Newest first. */
  history: z.readonly(z.array(entry)),
});
export type RolloutOverview = Readonly<z.infer<typeof overview>>;
/** `GET /api/agents/[name]/rollout` */
export const overviewAnswer = wire(overview);
