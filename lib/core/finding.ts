// The doctor's report: one finding for each check, the same for the page, the command line and programs. A finding
// never claims more than was observed: otherwise its state is "unknown".
import * as z from 'zod/mini';

/** From best to worst. Unknown is no worse than a warning. */
const FINDING_STATES = ['ok', 'unknown', 'warn', 'fail'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

const ms = z.number().check(z.minimum(0));
/** A step of a check, in milliseconds from its start. */
const stage = z.object({ name: z.string(), ms });
export type ProbeStage = z.infer<typeof stage>;

const filled = z.string().check(z.minLength(1));
export const finding = z.object({
  /** The check's ID, the same in every run: `agent:front-desk:staging`. */
  id: filled,
  title: filled,
  state: z.enum(FINDING_STATES),
  /** What was observed, with numbers. */
  seen: z.string(),
  /** Why it matters. */
  matters: z.string(),
  /** What to do; empty if there is nothing. */
  todo: z.string(),
  /** A page that helps. */
  link: z.optional(z.object({ href: z.string(), label: z.string() })),
  /** Milliseconds the check took. */
  ms: z.optional(ms),
  stages: z.optional(z.array(stage)),
  /** The evidence, one line each. */
  evidence: z.optional(z.array(z.string())),
});
export type Finding = z.infer<typeof finding>;

/** The result of a check. The runner adds its ID, title and duration. */
export type CheckResult = Omit<Finding, 'id' | 'title' | 'ms'>;

/** One check. */
export interface Check {
  readonly id: string;
  readonly title: string;
  /** Milliseconds. */
  readonly limitMs: number;
  /** Whether it is expensive, so that only a few run at once. */
  readonly heavy?: boolean;
  readonly run: () => Promise<CheckResult>;
}

/** The worst state of all findings, which is the report's state. */
export function worst(findings: readonly Pick<Finding, 'state'>[]): FindingState {
  const at = findings.map(({ state }) => FINDING_STATES.indexOf(state));
  return FINDING_STATES[Math.max(0, ...at)] as FindingState;
}

/** A check without a result yet, for which pages reserve space. */
const planned = z.pick(finding, { id: true, title: true });
export type Planned = z.infer<typeof planned>;

/** A complete examination: the body of `GET /api/doctor`. */
export const report = z.object({
  state: z.enum(FINDING_STATES),
  /** When it started, ISO 8601. */
  at: z.string(),
  ms: z.number(),
  findings: z.array(finding),
});
export type Report = z.infer<typeof report>;

/** Content type of a report as NDJSON, sent as findings become known. */
export const NDJSON_TYPE = 'application/x-ndjson';
/** A line of it: first the plan, then each finding, then the end. */
export const reportLine = z.union([
  z.object({ plan: z.array(planned) }),
  z.object({ finding }),
  z.object({ end: z.omit(report, { findings: true }) }),
]);
export type ReportLine = z.infer<typeof reportLine>;
