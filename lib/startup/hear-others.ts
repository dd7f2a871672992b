// What this process does with what other web processes were told by workers and LiveKit: the same as if
// it had been told itself. Called once, when the process starts.
import { z } from 'zod';
import { lookAgain } from '@/lib/auth/account-changes';
import { callEvent } from '@/lib/calls/event';
import { deleteWithOldCalls } from '@/lib/calls/store/retention';
import { heard } from '@/lib/cluster/pubsub';
import { keepProbes, keepWebhook, probeWebhook, sightReports } from '@/lib/doctor/sightings';
import { workerReports } from '@/lib/livekit/worker-report';
import { recordReports } from '@/lib/livekit/workers';
import { deleteRehearsals } from '@/lib/simulations/store/rehearsals';

/** Hears of workers, accounts, and of what the doctor waits for, from now on; has old rehearsals deleted. */
export function hearOthers(): void {
  deleteWithOldCalls(deleteRehearsals);
  heard('reports', workerReports, (reports) => {
    sightReports(reports);
    recordReports(reports);
  });
  heard('accounts', z.string(), lookAgain);
  heard('webhook', probeWebhook, keepWebhook);
  heard('probe-events', z.array(callEvent), keepProbes);
}
