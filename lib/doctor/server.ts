// What the doctor needs of the web process (`lib/server.ts`).
import type { EventData } from '@/lib/calls/event';
import type { Language } from '@/lib/core/language';
import type { Recent } from '@/lib/core/recent';
import type { FailoverServer } from '@/lib/failover/server';
import type { LettaServer } from '@/lib/letta/server';
import type { Reported } from '@/lib/livekit/server';
import type { Finding, Planned, Report } from './finding';

/** Why a signature was refused. */
export interface Refusal {
  /** `clock`: signed with the right secret at another time; `key`: signed with another API key. */
  readonly why: 'secret' | 'key' | 'clock';
  /** Seconds by which the signer's clock is ahead (negative: behind), if the time was wrong. */
  readonly aheadS?: number;
}

/** A report or webhook that was refused because of its signature. */
export interface Refused extends Refusal {
  readonly at: number;
}

/** An event of a test call, and when it arrived. */
export interface ProbeEvent {
  readonly at: number;
  readonly what: EventData;
}

/** What the process recently received: `recent-activity.ts`. Times are in milliseconds since 1970. */
export interface RecentActivity {
  lastWebhookAt?: number;
  /** When other web processes last heard of a webhook. */
  announcedAt?: number;
  refused?: Refused;
  refusedWebhook?: Refused;
  readonly webhooks: Recent<number>;
  readonly events: Recent<readonly ProbeEvent[]>;
  readonly workers: Map<string, Reported>;
}

/** A running examination. */
export interface Examination {
  readonly plan: readonly Planned[];
  /** The findings in the order of the plan. None rejects. */
  readonly findings: readonly Promise<Finding>[];
  readonly report: Promise<Report>;
}

/** A process that can be examined. */
export interface DoctorServer extends FailoverServer, LettaServer {
  readonly activity: RecentActivity;
  /** The running examinations. */
  readonly examinations: Map<Language, Examination>;
}
