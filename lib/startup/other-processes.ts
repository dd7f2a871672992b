// Handles announcements of other web processes about workers and LiveKit, as if this process had received the events
// itself. Called once at start.
import { z } from 'zod';
import { recheckOpenResponses } from '@/lib/auth/account-changes';
import { callEvent } from '@/lib/calls/event';
import { deleteWithOldCalls } from '@/lib/calls/store/retention';
import { subscribe } from '@/lib/cluster/pubsub';
import {
  keepProbes,
  keepWebhook,
  probeWebhook,
  recordWorkerReports,
} from '@/lib/doctor/recent-activity';
import { keepModelAnswer, modelAnswer } from '@/lib/livekit/model-failures';
import { workerReports } from '@/lib/livekit/worker-report';
import { recordReports } from '@/lib/livekit/workers';
import { deleteSimulations } from '@/lib/simulations/store';

/** Subscribes to announcements about workers, accounts and the doctor, and schedules the deletion of old simulations. */
export function followOtherProcesses(): void {
  deleteWithOldCalls(deleteSimulations);
  subscribe('reports', workerReports, (reports) => {
    recordWorkerReports(reports);
    recordReports(reports);
  });
  subscribe('accounts', z.string(), recheckOpenResponses);
  subscribe('webhook', probeWebhook, keepWebhook);
  subscribe('model-answers', modelAnswer, (answer) => void keepModelAnswer(answer));
  subscribe('probe-events', z.array(callEvent), keepProbes);
}
