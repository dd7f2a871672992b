// Handles announcements of other web processes about workers and LiveKit, as if this process had received the events
// itself. Called once at start.
import { z } from 'zod';
import { lookAgain } from '@/lib/auth/account-changes';
import { callEvent } from '@/lib/calls/event';
import { deleteWithOldCalls } from '@/lib/calls/store/retention';
import { heard } from '@/lib/cluster/pubsub';
import {
  keepProbes,
  keepWebhook,
  probeWebhook,
  recordWorkerReports,
} from '@/lib/doctor/recent-activity';
import { workerReports } from '@/lib/livekit/worker-report';
import { recordReports } from '@/lib/livekit/workers';
import { deleteSimulations } from '@/lib/simulations/store/simulations';

/** Subscribes to announcements about workers, accounts and the doctor, and schedules the deletion of old simulations. */
export function followOtherProcesses(): void {
  deleteWithOldCalls(deleteSimulations);
  heard('reports', workerReports, (reports) => {
    recordWorkerReports(reports);
    recordReports(reports);
  });
  heard('accounts', z.string(), lookAgain);
  heard('webhook', probeWebhook, keepWebhook);
  heard('probe-events', z.array(callEvent), keepProbes);
}
