// What the doctor needs of the web process (`lib/server.ts`).

import type { Finding, Planned, Report } from '@/lib/core/finding';
import type { Language } from '@/lib/core/language';
import type { FailoverServer } from '@/lib/failover/server';
import type { Feature } from '@/lib/startup/feature';

/** A running examination. */
export interface Examination {
  readonly plan: readonly Planned[];
  /** The findings in the order of the plan. None rejects. */
  readonly findings: readonly Promise<Finding>[];
  readonly report: Promise<Report>;
}

/** A process that can be examined. */
export interface DoctorServer extends FailoverServer {
  readonly features: readonly Feature[];
  /** The running examinations. */
  readonly examinations: Map<Language, Examination>;
}
