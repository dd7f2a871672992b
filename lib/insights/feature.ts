// Insights: what agents that are not in our worker upload about their sessions, on the pages of their calls.
import { join } from 'node:path';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Ground } from '@/lib/cluster/ground';
import { insightsOperations } from '@/lib/insights/operations';
import { encodeOtlp } from '@/lib/insights/otlp';
import { place } from '@/lib/insights/place';
import type { InsightsServer } from '@/lib/insights/server';
import { Spool } from '@/lib/insights/spool';
import type { Feature } from '@/lib/startup/feature';
import { metricsWanted, tracesWanted } from '@/lib/tracing/wanted';

/** Requests about a room in a minute. Our own choice: an agent sends traces every five seconds, and logs more often. */
const A_MINUTE = { points: 600, duration: 60 };

export const insights = {
  state(server: Ground): Pick<InsightsServer, 'uploads'> {
    const folder = join(/* turbopackIgnore: true */ server.config.DATA_DIR, 'events', 'insights');
    const spool = new Spool(folder, (received) =>
      place(server as InsightsServer, received, folder),
    );
    return { uploads: { spool, limiter: new RateLimiterMemory(A_MINUTE), recordings: 0 } };
  },
  async start({ uploads }: InsightsServer) {
    const { env } = process;
    if (tracesWanted(env) || metricsWanted(env)) {
      const { openForwarding } = await import('@/lib/tracing/forward');
      uploads.forwarding = openForwarding(env, encodeOtlp);
    }
    const stop = uploads.spool.start();
    return async () => {
      await Promise.all([stop(), uploads.forwarding?.stop()]);
    };
  },
  operations: insightsOperations,
} satisfies Feature;
