// What the doctor says: one finding a check, in the same words for the page, the command line and
// programs. A finding never claims more than was seen: what could not be learnt is "unknown".
import { z } from 'zod';

/** From the best to the worst a report can be; unknown is no worse than a warning. */
const FINDING_STATES = ['ok', 'unknown', 'warn', 'fail'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** A step of what a check did, in milliseconds from its beginning. */
const stage = z.object({ name: z.string(), ms: z.number().min(0) });
export type ProbeStage = z.infer<typeof stage>;

export const finding = z.object({
  /** The check it comes from, the same at every run: `agent:front-desk:staging`. */
  id: z.string().min(1),
  title: z.string().min(1),
  state: z.enum(FINDING_STATES),
  /** What was seen, with numbers. */
  seen: z.string(),
  /** Why it matters. */
  matters: z.string(),
  /** The one thing to do; empty where there is nothing. */
  todo: z.string(),
  /** The page that helps. */
  link: z.object({ href: z.string(), label: z.string() }).optional(),
  /** Milliseconds the check took. */
  ms: z.number().min(0).optional(),
  stages: z.array(stage).optional(),
  /** What it was concluded from, one line each. */
  evidence: z.array(z.string()).optional(),
});
export type Finding = z.infer<typeof finding>;

/** What a check says; who runs it adds which check it is and how long it took. */
export type Said = Omit<Finding, 'id' | 'title' | 'ms'>;

/** The worst state of all findings: what the report as a whole is. */
export function worst(findings: readonly Pick<Finding, 'state'>[]): FindingState {
  const at = findings.map(({ state }) => FINDING_STATES.indexOf(state));
  return FINDING_STATES[Math.max(0, ...at)] as FindingState;
}

/** A check before it has an answer: what a page keeps a place for. */
const planned = finding.pick({ id: true, title: true });
export type Planned = z.infer<typeof planned>;

/** A whole examination: the body of `GET /api/doctor`. */
export const report = z.object({
  state: z.enum(FINDING_STATES),
  /** When it began, ISO 8601. */
  at: z.string(),
  ms: z.number(),
  findings: z.array(finding),
});
export type Report = z.infer<typeof report>;

/** Content type of a report that is told line by line, as it becomes known. */
export const LINES_TYPE = 'application/x-ndjson';
/** One such line: first what will be examined, then each finding, then the end. */
export const reportLine = z.union([
  z.object({ plan: z.array(planned) }),
  z.object({ finding }),
  z.object({ end: report.omit({ findings: true }) }),
]);
export type ReportLine = z.infer<typeof reportLine>;
